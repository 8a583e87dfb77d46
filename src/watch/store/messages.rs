//! What people were told, what is in flight, and which channels are in trouble.

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{OptionalExtension, Row, Transaction, params};

use super::entries::forget_orphans;
use super::{Store, StoreError};
use crate::notify::{Key, Step};
use crate::watch::due::Due;
use crate::watch::{EntryId, MailAddress};

/// A step of a credential that somebody is told of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Told {
    /// The entry.
    pub entry: EntryId,
    /// What the credential is known by among those of its link.
    pub credential: String,
    /// The step.
    pub due: Due,
}

/// Who is told through which channel; nobody in particular where the entry names nobody.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Recipient {
    /// The person.
    pub person: Option<MailAddress>,
    /// The channel, by its name in the configuration.
    pub channel: String,
}

impl Recipient {
    /// The same person through another channel.
    #[must_use]
    pub fn through(&self, channel: &str) -> Self {
        Self {
            person: self.person.clone(),
            channel: channel.to_owned(),
        }
    }

    fn stored(&self) -> &str {
        self.person.as_ref().map_or("", MailAddress::as_str)
    }
}

/// A message that is about to be sent, or may have been.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The name by which it is known however often it is sent.
    pub key: Key,
    /// Who is told.
    pub to: Recipient,
    /// The channel that it takes the place of, which failed for too long.
    pub instead_of: Option<String>,
    /// Which of the messages it is that a digest was cut into, from 1 on.
    pub part: u32,
    /// What they are told.
    pub told: Vec<Told>,
}

/// A channel that takes nothing for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// Who is not told.
    pub to: Recipient,
    /// Since when.
    pub since: DateTime<Utc>,
    /// What it said last.
    pub why: String,
}

impl Store {
    /// Claims messages, all of them or none: from now on each is in flight until it is
    /// confirmed or released.
    ///
    /// # Errors
    /// When the list cannot be written. Nothing may be sent then.
    pub fn claim(&self, claims: &[&Claim], day: NaiveDate) -> Result<(), StoreError> {
        self.change(|change| {
            let sql = "INSERT OR REPLACE INTO messages
                    (key, recipient, channel, day, state, instead_of, part)
                VALUES (?, ?, ?, ?, 'claimed', ?, ?)";
            for claim in claims {
                change.prepare_cached(sql)?.execute(params![
                    claim.key.as_str(),
                    claim.to.stored(),
                    claim.to.channel,
                    day.to_string(),
                    claim.instead_of,
                    claim.part,
                ])?;
                for channel in std::iter::once(&claim.to.channel).chain(&claim.instead_of) {
                    deliver(change, claim, channel)?;
                }
            }
            Ok(())
        })
    }

    /// Notes that a message was taken, on a day there.
    ///
    /// # Errors
    /// When the list cannot be written. The message stays in flight then.
    pub fn confirm(&self, key: &Key, day: NaiveDate) -> Result<(), StoreError> {
        self.change(|change| {
            let sql = "UPDATE messages SET state = 'sent', day = ? WHERE key = ?";
            change
                .prepare_cached(sql)?
                .execute(params![day.to_string(), key.as_str()])?;
            Ok(())
        })
    }

    /// Takes back a message that was certainly not taken: what it told of is due again.
    ///
    /// # Errors
    /// When the list cannot be written.
    pub fn release(&self, key: &Key) -> Result<(), StoreError> {
        self.change(|change| {
            change.execute("DELETE FROM deliveries WHERE message = ?", [key.as_str()])?;
            change.execute("DELETE FROM messages WHERE key = ?", [key.as_str()])?;
            Ok(())
        })
    }

    /// Takes out of a message in flight what is no longer so.
    ///
    /// # Errors
    /// When the list cannot be written.
    pub fn drop_told(&self, key: &Key, gone: &[Told]) -> Result<(), StoreError> {
        self.change(|change| {
            let sql = "DELETE FROM deliveries WHERE message = ? AND entry = ? AND credential = ?
                AND scope = ? AND step = ?";
            for told in gone {
                change.prepare_cached(sql)?.execute(params![
                    key.as_str(),
                    told.entry.0,
                    told.credential,
                    told.due.scope,
                    told.due.step.to_string(),
                ])?;
            }
            forget_orphans(change)
        })
    }

