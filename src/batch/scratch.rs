//! What a run has to look up again: its rows, and where in the journal each answer stands.
//!
//! A temporary database that the system removes with the process. Most of it is on disk,
//! so that a list of a million rows needs no more memory than one of some thousands.

use std::cell::Cell;

use rusqlite::{Connection, OptionalExtension, params};

use super::input::{Row, Target};
use super::journal::{Digest, Key, Place};
use super::person::Person;

/// Pages of the database that are held in memory, in KiB.
const CACHE_KIB: i64 = 4096;

/// The temporary database of a run.
#[derive(Debug)]
pub(super) struct Scratch {
    connection: Connection,
    /// Whether any rows share a credential.
    has_shared: Cell<bool>,
    /// Whether any rows are of one person.
    has_written: Cell<bool>,
}

/// A row together with what was made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stored {
    pub(super) row: Row,
    pub(super) credential: Option<String>,
    pub(super) person: Person,
}

/// Another row that shares something with one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Other {
    pub(super) number: u64,
    pub(super) person: Person,
}

const SCHEMA: &str = "
    CREATE TABLE rows (
        number INTEGER PRIMARY KEY, cells TEXT NOT NULL, flaw TEXT, targets TEXT,
        credential TEXT, person TEXT, name TEXT
    );
    CREATE TABLE answers (key BLOB PRIMARY KEY, offset INTEGER NOT NULL, length INTEGER NOT NULL)
        WITHOUT ROWID;
    CREATE TABLE places (
        number INTEGER, key BLOB, offset INTEGER NOT NULL, length INTEGER NOT NULL,
        PRIMARY KEY (number, key)
    ) WITHOUT ROWID;
    CREATE TABLE known (number INTEGER PRIMARY KEY, digest BLOB NOT NULL);
    CREATE TABLE ranks (number INTEGER PRIMARY KEY, rank TEXT NOT NULL);
    BEGIN;";

/// Finds what several rows share, once they are all there. Sorting once costs less than an
/// index that grows with each row.
const INDEX: &str = "
    CREATE TABLE shared AS
        SELECT credential FROM rows WHERE credential IS NOT NULL
        GROUP BY credential HAVING count(*) > 1;
    CREATE TABLE written AS
        SELECT person FROM rows WHERE person IS NOT NULL
        GROUP BY person HAVING count(*) > 1;
    CREATE INDEX shared_credential ON shared (credential);
    CREATE INDEX written_person ON written (person);
    CREATE INDEX rows_credential ON rows (credential) WHERE credential IS NOT NULL;
    CREATE INDEX rows_person ON rows (person) WHERE person IS NOT NULL;";

impl Scratch {
    /// Makes an empty one.
    pub(super) fn new() -> rusqlite::Result<Self> {
        // An empty name is a private database on disk, which nobody else can open.
        let connection = Connection::open("")?;
        connection.pragma_update(None, "temp_store", "FILE")?;
        connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
        connection.pragma_update(None, "synchronous", "OFF")?;
        connection.query_row("PRAGMA journal_mode = OFF", [], |_| Ok(()))?;
        connection.set_prepared_statement_cache_capacity(32);
        connection.execute_batch(SCHEMA)?;
        Ok(Self {
            connection,
            has_shared: Cell::new(false),
            has_written: Cell::new(false),
        })
    }

    pub(super) fn add(&self, stored: &Stored) -> rusqlite::Result<()> {
        let sql = "INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?, ?)";
        let row = &stored.row;
        let cells = serde_json::to_string(&row.cells).expect("strings serialise");
        self.connection.prepare_cached(sql)?.execute(params![
            row.number,
            cells,
            row.flaw,
            targets(&row.targets),
            stored.credential,
            stored.person.key,
            stored.person.name,
        ])?;
        Ok(())
    }

    /// Finds what rows share. To be called once, after the last row.
    pub(super) fn index(&self) -> rusqlite::Result<()> {
        self.connection.execute_batch(INDEX)?;
        let is_any = |sql| self.connection.prepare(sql)?.exists([]);
        self.has_shared.set(is_any("SELECT 1 FROM shared LIMIT 1")?);
        self.has_written
            .set(is_any("SELECT 1 FROM written LIMIT 1")?);
        Ok(())
    }

