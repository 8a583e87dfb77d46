//! Reads an earlier output of `batch`, row by row, as the program wrote it.
//!
//! No more than one row is held in memory, and none longer than 16 MiB.

mod csv;
mod facts;
mod json;
mod limit;
mod xlsx;

use std::fs::File;
use std::io::{BufRead, BufReader, Seek};
use std::path::Path;

pub use facts::Facts;

use crate::report::sheet::plain_name;

/// The most bytes of one row; a longer one is damage.
const LONGEST_ROW: u64 = 16 * 1024 * 1024;

/// The name under which the text that was verified stands among a row's columns, where an
/// output keeps it apart: no header can be of this name.
pub(super) const INPUT: &str = "\n";

/// Columns of this program that an earlier output must have to be one.
const OURS: [&str; 8] = [
    "status",
    "valid",
    "title",
    "holder",
    "holder_match",
    "expires_on",
    "findings",
    "checked_at",
];

/// One row of an earlier output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastRow {
    /// Its number: the first data row is 1.
    pub number: u64,
    /// The list's own columns: headers with cells.
    pub columns: Vec<(String, String)>,
    /// What was found out.
    pub facts: Facts,
}

/// An earlier output that cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PreviousError {
    /// The file cannot be opened or read.
    #[error("{file} cannot be read: {cause}")]
    Unreadable {
        /// The file.
        file: String,
        /// Why.
        cause: std::io::Error,
    },
    /// There is nothing in it.
    #[error("{file} is empty: expected an earlier output of `batch`")]
    Empty {
        /// The file.
        file: String,
    },
    /// It is something else.
    #[error(
        "{file} is no output of `batch` that can be compared: {lacks}; expected a csv, jsonl, json \
         or xlsx file as this program writes it"
    )]
    NotOurs {
        /// The file.
        file: String,
        /// What it lacks, such as `the column status is missing`.
        lacks: String,
    },
    /// A row of it is damaged.
    #[error("{file}{}: {problem}; the file is damaged or was changed by hand", of_row(Some(*row)))]
    Damaged {
        /// The file.
        file: String,
        /// The row: the first data row is 1; 0 is the file as a whole.
        row: u64,
        /// What is wrong.
        problem: String,
    },
    /// It is of another version of the documents.
    #[error(
        "{file}{} is of schema version {found}, and this program reads version {}: make it again \
         with this program, or compare with the program that wrote it",
        of_row(*row), crate::report::json::SCHEMA_VERSION
    )]
    OtherVersion {
        /// The file.
        file: String,
        /// The row, where a row says so.
        row: Option<u64>,
        /// The version it states.
        found: String,
    },
}

fn of_row(row: Option<u64>) -> String {
    let row = row.filter(|row| *row > 0);
    row.map_or_else(String::new, |row| format!(", row {row}"))
}

/// Why reading ended early: what is read, or the one who reads.
#[derive(Debug)]
pub(super) enum Stop<E> {
    /// The file.
    Previous(PreviousError),
    /// What was done with a row.
    Taker(E),
}

impl<E> From<PreviousError> for Stop<E> {
    fn from(error: PreviousError) -> Self {
        Self::Previous(error)
    }
}

/// How an earlier output is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Csv,
    JsonLines,
    Json,
    Xlsx,
}

/// The name of a file and errors about it.
#[derive(Debug, Clone)]
struct Named(String);

impl Named {
    fn unreadable(&self, cause: std::io::Error) -> PreviousError {
        let file = self.0.clone();
        PreviousError::Unreadable { file, cause }
    }

    fn empty(&self) -> PreviousError {
        let file = self.0.clone();
        PreviousError::Empty { file }
    }

    fn not_ours(&self, lacks: impl Into<String>) -> PreviousError {
        let (file, lacks) = (self.0.clone(), lacks.into());
        PreviousError::NotOurs { file, lacks }
    }

    fn damaged(&self, row: u64, problem: impl Into<String>) -> PreviousError {
        let (file, problem) = (self.0.clone(), problem.into());
        PreviousError::Damaged { file, row, problem }
    }

