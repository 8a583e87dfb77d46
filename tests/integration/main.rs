//! Tests of the program as its users meet it.

#![allow(
    clippy::unwrap_used,
    clippy::similar_names,
    reason = "a test that cannot be set up should fail, and its names are sentences"
)]

mod badge;
mod batch;
mod browser;
mod calendar;
mod catalog;
mod commands;
mod data;
mod docs;
mod doctor;
mod evidence;
mod exam;
mod fetching;
mod harness;
mod hostile;
mod house;
mod inspect;
mod issuer;
mod leaks;
mod lists;
mod notify;
mod outlets;
mod page;
mod raw_server;
mod receipt;
mod redact;
mod remind;
mod remind_proof;
mod request;
mod samples;
mod scan;
mod scan_hostile;
mod scan_verify;
mod schedule;
mod sheet;
mod source;
mod track;
mod usage;
mod verify;
