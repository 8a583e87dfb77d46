//! Puts the cells of a worksheet together to rows.

use calamine::XlsxFormulaMetadata;

use super::targets::{self, Targets};
use super::value;
use crate::batch::input::header::COLUMN_LIMIT;
use crate::batch::input::lines::LIMIT;
use crate::batch::input::{Taken, Target};

/// A row that is being put together.
#[derive(Debug, Default)]
pub(super) struct Pending {
    /// Its place in the worksheet, from 0.
    pub(super) place: u32,
    cells: Vec<String>,
    targets: Vec<Target>,
    size: usize,
    flaw: Option<String>,
}

impl Pending {
    pub(super) fn at(place: u32) -> Self {
        Self {
            place,
            ..Self::default()
        }
    }

    /// Adds a cell. The last one counts where a place is filled twice.
    pub(super) fn add(
        &mut self,
        (row, column): (u32, u32),
        value: &calamine::DataRef<'_>,
        formula: Option<&XlsxFormulaMetadata>,
        targets: &Targets,
    ) {
        let place = column as usize;
        let text = value::text(value);
        self.size += text.len();
        if place >= COLUMN_LIMIT || self.size > LIMIT {
            self.flaw = Some(format!(
                "Row {} of the worksheet is larger than {LIMIT} bytes, and only its beginning \
                 was read.",
                row + 1
            ));
            return;
        }
        let target = targets
            .at((row, column))
            .map(str::to_owned)
            .or_else(|| formula.and_then(of_formula));
        if let Some(address) = target {
            self.targets.push(Target {
                column: place,
                address,
            });
        }
        if text.is_empty() && self.targets.last().is_none_or(|last| last.column != place) {
            return;
        }
        self.cells
            .resize(self.cells.len().max(place + 1), String::new());
        self.cells[place] = text;
    }

    /// Notes a cell of this row, or right behind it, that cannot be read.
    pub(super) fn note_unreadable(&mut self, reason: &str) {
        self.flaw = Some(format!(
            "A cell in row {} of the worksheet, or beside it, cannot be read: {}.",
            self.place + 1,
            crate::report::neutral::terminal(reason)
        ));
    }

    pub(super) fn is_blank(&self) -> bool {
        self.flaw.is_none()
            && self.targets.is_empty()
            && self.cells.iter().all(|cell| cell.trim().is_empty())
    }

    pub(super) fn into_cells(self) -> Vec<String> {
        self.cells
    }

    pub(super) fn into_taken(self) -> Taken {
        Taken {
            cells: self.cells,
            flaw: self.flaw,
            targets: self.targets,
        }
    }
}

fn of_formula(formula: &XlsxFormulaMetadata) -> Option<String> {
    match formula {
        XlsxFormulaMetadata::Normal { formula } | XlsxFormulaMetadata::Shared { formula, .. } => {
            targets::of_formula(formula)
        }
        _ => None,
    }
}