    fn other_version(&self, row: Option<u64>, found: String) -> PreviousError {
        let file = self.0.clone();
        PreviousError::OtherVersion { file, row, found }
    }
}

/// Gives every row of an earlier output to `take`, in the file's order. Of several results of
/// one row, only the one that stands for it.
pub(super) fn each_row<E>(
    path: &Path,
    mut take: impl FnMut(PastRow) -> Result<(), E>,
) -> Result<(), Stop<E>> {
    let file = Named(path.display().to_string());
    let opened = File::open(path).map_err(|cause| file.unreadable(cause))?;
    let mut reader = BufReader::new(opened);
    let format = format_of(path, &mut reader, &file)?;
    let mut rows = 0_u64;
    let mut counted = |row| {
        rows += 1;
        take(row).map_err(Stop::Taker)
    };
    match format {
        Format::Csv => csv::read(reader, &file, &mut counted)?,
        Format::JsonLines => json::read_lines(reader, &file, &mut counted)?,
        Format::Json => json::read_document(reader, &file, &mut counted)?,
        Format::Xlsx => {
            reader.rewind().map_err(|cause| file.unreadable(cause))?;
            xlsx::read(reader, &file, &mut counted)?;
        }
    }
    Ok(())
}

/// The format by the extension, and where that tells nothing by the first bytes.
fn format_of(
    path: &Path,
    reader: &mut impl BufRead,
    file: &Named,
) -> Result<Format, PreviousError> {
    let start = reader.fill_buf().map_err(|cause| file.unreadable(cause))?;
    if start.is_empty() {
        return Err(file.empty());
    }
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    Ok(match extension.to_ascii_lowercase().as_str() {
        _ if start.starts_with(b"PK\x03\x04") => Format::Xlsx,
        "csv" => Format::Csv,
        "jsonl" | "ndjson" => Format::JsonLines,
        "json" => Format::Json,
        "xlsx" => Format::Xlsx,
        "html" | "htm" | "md" | "markdown" | "xml" => {
            return Err(file.not_ours(format!("it is a .{extension} file, made for people")));
        }
        _ if start.starts_with(b"{\n") => Format::Json,
        _ if start.starts_with(b"{") => Format::JsonLines,
        _ => Format::Csv,
    })
}

/// What is missing, in words; nothing where all of our columns are there.
fn lacking(headers: &[String]) -> Option<String> {
    let is_there = |name: &str| headers.iter().any(|header| plain_name(header) == name);
    let missing: Vec<_> = OURS.into_iter().filter(|name| !is_there(name)).collect();
    match &missing[..] {
        [] => None,
        [one] => Some(format!("the column {one} is missing")),
        many => Some(format!("the columns {} are missing", many.join(", "))),
    }
}

/// Where the columns of this program stand in a table.
#[derive(Debug)]
struct Layout {
    headers: Vec<String>,
    /// How many columns are the list's own: those before `status`.
    own: usize,
}

impl Layout {
    fn of(headers: Vec<String>, file: &Named) -> Result<Self, PreviousError> {
        if let Some(lacks) = lacking(&headers) {
            return Err(file.not_ours(lacks));
        }
        let own = headers.iter().position(|header| header == "status");
        let own = own.unwrap_or_default();
        Ok(Self { headers, own })
    }

    /// Makes a row of its cells.
    fn row(&self, number: u64, cells: &[String]) -> Result<PastRow, String> {
        let ours = |name: &str| {
            let mut places = self.own..self.headers.len();
            let at = places.find(|at| plain_name(&self.headers[*at]) == name);
            let cell = at.and_then(|at| cells.get(at));
            cell.map_or("", String::as_str)
        };
        let own = self.headers.iter().zip(cells).take(self.own);
        Ok(PastRow {
            number,
            columns: own
                .map(|(header, cell)| (header.clone(), cell.clone()))
                .collect(),
            facts: Facts::of_cells(ours)?,
        })
    }
}
