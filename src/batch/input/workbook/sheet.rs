//! Finds the worksheet of a list, and reads it cell by cell.

use std::fs::File;
use std::io::BufReader;
use std::sync::mpsc::SyncSender;

use calamine::{Reader, Sheet, SheetType, SheetVisible, Xlsx, XlsxError};

use super::Said;
use super::rows::Pending;
use super::targets::Targets;
use super::value;
use crate::batch::input::error::Fault;
use crate::report::neutral;

type Workbook = Xlsx<BufReader<File>>;

/// Reads the headers and all rows, and says them until nobody listens.
pub(super) fn read(file: File, asked: Option<&str>, out: &SyncSender<Said>) -> Result<(), Fault> {
    let mut workbook: Workbook = Xlsx::new(BufReader::new(file)).map_err(damaged)?;
    let name = match asked {
        Some(name) => named(&workbook, name)?,
        None => first_with_cells(&mut workbook)?,
    };
    let links = workbook.hyperlinks_by_sheet_name(&name).map_err(damaged)?;
    let targets = Targets::of(links);
    rows(&mut workbook, &name, &targets, out)
}

fn worksheets(workbook: &Workbook) -> impl Iterator<Item = &Sheet> {
    let sheets = workbook.sheets_metadata().iter();
    sheets.filter(|sheet| sheet.typ == SheetType::WorkSheet)
}

/// Exactly, or else without regard to case, as spreadsheet programs compare.
fn named(workbook: &Workbook, asked: &str) -> Result<String, Fault> {
    let equal = |sheet: &&Sheet| sheet.name == asked;
    let alike = |sheet: &&Sheet| sheet.name.to_lowercase() == asked.to_lowercase();
    worksheets(workbook)
        .find(equal)
        .or_else(|| worksheets(workbook).find(alike))
        .map(|sheet| sheet.name.clone())
        .ok_or_else(|| Fault::NoSuchSheet {
            asked: neutral::terminal(asked),
            found: listed(workbook),
        })
}

fn first_with_cells(workbook: &mut Workbook) -> Result<String, Fault> {
    let visible: Vec<_> = worksheets(workbook)
        .filter(|sheet| sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    if visible.is_empty() && worksheets(workbook).next().is_some() {
        return Err(Fault::AllHidden {
            found: listed(workbook),
        });
    }
    for name in visible {
        if has_cells(workbook, &name)? {
            return Ok(name);
        }
    }
    Err(Fault::Empty)
}

fn has_cells(workbook: &mut Workbook, name: &str) -> Result<bool, Fault> {
    let mut cells = workbook.worksheet_cells_reader(name).map_err(damaged)?;
    loop {
        match cells.next_cell() {
            Ok(None) => return Ok(false),
            Ok(Some(cell)) if value::text(cell.get_value()).trim().is_empty() => {}
            Err(error) if ends_reading(&error) => return Err(damaged(error)),
            Ok(Some(_)) | Err(_) => return Ok(true),
        }
    }
}

fn listed(workbook: &Workbook) -> String {
    const SHOWN: usize = 30;
    let names = worksheets(workbook).take(SHOWN);
    let names: Vec<_> = names.map(|sheet| neutral::terminal(&sheet.name)).collect();
    names.join(", ")
}

fn damaged(error: XlsxError) -> Fault {
    match error {
        XlsxError::Password => Fault::Password,
        error => Fault::Damaged(neutral::terminal(&error.to_string())),
    }
}

/// Whether nothing can be read behind an error. Others are about one cell.
const fn ends_reading(error: &XlsxError) -> bool {
    matches!(
        error,
        XlsxError::Io(_) | XlsxError::Zip(_) | XlsxError::Xml(_) | XlsxError::XmlEof(_)
    )
}

fn rows(
    workbook: &mut Workbook,
    name: &str,
    targets: &Targets,
    out: &SyncSender<Said>,
) -> Result<(), Fault> {
    let mut cells = workbook.worksheet_cells_reader(name).map_err(damaged)?;
    let mut pending = Pending::default();
    let mut sink = Sink { out, headed: false };
    let mut unreadable: Option<String> = None;
    loop {
        match cells.next_cell_with_formula_metadata() {
            Ok(Some(cell)) => {
                if cell.pos.0 != pending.place {
                    let done = std::mem::replace(&mut pending, Pending::at(cell.pos.0));
                    if sink.put(done).is_break() {
                        return Ok(());
                    }
                    // The unreadable cell may have been the first of this row.
                    if let Some(reason) = unreadable.take() {
                        pending.note_unreadable(&reason);
                    }
                }
                pending.add(cell.pos, &cell.value, cell.formula.as_ref(), targets);
            }
            Ok(None) => break,
            Err(error) if ends_reading(&error) => {
                return Err(Fault::Worksheet {
                    sheet: neutral::terminal(name),
                    row: u64::from(pending.place) + 1,
                    reason: neutral::terminal(&error.to_string()),
                });
            }
            Err(error) => {
                let reason = error.to_string();
                pending.note_unreadable(&reason);
                unreadable = Some(reason);
            }
        }
    }
    let _ = sink.put(pending);
    Ok(())
}

/// Where rows go: the first one that is not blank as headers.
struct Sink<'a> {
    out: &'a SyncSender<Said>,
    headed: bool,
}

impl Sink<'_> {
    fn put(&mut self, row: Pending) -> std::ops::ControlFlow<()> {
        if row.is_blank() {
            return std::ops::ControlFlow::Continue(());
        }
        let said = if self.headed {
            Said::Row(row.into_taken())
        } else {
            self.headed = true;
            Said::Headers(row.into_cells())
        };
        match self.out.send(said) {
            Ok(()) => std::ops::ControlFlow::Continue(()),
            Err(_) => std::ops::ControlFlow::Break(()),
        }
    }
}
