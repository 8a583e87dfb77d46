//! A workbook: one row for each row of the input, and a sheet that sums up.
//!
//! Strangers' text is always a string cell: never a formula, never a link. Its library
//! holds the rows in temporary files, and panics when one cannot be written, a full disk
//! for instance; here that becomes an error.

mod style;
mod summary;

use std::borrow::Cow;
use std::io::{self, BufWriter, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use rust_xlsxwriter::{
    ColNum, DocProperties, ExcelDateTime, IgnoreError, RowNum, Workbook, Worksheet, XlsxError,
};

use textwrap::core::display_width;

use super::super::neutral;
use super::cell::is_formula;
use super::column::{Column, Value, own_names};
use super::note::Notes;
use super::{Closing, Heading, Sheet, SheetRow};
use style::Styles;

/// The most rows of a worksheet, its header among them (Microsoft: Excel specifications and
/// limits, read on 2026-11-20, for this and the next two).
const ROWS: RowNum = 1_048_576;
/// The most columns of a worksheet.
const COLUMNS: usize = 16_384;
/// The most UTF-16 units in a cell.
const UNITS: usize = 32_767;
/// The widest that one of the input's own columns is set, in characters.
const WIDEST: usize = 44;
/// The narrowest.
const NARROWEST: usize = 12;
/// The height of a line, in points.
const LINE: f64 = 15.0;
/// The library keeps the height of every row it was told in memory: in a worksheet with more
/// rows than these, the further ones have room for three lines each.
const FITTED: RowNum = 20_000;
/// A row is at most 409 points high.
const MOST_LINES: usize = 27;
/// Beyond this size a part of the package may pass four gigabytes, which zip must be told.
const LARGE: u64 = 1_500_000_000;

pub(super) struct Xlsx<W> {
    out: W,
    workbook: Workbook,
    sheet: Worksheet,
    rows: RowNum,
    next: RowNum,
    own: Vec<String>,
    /// In characters, of the input's own columns and then ours.
    widths: Vec<usize>,
    /// Of the row that is being written.
    lines: usize,
    columns: Vec<Column>,
    styles: Styles,
    as_of: DateTime<Utc>,
    notes: Notes,
    cut: u64,
    size: u64,
}

impl<W: Write + Send> Xlsx<W> {
    pub(super) fn open(heading: &Heading, out: W) -> io::Result<Self> {
        Self::with_rows(heading, out, ROWS)
    }

    /// With a smaller worksheet, so that a test reaches its end.
    pub(super) fn with_rows(heading: &Heading, out: W, rows: RowNum) -> io::Result<Self> {
        let columns = Column::for_people(heading);
        let all = heading.columns.len() + columns.len();
        if all > COLUMNS {
            let message = format!(
                "a worksheet holds {COLUMNS} columns, and this list has {all} with those added \
                 here: choose csv or jsonl"
            );
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        let own = own_names(&heading.columns, &columns);
        let (workbook, sheet) = carefully(|| {
            let mut workbook = Workbook::new();
            workbook.set_properties(&properties(heading.as_of)?);
            let sheet = workbook.new_worksheet_with_constant_memory()?;
            Ok((workbook, sheet))
        })?;
        let mut this = Self {
            out,
            workbook,
            sheet,
            rows,
            next: 0,
            widths: Vec::new(),
            lines: 1,
            own,
            columns,
            styles: Styles::new(),
            as_of: heading.as_of,
            notes: Notes::default(),
            cut: 0,
            size: 0,
        };
        carefully(|| this.write_headers())?;
        Ok(this)
    }

    fn write_headers(&mut self) -> Result<(), XlsxError> {
        let ours = self.columns.iter().map(|column| match column {
            Column::EarnedOn | Column::ExpiresOn | Column::CheckedAt => {
                format!("{} (UTC)", column.name())
            }
            other => other.name().to_owned(),
        });
        let names: Vec<_> = self.own.iter().cloned().chain(ours).collect();
        for (at, name) in (0..).zip(&names) {
            let name = self.fitted(name);
            let header = &self.styles.header;
            self.sheet.write_string_with_format(0, at, name, header)?;
        }
        self.next = 1;
        Ok(())
    }

    fn write_row(&mut self, row: &SheetRow<'_>) -> Result<(), XlsxError> {
        if self.next == self.rows {
            self.end_sheet()?;
            self.sheet = self.workbook.new_worksheet_with_constant_memory()?;
            self.write_headers()?;
        }
        if self.widths.is_empty() {
            self.choose_widths(row);
        }
        self.lines = 1;
        for (at, cell) in row.own_cells(self.own.len()).enumerate() {
            self.write_text(column_number(at), cell)?;
        }
        for at in 0..self.columns.len() {
            self.write_value(column_number(self.own.len() + at), self.columns[at], row)?;
        }
        // Said, because not every program fits a row's height to what is wrapped in it.
        if self.next <= FITTED {
            let lines = u16::try_from(self.lines.min(MOST_LINES)).unwrap_or(1);
            let height = LINE * f64::from(lines);
            self.sheet.set_row_height(self.next, height)?;
        }
        self.next += 1;
        self.notes.see(row);
        Ok(())
    }

    /// Widths must be known before a row's height: the first row decides those of the own
    /// columns.
    fn choose_widths(&mut self, first: &SheetRow<'_>) {
        let cells = first.own_cells(self.own.len());
        let own = self.own.iter().zip(cells).map(|(name, cell)| {
            let shown = cell.lines().map(display_width).max().unwrap_or(0);
            (display_width(name) + 3)
                .max(shown + 2)
                .clamp(NARROWEST, WIDEST)
        });
        let ours = self.columns.iter().map(|column| style::width(*column));
        self.widths = own.chain(ours).collect();
    }

    fn write_value(
        &mut self,
        at: ColNum,
        column: Column,
        row: &SheetRow<'_>,
    ) -> Result<(), XlsxError> {
        let (next, styles) = (self.next, &self.styles);
        match column.value(row) {
            Value::Nothing => return Ok(()),
            Value::Word(word) => {
                let style = styles.of(column, row.headline());
                self.sheet.write_string_with_format(next, at, word, style)?;
            }
            // The word: programs show a truth value in their own language, or as 1.
            Value::Flag(is_so) => self.write_text(at, if is_so { "true" } else { "false" })?,
            Value::Number(number) => {
                // Days left are far below 2^53.
                #[allow(clippy::cast_precision_loss, reason = "a count of days is exact")]
                let number = number as f64;
                let style = &styles.plain;
                self.sheet
                    .write_number_with_format(next, at, number, style)?;
            }
            Value::Instant(text) => match instant(text) {
                Some(when) => {
                    let style = &styles.instant;
                    self.sheet
                        .write_datetime_with_format(next, at, &when, style)?;
                }
                None => self.write_text(at, text)?,
            },
            Value::Day(text) => match day(text) {
                Some(when) => {
                    let style = &styles.day;
                    self.sheet
                        .write_datetime_with_format(next, at, &when, style)?;
                }
                None => self.write_text(at, text)?,
            },
            // A line for each reads better in a narrow cell, and reads back the same.
            Value::Text(codes) if column == Column::Findings => {
                self.write_text(at, &codes.replace(';', "; "))?;
            }
            Value::Text(text) => self.write_text(at, &text)?,
        }
        Ok(())
    }

    /// A string cell. What looks like a formula carries the mark that Excel's own
    /// apostrophe sets, so that editing the cell does not make it one.
    fn write_text(&mut self, at: ColNum, text: &str) -> Result<(), XlsxError> {
        if text.is_empty() {
            return Ok(());
        }
        let text = self.fitted(text);
        let style = if is_formula(&text) {
            &self.styles.quoted
        } else {
            &self.styles.wrapped
        };
        self.size += text.len() as u64 + 80;
        let width = self.widths.get(usize::from(at)).copied().unwrap_or(WIDEST);
        // Words do not fill their lines to the end.
        let lines = |line: &str| (display_width(line) * 9 / 8).div_ceil(width).max(1);
        self.lines = self.lines.max(text.lines().map(lines).sum());
        self.sheet
            .write_string_with_format(self.next, at, text, style)?;
        Ok(())
    }

    /// Harmless text that fits into a cell. What does not is cut, and the cut is counted.
    fn fitted(&mut self, text: &str) -> String {
        const MARK: &str = "… (cut)";
        let text = neutral::document(text);
        if text.len() <= UNITS || text.encode_utf16().count() <= UNITS {
            return text.into_owned();
        }
        self.cut += 1;
        let mut room = UNITS - MARK.encode_utf16().count();
        let fits = |c: &char| {
            let left = room.checked_sub(c.len_utf16());
            room = left.unwrap_or(0);
            left.is_some()
        };
        text.chars().take_while(fits).collect::<String>() + MARK
    }

    /// Widths, filter and print set-up, once a worksheet's rows are known.
    fn end_sheet(&mut self) -> Result<(), XlsxError> {
        let number = self.workbook.worksheets().len();
        let name = match number {
            0 => "Results".to_owned(),
            more => format!("Results {}", more + 1),
        };
        let (last_row, last) = (
            self.next - 1,
            column_number(self.own.len() + self.columns.len() - 1),
        );
        let sheet = &mut self.sheet;
        if last_row > FITTED {
            sheet.set_default_row_height(LINE * 3.0);
        }
        sheet
            .set_name(name)?
            .set_freeze_panes(1, 0)?
            .autofilter(0, 0, last_row, last)?
            .set_landscape()
            .set_paper_size(9)
            .set_print_fit_to_pages(2, 0)
            .set_repeat_rows(0, 0)?;
        for (at, width) in (0..).zip(&self.widths) {
            let width = u16::try_from(*width).unwrap_or(u16::MAX);
            sheet.set_column_width(at, f64::from(width))?;
        }
        if last_row > 0 && !self.own.is_empty() {
            let own = column_number(self.own.len() - 1);
            sheet.ignore_error_range(1, 0, last_row, own, IgnoreError::NumberStoredAsText)?;
        }
        let done = std::mem::replace(&mut self.sheet, Worksheet::new());
        self.workbook.push_worksheet(done);
        Ok(())
    }

    fn save(&mut self, closing: &Closing) -> Result<(), XlsxError> {
        self.end_sheet()?;
        let mut notes = self.notes.sentences();
        if self.cut > 0 {
            notes.push(format!(
                "{}: longer than a worksheet's cell holds, and cut. The csv and json formats \
                 keep them whole.",
                super::super::words::count(
                    i64::try_from(self.cut).unwrap_or(i64::MAX),
                    "cell",
                    "cells"
                )
            ));
        }
        let summary = self.workbook.add_worksheet();
        summary::write(summary, &self.styles, self.as_of, closing, &notes)?;
        self.workbook.use_zip_large_file(self.size > LARGE);
        let mut out = BufWriter::with_capacity(64 * 1024, &mut self.out);
        self.workbook.save_to_writer(&mut out)?;
        out.flush()?;
        Ok(())
    }
}

impl<W: Write + Send> Sheet for Xlsx<W> {
    fn row(&mut self, row: &SheetRow<'_>) -> io::Result<()> {
        carefully(|| self.write_row(row))
    }

    fn finish(mut self: Box<Self>, closing: &Closing) -> io::Result<()> {
        carefully(|| self.save(closing))?;
        self.out.flush()
    }
}

/// The library's errors with the kind of what lies below, its panics as errors.
fn carefully<T>(work: impl FnOnce() -> Result<T, XlsxError>) -> io::Result<T> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(XlsxError::IoError(error))) => Err(error),
        Ok(Err(XlsxError::ZipError(error))) => Err(error.into()),
        Ok(Err(error)) => Err(io::Error::other(error.to_string())),
        Err(_) => Err(io::Error::new(
            io::ErrorKind::StorageFull,
            "cannot write the workbook's temporary file: is the disk of the system's temporary \
             folder (TMPDIR) full? csv and jsonl need none",
        )),
    }
}

