//! What must be said of a list as a whole, so that nobody takes it for more than it is.

use super::super::words;
use super::SheetRow;

/// Counts rows that a reader of the whole must know of.
#[derive(Debug, Default)]
pub(super) struct Notes {
    elsewhere: i64,
    unproven: i64,
    samples: i64,
}

impl Notes {
    pub(super) fn see(&mut self, row: &SheetRow<'_>) {
        let has = |code| {
            let mut findings = row.results.iter().flat_map(|one| &one.findings);
            findings.any(|finding| finding.code == code)
        };
        self.elsewhere += i64::from(has("not-the-issuer"));
        self.unproven += i64::from(has("unproven-evidence"));
        let mut sources = row.results.iter().filter_map(|one| one.source.as_ref());
        self.samples += i64::from(sources.any(|source| source.from == "demo"));
    }

    /// One sentence for each.
    pub(super) fn sentences(&self) -> Vec<String> {
        let told = [
            (
                self.elsewhere,
                "answered by another host than the issuer's own (not-the-issuer)",
            ),
            (
                self.unproven,
                "from files that anyone could have written (unproven-evidence)",
            ),
            (self.samples, "from the samples that ship with the program"),
        ];
        let told = told.into_iter().filter(|(number, _)| *number > 0);
        told.map(|(number, what)| format!("{}: {what}.", words::count(number, "row", "rows")))
            .collect()
    }
}