    /// Whether other rows have the credential of a row.
    pub(super) fn is_shared(&self, row: &Stored) -> rusqlite::Result<bool> {
        match &row.credential {
            Some(credential) if self.has_shared.get() => {
                self.is_in("SELECT 1 FROM shared WHERE credential = ?", credential)
            }
            _ => Ok(false),
        }
    }

    /// At most `limit` rows after a number, in order.
    pub(super) fn rows_after(&self, number: u64, limit: u32) -> rusqlite::Result<Vec<Stored>> {
        let sql = "SELECT * FROM rows WHERE number > ? ORDER BY number LIMIT ?";
        let mut statement = self.connection.prepare_cached(sql)?;
        statement
            .query_map(params![number, limit], stored)?
            .collect()
    }

    pub(super) fn row(&self, number: u64) -> rusqlite::Result<Option<Stored>> {
        let sql = "SELECT * FROM rows WHERE number = ?";
        let mut statement = self.connection.prepare_cached(sql)?;
        statement.query_row([number], stored).optional()
    }

    /// Other rows with the same credential: one for each spelling of each other person.
    pub(super) fn same_credential(&self, of: &Stored, limit: u32) -> rusqlite::Result<Vec<Other>> {
        let Some(credential) = of.credential.as_ref().filter(|_| self.has_shared.get()) else {
            return Ok(Vec::new());
        };
        if !self.is_shared(of)? {
            return Ok(Vec::new());
        }
        let sql = "SELECT min(number) AS first, person, name FROM rows
            WHERE credential = ? AND number <> ? GROUP BY person, name ORDER BY first LIMIT ?";
        self.others(sql, credential, of.row.number, limit)
    }

    /// Other rows of the same person: one for each spelling.
    pub(super) fn same_person(&self, of: &Stored, limit: u32) -> rusqlite::Result<Vec<Other>> {
        let sql = "SELECT min(number) AS first, person, name FROM rows
            WHERE person = ? AND number <> ? GROUP BY name ORDER BY first LIMIT ?";
        self.of_person(sql, of, limit)
    }

    /// All other rows of the same person, as far as `limit` goes.
    pub(super) fn rows_of_person(&self, of: &Stored, limit: u32) -> rusqlite::Result<Vec<Other>> {
        let sql = "SELECT number, person, name FROM rows
            WHERE person = ? AND number <> ? ORDER BY number LIMIT ?";
        self.of_person(sql, of, limit)
    }

    fn of_person(&self, sql: &str, of: &Stored, limit: u32) -> rusqlite::Result<Vec<Other>> {
        let person = of.person.key.as_ref();
        let Some(person) = person.filter(|_| self.has_written.get()) else {
            return Ok(Vec::new());
        };
        if !self.is_in("SELECT 1 FROM written WHERE person = ?", person)? {
            return Ok(Vec::new());
        }
        self.others(sql, person, of.row.number, limit)
    }

    fn is_in(&self, sql: &str, key: &str) -> rusqlite::Result<bool> {
        self.connection.prepare_cached(sql)?.exists([key])
    }

