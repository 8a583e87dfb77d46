//! Tests of the program as its users meet it.

#![allow(
    clippy::unwrap_used,
    clippy::similar_names,
    reason = "a test that cannot be set up should fail, and its names are sentences"
)]

mod badge;
mod batch;
mod catalog;
mod commands;
mod data;
mod docs;
mod evidence;
mod exam;
mod fetching;
mod harness;
mod hostile;
mod house;
mod inspect;
mod lists;
mod raw_server;
mod receipt;
mod redact;
mod request;
mod samples;
mod scan;
mod scan_hostile;
mod scan_verify;
mod sheet;
mod source;
mod usage;
mod verify;
