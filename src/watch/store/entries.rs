//! The entries: added, changed, listed, removed.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rusqlite::types::FromSqlError;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::{Store, StoreError};
use crate::report::request::Language;
use crate::source::without_sharing_id;
use crate::watch::{Details, Entry, EntryId, Label, MailAddress, RenewalPlan, TrackedLink};

/// What became of a link that was to be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It is new.
    New(EntryId),
    /// It was there, and what was named was changed.
    Changed(EntryId),
    /// It was there as it is.
    Known(EntryId),
}

impl Added {
    /// The entry's number.
    pub const fn id(self) -> EntryId {
        match self {
            Self::New(id) | Self::Changed(id) | Self::Known(id) => id,
        }
    }
}

/// What becomes of an entry that an import names too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// It stays as it is.
    Stays,
    /// It takes over what the import says of it, and keeps the rest.
    TakesOver,
}

/// The columns of an entry, in the order of [`entry`].
pub(super) const COLUMNS: &str =
    "id, link, name, owner, lead, labels, language, channels, note, snoozed_until, let_end";

use super::calendar::withdraw;

impl Store {
    /// Adds a link, or changes what is named of one that is there, be it another link to the
    /// same.
    ///
    /// # Errors
    /// When the list cannot be written.
    pub fn add(&self, link: &TrackedLink, details: Details) -> Result<Added, StoreError> {
        let known = self.find(link)?;
        let Some(mut entry) = known else {
            return self.insert(link, &details).map(Added::New);
        };
        if !entry.details.take_over(details) {
            return Ok(Added::Known(entry.id));
        }
        self.update(&entry)?;
        Ok(Added::Changed(entry.id))
    }

    /// Adds entries as they are, all of them or none. Of one whose link is there, or another link
    /// to the same, what `existing` says becomes.
    ///
    /// # Errors
    /// When the list cannot be written.
    pub fn restore(&self, entries: &[Entry], existing: Existing) -> Result<Vec<Added>, StoreError> {
        self.change(|change| {
            let restored = entries.iter().map(|entry| restore(change, entry, existing));
            restored.collect()
        })
    }

    fn insert(&self, link: &TrackedLink, details: &Details) -> Result<EntryId, StoreError> {
        self.change(|change| insert(change, link, details))
    }

    /// Writes an entry's details, snooze and plan; says whether it is there.
    ///
    /// # Errors
    /// When the list cannot be written.
    pub fn update(&self, entry: &Entry) -> Result<bool, StoreError> {
        self.change(|change| update(change, entry))
    }

    /// Removes an entry and everything that is known of it; says whether it was there.
    ///
    /// # Errors
    /// When the list cannot be written.
    pub fn remove(&self, id: EntryId) -> Result<bool, StoreError> {
        self.change(|change| {
            withdraw(change, id)?;
            let rows = change.execute("DELETE FROM entries WHERE id = ?", [id.0])?;
            forget_orphans(change)?;
            Ok(rows > 0)
        })
    }

    /// The entry of a number.
    ///
    /// # Errors
    /// When the list cannot be read.
    pub fn entry(&self, id: EntryId) -> Result<Option<Entry>, StoreError> {
        self.read(|connection| {
            let sql = format!("SELECT {COLUMNS} FROM entries WHERE id = ?");
            let mut statement = connection.prepare_cached(&sql)?;
            statement.query_row([id.0], entry).optional()
        })
    }

    /// The entry of a link, or else the first of another link to the same.
    ///
    /// # Errors
    /// When the list cannot be read.
    pub fn find(&self, link: &TrackedLink) -> Result<Option<Entry>, StoreError> {
        self.read(|connection| find(connection, link))
    }

    /// Every entry, by number.
    ///
    /// # Errors
    /// When the list cannot be read.
    pub fn entries(&self) -> Result<Vec<Entry>, StoreError> {
        self.read(|connection| {
            let sql = format!("SELECT {COLUMNS} FROM entries ORDER BY id");
            let mut statement = connection.prepare_cached(&sql)?;
            statement.query_map([], entry)?.collect()
        })
    }

    /// How many entries there are.
    ///
    /// # Errors
    /// When the list cannot be read.
    pub fn count(&self) -> Result<u64, StoreError> {
        self.read(|connection| {
            connection.query_row("SELECT count(*) FROM entries", [], |row| row.get(0))
        })
    }
}

/// What somebody wrote, without the key of a link that they pasted into it.
fn kept(text: Option<&str>) -> Option<String> {
    text.map(without_sharing_id)
}