/// No name of a user or a machine, and no clock: the day of judgement.
fn properties(as_of: DateTime<Utc>) -> Result<DocProperties, XlsxError> {
    let created = ExcelDateTime::from_timestamp(as_of.timestamp());
    let created = created.or_else(|_| ExcelDateTime::from_timestamp(0))?;
    Ok(DocProperties::new()
        .set_title("Microsoft certifications, checked")
        .set_creation_datetime(&created))
}

fn column_number(at: usize) -> ColNum {
    ColNum::try_from(at).expect("the number of columns was checked when the workbook was begun")
}

fn instant(text: &str) -> Option<ExcelDateTime> {
    let instant = DateTime::parse_from_rfc3339(text).ok()?.to_utc();
    within_a_workbook(instant)
}

fn day(text: &str) -> Option<ExcelDateTime> {
    let day: NaiveDate = text.parse().ok()?;
    within_a_workbook(day.and_time(NaiveTime::MIN).and_utc())
}

/// A workbook's calendar has no day before March 1900 that all programs agree on.
fn within_a_workbook(instant: DateTime<Utc>) -> Option<ExcelDateTime> {
    const MARCH_1900: i64 = -2_203_891_200;
    let second = instant.timestamp();
    (second >= MARCH_1900).then(|| ExcelDateTime::from_timestamp(second).ok())?
}

/// Text for the summary, cut like a cell's.
fn short(text: &str) -> Cow<'_, str> {
    match neutral::document(text) {
        Cow::Borrowed(text) => neutral::shortened(text, 2_000),
        Cow::Owned(text) => Cow::Owned(neutral::shortened(&text, 2_000).into_owned()),
    }
}
