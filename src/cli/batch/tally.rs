//! Counting what became of a list.

use std::fmt::Write as _;

use crate::batch::against::{Change, ChangeKind};
use crate::batch::{Evaluated, headline};
use crate::check::Outcome;
use crate::lifecycle::Status;
use crate::report::json::Totals;

/// How many rows of what.
#[derive(Debug, Default)]
pub(super) struct Tally {
    rows: Totals,
    /// By the sort of change, where rows are compared.
    changes: Vec<(ChangeKind, u64)>,
}

impl Tally {
    /// Counts a row.
    pub(super) fn count(&mut self, row: &Evaluated<'_>, change: Option<&Change>) {
        let results = &row.trip.verifications;
        let one = &results[headline(results)];
        self.rows.count(one.standing.status, one.outcome);
        if let Some(change) = change {
            self.add(change.kind, 1);
        }
    }

    /// Counts rows that are no longer there.
    pub(super) fn gone(&mut self, rows: u64) {
        self.add(ChangeKind::Gone, rows);
    }

    fn add(&mut self, kind: ChangeKind, rows: u64) {
        match self.changes.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, count)) => *count += rows,
            None => self.changes.push((kind, rows)),
        }
    }

    /// Rows, by their headlines.
    pub(super) fn rows(&self) -> &Totals {
        &self.rows
    }

    /// One of each outcome that there is among the rows.
    pub(super) fn outcomes(&self) -> impl Iterator<Item = Outcome> {
        let counts = [
            (self.rows.passed, Outcome::Passed),
            (self.rows.not_determined, Outcome::Undetermined),
            (self.rows.failed, Outcome::Failed),
        ];
        let present = counts.into_iter().filter(|(count, _)| *count > 0);
        present.map(|(_, outcome)| outcome)
    }

    /// The counts for people.
    pub(super) fn sentence(&self) -> String {
        let rows = &self.rows;
        let statuses = listed(Status::ALL.map(|status| (status.as_str(), rows.with(status))));
        let mut text = format!(
            "{} {}: {} passed, {} failed, {} not determined ({statuses}).",
            rows.total,
            if rows.total == 1 { "row" } else { "rows" },
            rows.passed,
            rows.failed,
            rows.not_determined,
        );
        if !self.changes.is_empty() {
            let changes = self.changes.iter();
            let changes = listed(changes.map(|(kind, count)| (kind.as_str(), *count)));
            let _ = write!(text, " Since the earlier output: {changes}.");
        }
        text
    }
}

fn listed<'w>(counts: impl IntoIterator<Item = (&'w str, u64)>) -> String {
    let present = counts.into_iter().filter(|(_, count)| *count > 0);
    let words: Vec<_> = present
        .map(|(word, count)| format!("{count} {word}"))
        .collect();
    if words.is_empty() {
        "none".to_owned()
    } else {
        words.join(", ")
    }
}
