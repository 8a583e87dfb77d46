//! Holding a run against an earlier output.

use std::path::Path;

use anyhow::Context;

use super::redact::Veil;
use super::tally::Tally;
use crate::batch::against::{Against, Change, Headers, Identity};
use crate::batch::input::{Columns, Field, Row};
use crate::batch::previous::Facts;
use crate::batch::{self, Book, Evaluated, headline};

/// Rows that are gone which are named one by one.
const NAMED: usize = 20;

/// An earlier output that every row is compared with.
pub(super) struct Comparison {
    against: Against,
    /// The headers of this list.
    headers: Vec<String>,
}

impl Comparison {
    /// Reads the earlier output, where there is one to compare with.
    pub(super) fn load(
        previous: Option<&Path>,
        book: &Book,
        columns: &Columns,
        veil: Option<&Veil<'_>>,
    ) -> anyhow::Result<Option<Self>> {
        let Some(path) = previous else {
            return Ok(None);
        };
        let header = |field| {
            let place = columns.place(field)?;
            book.headers().get(place).cloned()
        };
        let sought = Headers {
            id: header(Field::Id),
            email: header(Field::Email),
            name: header(Field::Name),
            link: header(Field::Link),
            certification: header(Field::Certification),
            pseudonyms: veil.is_some(),
        };
        let mut comparison = Self {
            against: Against::load(path, &sought)
                .with_context(|| format!("--against {}", path.display()))?,
            headers: book.headers().to_vec(),
        };
        batch::each_row(book, |row| {
            let identity = match veil {
                Some(veil) => comparison.identity(&veil.row(row, &[]), Some(row)),
                None => comparison.identity(row, None),
            };
            Ok::<_, anyhow::Error>(comparison.against.note(&identity)?)
        })?;
        Ok(Some(comparison))
    }

    /// How a row differs; `before` is the row before it was veiled.
    pub(super) fn of(
        &mut self,
        row: &Evaluated<'_>,
        before: Option<&Row>,
    ) -> anyhow::Result<Change> {
        let results = &row.trip.verifications;
        let facts = Facts::of(&results[headline(results)]);
        let identity = self.identity(&row.row, before);
        Ok(self.against.compare(&identity, &facts)?)
    }

    /// Rows of the earlier output that are no longer there, in words.
    pub(super) fn gone(
        self,
        tally: &mut Tally,
        veil: Option<&Veil<'_>>,
    ) -> anyhow::Result<Vec<String>> {
        let mut gone = self.against.gone(NAMED)?;
        if let Some(veil) = veil {
            gone.first.iter_mut().for_each(|row| veil.gone(row));
        }
        tally.gone(gone.total);
        let mut words: Vec<_> = gone.first.iter().map(ToString::to_string).collect();
        let unnamed = gone.total - words.len() as u64;
        if unnamed > 0 {
            words.push(format!("and {unnamed} more"));
        }
        Ok(words)
    }

    /// Ids are compared as they were `before` they were veiled, unless those of the earlier
    /// output are veiled themselves.
    fn identity(&self, row: &Row, before: Option<&Row>) -> Identity {
        let of = |row: &Row| {
            Identity::of(self.against.headers(), |header| {
                let place = self.headers.iter().position(|own| own == header)?;
                row.cells.get(place).map(String::as_str)
            })
        };
        let identity = of(row);
        match before.filter(|_| !self.against.has_veiled_ids()) {
            Some(before) => Identity {
                id: of(before).id,
                ..identity
            },
            None => identity,
        }
    }
}
