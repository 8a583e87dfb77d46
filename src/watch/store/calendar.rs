//! Calendar entries as people have them.

use rusqlite::{Connection, Transaction, params};

use super::{Store, StoreError};
use crate::publish::calendar::Event;
use crate::watch::EntryId;

impl Store {
    /// Keeps the calendar entries of a credential as people are given them.
    ///
    /// # Errors
    /// When the list cannot be written.
    pub fn keep_calendar(
        &self,
        id: EntryId,
        key: &str,
        events: &[Event],
    ) -> Result<(), StoreError> {
        self.change(|change| {
            let sql = "UPDATE credentials SET calendar = ? WHERE entry = ? AND key = ?";
            let mut statement = change.prepare_cached(sql)?;
            statement.execute(params![text(events), id.0, key])?;
            Ok(())
        })
    }

    /// The calendar entries of what is watched no more: names and days alone.
    ///
    /// # Errors
    /// When the list cannot be read.
    pub fn withdrawn(&self) -> Result<Vec<Event>, StoreError> {
        self.read(|connection| read(connection, "SELECT event FROM withdrawn ORDER BY uid", []))
    }
}

/// Keeps what calendars must hear of before an entry goes.
pub(super) fn withdraw(change: &Transaction<'_>, id: EntryId) -> rusqlite::Result<()> {
    let sql = "SELECT value FROM credentials, json_each(calendar) WHERE entry = ?";
    for event in read(change, sql, [id.0])? {
        let event = event.withdrawn();
        let sql = "INSERT OR REPLACE INTO withdrawn (uid, event) VALUES (?, ?)";
        change.execute(sql, params![event.uid(), text(&event)])?;
    }
    Ok(())
}

fn text(events: &(impl serde::Serialize + ?Sized)) -> String {
    serde_json::to_string(events).expect("events serialise")
}

/// Events that are stored as JSON. What is damaged is left out: there is nothing to tell of it.
fn read(
    connection: &Connection,
    sql: &str,
    parameters: impl rusqlite::Params,
) -> rusqlite::Result<Vec<Event>> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(parameters, |row| row.get::<_, String>(0))?;
    let events = rows.map(|row| Ok(serde_json::from_str(&row?).ok()));
    let events: rusqlite::Result<Vec<Option<Event>>> = events.collect();
    Ok(events?.into_iter().flatten().collect())
}
