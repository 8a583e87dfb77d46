//! What took over from a certification that is leaving?

use chrono::NaiveDate;

use crate::catalog::{Catalog, Entry, State};

/// A certification that took over. Nothing converts: it must be earned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Successor<'a> {
    /// The certification.
    pub entry: &'a Entry,
    /// Whether it can be earned on the day of judgement; never retired.
    pub state: State,
    exam: Option<&'a str>,
}

impl<'a> Successor<'a> {
    /// A certification as it can be earned on a day.
    pub fn on(day: NaiveDate, entry: &'a Entry) -> Self {
        Self {
            entry,
            state: entry.state_on(day),
            exam: entry.exams_left_on(day).next(),
        }
    }

    /// The same in a state that is known better, as where the issuer says that it retired.
    pub(super) fn in_state(self, state: State) -> Self {
        Self { state, ..self }
    }

    /// The exam to take: the newest that the catalogue lists and that has not retired by then.
    pub fn exam(&self) -> Option<&'a str> {
        self.exam
    }

    /// Whether it is known that it cannot be earned: it has retired, or all its exams have.
    pub fn is_over(&self) -> bool {
        let has_no_exam = self.exam.is_none() && !self.entry.exams().is_empty();
        has_no_exam || matches!(self.state, State::Retired(_))
    }
}

/// What took over from a certification that is not simply current, each once. One that cannot
/// be earned any more itself leads to what took over from it.
pub fn successors<'a>(
    entry: Option<&'a Entry>,
    state: State,
    catalog: &'a Catalog,
    day: NaiveDate,
) -> Vec<Successor<'a>> {
    let is_leaving = |entry: &&Entry| state != State::Current || entry.has_no_exam_left_on(day);
    let mut open: Vec<&Entry> = entry.filter(is_leaving).into_iter().collect();
    let mut seen = open.clone();
    let mut found = Vec::new();
    while let Some(entry) = open.pop() {
        for slug in entry.replacement() {
            let Some(next) = catalog.find_slug(slug).map(|found| found.entry) else {
                continue;
            };
            if seen.contains(&next) {
                continue;
            }
            seen.push(next);
            let next = Successor::on(day, next);
            if next.is_over() {
                open.push(next.entry);
            } else {
                found.push(next);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(slug: &str, day: &str) -> Vec<&'static str> {
        let catalog = Catalog::embedded();
        let entry = catalog.find_slug(slug).unwrap().entry;
        let day = day.parse().unwrap();
        let found = successors(Some(entry), entry.state_on(day), catalog, day);
        found.iter().map(|one| one.entry.title()).collect()
    }

    #[test]
    fn a_leaving_certification_leads_to_what_took_over() {
        let title = "Microsoft Certified: Azure AI Apps and Agents Developer Associate";
        for day in ["2026-06-01", "2026-11-22"] {
            assert_eq!(titles("azure-ai-engineer", day), [title]);
        }
        assert!(titles("azure-administrator", "2026-11-22").is_empty());
    }

    #[test]
    fn a_successor_has_the_exam_that_can_still_be_taken() {
        let catalog = Catalog::embedded();
        let exam = |slug: &str, day: &str| {
            let entry = catalog.find_slug(slug).unwrap().entry;
            Successor::on(day.parse().unwrap(), entry).exam()
        };
        assert_eq!(exam("azure-ai-fundamentals", "2026-11-22"), Some("AI-901"));
        assert_eq!(
            exam("power-platform-developer-associate", "2026-11-22"),
            Some("AB-400")
        );
        let server = "windows-server-hybrid-administrator";
        assert_eq!(exam(server, "2026-09-30"), Some("AZ-800"));
        // Both of its exams are gone: what took over is what can be earned.
        assert_eq!(exam(server, "2026-10-01"), None);
        assert_eq!(
            titles(server, "2026-10-01"),
            ["Microsoft Certified: Windows Server Administrator Associate"]
        );
    }

    #[test]
    fn no_successor_of_any_certification_has_retired() {
        let catalog = Catalog::embedded();
        for entry in catalog.entries() {
            for day in ["2019-01-01", "2023-07-01", "2026-11-22", "2031-01-01"] {
                let day = day.parse().unwrap();
                for one in successors(Some(entry), entry.state_on(day), catalog, day) {
                    assert!(!one.is_over(), "{}", entry.title());
                    assert_ne!(one.entry, entry);
                }
            }
        }
    }
}
