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
#[cfg(unix)]
mod files;
mod fuzz;
mod harness;
mod hostile;
mod house;
mod inspect;
mod issuer;
mod kills;
mod leaks;
mod lists;
mod notify;
mod outlets;
mod page;
mod raw_server;
mod receipt;
mod redact;
mod remind;
#[cfg(unix)]
mod remind_ending;
mod remind_kills;
mod remind_knowledge;
mod remind_lost;
mod remind_parts;
mod remind_proof;
mod request;
mod samples;
mod scan;
mod scan_hostile;
mod scan_verify;
mod schedule;
mod sheet;
mod source;
mod storage;
mod supply;
mod threat_model;
mod track;
mod usage;
mod verify;
mod wire;
