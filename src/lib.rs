//! Tells whether a Microsoft certification is what its holder says it is.
//!
//! The crate is a trip of a pasted text, and its modules are the stations in order:
//!
//! | station | question |
//! |---|---|
//! | [`link`] | what is this text? |
//! | [`source`] | what does the service answer? |
//! | [`record`] | what does the issuer say? |
//! | [`catalog`] | what is known of the certification? |
//! | [`lifecycle`] | what does that mean on a day? |
//! | [`check`] | is it what was expected? |
//! | [`scan`] | what stands in a CV? |
//! | [`exam`] | what follows for who takes an exam? |
//! | [`report`] | say it |
//! | [`publish`] | show it in public |
//! | [`receipt`] | keep it, signed |
//! | [`batch`] | the same for a list |
//! | [`notify`] | tell the right person |
//! | [`schedule`] | at which time? |
//! | [`watch`] | remember credentials, and what is due |
//! | [`store`] | what is stored here, of whom? |
//!
//! [`verify`] walks the whole trip, and [`finding`] is the vocabulary that all share. Data
//! goes one way. Only [`source`] reaches the network; it, [`batch`], [`store`] and the files of
//! [`receipt`] reach the disk. All else is pure, without clock or I/O: the day of judgement is
//! a parameter.
//!
//! ```
//! use bonafide::catalog::Catalog;
//! use bonafide::check::Expectation;
//! use bonafide::lifecycle::Status;
//! use bonafide::source::Demo;
//! use bonafide::verify::{AsOf, Terms, verify};
//!
//! # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
//! let terms = Terms {
//!     catalog: Catalog::embedded(),
//!     as_of: AsOf::day("2026-11-22".parse().unwrap()),
//!     expected: &Expectation::default(),
//! };
//! let link = "https://learn.microsoft.com/api/credentials/E2F6B0935C4D718A";
//! // `Live` asks the real services in the same way.
//! let trip = verify(link, &Demo, &terms).await;
//! assert_eq!(trip.verifications[0].standing.status, Status::Retired);
//! # });
//! ```
//!
//! What it does not do: it does not prove who sits in front of you, and it cannot know what
//! the issuer does not say. What cannot be told is [`lifecycle::Status::Undetermined`].

pub mod batch;
pub mod catalog;
pub mod check;
pub mod cli;
pub mod exam;
pub mod finding;
pub mod lifecycle;
pub mod link;
pub mod notify;
pub mod publish;
pub mod receipt;
pub mod record;
pub mod report;
pub mod scan;
pub mod schedule;
pub mod source;
mod steering;
pub mod store;
pub mod verify;
pub mod watch;
