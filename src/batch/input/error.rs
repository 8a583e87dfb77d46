//! Why a list cannot be read.

use std::io;

/// A list that cannot be read, or not any further.
///
/// What is wrong with one row is the row's [`flaw`](super::Row::flaw), and no error.
#[derive(Debug, thiserror::Error)]
#[error("{list}: {fault}")]
pub struct InputError {
    list: String,
    fault: Fault,
}

impl InputError {
    pub(super) fn new(list: &str, fault: Fault) -> Self {
        Self {
            list: list.to_owned(),
            fault,
        }
    }

    /// Whether there is no such file.
    pub fn is_missing(&self) -> bool {
        matches!(self.fault, Fault::Missing)
    }

    /// Whether the file holds nothing at all, not even headers.
    pub fn is_empty(&self) -> bool {
        matches!(self.fault, Fault::Empty)
    }
}

/// What is wrong, whose it is, and what to do.
#[derive(Debug, thiserror::Error)]
pub(super) enum Fault {
    #[error("there is no such file")]
    Missing,
    #[error("this is a folder; expected a file with a list of candidates")]
    Folder,
    #[error("cannot be opened: {0}")]
    Open(io::Error),
    #[error("cannot be read on after row {after}: {error}")]
    Read { after: u64, error: io::Error },
    #[error(
        "is empty; expected a header line such as `name,link` with one candidate a line below, \
         or one link a line"
    )]
    Empty,
    #[error("is {what}, which cannot be read as a list; {todo}")]
    Format {
        what: &'static str,
        todo: &'static str,
    },
    #[error(
        "looks like UTF-16 without a byte order mark; save it as UTF-8 (in Excel: \
         \"CSV UTF-8\") or as XLSX"
    )]
    Utf16,
    #[error(
        "is not text: it holds zero bytes; expected CSV, TSV, XLSX, JSON lines or one link a line"
    )]
    NotText,
    #[error("is a JSON array; expected one object a line (`jq -c '.[]' FILE` makes them)")]
    JsonArray,
    #[error("is JSON over several lines; expected one object a line (`jq -c . FILE` makes them)")]
    JsonSpread,
    #[error(
        "line {line} holds a link where the headers are expected; put a first line with a name \
         for each column above it, such as `name,link`"
    )]
    NoHeaders { line: u64 },
    #[error(
        "the header line (line {line}) is longer than {limit} bytes; expected names of columns"
    )]
    HeadersTooLong { line: u64, limit: usize },
    #[error(
        "the header line (line {line}) has a quote that is never closed, or text after a closing one"
    )]
    HeadersBroken { line: u64 },
    #[error("line {line} has {found} headers; at most {limit} columns are read")]
    TooManyHeaders {
        line: u64,
        found: usize,
        limit: usize,
    },
    #[error("is protected by a password; open it, take the password off, and save it again")]
    Password,
    #[error("is a damaged XLSX file ({0}); open it in a spreadsheet program and save it again")]
    Damaged(String),
    #[error(
        "its part {part} {what}, so it was not read; if the list is as large, save it as CSV, which has no such limit"
    )]
    Bomb { part: String, what: String },
    #[error("is larger than {limit} bytes, which is too much for XLSX from standard input")]
    TooLarge { limit: u64 },
    #[error("has no worksheet \"{asked}\"; it has: {found}")]
    NoSuchSheet { asked: String, found: String },
    #[error("has no worksheet that is not hidden; choose one of these with --sheet: {found}")]
    AllHidden { found: String },
    #[error("--sheet is for XLSX, and this is {found}")]
    NoSheets { found: &'static str },
    #[error(
        "the worksheet \"{sheet}\" cannot be read on after row {row}: {reason}; open the file in a spreadsheet program and save it again"
    )]
    Worksheet {
        sheet: String,
        row: u64,
        reason: String,
    },
    #[error(
        "the reader of the worksheet stopped; open the file in a spreadsheet program and save it again"
    )]
    Stopped,
}

impl Fault {
    /// Reading failed; behind which row, the list knows.
    pub(super) const fn reading(error: io::Error) -> Self {
        Self::Read { after: 0, error }
    }

    /// The same behind a row.
    pub(super) fn after(self, rows: u64) -> Self {
        match self {
            Self::Read { error, .. } => Self::Read { after: rows, error },
            other => other,
        }
    }
}
