//! Keep what a verification was judged on, so that somebody else can check it later.
//!
//! A receipt is one file for each pasted link: what was asked, what was received, under
//! which requirement it was judged, and what came of it. [`sign`] makes an OpenSSH
//! signature of such a file, and [`check()`] holds a file against itself, against its
//! signature, and against what the program says of the same evidence now.
//!
//! A signature proves that its maker held these bytes and stands for this judgement. It
//! does not prove that the issuer sent them: the service signs nothing.
//!
//! Only [`write()`] and [`load`] touch files. All else is pure; that a moment in a list of
//! signers without `Z` is of this machine's time zone is the one thing taken from outside.

mod check;
mod compose;
mod differ;
mod digest;
mod document;
mod file;
mod format;
mod human;
mod key;
mod pattern;
mod read;
mod signature;
mod signers;

pub use check::{Checked, Judged, NotJudged, Trial, check};
pub use differ::Difference;
pub use document::{CheckDocument, Entry};
pub use file::{FileError, WriteError, find, load, load_signature, signature_path, write};
pub use format::{Receipt, Service};
pub use human::checked as human;
pub use key::{KeyError, is_encrypted, read_private, read_public};
pub use read::{ReadError, is_intact};
pub use signature::{NAMESPACE, SignError, Signed, sign};
pub use signers::{Signer, SignerError, Signers};
pub use ssh_key::PrivateKey;
