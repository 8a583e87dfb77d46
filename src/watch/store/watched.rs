//! What is known of the credentials behind the entries.

use chrono::{DateTime, Utc};
use rusqlite::types::FromSqlError;
use rusqlite::{OptionalExtension, Row, Transaction, params};

use super::entries::{COLUMNS, entry};
use super::{Store, StoreError};
use crate::lifecycle::{Standing, Status};
use crate::publish::calendar::Event;
use crate::watch::{Checked, Entry, EntryId, Facts, History, Sighting, TrackedLink};

/// A watched credential, with the entry that it is behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched {
    /// The entry.
    pub entry: Entry,
    /// What it is known by among those of its link.
    pub key: String,
    /// What the issuer last said; `None` where it never said anything.
    pub facts: Option<Facts>,
    /// What happened from check to check.
    pub history: History,
    /// When the link was last checked with an answer.
    pub checked_at: Option<DateTime<Utc>>,
    /// Its calendar entries as people have them.
    pub calendar: Vec<Event>,
}

impl Watched {
    /// Its status, with its standing on the day: what was known of a link that is lost may no
    /// longer be so, but that it was taken back.
    pub fn status(&self, standing: Option<&Standing<'_>>) -> Status {
        match standing.map(|standing| standing.status) {
            Some(Status::Revoked) => Status::Revoked,
            Some(status) if self.history.lost_since().is_none() => status,
            _ => Status::Undetermined,
        }
    }
}

/// What a check came to for one credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// What it is known by among those of its link.
    pub key: String,
    /// What the issuer says.
    pub facts: Facts,
    /// Why its standing cannot be told, by the code of a finding.
    pub doubt: Option<String>,
}

const WATCHED: &str = "credentials.key, facts, history, checked_at, calendar
    FROM entries JOIN credentials ON credentials.entry = entries.id";

impl Store {
    /// Hands on every watched credential, in the order of the entries.
    ///
    /// # Errors
    /// When the list cannot be read, or `each` fails.
    pub fn each<E: From<StoreError>>(
        &self,
        mut each: impl FnMut(Watched) -> Result<(), E>,
    ) -> Result<(), E> {
        let failed = |error| E::from(self.failed(error));
        let sql = format!("SELECT {COLUMNS}, {WATCHED} ORDER BY entries.id, credentials.key");
        let mut statement = self.connection.prepare_cached(&sql).map_err(failed)?;
        let mut rows = statement.query([]).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            each(watched(row).map_err(failed)?)?;
        }
        Ok(())
    }

    /// One watched credential.
    ///
    /// # Errors
    /// When the list cannot be read.
    pub fn watched(&self, id: EntryId, key: &str) -> Result<Option<Watched>, StoreError> {
        self.read(|connection| {
            let sql = format!("SELECT {COLUMNS}, {WATCHED} WHERE entries.id = ? AND key = ?");
            let mut statement = connection.prepare_cached(&sql)?;
            statement.query_row(params![id.0, key], watched).optional()
        })
    }

    /// At most `limit` links after an entry that were not checked since `before`. A check in
    /// the future of `now` was made under a wrong clock and counts for nothing.
    ///
    /// # Errors
    /// When the list cannot be read.
    pub fn old(
        &self,
        after: EntryId,
        before: DateTime<Utc>,
        now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<(EntryId, TrackedLink)>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT id, link FROM entries WHERE id > ?
                AND (checked_at IS NULL OR checked_at < ? OR checked_at > ?)
                ORDER BY id LIMIT ?";
            let mut statement = connection.prepare_cached(sql)?;
            let limits = params![after.0, before.timestamp(), now.timestamp(), limit];
            let rows = statement.query_map(limits, |row| {
                Ok((EntryId(row.get(0)?), TrackedLink::stored(row.get(1)?)))
            })?;
            rows.collect()
        })
    }

    /// How many links were not checked since `before`.
    ///
    /// # Errors
    /// When the list cannot be read.
    pub fn count_old(&self, before: DateTime<Utc>, now: DateTime<Utc>) -> Result<u64, StoreError> {
        self.read(|connection| {
            let sql = "SELECT count(*) FROM entries
                WHERE checked_at IS NULL OR checked_at < ? OR checked_at > ?";
            let limits = params![before.timestamp(), now.timestamp()];
            connection.query_row(sql, limits, |row| row.get(0))
        })
    }

    /// Notes what checks came to, all of them or none. What is known is never overwritten by
    /// what cannot be told; what an answer no longer lists was missed.
    ///
    /// # Errors
    /// When the list cannot be written.
    pub fn note(&self, checks: &[(EntryId, Checked)], at: DateTime<Utc>) -> Result<(), StoreError> {
        self.change(|change| {
            for (id, checked) in checks {
                match checked {
                    Checked::Seen(seen) => saw(change, *id, seen, at)?,
                    Checked::Nothing(why) | Checked::Unanswered(why) => {
                        for one in known(change, *id)? {
                            miss(change, *id, one, why, at)?;
                        }
                    }
                    Checked::ClockWrong => {}
                }
            }
            Ok(())
        })
    }
}

