//! What the catalogue knows of a record's certification.

use chrono::NaiveDate;

use crate::catalog::{Catalog, Entry, Expires, Level, NameUsed, RowOrigin, State};
use crate::record::{CredentialKind, Record};

/// A record's certification, as far as the catalogue knows it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Known<'a> {
    found: Option<(&'a Entry, NameUsed)>,
    /// The row that the service's identifier names, where it names one.
    by_uid: Option<&'a Entry>,
    /// A row of the same ended programme, where the title itself is not listed.
    family: Option<&'a Entry>,
}

impl<'a> Known<'a> {
    /// Nothing is known.
    pub const fn nothing() -> Self {
        Self {
            found: None,
            by_uid: None,
            family: None,
        }
    }

    /// Looks a record up by its title, then by the service's identifier: titles can be
    /// localised, identifiers are not.
    pub fn of(record: &Record, catalog: &'a Catalog) -> Self {
        let title = record.title.as_deref();
        let by_uid = record.uid.as_deref().and_then(|uid| catalog.find_slug(uid));
        let by_title = title.and_then(|title| catalog.find_title(title));
        let family = match by_title {
            Some(_) => None,
            None => title.and_then(|title| catalog.find_family(title)),
        };
        let found = by_title.or(by_uid);
        Self {
            family,
            by_uid: by_uid.map(|found| found.entry),
            found: found.map(|found| (found.entry, found.name)),
        }
    }

    /// The certification's own row.
    pub fn entry(&self) -> Option<&'a Entry> {
        self.found.map(|(entry, _)| entry)
    }

    /// Whether title and identifier are of different certifications.
    pub fn names_disagree(&self) -> bool {
        let (Some(entry), Some(by_uid)) = (self.entry(), self.by_uid) else {
            return false;
        };
        let of_the_family = |family: &Entry| family.level() == by_uid.level();
        entry != by_uid || !self.family.is_none_or(of_the_family)
    }

    /// By which of its names the record calls it.
    pub fn name_used(&self) -> Option<NameUsed> {
        self.found.map(|(_, name)| name)
    }

    /// The level, also of an unlisted title of a known programme.
    pub fn level(&self) -> Option<Level> {
        self.entry().or(self.family).map(Entry::level)
    }

    /// Whether credentials of it end; `None` for a title that nobody knows.
    pub fn expires(&self) -> Option<Expires> {
        self.entry()
            .map(Entry::expires)
            .filter(|expires| *expires != Expires::Unknown)
            .or_else(|| self.family.map(|_| Expires::Never))
    }

    /// Whether it can still be earned on `day`.
    pub fn state_on(&self, day: NaiveDate) -> State {
        self.entry()
            .or(self.family)
            .map_or(State::Unknown, |entry| entry.state_on(day))
    }

    /// Whether Microsoft's free renewal exists for it while it is current: for associate,
    /// expert and specialty certifications (official); of GitHub's and Office Specialist
    /// ones it is not known.
    pub fn is_renewable(&self) -> bool {
        matches!(
            self.entry().map(Entry::level),
            Some(Level::Associate | Level::Expert | Level::Specialty)
        )
    }

    /// The page where it is renewed, where that page was seen.
    pub fn renewal_url(&self) -> Option<String> {
        self.entry()?.renewal_url()
    }

    /// Where the row that this rests on comes from.
    pub fn origin(&self) -> Option<RowOrigin> {
        self.entry().or(self.family).map(Entry::origin)
    }

    /// The sort of credential: what the answer says, else what its title says.
    pub fn kind(&self, record: &Record) -> CredentialKind {
        match record.kind {
            // Others issue badges of Microsoft's certifications too, as Certiport does.
            CredentialKind::Unknown | CredentialKind::Badge
                if self.is_titled_certification(record) =>
            {
                CredentialKind::Certification
            }
            CredentialKind::Unknown if starts(record, "Microsoft Applied Skills:") => {
                CredentialKind::AppliedSkill
            }
            said => said,
        }
    }

    /// Whether the title itself is of a certification, listed or not.
    pub(super) fn is_titled_certification(&self, record: &Record) -> bool {
        self.level().is_some()
            || starts(record, "Microsoft Certified:")
            || starts(record, "Microsoft 365 Certified:")
    }
}

/// Whether the record's title begins so, in any case.
fn starts(record: &Record, prefix: &str) -> bool {
    let title = record.title.as_deref().unwrap_or_default();
    let start = title.get(..prefix.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}
