//! Many trips: a list of candidates in, one document out.
//!
//! A run reads the whole list first, then asks for everything it does not hold yet, and
//! judges each row as soon as it is its turn. What was answered is in the [`Journal`] at
//! once, so that a run can end at any moment and the next one goes on; judging it again
//! costs next to nothing.
//!
//! Memory does not grow with the list: rows wait in a temporary database on disk, and
//! answers in the journal.

mod across;
pub mod against;
mod asking;
mod book;
mod evaluate;
pub mod guard;
mod held;
pub mod input;
mod journal;
mod key;
mod order;
mod panel;
mod person;
pub mod previous;
mod rows;
mod scratch;
mod several;

pub use asking::{Answers, Asker, part};
pub use book::Book;
pub use evaluate::{Evaluated, Evaluator};
pub use journal::{Journal, JournalError};
pub use order::{Order, each, each_row, headline};
pub use panel::Panel;
pub use person::Person;
use rows::Rows;

/// Why a run cannot go on. What is done is in the journal.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BatchError {
    /// The journal cannot be used.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The temporary database cannot be used.
    #[error("cannot keep the list's rows in the system's folder for temporary files")]
    Scratch(#[from] rusqlite::Error),
    /// The journal is of a list with other rows.
    #[error(
        "the journal {} is of another list: {}; put the list back to go on, or start over with \
         --fresh",
        .journal.display(),
        .difference
    )]
    OtherList {
        /// The journal.
        journal: std::path::PathBuf,
        /// The first row that differs, in words.
        difference: String,
    },
}
