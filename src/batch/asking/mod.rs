//! Asking for what a list needs, while what was answered is judged: two sides, each on a
//! thread of its own, and what passes between them.
//!
//! [`Asker`] has the network and nothing else. [`Answers`] has the book: it says which rows
//! to ask about, never more at once than there may be, enters every answer before it lets a
//! further row go, and hands the rows on in the order of the list.

mod answers;
mod asker;
#[cfg(test)]
mod tests;

use tokio::sync::mpsc::unbounded_channel;

pub use answers::Answers;
pub use asker::Asker;

use super::Book;
use super::book::Scope;
use super::input::Columns;
use super::journal::Key;
use crate::link::Link;
use crate::source::{Asked, Exchange, Source};
use crate::verify::Gathered;

/// Parts the work on a list between a side that asks and one that judges. At most `at_once`
/// rows are asked about at a time; `columns` find the link among a row's cells, and `source`
/// names the addresses.
pub fn part<'b, S: Source>(
    book: &'b Book,
    columns: &'b Columns,
    source: &'b S,
    at_once: usize,
) -> (Answers<'b, S>, Asker) {
    // What is under way bounds both of them.
    let (out, errands) = unbounded_channel();
    let (said, heard) = unbounded_channel();
    let answers = Answers::new(book, columns, source, at_once.max(1), (out, heard));
    let asker = Asker::new(book.keys().clone(), errands, said);
    (answers, asker)
}

/// A row that something is to be asked for.
#[derive(Debug)]
struct Errand {
    number: u64,
    link: Link,
    scope: Scope,
    /// What is known already of what it takes.
    known: Vec<(Key, Exchange)>,
}

/// What goes to the side that asks.
#[derive(Debug)]
struct Errands {
    rows: Vec<Errand>,
    /// Questions of several rows whose answers the book has by now.
    entered: Vec<Key>,
}

/// What comes back.
#[derive(Debug)]
enum Said {
    /// The answer to a question of several rows.
    Answered(Key, Asked),
    /// Everything about a row was asked.
    Through {
        number: u64,
        /// The questions whose answers it alone needs, in the order of `gathered`.
        own: Vec<Key>,
        gathered: Gathered,
    },
}
