//! What a row is called where there is room for a word or two.

use super::{Heading, SheetRow};

/// Headers under which a person's name stands.
const NAMES: [&str; 6] = [
    "name",
    "candidate",
    "holder",
    "person",
    "employee",
    "full name",
];

/// Finds what a row is called.
#[derive(Debug)]
pub(super) struct Label {
    name: Option<usize>,
    headers: usize,
}

impl Label {
    pub(super) fn of(heading: &Heading) -> Self {
        let is_name = |header: &String| {
            let header = header.trim();
            NAMES.iter().any(|name| header.eq_ignore_ascii_case(name))
        };
        Self {
            name: heading.columns.iter().position(is_name),
            headers: heading.columns.len(),
        }
    }

    /// The person's name, else the first cell that says something and is no link; nothing
    /// where there is none.
    pub(super) fn find<'a>(&self, row: &SheetRow<'a>) -> &'a str {
        let name = self.name.and_then(|at| row.cells.get(at));
        let name = name.map_or("", |cell| cell.trim());
        if !name.is_empty() {
            return name;
        }
        let input = row.headline().input.as_str();
        let mut cells = row.own_cells(self.headers);
        cells
            .find(|cell| !cell.trim().is_empty() && !cell.contains("://") && *cell != input)
            .map_or("", str::trim)
    }
}
