//! The earlier output in a temporary database on disk.

use rusqlite::{Connection, OptionalExtension, params};

use super::identity::Keys;
use super::{Gone, GoneRow};
use crate::batch::previous::{Facts, PastRow};

/// Rows by person and credential.
///
/// A row is `kept` where the list has its very link again, and `seen` once another row was
/// compared with it: 1 for one of the same certification, 2 for the very link.
#[derive(Debug)]
pub(super) struct Index(Connection);

/// What was found of a row in the earlier output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Before {
    pub(super) facts: Facts,
    /// Whether it has the same link.
    pub(super) is_same_link: bool,
}

impl Index {
    pub(super) fn new() -> rusqlite::Result<Self> {
        // The empty name is a database in a temporary file of SQLite's own.
        let connection = Connection::open("")?;
        connection.execute_batch(
            "PRAGMA cache_size = -8192; PRAGMA temp_store = FILE; PRAGMA journal_mode = OFF;
             PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
             CREATE TABLE past (
                 at INTEGER PRIMARY KEY, exact BLOB NOT NULL, certification BLOB,
                 facts TEXT NOT NULL, row INTEGER NOT NULL, who TEXT, name TEXT,
                 kept INTEGER NOT NULL DEFAULT 0, seen INTEGER NOT NULL DEFAULT 0);
             BEGIN;",
        )?;
        Ok(Self(connection))
    }

    pub(super) fn add(
        &mut self,
        row: &PastRow,
        name: Option<&str>,
        keys: &Keys,
    ) -> rusqlite::Result<()> {
        let facts = text(&row.facts);
        let mut insert = self.0.prepare_cached(
            "INSERT INTO past (exact, certification, facts, row, who, name)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        let number = i64::try_from(row.number).unwrap_or(i64::MAX);
        insert.execute(params![
            keys.exact,
            keys.certification,
            facts,
            number,
            keys.who,
            name
        ])?;
        Ok(())
    }

    /// Sorting once is far quicker than keeping an index in order row by row.
    pub(super) fn close_loading(&mut self) -> rusqlite::Result<()> {
        self.0.execute_batch(
            "CREATE INDEX by_link ON past (exact);
             CREATE INDEX by_certification ON past (certification);",
        )
    }

    pub(super) fn reserve(&mut self, keys: &Keys) -> rusqlite::Result<()> {
        let mut update = self.0.prepare_cached(
            "UPDATE past SET kept = 1 WHERE at =
                 (SELECT at FROM past WHERE exact = ?1 AND kept = 0 ORDER BY at LIMIT 1)",
        )?;
        update.execute(params![keys.exact])?;
        Ok(())
    }

    /// Finds what a row is compared with and marks it as seen: the very link, and of several
    /// such one with the same facts; else a row of the same certification whose link the list
    /// no longer has.
    pub(super) fn take(&mut self, keys: &Keys, now: &Facts) -> rusqlite::Result<Option<Before>> {
        let by_link = "SELECT at, facts FROM past WHERE exact = ?1 AND seen < 2
                       ORDER BY seen, facts = ?2 DESC, at LIMIT 1";
        if let Some(before) = self.mark(by_link, &keys.exact, now, 2)? {
            return Ok(Some(before));
        }
        let by_certification = "SELECT at, facts FROM past WHERE certification = ?1 AND seen = 0
                                AND kept = 0 ORDER BY facts = ?2 DESC, at LIMIT 1";
        match &keys.certification {
            Some(key) => self.mark(by_certification, key, now, 1),
            None => Ok(None),
        }
    }

    fn mark(
        &self,
        query: &str,
        key: &[u8; 16],
        now: &Facts,
        seen: u8,
    ) -> rusqlite::Result<Option<Before>> {
        let mut select = self.0.prepare_cached(query)?;
        let found = select.query_row(params![key, text(now)], |row| {
            Ok((row.get(0)?, row.get(1)?))
        });
        let found: Option<(i64, String)> = found.optional()?;
        let Some((at, facts)) = found else {
            return Ok(None);
        };
        let mut update = self
            .0
            .prepare_cached("UPDATE past SET seen = ?2 WHERE at = ?1")?;
        update.execute(params![at, seen])?;
        Ok(Some(Before {
            facts: read(&facts),
            is_same_link: seen == 2,
        }))
    }

    pub(super) fn gone(&self, most: usize) -> rusqlite::Result<Gone> {
        let total: i64 =
            self.0
                .query_row("SELECT count(*) FROM past WHERE seen = 0", [], |row| {
                    row.get(0)
                })?;
        let mut select = self.0.prepare_cached(
            "SELECT row, who, facts, name FROM past WHERE seen = 0 ORDER BY at LIMIT ?1",
        )?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let first = select.query_map(params![most], |row| {
            let facts = read(&row.get::<_, String>(2)?);
            let name: Option<String> = row.get(3)?;
            Ok(GoneRow {
                names: name.into_iter().chain(facts.holder).collect(),
                row: u64::try_from(row.get::<_, i64>(0)?).unwrap_or_default(),
                who: row.get(1)?,
                title: facts.title,
                status: facts.status,
            })
        })?;
        Ok(Gone {
            total: u64::try_from(total).unwrap_or_default(),
            first: first.collect::<Result<_, _>>()?,
        })
    }
}

fn text(facts: &Facts) -> String {
    serde_json::to_string(facts).expect("words and lists serialise")
}

fn read(facts: &str) -> Facts {
    serde_json::from_str(facts).expect("it was written here")
}
