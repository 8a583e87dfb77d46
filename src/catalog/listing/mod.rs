//! What Microsoft's public catalogue lists, and what of it is new here.
//!
//! The catalogue says reliably neither what expires nor what retires, so nothing of the kind
//! is taken from it: only titles, slugs and exams, and those are added and never taken away.

mod answer;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::entry::{Entry, Expires, Level, RenewalPage, RetiresBasis, RowOrigin, Stated};
use super::title;
pub use answer::{ListingError, Read as ListingRead};

/// The version of the file.
const VERSION: u32 = 1;

/// The host whose word is Microsoft's.
const MICROSOFT: &str = "learn.microsoft.com";

/// A list of certifications, with where and when it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listing {
    /// The version of this form.
    bonafide_catalog: u32,
    /// The host that answered, with its port where that is not the usual one.
    host: String,
    /// When it was asked last.
    fetched_at: DateTime<Utc>,
    /// SHA-256 of that answer.
    sha256: String,
    /// What it lists, by slug.
    certifications: Vec<Listed>,
}

/// A certification as a catalogue lists it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// Its name in addresses.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// The codes of the exams that it names; often none.
    pub exams: Vec<String>,
    /// The day of the answer that it was last seen in.
    pub seen_on: NaiveDate,
}

/// What a listing adds to what is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// The certification's slug.
    pub slug: String,
    /// Its title, as listed.
    pub title: String,
    /// What is new of it.
    pub change: Change,
}

/// What is new of a certification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// All of it.
    Certification {
        /// Its exams.
        exams: Vec<String>,
    },
    /// Its title; the one before is kept as a former one.
    Title {
        /// The title before.
        before: String,
    },
    /// Its name in addresses; the one before is kept.
    Slug {
        /// The slug before.
        before: String,
    },
    /// Exams.
    Exams(Vec<String>),
    /// It is new, and its level cannot be told from its title, so that it is not taken over.
    LevelUnknown,
}

/// Why a kept listing cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeptError {
    /// It is damaged, or no such file.
    #[error("it is not the file that `bonafide catalog update` writes: {0}")]
    Damaged(serde_json::Error),
    /// A later version wrote it.
    #[error("it is of version {0}; this program knows version {VERSION}")]
    Version(u32),
    /// It holds something that no answer can have held.
    #[error("it holds {0:?}, which no catalogue lists")]
    Strange(String),
}

impl Listing {
    /// Puts what was read of an answer into the form that is kept.
    pub fn new(read: ListingRead, host: &str, sha256: String, fetched_at: DateTime<Utc>) -> Self {
        let seen_on = fetched_at.date_naive();
        let certifications = read.certifications.into_iter();
        Self {
            bonafide_catalog: VERSION,
            host: host.to_owned(),
            fetched_at,
            sha256,
            certifications: certifications
                .map(|(slug, (title, exams))| Listed {
                    slug,
                    title,
                    exams,
                    seen_on,
                })
                .collect(),
        }
    }

    /// Keeps what an earlier listing of the same host had and this one has no more.
    #[must_use]
    pub fn beside(mut self, earlier: Option<&Self>) -> Self {
        let Some(earlier) = earlier.filter(|earlier| earlier.host == self.host) else {
            return self;
        };
        for one in &earlier.certifications {
            match self
                .certifications
                .iter_mut()
                .find(|new| new.slug == one.slug)
            {
                Some(new) => {
                    let gone = one.exams.iter().filter(|exam| !new.exams.contains(exam));
                    let gone: Vec<_> = gone.cloned().collect();
                    new.exams.extend(gone);
                }
                None => self.certifications.push(one.clone()),
            }
        }
        self.certifications.sort();
        self
    }

    /// Reads the file of an earlier run.
    ///
    /// # Errors
    /// When it is no such file, or holds what no answer can have held.
    pub fn parse(text: &str) -> Result<Self, KeptError> {
        let listing: Self = serde_json::from_str(text).map_err(KeptError::Damaged)?;
        if listing.bonafide_catalog != VERSION {
            return Err(KeptError::Version(listing.bonafide_catalog));
        }
        let strange = |one: &&Listed| !answer::is_sound(&one.slug, &one.title, &one.exams);
        match listing.certifications.iter().find(strange) {
            Some(one) => Err(KeptError::Strange(one.slug.clone())),
            None => Ok(listing),
        }
    }

    /// The listing as the text of its file.
    ///
    /// # Panics
    /// Never: it is made of texts, numbers and lists.
    pub fn to_text(&self) -> String {
        let text = serde_json::to_string_pretty(self);
        format!("{}\n", text.expect("texts, numbers and lists serialise"))
    }

    /// The host that answered.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// When it was asked.
    pub fn fetched_at(&self) -> DateTime<Utc> {
        self.fetched_at
    }

