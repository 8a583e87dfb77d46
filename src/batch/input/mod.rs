//! Reads a list of candidates, row by row.
//!
//! CSV and TSV, XLSX, JSON lines, and one link a line are told apart by what they hold. A
//! list of any length costs no more memory than a short one. What is wrong with a row is
//! said in the row, which still comes out in its place; an [`InputError`] is for a list
//! that cannot be read at all, or not any further.
//!
//! ```
//! use bonafide::batch::input::{Columns, Options, Source, open};
//!
//! let text = "Candidate;Link\nJane Doe;https://learn.microsoft.com/api/credentials/X\n";
//! let mut list = open(Source::Stream(Box::new(text.as_bytes())), &Options::default())?;
//! let columns = Columns::find(list.headers(), &[])?;
//! let row = list.next().unwrap()?;
//! assert_eq!(columns.candidate(&row).name.as_deref(), Some("Jane Doe"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod candidate;
mod columns;
mod delimited;
mod delimiter;
mod error;
mod header;
mod json;
mod lines;
mod mapping;
mod names;
mod open;
mod plain;
mod quoting;
mod shape;
mod workbook;

use std::collections::VecDeque;
use std::fmt;

pub use candidate::Candidate;
pub use columns::{ColumnError, Columns};
pub use error::InputError;
pub use mapping::{Mapping, MappingError};
pub use names::Field;
pub(crate) use names::canonical;
pub use open::{Options, Source, open};

use error::Fault;
use header::Headers;

/// One data row, as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// The first data row is 1.
    pub number: u64,
    /// The cells in the order of the headers. There may be fewer than headers, never more:
    /// cells beyond the headers get headers of their own.
    pub cells: Vec<String>,
    /// What is wrong with the row as a whole, such as more cells than headers.
    pub flaw: Option<String>,
    /// Where cells lead to when they are clicked, in the order of their columns. Only a
    /// worksheet has such.
    pub targets: Vec<Target>,
}

/// Where a cell of a worksheet leads to when it is clicked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The place of its column, from 0.
    pub column: usize,
    /// The address.
    pub address: String,
}

/// A list that is being read: an iterator of its rows. Behind an error there are none.
pub struct List {
    name: String,
    headers: Headers,
    rows: Box<dyn Rows>,
    ahead: VecDeque<Row>,
    fault: Option<Fault>,
    read: u64,
    has_ended: bool,
}

impl List {
    /// The headers known so far, each once. They only grow, at the end: JSON lines bring
    /// new keys, and a row longer than the header line brings `column 5`. They are complete
    /// when all rows are read.
    pub fn headers(&self) -> &[String] {
        self.headers.names()
    }

    fn new(name: String, headers: Headers, rows: Box<dyn Rows>) -> Self {
        Self {
            name,
            headers,
            rows,
            ahead: VecDeque::new(),
            fault: None,
            read: 0,
            has_ended: false,
        }
    }

    /// Reads rows ahead, so that their headers are known.
    fn look_ahead(&mut self, rows: usize) {
        while self.ahead.len() < rows {
            match self.read() {
                Ok(Some(row)) => self.ahead.push_back(row),
                Ok(None) => return,
                Err(fault) => {
                    self.fault = Some(fault);
                    return;
                }
            }
        }
    }

    fn read(&mut self) -> Result<Option<Row>, Fault> {
        if self.has_ended {
            return Ok(None);
        }
        match self.rows.next(&mut self.headers) {
            Ok(Some(taken)) => {
                self.read += 1;
                Ok(Some(Row {
                    number: self.read,
                    cells: taken.cells,
                    flaw: taken.flaw,
                    targets: taken.targets,
                }))
            }
            Ok(None) => {
                self.has_ended = true;
                Ok(None)
            }
            Err(fault) => {
                self.has_ended = true;
                Err(fault.after(self.read))
            }
        }
    }
}

impl Iterator for List {
    type Item = Result<Row, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(row) = self.ahead.pop_front() {
            return Some(Ok(row));
        }
        let read = match self.fault.take() {
            Some(fault) => Err(fault),
            None => self.read(),
        };
        read.map_err(|fault| InputError::new(&self.name, fault))
            .transpose()
    }
}

impl fmt::Debug for List {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("List")
            .field("name", &self.name)
            .field("headers", &self.headers)
            .field("read", &self.read)
            .finish_non_exhaustive()
    }
}

/// What a format gives, row by row.
trait Rows: Send {
    /// The next row, with headers for all its cells.
    fn next(&mut self, headers: &mut Headers) -> Result<Option<Taken>, Fault>;
}

/// A row before it has a number.
#[derive(Debug)]
struct Taken {
    cells: Vec<String>,
    flaw: Option<String>,
    targets: Vec<Target>,
}

impl Taken {
    /// A row of which nothing could be read.
    const fn flawed(flaw: String) -> Self {
        Self {
            cells: Vec::new(),
            flaw: Some(flaw),
            targets: Vec::new(),
        }
    }
}
