//! The tables, and how those of an earlier version become them.

use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use crate::watch::TrackedLink;

/// "bona": tells the file from other databases.
pub(super) const APPLICATION: i32 = 0x626f_6e61;

/// What each version adds to the one before. Versions that were shipped never change.
const MIGRATIONS: &[&str] = &[
    // 1: entries, what is known of them, and what was sent.
    "CREATE TABLE entries (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        link TEXT NOT NULL UNIQUE,
        name TEXT, owner TEXT, lead TEXT,
        labels TEXT NOT NULL DEFAULT '[]',
        language TEXT,
        channels TEXT NOT NULL DEFAULT '[]',
        note TEXT,
        snoozed_until TEXT,
        let_end INTEGER NOT NULL DEFAULT 0,
        checked_at INTEGER
    );
    CREATE TABLE credentials (
        entry INTEGER NOT NULL REFERENCES entries ON DELETE CASCADE,
        key TEXT NOT NULL,
        facts TEXT,
        history TEXT NOT NULL DEFAULT '{}',
        PRIMARY KEY (entry, key)
    ) WITHOUT ROWID;
    CREATE TABLE messages (
        key TEXT PRIMARY KEY,
        recipient TEXT NOT NULL,
        channel TEXT NOT NULL,
        day TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('claimed', 'sent'))
    ) WITHOUT ROWID;
    CREATE INDEX messages_of ON messages (recipient, channel, day);
    CREATE TABLE deliveries (
        entry INTEGER NOT NULL, credential TEXT NOT NULL,
        recipient TEXT NOT NULL, channel TEXT NOT NULL,
        scope TEXT NOT NULL, step TEXT NOT NULL,
        message TEXT NOT NULL,
        PRIMARY KEY (entry, credential, recipient, channel, scope, step),
        FOREIGN KEY (entry, credential) REFERENCES credentials ON DELETE CASCADE
    ) WITHOUT ROWID;
    CREATE INDEX deliveries_in ON deliveries (message);",
    // 2: what went wrong with a channel, what took its place, calendars, and the runs.
    "ALTER TABLE messages ADD COLUMN instead_of TEXT;
    ALTER TABLE credentials ADD COLUMN calendar TEXT NOT NULL DEFAULT '[]';
    CREATE TABLE troubles (
        recipient TEXT NOT NULL, channel TEXT NOT NULL,
        since INTEGER NOT NULL, last INTEGER NOT NULL, why TEXT NOT NULL,
        PRIMARY KEY (recipient, channel)
    ) WITHOUT ROWID;
    CREATE TABLE runs (
        id INTEGER PRIMARY KEY, at INTEGER NOT NULL, outcome TEXT NOT NULL,
        looked INTEGER NOT NULL, answered INTEGER NOT NULL, sent INTEGER NOT NULL
    );",
    // 3: calendar entries of what is watched no more, so that calendars hear of it.
    "CREATE TABLE withdrawn (uid TEXT PRIMARY KEY, event TEXT NOT NULL) WITHOUT ROWID;",
    // 4: digests in parts; what a link leads to, whichever of several links to it that is.
    "ALTER TABLE messages ADD COLUMN part INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE entries ADD COLUMN target TEXT;
    CREATE INDEX entries_to ON entries (target);",
];

/// The version that is written.
pub(super) const VERSION: u32 = 4;

/// The first version whose entries say what their links lead to.
const TARGETS_SINCE: usize = 4;

/// The version of a file; 0 for an empty one.
pub(super) fn version(connection: &Connection) -> rusqlite::Result<u32> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Whether a file is a database of another program.
pub(super) fn is_of_others(connection: &Connection) -> rusqlite::Result<bool> {
    let application: i32 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let tables: u32 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    Ok(tables > 0 && application != APPLICATION)
}

/// Brings a file to this version, as a whole or not at all.
pub(super) fn migrate(connection: &Connection) -> rusqlite::Result<()> {
    if version(connection)? == VERSION {
        return Ok(());
    }
    let work = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    // Another run may have done it while this one waited.
    let from = usize::try_from(version(&work)?).unwrap_or(usize::MAX);
    for migration in MIGRATIONS.get(from..).unwrap_or_default() {
        work.execute_batch(migration)?;
    }
    if from < TARGETS_SINCE {
        fill_targets(&work)?;
    }
    work.pragma_update(None, "application_id", APPLICATION)?;
    work.pragma_update(None, "user_version", VERSION)?;
    work.commit()
}

/// Says of the links of an earlier version what they lead to.
fn fill_targets(work: &Transaction<'_>) -> rusqlite::Result<()> {
    let mut statement = work.prepare("SELECT id, link FROM entries")?;
    let links = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let links: Vec<(i64, String)> = links.collect::<Result<_, _>>()?;
    let mut fill = work.prepare("UPDATE entries SET target = ? WHERE id = ?")?;
    for (id, link) in links {
        fill.execute(params![TrackedLink::stored(link).target(), id])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_version_has_its_migration() {
        assert_eq!(MIGRATIONS.len(), VERSION as usize);
    }
}
