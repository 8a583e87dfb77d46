//! What a run came to.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::EntryId;
use super::hours::Gate;
use super::store::{Recipient, RunOutcome};
use crate::lifecycle::{Standing, Status};
use crate::notify::{Key, Step};

/// What telling people came to.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The messages that were taken.
    pub sent: Vec<Sent>,
    /// The channels that took nothing, and for whom.
    pub failed: Vec<Failed>,
    /// Why nothing was sent at this hour.
    pub held: Option<Gate>,
    /// For how many people something is due that waits: for the hour, for a message in flight,
    /// or because they had one today.
    pub waiting: u64,
    /// Entries for which something is due, and no channel is named for them.
    pub untold: BTreeSet<EntryId>,
    /// Channels that entries or the configuration name and that there are not.
    pub unknown_channels: BTreeMap<String, BTreeSet<EntryId>>,
    /// How many credentials are watched, by status.
    pub statuses: BTreeMap<&'static str, u64>,
    /// How many credentials are at a step, by its word.
    pub due: BTreeMap<&'static str, u64>,
}

/// A message that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// By whom.
    pub to: Recipient,
    /// The name of the message.
    pub key: Key,
    /// How many steps it tells of.
    pub steps: usize,
    /// The channel that it took the place of.
    pub instead_of: Option<String>,
}

/// A channel that took nothing for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// For whom.
    pub to: Recipient,
    /// Since when.
    pub since: DateTime<Utc>,
    /// What it said.
    pub why: String,
}

impl Failed {
    pub(super) fn new(to: &Recipient, since: DateTime<Utc>, why: &str) -> Self {
        Self {
            to: to.clone(),
            since,
            why: why.to_owned(),
        }
    }
}

impl Outcome {
    pub(super) fn watched(&mut self, standing: Option<&Standing<'_>>) {
        let status = standing.map_or(Status::Undetermined, |standing| standing.status);
        *self.statuses.entry(status.as_str()).or_default() += 1;
    }

    pub(super) fn due(&mut self, step: Step) {
        *self.due.entry(step.word()).or_default() += 1;
    }

    /// Whether somebody was not told what they should have been.
    pub fn is_failure(&self) -> bool {
        !self.failed.is_empty() || !self.untold.is_empty() || !self.unknown_channels.is_empty()
    }

    /// How the run ended, with what looking came to.
    pub fn run_outcome(&self, looked: super::Looked) -> RunOutcome {
        if looked.is_blind() || looked.clock_is_wrong {
            RunOutcome::Blind
        } else if self.is_failure() {
            RunOutcome::Failed
        } else {
            RunOutcome::Whole
        }
    }
}