fn saw(
    change: &Transaction<'_>,
    id: EntryId,
    seen: &[Seen],
    at: DateTime<Utc>,
) -> rusqlite::Result<()> {
    let known = known(change, id)?;
    for one in seen {
        let before = known.iter().find(|known| known.key == one.key);
        note(change, id, one, before, at)?;
    }
    let is_listed = |key: &str| seen.iter().any(|one| one.key == key);
    for gone in known.into_iter().filter(|known| !is_listed(&known.key)) {
        if gone.key.is_empty() {
            // It stood for the link until something was known of what is behind it.
            let sql = "DELETE FROM credentials WHERE entry = ? AND key = ''";
            change.prepare_cached(sql)?.execute([id.0])?;
        } else {
            miss(change, id, gone, "not-listed", at)?;
        }
    }
    if seen.iter().any(|one| one.doubt.is_none()) {
        let sql = "UPDATE entries SET checked_at = ? WHERE id = ?";
        change
            .prepare_cached(sql)?
            .execute(params![at.timestamp(), id.0])?;
    }
    Ok(())
}

struct Known {
    key: String,
    has_facts: bool,
    history: History,
}

fn known(change: &Transaction<'_>, id: EntryId) -> rusqlite::Result<Vec<Known>> {
    let sql = "SELECT key, facts IS NOT NULL, history FROM credentials WHERE entry = ?";
    let mut statement = change.prepare_cached(sql)?;
    let rows = statement.query_map([id.0], |row| {
        Ok(Known {
            key: row.get(0)?,
            has_facts: row.get(1)?,
            history: json(row, 2)?,
        })
    })?;
    rows.collect()
}

fn note(
    change: &Transaction<'_>,
    id: EntryId,
    seen: &Seen,
    before: Option<&Known>,
    at: DateTime<Utc>,
) -> rusqlite::Result<()> {
    let has_facts = before.is_some_and(|known| known.has_facts);
    let mut history = before
        .map(|known| known.history.clone())
        .unwrap_or_default();
    let facts = if let Some(why) = &seen.doubt {
        history.missed(why, at.date_naive());
        (!has_facts).then_some(&seen.facts)
    } else {
        let sighting = if has_facts {
            Sighting::Later
        } else {
            Sighting::First
        };
        history.saw(&seen.facts, at, sighting);
        Some(&seen.facts)
    };
    let sql = "INSERT INTO credentials (entry, key, facts, history) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT DO UPDATE SET facts = coalesce(?3, facts), history = ?4";
    let facts = facts.map(|facts| serde_json::to_string(facts).expect("facts serialise"));
    change
        .prepare_cached(sql)?
        .execute(params![id.0, seen.key, facts, text(&history)])?;
    Ok(())
}

fn miss(
    change: &Transaction<'_>,
    id: EntryId,
    known: Known,
    why: &str,
    at: DateTime<Utc>,
) -> rusqlite::Result<()> {
    let mut history = known.history;
    history.missed(why, at.date_naive());
    let sql = "UPDATE credentials SET history = ? WHERE entry = ? AND key = ?";
    change
        .prepare_cached(sql)?
        .execute(params![text(&history), id.0, known.key])?;
    Ok(())
}

fn watched(row: &Row<'_>) -> rusqlite::Result<Watched> {
    const OWN: usize = 11;
    let facts = row.get_ref(OWN + 1)?.as_str_or_null()?;
    let checked_at: Option<i64> = row.get(OWN + 3)?;
    Ok(Watched {
        entry: entry(row)?,
        key: row.get(OWN)?,
        facts: facts.map(parse).transpose()?,
        history: json(row, OWN + 2)?,
        checked_at: checked_at.and_then(|at| DateTime::from_timestamp(at, 0)),
        calendar: json(row, OWN + 4)?,
    })
}

fn json<T: serde::de::DeserializeOwned + Default>(
    row: &Row<'_>,
    place: usize,
) -> rusqlite::Result<T> {
    match row.get_ref(place)?.as_str()? {
        "{}" | "[]" => Ok(T::default()),
        text => parse(text),
    }
}

fn parse<T: serde::de::DeserializeOwned>(text: &str) -> rusqlite::Result<T> {
    serde_json::from_str(text).map_err(|error| FromSqlError::Other(Box::new(error)).into())
}

fn text(history: &History) -> String {
    serde_json::to_string(history).expect("a history serialises")
}
