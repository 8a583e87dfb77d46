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
}

impl Successor<'_> {
    /// The exam to take: the newest that the catalogue lists.
    pub fn exam(&self) -> Option<&str> {
        self.entry.exams().first().map(String::as_str)
    }
}

/// What took over from a certification that is not simply current, each once. One that has
/// retired itself leads to what took over from it.
pub fn successors<'a>(
    entry: Option<&'a Entry>,
    state: State,
    catalog: &'a Catalog,
    day: NaiveDate,
) -> Vec<Successor<'a>> {
    let mut open: Vec<&Entry> = entry
        .filter(|_| state != State::Current)
        .into_iter()
        .collect();
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
            match next.state_on(day) {
                State::Retired(_) => open.push(next),
                state => found.push(Successor { entry: next, state }),
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
    fn no_successor_of_any_certification_has_retired() {
        let catalog = Catalog::embedded();
        for entry in catalog.entries() {
            for day in ["2019-01-01", "2023-07-01", "2026-11-22", "2031-01-01"] {
                let day = day.parse().unwrap();
                for one in successors(Some(entry), entry.state_on(day), catalog, day) {
                    assert!(!matches!(one.state, State::Retired(_)), "{}", entry.title());
                    assert_ne!(one.entry, entry);
                }
            }
        }
    }
}
