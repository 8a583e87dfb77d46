//! Show it in public: pictures and pages that cannot say more than is known.
//!
//! [`Shown`] is what may be shown of one verified credential, and everything drawn here is
//! drawn from it. It is green only where the credential is in force, the result passed and
//! Microsoft itself was asked; what is not known is grey and says "unverified". The day of
//! the check goes with it, so that an old copy shows its age.
//!
//! Strangers' text is cleaned once, by [`clean`], and escaped where it is written.

pub mod badge;
pub mod calendar;
pub mod clean;
pub mod json_ld;
pub mod json_resume;
pub mod linkedin;
pub mod marker;
pub mod page;
mod shown;
pub mod snippet;
mod words;

pub use crate::report::request::Language;
pub use shown::{Asked, Holder, Renewal, Shown, Tone, Transcript, Unproven};
pub use words::{Labels, Words};