    fn others(&self, sql: &str, key: &str, but: u64, limit: u32) -> rusqlite::Result<Vec<Other>> {
        let other = |row: &rusqlite::Row<'_>| {
            Ok(Other {
                number: row.get(0)?,
                person: Person {
                    key: row.get(1)?,
                    name: row.get(2)?,
                },
            })
        };
        let mut statement = self.connection.prepare_cached(sql)?;
        statement
            .query_map(params![key, but, limit], other)?
            .collect()
    }

    /// Remembers the row that an earlier run had after the last one known.
    pub(super) fn know(&self, digest: Digest) -> rusqlite::Result<()> {
        let sql = "INSERT INTO known (digest) VALUES (?)";
        self.connection.prepare_cached(sql)?.execute([digest])?;
        Ok(())
    }

    /// The row that an earlier run had at a place.
    pub(super) fn known(&self, number: u64) -> rusqlite::Result<Option<Digest>> {
        let sql = "SELECT digest FROM known WHERE number = ?";
        let mut statement = self.connection.prepare_cached(sql)?;
        statement.query_row([number], |row| row.get(0)).optional()
    }

    /// How many rows an earlier run had.
    pub(super) fn count_known(&self) -> rusqlite::Result<u64> {
        let sql = "SELECT count(*) FROM known";
        self.connection.query_row(sql, [], |row| row.get(0))
    }

    /// Remembers where an answer stands; the last one counts.
    pub(super) fn place(&self, key: &Key, place: Place) -> rusqlite::Result<()> {
        let sql = "INSERT OR REPLACE INTO answers VALUES (?, ?, ?)";
        self.connection
            .prepare_cached(sql)?
            .execute(params![key, place.offset, place.length])?;
        Ok(())
    }

    /// Remembers where an answer stands that one row alone needs. Rows come in order, which
    /// keeps a long list as fast as a short one.
    pub(super) fn place_for(&self, row: u64, key: &Key, place: Place) -> rusqlite::Result<()> {
        let sql = "INSERT OR REPLACE INTO places VALUES (?, ?, ?, ?)";
        self.connection.prepare_cached(sql)?.execute(params![
            row,
            key,
            place.offset,
            place.length
        ])?;
        Ok(())
    }

    pub(super) fn find(&self, key: &Key) -> rusqlite::Result<Option<Place>> {
        let sql = "SELECT offset, length FROM answers WHERE key = ?";
        let mut statement = self.connection.prepare_cached(sql)?;
        statement.query_row([key], place).optional()
    }

    pub(super) fn find_for(&self, row: u64, key: &Key) -> rusqlite::Result<Option<Place>> {
        let sql = "SELECT offset, length FROM places WHERE number = ? AND key = ?";
        let mut statement = self.connection.prepare_cached(sql)?;
        statement.query_row(params![row, key], place).optional()
    }

    /// How many answers there are.
    pub(super) fn answers(&self) -> rusqlite::Result<u64> {
        let sql = "SELECT count(*) FROM answers";
        self.connection.query_row(sql, [], |row| row.get(0))
    }

    /// Remembers in which place a row is to be reported; ranks are compared as text.
    pub(super) fn rank(&self, number: u64, rank: &str) -> rusqlite::Result<()> {
        let sql = "INSERT INTO ranks VALUES (?, ?)";
        self.connection
            .prepare_cached(sql)?
            .execute(params![number, rank])?;
        Ok(())
    }

    /// Puts the ranked rows in order. To be called once, after the last rank.
    pub(super) fn order(&self) -> rusqlite::Result<()> {
        self.connection.execute_batch(
            "CREATE TABLE ordered AS SELECT number FROM ranks ORDER BY rank, number;",
        )
    }

    /// At most `limit` rows in the order of their ranks, after a place in it; each with
    /// its own place.
    pub(super) fn ordered_after(
        &self,
        place: u64,
        limit: u32,
    ) -> rusqlite::Result<Vec<(u64, Stored)>> {
        let sql = "SELECT rows.*, ordered.rowid FROM ordered JOIN rows USING (number)
            WHERE ordered.rowid > ? ORDER BY ordered.rowid LIMIT ?";
        let mut statement = self.connection.prepare_cached(sql)?;
        statement
            .query_map(params![place, limit], |row| Ok((row.get(7)?, stored(row)?)))?
            .collect()
    }
}

fn place(row: &rusqlite::Row<'_>) -> rusqlite::Result<Place> {
    Ok(Place {
        offset: row.get(0)?,
        length: row.get(1)?,
    })
}

fn stored(row: &rusqlite::Row<'_>) -> rusqlite::Result<Stored> {
    let cells: String = row.get(1)?;
    Ok(Stored {
        row: Row {
            number: row.get(0)?,
            cells: serde_json::from_str(&cells).expect("written by `add`"),
            flaw: row.get(2)?,
            targets: read_targets(row.get(3)?),
        },
        credential: row.get(4)?,
        person: Person {
            key: row.get(5)?,
            name: row.get(6)?,
        },
    })
}

fn targets(targets: &[Target]) -> Option<String> {
    if targets.is_empty() {
        return None;
    }
    let pairs: Vec<_> = targets
        .iter()
        .map(|target| (target.column, &target.address))
        .collect();
    Some(serde_json::to_string(&pairs).expect("numbers and strings serialise"))
}

fn read_targets(text: Option<String>) -> Vec<Target> {
    let pairs: Vec<(usize, String)> = text.map_or_else(Vec::new, |text| {
        serde_json::from_str(&text).expect("written by `targets`")
    });
    pairs
        .into_iter()
        .map(|(column, address)| Target { column, address })
        .collect()
}
