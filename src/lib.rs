//! Tells whether a Microsoft certification is what its holder says it is.
//!
//! The crate is a trip of a pasted text, and its modules are the stations in order:
//! text → [`link`] → [`source`] (evidence) → record → standing → checks → report.
//! Data goes one way; every station but [`source`] is pure, without clock or I/O.

pub mod check;
pub mod finding;
pub mod link;
pub mod source;
