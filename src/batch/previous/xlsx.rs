//! An earlier output as a workbook.

use std::io::{self, Read, Seek};

use calamine::{DataRef, ExcelDateTime, Reader as _, Xlsx, XlsxError};
use zip::ZipArchive;

use super::{Layout, Named, PastRow, PreviousError, Stop, lacking};

/// The most bytes of a workbook beside its sheets, which are held in memory.
const MOST_BESIDE: u64 = 32 * 1024 * 1024;

/// Cells further right are none of ours.
const MOST_COLUMNS: usize = 1024;

pub(super) fn read<R: Read + Seek, E>(
    mut reader: R,
    file: &Named,
    take: &mut impl FnMut(PastRow) -> Result<(), Stop<E>>,
) -> Result<(), Stop<E>> {
    hold_size(&mut reader, file)?;
    reader.rewind().map_err(|cause| file.unreadable(cause))?;
    let mut book: Xlsx<R> = Xlsx::new(reader).map_err(|error| broken(file, 0, &error))?;
    let mut lacks = "it has no sheet".to_owned();
    for sheet in book.sheet_names() {
        let mut rows = Rows::of(&mut book, &sheet, file)?;
        let Some((_, headers)) = rows.next()? else {
            continue;
        };
        if let Some(missing) = lacking(&headers) {
            lacks = missing;
            continue;
        }
        let layout = Layout::of(headers, file)?;
        while let Some((row, cells)) = rows.next()? {
            take(
                layout
                    .row(row, &cells)
                    .map_err(|problem| file.damaged(row, problem))?,
            )?;
        }
        return Ok(());
    }
    Err(file.not_ours(lacks).into())
}

/// Holds what a workbook unpacks to, beside its sheets, against a bound: sizes that it states
/// itself are not believed.
fn hold_size(reader: &mut (impl Read + Seek), file: &Named) -> Result<(), PreviousError> {
    let broken =
        |error: &dyn std::fmt::Display| file.damaged(0, format!("it is no workbook: {error}"));
    let mut archive = ZipArchive::new(reader).map_err(|error| broken(&error))?;
    let mut left = MOST_BESIDE;
    for at in 0..archive.len() {
        let entry = archive.by_index(at).map_err(|error| broken(&error))?;
        let is_sheet = entry
            .name()
            .is_ok_and(|name| name.starts_with("xl/worksheets/"));
        if is_sheet {
            continue;
        }
        let read = io::copy(&mut entry.take(left + 1), &mut io::sink());
        let read = read.map_err(|error| broken(&error))?;
        left = left.checked_sub(read).ok_or_else(|| {
            let limit = MOST_BESIDE / 1024 / 1024;
            file.damaged(
                0,
                format!("it unpacks to more than {limit} MiB beside its sheets"),
            )
        })?;
    }
    Ok(())
}

/// The rows of a sheet, one at a time; the one of the headers is row 0.
struct Rows<'b, R: Read + Seek> {
    cells: calamine::XlsxCellReader<'b, R>,
    /// The first cell of the next row, where it was read already.
    ahead: Option<(u32, usize, String)>,
    /// Whether the sheet is read: its reader must not be asked again then.
    is_over: bool,
    file: &'b Named,
    at: u64,
}

impl<'b, R: Read + Seek> Rows<'b, R> {
    fn of(book: &'b mut Xlsx<R>, sheet: &str, file: &'b Named) -> Result<Self, PreviousError> {
        let cells = book.worksheet_cells_reader(sheet);
        Ok(Self {
            cells: cells.map_err(|error| broken(file, 0, &error))?,
            ahead: None,
            is_over: false,
            file,
            at: 0,
        })
    }

    fn next(&mut self) -> Result<Option<(u64, Vec<String>)>, PreviousError> {
        let mut line: Option<u32> = None;
        let mut row = Vec::new();
        loop {
            let cell = match self.ahead.take() {
                Some(cell) => Some(cell),
                None => self.cell()?,
            };
            let Some((at, column, text)) = cell else {
                break;
            };
            if line.is_some_and(|line| line != at) {
                self.ahead = Some((at, column, text));
                break;
            }
            line = Some(at);
            if column < MOST_COLUMNS {
                row.resize(row.len().max(column + 1), String::new());
                row[column] = text;
            }
        }
        let number = self.at;
        self.at += 1;
        Ok(line.map(|_| (number, row)))
    }

    fn cell(&mut self) -> Result<Option<(u32, usize, String)>, PreviousError> {
        if self.is_over {
            return Ok(None);
        }
        let cell = self.cells.next_cell();
        let cell = cell.map_err(|error| broken(self.file, self.at, &error))?;
        self.is_over = cell.is_none();
        Ok(cell.map(|cell| {
            let (line, column) = cell.get_position();
            (line, column as usize, text(cell.get_value()))
        }))
    }
}

fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(is_true) => is_true.to_string(),
        DataRef::DateTime(instant) => date(*instant),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// A day, or an instant where the cell has a time: the program writes UTC.
fn date(instant: ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = instant.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, second) {
        (0, 0, 0) => date,
        _ => format!("{date}T{hour:02}:{minute:02}:{second:02}Z"),
    }
}

fn broken(file: &Named, row: u64, error: &XlsxError) -> PreviousError {
    match error {
        XlsxError::Password => file.not_ours("it is encrypted"),
        other => file.damaged(row, format!("the workbook cannot be read: {other}")),
    }
}