fn insert(
    change: &Transaction<'_>,
    link: &TrackedLink,
    details: &Details,
) -> rusqlite::Result<EntryId> {
    let sql =
        "INSERT INTO entries (link, target, name, owner, lead, labels, language, channels, note)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    change.prepare_cached(sql)?.execute(params![
        link.as_str(),
        link.target(),
        kept(details.name.as_deref()),
        details.owner.as_ref().map(MailAddress::as_str),
        details.lead.as_ref().map(MailAddress::as_str),
        labels(&details.labels),
        details.language.map(Language::as_str),
        list(&details.channels),
        kept(details.note.as_deref()),
    ])?;
    let id = change.last_insert_rowid();
    change
        .prepare_cached("INSERT INTO credentials (entry, key) VALUES (?, '')")?
        .execute([id])?;
    Ok(EntryId(id))
}

fn find(connection: &Connection, link: &TrackedLink) -> rusqlite::Result<Option<Entry>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM entries WHERE link = ?1 OR target = ?2
        ORDER BY link <> ?1, id LIMIT 1"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let of = [link.as_str(), &link.target()];
    statement.query_row(of, entry).optional()
}

fn update(change: &Transaction<'_>, entry: &Entry) -> rusqlite::Result<bool> {
    let details = &entry.details;
    let sql = "UPDATE entries SET name = ?, owner = ?, lead = ?, labels = ?, language = ?,
        channels = ?, note = ?, snoozed_until = ?, let_end = ? WHERE id = ?";
    let rows = change.prepare_cached(sql)?.execute(params![
        kept(details.name.as_deref()),
        details.owner.as_ref().map(MailAddress::as_str),
        details.lead.as_ref().map(MailAddress::as_str),
        labels(&details.labels),
        details.language.map(Language::as_str),
        list(&details.channels),
        kept(details.note.as_deref()),
        entry.snoozed_until.map(|day| day.to_string()),
        entry.plan == RenewalPlan::LetEnd,
        entry.id.0,
    ])?;
    Ok(rows > 0)
}

fn restore(change: &Transaction<'_>, entry: &Entry, existing: Existing) -> rusqlite::Result<Added> {
    let Some(mut known) = find(change, &entry.link)? else {
        let id = insert(change, &entry.link, &entry.details)?;
        if entry.snoozed_until.is_some() || entry.plan != RenewalPlan::Renew {
            let entry = entry.clone();
            update(change, &Entry { id, ..entry })?;
        }
        return Ok(Added::New(id));
    };
    if existing == Existing::TakesOver && known.take_over(entry.clone()) {
        update(change, &known)?;
        return Ok(Added::Changed(known.id));
    }
    Ok(Added::Known(known.id))
}

/// Removes messages that hold nothing any more: they name people.
pub(super) fn forget_orphans(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(
        "DELETE FROM messages WHERE NOT EXISTS
            (SELECT 1 FROM deliveries WHERE deliveries.message = messages.key);
        DELETE FROM troubles WHERE recipient <> '' AND NOT EXISTS
            (SELECT 1 FROM entries WHERE troubles.recipient IN (entries.owner, entries.lead));",
    )
}

/// Reads an entry. What cannot be read any more, such as an address that an earlier version
/// took, is left out rather than failing a run.
pub(super) fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let text = |place: usize| row.get::<_, Option<String>>(place);
    let labels: Vec<String> = read_list(row, 5)?;
    Ok(Entry {
        id: EntryId(row.get(0)?),
        link: TrackedLink::stored(row.get(1)?),
        details: Details {
            name: text(2)?,
            owner: text(3)?.and_then(|mail| mail.parse().ok()),
            lead: text(4)?.and_then(|mail| mail.parse().ok()),
            labels: labels
                .iter()
                .filter_map(|label| label.parse().ok())
                .collect(),
            language: text(6)?.and_then(|tag| Language::of_locale(&tag)),
            channels: read_list(row, 7)?,
            note: text(8)?,
        },
        snoozed_until: text(9)?.and_then(|day| day.parse::<NaiveDate>().ok()),
        plan: if row.get(10)? {
            RenewalPlan::LetEnd
        } else {
            RenewalPlan::Renew
        },
    })
}

fn labels(labels: &BTreeSet<Label>) -> String {
    let words: Vec<&str> = labels.iter().map(Label::as_str).collect();
    serde_json::to_string(&words).expect("strings serialise")
}

fn list(words: &[String]) -> String {
    serde_json::to_string(words).expect("strings serialise")
}

fn read_list(row: &Row<'_>, place: usize) -> rusqlite::Result<Vec<String>> {
    match row.get_ref(place)?.as_str()? {
        "[]" => Ok(Vec::new()),
        text => {
            serde_json::from_str(text).map_err(|error| FromSqlError::Other(Box::new(error)).into())
        }
    }
}
