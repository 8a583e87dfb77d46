//! Compares a run with an earlier output of `batch`.
//!
//! The earlier output goes into a temporary database on disk, which its closing deletes, so
//! that memory does not grow with the list. Rows meet by person and credential; their order
//! in either list decides nothing.
//!
//! A run asks in this order: [`Against::load`]; [`Against::note`] for every row of the list;
//! [`Against::compare`] for every row; [`Against::gone`].

mod change;
mod identity;
mod index;

#[cfg(test)]
mod tests;

use std::path::Path;

pub use change::{Change, ChangeKind};
pub use identity::{Headers, Identity};

use super::previous::{self, Facts, PastRow, PreviousError, Stop};
use identity::{Basis, Person};
use index::Index;

/// An earlier output, ready to be compared with.
#[derive(Debug)]
pub struct Against {
    headers: Headers,
    person: Person,
    index: Index,
}

/// A comparison that cannot be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AgainstError {
    /// The earlier output cannot be read.
    #[error(transparent)]
    Previous(#[from] PreviousError),
    /// The two lists have no column in common that tells rows apart.
    #[error(
        "{file} has none of this list's columns for an id, an e-mail address, a name or a link, \
         so its rows cannot be found again; it has {found}"
    )]
    NothingInCommon {
        /// The file.
        file: String,
        /// The headers in it.
        found: String,
    },
    /// One of the two holds pseudonyms instead of names.
    #[error(
        "{file} {}: their rows can only be found by an id column in both that holds no names and \
         no mail addresses, or with both made in the same way",
        if *.previous { "was made with --redact and this run was not" }
        else { "was made without --redact and this run names people by pseudonyms" }
    )]
    Redacted {
        /// The file.
        file: String,
        /// Whether it is the earlier one that holds them.
        previous: bool,
    },
    /// The temporary database failed.
    #[error("the temporary index of the earlier output failed ({0}): is the disk full?")]
    Index(#[from] rusqlite::Error),
}

/// Rows of the earlier output that were not found again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gone {
    /// How many.
    pub total: u64,
    /// The first of them, in the earlier output's order.
    pub first: Vec<GoneRow>,
}

/// A row of the earlier output that was not found again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoneRow {
    /// Its row there.
    pub row: u64,
    /// Whose it was: the cell of the id, e-mail address or name by which rows are found.
    pub who: Option<String>,
    /// The credential's title, where it was known.
    pub title: Option<String>,
    /// Its status then.
    pub status: String,
    /// The names that it gives its person, so that they can be found in the rest.
    pub names: Vec<String>,
}

impl std::fmt::Display for GoneRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "row {} of the earlier output: ", self.row)?;
        if let Some(who) = &self.who {
            write!(f, "{who}, ")?;
        }
        let title = self
            .title
            .as_deref()
            .unwrap_or("a credential without a title");
        write!(f, "{title} ({})", self.status)
    }
}

impl Against {
    /// Reads an earlier output for a list whose columns are `headers`.
    ///
    /// # Errors
    /// [`AgainstError`] for what is no output of `batch`, is damaged, of another version, or
    /// cannot be compared with this list.
    pub fn load(path: &Path, headers: &Headers) -> Result<Self, AgainstError> {
        let mut index = Index::new()?;
        let mut person: Option<Person> = None;
        let read = previous::each_row(path, |row: PastRow| {
            let person = match &mut person {
                Some(person) => person,
                none => none.insert(Person::shared(headers, &row.columns, path)?),
            };
            person.hold(headers, &row.columns, path)?;
            let identity = Identity::of_past(headers, &row.columns);
            let keys = person.keys(&identity, row.facts.title.as_deref());
            index.add(&row, identity.name.as_deref(), &keys)?;
            Ok::<_, AgainstError>(())
        });
        match read {
            Ok(()) => {}
            Err(Stop::Previous(error)) => return Err(error.into()),
            Err(Stop::Taker(error)) => return Err(error),
        }
        index.close_loading()?;
        Ok(Self {
            headers: headers.clone(),
            person: person.unwrap_or(Person {
                basis: Basis::Nobody,
                has_veiled_ids: false,
            }),
            index,
        })
    }

    /// Keeps a row of the earlier output for the row of this list that is exactly the same
    /// person's same link, so that no other row takes it for want of better. To be called for
    /// every row before the first is compared.
    ///
    /// # Errors
    /// Where the temporary database fails.
    pub fn note(&mut self, identity: &Identity) -> Result<(), AgainstError> {
        let keys = self.person.keys(identity, None);
        Ok(self.index.reserve(&keys)?)
    }

    /// Says how a row differs from the earlier output, and marks what it was compared with as
    /// seen.
    ///
    /// # Errors
    /// Where the temporary database fails.
    pub fn compare(&mut self, identity: &Identity, now: &Facts) -> Result<Change, AgainstError> {
        let keys = self.person.keys(identity, now.title.as_deref());
        let found = self.index.take(&keys, now)?;
        Ok(change::judge(found.as_ref(), now, self.headers.pseudonyms))
    }

    /// The rows of the earlier output that no row was compared with: all counted, and at most
    /// so many of them given.
    ///
    /// # Errors
    /// Where the temporary database fails.
    pub fn gone(&self, most: usize) -> Result<Gone, AgainstError> {
        Ok(self.index.gone(most)?)
    }

    /// Whether the ids of the earlier output were veiled, so that ids are to be veiled before
    /// they are compared.
    pub fn has_veiled_ids(&self) -> bool {
        self.person.has_veiled_ids
    }

    /// The columns of this list that rows are found by.
    pub fn headers(&self) -> &Headers {
        &self.headers
    }
}