    /// The messages of earlier runs of which nobody knows whether they were taken, those for
    /// one person together and in the order of their parts.
    ///
    /// # Errors
    /// When the list cannot be read.
    pub fn in_flight(&self) -> Result<Vec<Claim>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT messages.key, messages.recipient, messages.channel, instead_of,
                    entry, credential, scope, step, part
                FROM messages LEFT JOIN deliveries ON deliveries.message = messages.key
                    AND deliveries.channel = messages.channel
                WHERE state = 'claimed'
                ORDER BY messages.recipient, messages.channel, part, messages.key,
                    entry, credential";
            let mut statement = connection.prepare_cached(sql)?;
            let mut rows = statement.query([])?;
            let mut claims: Vec<Claim> = Vec::new();
            while let Some(row) = rows.next()? {
                let Ok(key) = Key::parse(row.get_ref(0)?.as_str()?) else {
                    continue;
                };
                let told = told(row, 4)?;
                match claims.last_mut().filter(|claim| claim.key == key) {
                    Some(claim) => claim.told.extend(told),
                    None => claims.push(Claim {
                        key,
                        to: recipient(row, 1)?,
                        instead_of: row.get(3)?,
                        part: row.get(8)?,
                        told: told.into_iter().collect(),
                    }),
                }
            }
            Ok(claims)
        })
    }

    /// What somebody was told of a credential through a channel, or is being told.
    ///
    /// # Errors
    /// When the list cannot be read.
    pub fn told(
        &self,
        id: EntryId,
        credential: &str,
        to: &Recipient,
    ) -> Result<Vec<Due>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT entry, credential, scope, step FROM deliveries
                WHERE entry = ? AND credential = ? AND recipient = ? AND channel = ?";
            let mut statement = connection.prepare_cached(sql)?;
            let of = params![id.0, credential, to.stored(), to.channel];
            let mut rows = statement.query(of)?;
            let mut all = Vec::new();
            while let Some(row) = rows.next()? {
                all.extend(told(row, 0)?.map(|told| told.due));
            }
            Ok(all)
        })
    }

    /// Whether somebody had a message through a channel on a day there.
    ///
    /// # Errors
    /// When the list cannot be read.
    pub fn had_message(&self, to: &Recipient, day: NaiveDate) -> Result<bool, StoreError> {
        self.read(|connection| {
            let sql = "SELECT 1 FROM messages
                WHERE recipient = ? AND channel = ? AND day = ? AND state = 'sent'";
            let of = params![to.stored(), to.channel, day.to_string()];
            connection.prepare_cached(sql)?.exists(of)
        })
    }

    /// Notes that a channel did not take a message for somebody, and says since when it does
    /// not.
    ///
    /// # Errors
    /// When the list cannot be written.
    pub fn trouble(
        &self,
        to: &Recipient,
        why: &str,
        at: DateTime<Utc>,
    ) -> Result<DateTime<Utc>, StoreError> {
        self.change(|change| {
            // A clock that was set back must not make the trouble younger than it is.
            let sql = "INSERT INTO troubles (recipient, channel, since, last, why)
                VALUES (?1, ?2, ?3, ?3, ?4)
                ON CONFLICT DO UPDATE SET since = min(since, ?3), last = ?3, why = ?4
                RETURNING since";
            let of = params![to.stored(), to.channel, at.timestamp(), why];
            let since: i64 = change
                .prepare_cached(sql)?
                .query_row(of, |row| row.get(0))?;
            Ok(DateTime::from_timestamp(since, 0).unwrap_or(at))
        })
    }

    /// Notes that a channel takes messages for somebody again.
    ///
    /// # Errors
    /// When the list cannot be written.
    pub fn no_trouble(&self, to: &Recipient) -> Result<(), StoreError> {
        if self.trouble_of(to)?.is_none() {
            return Ok(());
        }
        self.change(|change| {
            let sql = "DELETE FROM troubles WHERE recipient = ? AND channel = ?";
            change
                .prepare_cached(sql)?
                .execute([to.stored(), &to.channel])?;
            Ok(())
        })
    }

    /// Since when a channel takes nothing for somebody.
    ///
    /// # Errors
    /// When the list cannot be read.
    pub fn trouble_of(&self, to: &Recipient) -> Result<Option<DateTime<Utc>>, StoreError> {
        let since: Option<i64> = self.read(|connection| {
            let sql = "SELECT since FROM troubles WHERE recipient = ? AND channel = ?";
            let mut statement = connection.prepare_cached(sql)?;
            statement
                .query_row([to.stored(), &to.channel], |row| row.get(0))
                .optional()
        })?;
        Ok(since.and_then(|since| DateTime::from_timestamp(since, 0)))
    }

    /// Every channel that takes nothing for somebody.
    ///
    /// # Errors
    /// When the list cannot be read.
    pub fn troubles(&self) -> Result<Vec<Trouble>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT recipient, channel, since, why FROM troubles ORDER BY since";
            let mut statement = connection.prepare_cached(sql)?;
            let rows = statement.query_map([], |row| {
                let since = DateTime::from_timestamp(row.get(2)?, 0).unwrap_or_default();
                Ok(Trouble {
                    to: recipient(row, 0)?,
                    since,
                    why: row.get(3)?,
                })
            })?;
            rows.collect()
        })
    }
}

fn deliver(change: &Transaction<'_>, claim: &Claim, channel: &str) -> rusqlite::Result<()> {
    let sql = "INSERT OR REPLACE INTO deliveries
            (entry, credential, recipient, channel, scope, step, message)
        VALUES (?, ?, ?, ?, ?, ?, ?)";
    for told in &claim.told {
        change.prepare_cached(sql)?.execute(params![
            told.entry.0,
            told.credential,
            claim.to.stored(),
            channel,
            told.due.scope,
            told.due.step.to_string(),
            claim.key.as_str(),
        ])?;
    }
    Ok(())
}

fn recipient(row: &Row<'_>, place: usize) -> rusqlite::Result<Recipient> {
    Ok(Recipient {
        person: row.get_ref(place)?.as_str()?.parse().ok(),
        channel: row.get(place + 1)?,
    })
}

/// A row of deliveries; `None` for a step that a newer version knows.
fn told(row: &Row<'_>, place: usize) -> rusqlite::Result<Option<Told>> {
    let Some(entry) = row.get(place)? else {
        return Ok(None);
    };
    let step = Step::parse(row.get_ref(place + 3)?.as_str()?);
    Ok(match step {
        Some(step) => Some(Told {
            entry: EntryId(entry),
            credential: row.get(place + 1)?,
            due: Due {
                step,
                scope: row.get(place + 2)?,
            },
        }),
        None => None,
    })
}
