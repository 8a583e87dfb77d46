//! Say it: results in, text or bytes out.
//!
//! Each format differs only in what differs. Strangers' text (names, titles, hosts) is
//! neutralised for where it goes by [`neutral`]. The types of [`json`] are the contract's
//! and stand apart from the inner ones, so that those can change.

pub mod catalog;
pub mod doctor;
pub mod exam;
pub mod human;
pub mod inspect;
pub mod json;
pub mod meant;
pub mod neutral;
mod next_step;
mod page;
pub mod redact;
pub mod request;
pub mod scan;
pub mod scan_json;
pub mod sheet;
mod style;
mod verdict;
mod words;

pub use next_step::next_step;
pub use redact::{About, Redactor};
pub use style::{Colour, Look};
