//! Tests of the program as its users meet it.

#![allow(
    clippy::unwrap_used,
    clippy::similar_names,
    reason = "a test that cannot be set up should fail, and its names are sentences"
)]

mod commands;
mod docs;
mod evidence;
mod fetching;
mod harness;
mod hostile;
mod house;
mod inspect;
mod raw_server;
mod samples;
mod scan;
mod scan_hostile;
mod scan_verify;
mod source;
mod usage;
mod verify;
