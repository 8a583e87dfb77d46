//! Lists of candidates, read through the library as `batch` reads them.

mod bad;
mod made;
mod properties;
mod text;
mod workbook;

use std::io::{Cursor, Write};

use bonafide::batch::input::{Columns, InputError, List, Options, Row, Source, open};

use crate::harness::fixture;

/// A list in memory, as from standard input.
fn stream(bytes: &[u8]) -> Result<List, InputError> {
    let source = Source::Stream(Box::new(Cursor::new(bytes.to_vec())));
    open(source, &Options::default())
}

/// A list in a file of its own.
fn file(bytes: &[u8]) -> Result<List, InputError> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    open(Source::File(file.path().to_owned()), &Options::default())
}

/// A list below `fixtures/lists/`.
fn list(name: &str) -> List {
    let path = fixture(&format!("lists/{name}"));
    open(Source::File(path), &Options::default()).unwrap()
}

/// The headers once all rows are read, and the rows.
fn read(mut list: List) -> (Vec<String>, Vec<Row>) {
    let rows = list.by_ref().collect::<Result<_, _>>().unwrap();
    (list.headers().to_vec(), rows)
}

fn cells(rows: &[Row]) -> Vec<Vec<&str>> {
    rows.iter()
        .map(|row| row.cells.iter().map(String::as_str).collect())
        .collect()
}

fn flaws(rows: &[Row]) -> Vec<(u64, &str)> {
    rows.iter()
        .filter_map(|row| Some((row.number, row.flaw.as_deref()?)))
        .collect()
}

fn columns(headers: &[String]) -> Columns {
    Columns::find(headers, &[]).unwrap()
}
