//! Which row of one list is which of the other.

use std::path::Path;

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use super::AgainstError;
use crate::batch::previous::INPUT;
use crate::catalog::Catalog;
use crate::link;
use crate::report::Redactor;

/// The headers of a list's columns that tell rows apart, where it has them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Headers {
    /// The column of the person's number.
    pub id: Option<String>,
    /// The column of the e-mail address.
    pub email: Option<String>,
    /// The column of the name.
    pub name: Option<String>,
    /// The column of the link.
    pub link: Option<String>,
    /// The column of the certification that is claimed.
    pub certification: Option<String>,
    /// Whether the cells of name and e-mail address that this run compares are pseudonyms.
    pub pseudonyms: bool,
}

/// Who and what a row is about, as its cells say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identity {
    /// The person's number.
    pub id: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// The text that was verified.
    pub link: Option<String>,
    /// The certification that is claimed.
    pub certification: Option<String>,
}

impl Identity {
    /// Takes the cells of a row by the list's headers.
    pub fn of<'c>(headers: &Headers, cell: impl Fn(&str) -> Option<&'c str>) -> Self {
        let take = |header: &Option<String>| {
            let cell = header.as_deref().and_then(&cell)?.trim();
            (!cell.is_empty()).then(|| cell.to_owned())
        };
        Self {
            id: take(&headers.id),
            email: take(&headers.email),
            name: take(&headers.name),
            link: take(&headers.link),
            certification: take(&headers.certification),
        }
    }

    /// Takes the cells of an earlier output, where a column that has a name of ours came out
    /// as `input_NAME`.
    pub(super) fn of_past(headers: &Headers, columns: &[(String, String)]) -> Self {
        let mut identity = Self::of(headers, |header| find(columns, header));
        if let Some(input) = find(columns, INPUT).filter(|input| !input.trim().is_empty()) {
            identity.link = Some(input.trim().to_owned());
        }
        identity
    }
}

fn find<'c>(columns: &'c [(String, String)], header: &str) -> Option<&'c str> {
    let header = header.trim().to_lowercase();
    let renamed = format!("input_{header}");
    let is_it = |name: &str| {
        let name = name.trim().to_lowercase();
        name == header || name == renamed
    };
    let found = columns.iter().find(|(name, _)| is_it(name));
    found.map(|(_, cell)| cell.as_str())
}

/// By what a person is known in both lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Basis {
    Id,
    Email,
    Name,
    /// Rows are found by their link alone.
    Nobody,
}

/// How the rows of two lists meet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Person {
    pub(super) basis: Basis,
    /// Whether pseudonyms stand in the earlier output's ids.
    pub(super) has_veiled_ids: bool,
}

/// Under what a row is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Keys {
    /// The person's same link.
    pub(super) exact: [u8; 16],
    /// The person's same certification, where person and certification are known.
    pub(super) certification: Option<[u8; 16]>,
    /// The person, for people.
    pub(super) who: Option<String>,
}

impl Person {
    /// The first of id, e-mail address and name that both lists have.
    pub(super) fn shared(
        headers: &Headers,
        columns: &[(String, String)],
        path: &Path,
    ) -> Result<Self, AgainstError> {
        let both = |header: &Option<String>| {
            header
                .as_ref()
                .is_some_and(|header| find(columns, header).is_some())
        };
        let basis = if both(&headers.id) {
            Basis::Id
        } else if both(&headers.email) {
            Basis::Email
        } else if both(&headers.name) {
            Basis::Name
        } else if both(&headers.link) {
            Basis::Nobody
        } else {
            let names = columns.iter().map(|(name, _)| name.as_str());
            let found: Vec<_> = names.filter(|name| *name != INPUT).take(10).collect();
            return Err(AgainstError::NothingInCommon {
                file: path.display().to_string(),
                found: if found.is_empty() {
                    "none of its own".to_owned()
                } else {
                    found.join(", ")
                },
            });
        };
        Ok(Self {
            basis,
            has_veiled_ids: false,
        })
    }

    /// Holds that both lists name people in the same way.
    pub(super) fn hold(
        &mut self,
        headers: &Headers,
        columns: &[(String, String)],
        path: &Path,
    ) -> Result<(), AgainstError> {
        let header = match self.basis {
            Basis::Id => return self.hold_id(headers, columns, path),
            Basis::Nobody => return Ok(()),
            Basis::Email => &headers.email,
            Basis::Name => &headers.name,
        };
        let cell = header.as_deref().and_then(|header| find(columns, header));
        let Some(cell) = cell.filter(|cell| !cell.trim().is_empty()) else {
            return Ok(());
        };
        let previous = is_pseudonym(cell);
        if previous == headers.pseudonyms {
            return Ok(());
        }
        let file = path.display().to_string();
        Err(AgainstError::Redacted { file, previous })
    }

