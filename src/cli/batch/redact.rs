//! Pseudonyms in the place of names and mail addresses, in a row and all its results.

use crate::batch::Evaluated;
use crate::batch::input::{Columns, Field, Row};
use crate::report::Redactor;

/// Gives pseudonyms to the rows of a list.
pub(super) struct Veil<'c> {
    redactor: Redactor,
    columns: &'c Columns,
}

impl<'c> Veil<'c> {
    /// Uses the pseudonyms of `redactor`.
    pub(super) fn new(redactor: Redactor, columns: &'c Columns) -> Self {
        Self { redactor, columns }
    }

    /// Veils a judged row, so that nothing made of it names anybody.
    pub(super) fn evaluated(&self, row: &mut Evaluated<'_>) {
        let expected = row.expected.name.clone();
        let holders: Vec<String> = row
            .trip
            .verifications
            .iter()
            .filter_map(|one| Some(one.record.as_ref()?.holder.as_ref()?.name.clone()))
            .collect();
        for one in &mut row.trip.verifications {
            *one = self.redactor.verification(one, expected.as_deref());
        }
        row.row = self.row(&row.row, &holders);
    }

    /// Veils the cells of a row; `holders` are named by the issuer.
    pub(super) fn row(&self, row: &Row, holders: &[String]) -> Row {
        let candidate = self.columns.candidate(row);
        let name = candidate.name.as_deref().unwrap_or_default();
        let pseudonym = self.redactor.name(name);
        let mut known: Vec<&str> = self
            .columns
            .names()
            .iter()
            .filter_map(|place| row.cells.get(*place))
            .map(String::as_str)
            .chain([name])
            .chain(holders.iter().map(String::as_str))
            .filter(|known| !known.trim().is_empty())
            .collect();
        // The longest first, so that a part does not break up the whole.
        known.sort_unstable_by_key(|known| std::cmp::Reverse(known.len()));
        let cells = row.cells.iter().enumerate().map(|(place, cell)| {
            if self.columns.names().contains(&place) && !cell.trim().is_empty() {
                // Each part stands for the whole: a given name alone would tell them apart.
                pseudonym.clone()
            } else if self.columns.place(Field::Email) == Some(place) {
                self.redactor.mail(cell)
            } else if self.columns.place(Field::Link) == Some(place) {
                self.redactor.link(cell)
            } else {
                self.redactor.text(cell, &known)
            }
        });
        Row {
            cells: cells.collect(),
            flaw: row
                .flaw
                .as_deref()
                .map(|flaw| self.redactor.text(flaw, &known)),
            number: row.number,
            targets: Vec::new(),
        }
    }
}
