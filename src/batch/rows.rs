//! The rows of a book, some at a time.

use super::scratch::Stored;
use super::{BatchError, Book};

/// Rows read from the book at once.
const CHUNK: u32 = 256;

/// The rows of a book in the order of the list.
#[derive(Debug)]
pub(super) struct Rows<'b> {
    book: &'b Book,
    chunk: std::vec::IntoIter<Stored>,
    last: u64,
}

impl<'b> Rows<'b> {
    pub(super) fn new(book: &'b Book) -> Self {
        Self {
            book,
            chunk: Vec::new().into_iter(),
            last: 0,
        }
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Stored, BatchError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.chunk.as_slice().is_empty() {
            match self.book.scratch.rows_after(self.last, CHUNK) {
                Ok(rows) => self.chunk = rows.into_iter(),
                Err(error) => return Some(Err(error.into())),
            }
        }
        let row = self.chunk.next()?;
        self.last = row.row.number;
        Some(Ok(row))
    }
}