    /// How many certifications it lists.
    pub fn len(&self) -> usize {
        self.certifications.len()
    }

    /// Whether it lists nothing.
    pub fn is_empty(&self) -> bool {
        self.certifications.is_empty()
    }

    /// Whether Microsoft's own host gave it.
    pub fn is_microsofts(&self) -> bool {
        self.host == MICROSOFT
    }

    /// What it adds to the shipped table.
    pub fn added(&self) -> Vec<Added> {
        self.merge(&mut super::Catalog::embedded().entries.clone())
    }

    /// Adds what is new, and says what that is. What is known of expiry and retirement
    /// stays, and so does the day on which it was known.
    pub(super) fn merge(&self, entries: &mut Vec<Entry>) -> Vec<Added> {
        let mut added = Vec::new();
        for listed in &self.certifications {
            let changes = self.merge_one(listed, entries);
            added.extend(changes.into_iter().map(|change| Added {
                slug: listed.slug.clone(),
                title: listed.title.clone(),
                change,
            }));
        }
        added
    }

    fn merge_one(&self, listed: &Listed, entries: &mut Vec<Entry>) -> Vec<Change> {
        let has_slug = |entry: &Entry| {
            entry.slug() == Some(&listed.slug) || entry.aliases.contains(&listed.slug)
        };
        let key = title::key(&listed.title);
        let has_title = |entry: &Entry| !entry.is_replaced() && title::key(&entry.title) == key;
        let origin = self.origin();
        if let Some(at) = entries.iter().position(has_slug) {
            let is_elsewhere = entries
                .iter()
                .enumerate()
                .any(|(other, entry)| other != at && has_title(entry));
            let changes = renewed(&mut entries[at], listed, &key, is_elsewhere);
            if !changes.is_empty() {
                entries[at].origin = origin;
            }
            return changes;
        }
        if let Some(entry) = entries.iter_mut().find(|entry| has_title(entry)) {
            let before = entry.slug.clone().unwrap_or_default();
            entry.aliases.push(listed.slug.clone());
            entry.origin = origin;
            let mut changes = vec![Change::Slug { before }];
            changes.extend(new_exams(entry, listed));
            return changes;
        }
        let Some(level) = title::level(&key) else {
            return vec![Change::LevelUnknown];
        };
        entries.push(new(listed, level, origin));
        let exams = listed.exams.clone();
        vec![Change::Certification { exams }]
    }

    fn origin(&self) -> RowOrigin {
        if self.is_microsofts() {
            RowOrigin::Microsoft
        } else {
            RowOrigin::Elsewhere
        }
    }
}

/// A known certification with the title and the exams that are listed.
fn renewed(entry: &mut Entry, listed: &Listed, key: &str, is_elsewhere: bool) -> Vec<Change> {
    let mut changes = Vec::new();
    let known = std::iter::once(&entry.title).chain(&entry.former_titles);
    let is_known = known.into_iter().any(|title| title::key(title) == key);
    // A row that was given up keeps its name, a name of the past does not come back, and one
    // title is not given to two certifications.
    let is_newer = listed.seen_on >= entry.known_on;
    if !is_known && !is_elsewhere && is_newer && !entry.is_replaced() {
        let before = std::mem::replace(&mut entry.title, listed.title.clone());
        entry.former_titles.push(before.clone());
        changes.push(Change::Title { before });
    }
    changes.extend(new_exams(entry, listed));
    changes
}

fn new_exams(entry: &mut Entry, listed: &Listed) -> Option<Change> {
    let new = listed
        .exams
        .iter()
        .filter(|exam| !entry.exams.contains(exam));
    let new: Vec<_> = new.cloned().collect();
    entry.exams.extend(new.iter().cloned());
    (!new.is_empty()).then_some(Change::Exams(new))
}

/// A certification that was not known. That it is listed does not say that it is current.
fn new(listed: &Listed, level: Level, origin: RowOrigin) -> Entry {
    Entry {
        slug: Some(listed.slug.clone()),
        title: listed.title.clone(),
        former_titles: Vec::new(),
        aliases: Vec::new(),
        level,
        exams: listed.exams.clone(),
        exam_retirements: BTreeMap::new(),
        stated: Stated::Unknown,
        retires_on: None,
        retires_basis: RetiresBasis::None,
        replacement: Vec::new(),
        // Official for these levels (read 2026-11-22); of the others it is not known.
        expires: match level {
            Level::Associate | Level::Expert | Level::Specialty => Expires::After { months: 12 },
            _ => Expires::Unknown,
        },
        renewal_page: RenewalPage::Unknown,
        known_on: listed.seen_on,
        confidence: "catalogue".to_owned(),
        note: None,
        origin,
    }
}
