//! CSV by RFC 4180: UTF-8 without a byte order mark, CRLF, one record for each row.
//!
//! A byte order mark would make Excel read names right and scripts read the first header
//! wrong; for Excel there is the workbook.

use std::borrow::Cow;
use std::io::{self, Write};

use super::super::neutral;
use super::cell::guarded;
use super::column::{Column, Value, own_names};
use super::{Closing, Heading, Sheet, SheetRow};

pub(super) struct Csv<W: Write> {
    out: csv::Writer<W>,
    own: usize,
    columns: Vec<Column>,
}

impl<W: Write> Csv<W> {
    pub(super) fn open(heading: &Heading, out: W) -> io::Result<Self> {
        let columns = Column::for_programs(heading);
        let mut out = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .buffer_capacity(64 * 1024)
            .from_writer(out);
        for name in own_names(&heading.columns, &columns) {
            stranger(&mut out, Cow::Owned(name))?;
        }
        for column in &columns {
            field(&mut out, column.name())?;
        }
        end(&mut out)?;
        Ok(Self {
            out,
            own: heading.columns.len(),
            columns,
        })
    }
}

impl<W: Write + Send> Sheet for Csv<W> {
    fn row(&mut self, row: &SheetRow<'_>) -> io::Result<()> {
        for cell in row.own_cells(self.own) {
            stranger(&mut self.out, Cow::Borrowed(cell))?;
        }
        for column in &self.columns {
            match column.value(row) {
                Value::Nothing => field(&mut self.out, "")?,
                Value::Word(text) | Value::Instant(text) | Value::Day(text) => {
                    field(&mut self.out, text)?;
                }
                Value::Flag(is_so) => field(&mut self.out, if is_so { "true" } else { "false" })?,
                Value::Number(number) => field(&mut self.out, &number.to_string())?,
                Value::Text(text) => stranger(&mut self.out, text)?,
            }
        }
        end(&mut self.out)
    }

    fn finish(mut self: Box<Self>, _closing: &Closing) -> io::Result<()> {
        self.out.flush()
    }
}

/// A cell that a spreadsheet may take for a formula.
fn stranger<W: Write>(out: &mut csv::Writer<W>, text: Cow<'_, str>) -> io::Result<()> {
    let text = match text {
        Cow::Borrowed(text) => neutral::data(text),
        Cow::Owned(text) => Cow::Owned(neutral::data(&text).into_owned()),
    };
    field(out, &guarded(text))
}

fn field<W: Write>(out: &mut csv::Writer<W>, text: &str) -> io::Result<()> {
    out.write_field(text).map_err(plain)
}

fn end<W: Write>(out: &mut csv::Writer<W>) -> io::Result<()> {
    out.write_record(None::<&[u8]>).map_err(plain)
}

/// The outlet's own error, with its kind.
fn plain(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
