//! Pseudonyms in the place of names and mail addresses, in a row and all its results.

use crate::batch::Evaluated;
use crate::batch::against::{Change, GoneRow};
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

    /// Veils a judged row, so that nothing made of it names anybody; gives the row as it was.
    pub(super) fn evaluated(&self, row: &mut Evaluated<'_>) -> Row {
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
        let veiled = self.row(&row.row, &holders);
        std::mem::replace(&mut row.row, veiled)
    }

    /// Veils the cells of a row; `holders` are named by the issuer.
    pub(super) fn row(&self, row: &Row, holders: &[String]) -> Row {
        let name = self.columns.candidate(row).name.unwrap_or_default();
        let pseudonym = self.redactor.name(&name);
        let names: Vec<&str> = std::iter::once(&*name)
            .chain(holders.iter().map(String::as_str))
            .filter(|known| !known.trim().is_empty())
            .collect();
        let targets = row.targets.iter().map(|target| target.address.as_str());
        let texts: Vec<&str> = row
            .cells
            .iter()
            .map(String::as_str)
            .chain(targets)
            .collect();
        let about = self.redactor.about(&names, &texts);
        let cells = row.cells.iter().enumerate().map(|(place, cell)| {
            if self.columns.names().contains(&place) && !cell.trim().is_empty() {
                // Each part stands for the whole: a given name alone would tell them apart.
                pseudonym.clone()
            } else if self.columns.place(Field::Email) == Some(place) {
                self.redactor.mail(cell)
            } else if self.columns.place(Field::Link) == Some(place) {
                self.redactor.link(cell)
            } else {
                self.redactor.told(cell, &about)
            }
        });
        let flaw = row.flaw.as_deref();
        Row {
            cells: cells.collect(),
            flaw: flaw.map(|flaw| self.redactor.told(flaw, &about)),
            number: row.number,
            targets: Vec::new(),
        }
    }

    /// Veils a row of an earlier output, which may have been made without pseudonyms.
    pub(super) fn gone(&self, gone: &mut GoneRow) {
        // What a pseudonym stands for is no name.
        let names = gone.names.iter().map(String::as_str);
        let names: Vec<&str> = names.filter(|it| !Redactor::is_pseudonym(it)).collect();
        let about = self.redactor.about(&names, &[]);
        for text in [&mut gone.who, &mut gone.title].into_iter().flatten() {
            *text = self.redactor.told(text, &about);
        }
        if let Some(who) = gone.who.as_mut().filter(|who| may_be_a_name(who)) {
            *who = self.redactor.name(who);
        }
        gone.names.clear();
    }

    /// Veils what is said of a row's change, where words of the earlier output stand in it.
    pub(super) fn change(&self, change: &mut Change, row: &Row) {
        let name = self.columns.candidate(row).name.unwrap_or_default();
        let about = self.redactor.about(&[&*name], &[]);
        change.message = self.redactor.told(&change.message, &about);
    }
}

/// Whether a text without a digit, such as an id, may be a name that nothing else tells.
fn may_be_a_name(text: &str) -> bool {
    text.chars().any(char::is_alphabetic) && !text.chars().any(|c| c.is_ascii_digit())
}
