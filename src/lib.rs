//! Tells whether a Microsoft certification is what its holder says it is.
//!
//! The crate is a trip of a pasted text, and its modules are the stations in order:
//! text → [`link`] → [`source`] (evidence) → record → standing → checks → report.
//! Data goes one way; every station but [`source`] is pure, without clock or I/O.

pub mod catalog;
pub mod check;
pub mod cli;
pub mod finding;
pub mod lifecycle;
pub mod link;
pub mod record;
pub mod report;
pub mod source;
pub mod verify;
