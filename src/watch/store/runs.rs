//! The runs: when people were last looked after, and how that ended.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, params};

use super::{Store, StoreError};

/// So many runs are kept.
const KEPT: i64 = 400;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunOutcome {
    /// Everything that was due was told.
    Whole,
    /// Something could not be told.
    Failed,
    /// Nothing could be looked at.
    Blind,
}

impl RunOutcome {
    /// The word that is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Failed => "failed",
            Self::Blind => "blind",
        }
    }

    fn parse(word: &str) -> Self {
        [Self::Whole, Self::Blind]
            .into_iter()
            .find(|outcome| outcome.as_str() == word)
            .unwrap_or(Self::Failed)
    }
}

/// One run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// When it was.
    pub at: DateTime<Utc>,
    /// How it ended.
    pub outcome: RunOutcome,
    /// How many links were looked at.
    pub looked: u64,
    /// Of how many the issuer answered.
    pub answered: u64,
    /// How many messages were taken.
    pub sent: u64,
}

impl Store {
    /// Notes a run.
    ///
    /// # Errors
    /// When the list cannot be written.
    pub fn note_run(&self, run: &Run) -> Result<(), StoreError> {
        self.change(|change| {
            let sql =
                "INSERT INTO runs (at, outcome, looked, answered, sent) VALUES (?, ?, ?, ?, ?)";
            change.execute(
                sql,
                params![
                    run.at.timestamp(),
                    run.outcome.as_str(),
                    run.looked,
                    run.answered,
                    run.sent
                ],
            )?;
            let last = change.last_insert_rowid();
            change.execute("DELETE FROM runs WHERE id <= ?", [last - KEPT])?;
            Ok(())
        })
    }

    /// The last run, and the last one that ended well.
    ///
    /// # Errors
    /// When the list cannot be read.
    pub fn last_runs(&self) -> Result<(Option<Run>, Option<Run>), StoreError> {
        const COLUMNS: &str = "SELECT at, outcome, looked, answered, sent FROM runs";
        self.read(|connection| {
            let one = |filter: &str| {
                let sql = format!("{COLUMNS} {filter} ORDER BY id DESC LIMIT 1");
                connection.query_row(&sql, [], run).optional()
            };
            Ok((one("")?, one("WHERE outcome = 'whole'")?))
        })
    }
}

fn run(row: &Row<'_>) -> rusqlite::Result<Run> {
    Ok(Run {
        at: DateTime::from_timestamp(row.get(0)?, 0).unwrap_or_default(),
        outcome: RunOutcome::parse(row.get_ref(1)?.as_str()?),
        looked: row.get(2)?,
        answered: row.get(3)?,
        sent: row.get(4)?,
    })
}
