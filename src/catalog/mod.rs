//! What is known of the certification? A table that ships with the program.
//!
//! Microsoft's public catalogue says reliably neither what expires nor what retires, so
//! the facts were gathered into `certifications.csv`, each row with its source and date.
//! Names that were given up lead to the certification that carries on; `(Legacy)` ones
//! are certifications of their own.

mod codes;
mod entry;
mod phrases;
mod table;
mod title;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

pub use codes::{ExamCode, Written};
use entry::Stated;
pub use entry::{Entry, Expires, Level, RenewalPage, RetiresBasis, State};
use phrases::Phrases;

/// By which of its names a certification was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameUsed {
    /// Its current name.
    Current,
    /// A name it had earlier.
    Former,
}

/// A certification that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match<'a> {
    /// The certification that carries on today.
    pub entry: &'a Entry,
    /// By which of its names it was found.
    pub name: NameUsed,
}

/// The table with its indexes.
#[derive(Debug)]
pub struct Catalog {
    entries: Vec<Entry>,
    titles: HashMap<String, (usize, NameUsed)>,
    slugs: HashMap<String, (usize, NameUsed)>,
    phrases: Phrases,
}

impl Catalog {
    /// The table that ships with the program.
    pub fn embedded() -> &'static Self {
        static EMBEDDED: LazyLock<Catalog> = LazyLock::new(|| {
            let entries = table::read(table::TABLE).expect("the embedded table is held by a test");
            Catalog::of(entries)
        });
        &EMBEDDED
    }

    fn of(entries: Vec<Entry>) -> Self {
        let mut catalog = Self {
            entries,
            titles: HashMap::new(),
            slugs: HashMap::new(),
            phrases: Phrases::default(),
        };
        catalog.index_slugs();
        catalog.index_titles();
        catalog.phrases = Phrases::of(
            catalog
                .titles
                .iter()
                .map(|(key, found)| (key.as_str(), found.0)),
        );
        catalog
    }

    /// Every certification, in the table's order.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }

    /// Finds a certification by a title, current or former, in any case and with or
    /// without `®`; also without the leading `Microsoft Certified:` where that is enough.
    ///
    /// ```
    /// use bonafide::catalog::{Catalog, NameUsed};
    ///
    /// let found = Catalog::embedded()
    ///     .find_title("microsoft certified: azure cosmos db developer specialty")
    ///     .unwrap();
    /// assert_eq!(found.name, NameUsed::Former);
    /// assert_eq!(found.entry.exams(), ["DP-420"]);
    /// ```
    pub fn find_title(&self, title: &str) -> Option<Match<'_>> {
        self.found(&self.titles, &title::key(title))
    }

    /// Finds a certification by its slug or the service's uid, current or former.
    pub fn find_slug(&self, slug: &str) -> Option<Match<'_>> {
        let slug = slug.to_ascii_lowercase();
        let slug = slug.strip_prefix("certification.").unwrap_or(&slug);
        self.found(&self.slugs, slug)
    }

    /// Every certification that an exam leads or led to, each once.
    pub fn find_exam(&self, exam: &str) -> Vec<&Entry> {
        let mut found: Vec<usize> = self
            .entries
            .iter()
            .enumerate()
            .filter(|(_, entry)| entry.exams.iter().any(|e| e.eq_ignore_ascii_case(exam)))
            .map(|(at, _)| self.carried_on(at).0)
            .collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|at| &self.entries[at]).collect()
    }

    /// Finds the certifications that a text names by title, with where each title stands.
    ///
    /// A title counts with its programme in front, or by its name alone where the name ends
    /// in a level and is written with capitals: other names are those of products as well.
    ///
    /// ```
    /// use bonafide::catalog::Catalog;
    ///
    /// let text = "2024: Azure Administrator Associate. Uses GitHub Copilot.";
    /// let found = Catalog::embedded().titles_in(text);
    /// assert_eq!(found.len(), 1);
    /// assert_eq!(&text[found[0].0.clone()], "Azure Administrator Associate");
    /// ```
    pub fn titles_in(&self, text: &str) -> Vec<(Range<usize>, &Entry)> {
        let found = self.phrases.find(text).into_iter();
        found
            .map(|(range, at)| (range, &self.entries[at]))
            .collect()
    }

    /// Finds the words of a text that have the form of an exam's code, known or not.
    pub fn codes_in(text: &str) -> Vec<ExamCode> {
        codes::find(text)
    }

    /// Whether an unknown code is of a series that has exams today, and so may be an exam
    /// newer than the catalogue.
    pub fn may_be_newer_exam(&self, code: &str) -> bool {
        codes::may_be_newer(code, self)
    }

    /// The programme of a title that is not in the table itself, and its retirement:
    /// where every known certification of the programme is retired, so is this one.
    pub fn find_family(&self, title: &str) -> Option<&Entry> {
        let level = title::family(&title::key(title))?;
        let siblings = || {
            self.entries
                .iter()
                .filter(move |entry| entry.level == level)
        };
        let all_retired = siblings().all(|entry| entry.stated == Stated::Retired);
        all_retired
            .then(|| siblings().max_by_key(|entry| entry.retires_on))
            .flatten()
    }

    /// Whether two titles differ only in case, punctuation and the like.
    pub fn same_title(one: &str, other: &str) -> bool {
        title::key(one) == title::key(other)
    }

    fn found(&self, index: &HashMap<String, (usize, NameUsed)>, key: &str) -> Option<Match<'_>> {
        index.get(key).map(|&(at, name)| Match {
            entry: &self.entries[at],
            name,
        })
    }

    fn index_slugs(&mut self) {
        for (at, entry) in self.entries.iter().enumerate() {
            if let Some(slug) = &entry.slug {
                self.slugs.insert(slug.clone(), (at, NameUsed::Current));
            }
        }
        for at in 0..self.entries.len() {
            let (target, name) = self.carried_on(at);
            let entry = &self.entries[at];
            if let Some(slug) = &entry.slug {
                self.slugs.insert(slug.clone(), (target, name));
            }
            for alias in &entry.aliases {
                self.slugs.entry(alias.clone()).or_insert((target, name));
            }
        }
    }

    fn index_titles(&mut self) {
        let mut named: Vec<(String, usize, NameUsed)> = Vec::new();
        for (at, entry) in self.entries.iter().enumerate() {
            let (target, name) = self.carried_on(at);
            named.push((title::key(&entry.title), target, name));
            for former in &entry.former_titles {
                named.push((title::key(former), target, NameUsed::Former));
            }
        }
        // A current name wins over a former one: a page that was replaced by another of
        // the same title has not been renamed.
        named.sort_by_key(|(_, _, name)| *name == NameUsed::Former);
        for (key, target, name) in &named {
            self.titles.entry(key.clone()).or_insert((*target, *name));
        }
        for (key, target, name) in &named {
            if let Some(short) = title::without_prefix(key) {
                self.titles
                    .entry(short.to_owned())
                    .or_insert((*target, *name));
            }
        }
    }

    /// Follows renamed and superseded rows to the one that carries on.
    fn carried_on(&self, start: usize) -> (usize, NameUsed) {
        let mut at = start;
        // Bounded, so that a circle in the table ends too.
        for _ in 0..self.entries.len() {
            let entry = &self.entries[at];
            let next = (entry.stated == Stated::Replaced)
                .then(|| entry.replacement.first())
                .flatten()
                .and_then(|slug| self.position(slug));
            match next {
                Some(next) => at = next,
                None => break,
            }
        }
        let name = if at == start {
            NameUsed::Current
        } else {
            NameUsed::Former
        };
        (at, name)
    }

    fn position(&self, slug: &str) -> Option<usize> {
        self.entries
            .iter()
            .position(|entry| entry.slug.as_deref() == Some(slug))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slug_of(title: &str) -> Option<&'static str> {
        Catalog::embedded()
            .find_title(title)
            .and_then(|found| found.entry.slug())
    }

    #[test]
    fn titles_are_found_however_they_are_written() {
        for (title, slug) in [
            (
                "Microsoft Certified: Azure Administrator Associate",
                "azure-administrator",
            ),
            (
                "MICROSOFT CERTIFIED: AZURE ADMINISTRATOR ASSOCIATE",
                "azure-administrator",
            ),
            ("Azure Administrator Associate", "azure-administrator"),
            (
                "Microsoft Certified: Azure Administrator Associate (Legacy)",
                "azure-administrator-legacy",
            ),
            (
                "Microsoft Certified: Azure Cosmos DB Developer Specialty",
                "azure-cosmos-db-developer-specialty",
            ),
            (
                "Microsoft Certified: Azure Cosmos DB AI Developer Associate",
                "azure-cosmos-db-developer-specialty",
            ),
            (
                "Microsoft Certified: Windows Virtual Desktop Specialty",
                "azure-virtual-desktop-specialty",
            ),
            (
                "Microsoft Certified: Dynamics 365 Customer Service Functional Consultant Associate",
                "d365-functional-consultant-customer-service-v3",
            ),
            (
                "Microsoft Certified Solutions Developer: App Builder",
                "mcsd-app-builder-certification",
            ),
            ("GitHub Copilot", "github-copilot"),
        ] {
            assert_eq!(slug_of(title), Some(slug), "{title}");
        }
        assert_eq!(slug_of("Microsoft Certified: Azure Wizard"), None);
        assert_eq!(
            slug_of("Microsoft Certified: GitHub Copilot (Legacy)"),
            None
        );
        assert_eq!(slug_of(""), None);
    }

    #[test]
    fn a_replaced_page_of_the_same_title_is_not_a_rename() {
        let title = "Microsoft Certified: Dynamics 365 Sales Functional Consultant Associate";
        let found = Catalog::embedded().find_title(title).unwrap();
        assert_eq!(found.name, NameUsed::Current);
    }

    #[test]
    fn slugs_uids_and_aliases_are_found() {
        let catalog = Catalog::embedded();
        for (slug, title) in [
            (
                "azure-ai-engineer",
                "Microsoft Certified: Azure AI Engineer Associate",
            ),
            (
                "certification.azure-ai-engineer",
                "Microsoft Certified: Azure AI Engineer Associate",
            ),
            (
                "power-bi-data-analyst-associate",
                "Microsoft Certified: Power BI Data Analyst Associate",
            ),
            (
                "windows-virtual-desktop-specialty",
                "Microsoft Certified: Azure Virtual Desktop Specialty",
            ),
        ] {
            assert_eq!(catalog.find_slug(slug).unwrap().entry.title(), title);
        }
    }

    #[test]
    fn exams_lead_to_every_certification_that_carries_on() {
        let slugs = |exam| -> Vec<_> {
            let found = Catalog::embedded().find_exam(exam);
            found.into_iter().filter_map(Entry::slug).collect()
        };
        assert_eq!(slugs("az-104"), ["azure-administrator"]);
        assert_eq!(slugs("AZ-140"), ["azure-virtual-desktop-specialty"]);
        assert_eq!(slugs("AI-900"), ["azure-ai-fundamentals"]);
        assert!(slugs("ZZ-999").is_empty());
    }

    #[test]
    fn an_unlisted_title_of_a_programme_that_ended_is_known_by_the_programme() {
        let catalog = Catalog::embedded();
        let family = catalog
            .find_family("Microsoft Certified Solutions Developer: Web Applications")
            .unwrap();
        assert_eq!(family.level(), Level::Mcsd);
        assert!(
            catalog
                .find_family("Microsoft Certified: Azure Wizard")
                .is_none()
        );
    }

    #[test]
    fn every_replacement_is_a_row() {
        let catalog = Catalog::embedded();
        for entry in catalog.entries() {
            for slug in entry.replacement() {
                assert!(
                    catalog.find_slug(slug).is_some(),
                    "{slug} of {}",
                    entry.title()
                );
            }
        }
    }
}
