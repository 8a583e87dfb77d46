//! Reading with a bound for one row.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use super::LONGEST_ROW;

/// What is left for the present row; filled up at each new one.
#[derive(Debug, Clone)]
pub(super) struct Budget(Rc<Cell<u64>>);

impl Budget {
    pub(super) fn new() -> Self {
        Self(Rc::new(Cell::new(LONGEST_ROW)))
    }

    pub(super) fn refill(&self) {
        self.0.set(LONGEST_ROW);
    }
}

/// A reader that ends with an error where one row goes on and on.
#[derive(Debug)]
pub(super) struct Limited<R> {
    pub(super) inner: R,
    pub(super) budget: Budget,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let left = self.budget.0.get().checked_sub(read as u64);
        self.budget.0.set(left.ok_or_else(too_long)?);
        Ok(read)
    }
}

/// Reads one line without its end; `None` at the end of the file.
pub(super) fn line(reader: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let read = reader.take(LONGEST_ROW + 1).read_until(b'\n', &mut line)?;
    match read as u64 {
        0 => Ok(None),
        long if long > LONGEST_ROW => Err(too_long()),
        _ => Ok(Some(line)),
    }
}

fn too_long() -> io::Error {
    let limit = LONGEST_ROW / 1024 / 1024;
    io::Error::new(
        io::ErrorKind::InvalidData,
        format!("the row is longer than {limit} MiB"),
    )
}