    /// An id is no pseudonym in either list, unless it holds a name or a mail address.
    fn hold_id(
        &mut self,
        headers: &Headers,
        columns: &[(String, String)],
        path: &Path,
    ) -> Result<(), AgainstError> {
        let cell = headers.id.as_deref().and_then(|id| find(columns, id));
        let previous = cell.is_some_and(holds_pseudonym);
        if previous && !headers.pseudonyms {
            let file = path.display().to_string();
            return Err(AgainstError::Redacted { file, previous });
        }
        self.has_veiled_ids |= previous;
        Ok(())
    }

    pub(super) fn keys(self, identity: &Identity, title: Option<&str>) -> Keys {
        let who = match self.basis {
            Basis::Id => &identity.id,
            Basis::Email => &identity.email,
            Basis::Name => &identity.name,
            Basis::Nobody => &None,
        };
        let person = who.as_deref().map(fold).unwrap_or_default();
        let link = identity.link.as_deref().map(link_key).unwrap_or_default();
        let certification = title
            .or(identity.certification.as_deref())
            .filter(|_| who.is_some())
            .map(certification_key);
        Keys {
            exact: hash(["link", &person, &link]),
            certification: certification.map(|one| hash(["certification", &person, &one])),
            who: who.clone(),
        }
    }
}

/// Whether a cell is a pseudonym of `--redact`.
pub(super) fn is_pseudonym(cell: &str) -> bool {
    Redactor::is_pseudonym(cell.trim())
}

/// Whether a pseudonym stands somewhere in a cell: of an id, a part may have been veiled.
fn holds_pseudonym(cell: &str) -> bool {
    cell.match_indices(['p', 'm'])
        .any(|(at, _)| Redactor::starts_with_pseudonym(&cell[at..]))
}

/// Names are typed by hand: case, spaces and the forms of letters do not tell people apart.
fn fold(text: &str) -> String {
    let text: String = text.nfkc().collect();
    let words: Vec<_> = text.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// What a link asks for: its number, or the link without what only shows it differently.
fn link_key(text: &str) -> String {
    let link = link::judge(text);
    let number = [
        link.credential_id().map(|id| format!("credential {id}")),
        link.share_id().map(|id| format!("transcript {id}")),
        link.badge_id().map(|id| format!("badge {id}")),
    ];
    let number = number.into_iter().flatten().next();
    number.unwrap_or_else(|| match link.canonical() {
        Some(canonical) => without(canonical, &link),
        None => format!("text {}", without_sharing_id(text)),
    })
}

/// A canonical address without language and user.
fn without(canonical: &str, link: &link::Link) -> String {
    let locale = link.locale().map(ToString::to_string);
    let parts = [locale.as_deref(), link.user()];
    let kept = canonical.split('/').filter(|part| {
        !parts
            .iter()
            .flatten()
            .any(|gone| gone.eq_ignore_ascii_case(part))
    });
    kept.collect::<Vec<_>>().join("/")
}

/// A text that is no link that can be asked for, without its parameters' sharing key.
fn without_sharing_id(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let Some(start) = lower.find("sharingid=") else {
        return text.to_owned();
    };
    let rest = &text[start..];
    let end = rest
        .find(['&', '#', ' ', '>', ')', '"'])
        .unwrap_or(rest.len());
    format!("{}{}", &text[..start], &rest[end..])
}

/// A certification however it is named: by exam, slug or title, current or former.
fn certification_key(named: &str) -> String {
    let catalog = Catalog::embedded();
    let by_exam = catalog.find_exam(named.trim());
    let entry = match &by_exam[..] {
        [one] => Some(*one),
        _ => catalog
            .find_title(named)
            .or_else(|| catalog.find_slug(named.trim()))
            .map(|found| found.entry),
    };
    entry.map_or_else(|| fold(named), |entry| fold(entry.title()))
}

fn hash(parts: [&str; 3]) -> [u8; 16] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    let whole = hash.finalize();
    let mut half = [0; 16];
    half.copy_from_slice(&whole[..16]);
    half
}
