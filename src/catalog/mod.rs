//! What is known of the certification? A table that ships with the program, and what a
//! user adds.
//!
//! Microsoft's public catalogue says reliably neither what expires nor what retires, so
//! the facts were gathered into `certifications.csv`, each row with its source and date.
//! Names that were given up lead to the certification that carries on; `(Legacy)` ones
//! are certifications of their own.

mod codes;
mod entry;
mod listing;
mod near;
mod phrases;
mod sound;
mod table;
mod title;
mod yours;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

pub use codes::{ExamCode, Written};
use entry::Stated;
pub use entry::{
    Entry, Expires, Level, OLD_AFTER_DAYS, RenewalPage, RetiresBasis, RowOrigin, State,
};
pub use listing::{Added, Change, KeptError, Listed, Listing, ListingError, ListingRead};
use phrases::Phrases;
pub use sound::{Flaw, flaws};
pub use yours::{Yours, YoursError};

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
    /// What is common knowledge of it, where this has more.
    common: Option<Box<Catalog>>,
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
            common: None,
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

    /// The shipped table with what Microsoft's catalogue and the user's own file add.
    ///
    /// # Errors
    /// When a row of the user's file does not fit to the others.
    pub fn with(listing: Option<&Listing>, yours: Option<&Yours>) -> Result<Self, YoursError> {
        let mut common = Self::embedded().entries.clone();
        let mut entries = common.clone();
        if let Some(listing) = listing {
            listing.merge(&mut entries);
            if listing.is_microsofts() {
                common.clone_from(&entries);
            }
        }
        if let Some(yours) = yours {
            yours.merge(&mut entries)?;
        }
        let has_more = entries != common;
        let mut catalog = Self::of(entries);
        if has_more {
            catalog.common = Some(Box::new(Self::of(common)));
        }
        Ok(catalog)
    }

    /// What everybody with this version of the program may know, where this catalogue says
    /// more: without the user's own rows and those of another host.
    pub fn common(&self) -> Option<&Self> {
        self.common.as_deref()
    }

    /// The exams, slugs or titles nearest to what was typed; of equally near ones, those
    /// that can still be earned come first.
    pub fn near(&self, typed: &str) -> Vec<String> {
        near::near(typed, self)
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

    /// Every certification whose own row lists an exam, also under a name that was given up.
    pub fn listing_exam<'c>(&'c self, exam: &'c str) -> impl Iterator<Item = &'c Entry> {
        let lists = move |entry: &&Entry| {
            let mut exams = entry.exams.iter();
            exams.any(|own| own.eq_ignore_ascii_case(exam))
        };
        self.entries.iter().filter(lists)
    }

    /// What carries a certification on today: itself, unless its name was given up.
    pub fn carrying_on<'c>(&'c self, entry: &'c Entry) -> &'c Entry {
        let slug = entry.slug().filter(|_| entry.is_replaced());
        let found = slug.and_then(|slug| self.find_slug(slug));
        found.map_or(entry, |found| found.entry)
    }

    /// The certifications that a certification carries on: names that were given up for it.
    pub fn carried_on_by<'c>(&'c self, entry: &'c Entry) -> impl Iterator<Item = &'c Entry> {
        let given_up = self.entries.iter().filter(|other| other.is_replaced());
        given_up.filter(move |other| std::ptr::eq(self.carrying_on(other), entry))
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
mod tests;
