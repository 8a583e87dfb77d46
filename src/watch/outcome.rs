//! What a run came to.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::EntryId;
use super::hours::Gate;
use super::store::{Claim, Recipient, RunOutcome};
use crate::lifecycle::Status;
use crate::notify::{Key, Step};

/// What telling people came to.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The messages that were taken.
    pub sent: Vec<Sent>,
    /// The channels that did not take everything, and for whom.
    pub failed: Vec<Failed>,
    /// Why nothing was sent at this hour.
    pub held: Option<Gate>,
    /// For how many people something is due that waits: for the hour, for a message in flight,
    /// or because they had one today.
    pub waiting: u64,
    /// Whom the run did not come to, since it was asked to end.
    pub left: BTreeSet<Recipient>,
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

impl Sent {
    pub(super) fn new(claim: &Claim, steps: usize) -> Self {
        Self {
            to: claim.to.clone(),
            key: claim.key.clone(),
            steps,
            instead_of: claim.instead_of.clone(),
        }
    }
}

/// A channel that did not take everything for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// For whom.
    pub to: Recipient,
    /// Since when.
    pub since: DateTime<Utc>,
    /// What it said.
    pub why: String,
    /// How many messages it took all the same, where it takes a digest in parts.
    pub taken: usize,
    /// Of how many.
    pub of: usize,
}

impl Failed {
    pub(super) fn new(to: &Recipient, since: DateTime<Utc>, why: &str) -> Self {
        Self {
            to: to.clone(),
            since,
            why: why.to_owned(),
            taken: 0,
            of: 1,
        }
    }
}

impl Outcome {
    pub(super) fn watched(&mut self, status: Status) {
        *self.statuses.entry(status.as_str()).or_default() += 1;
    }

    pub(super) fn due(&mut self, step: Step) {
        *self.due.entry(step.word()).or_default() += 1;
    }

    /// Whether somebody was not told what they should have been.
    pub fn is_failure(&self) -> bool {
        !self.failed.is_empty()
            || !self.untold.is_empty()
            || !self.unknown_channels.is_empty()
            || !self.left.is_empty()
    }

    /// How the run ended, with what looking came to.
    pub fn run_outcome(&self, looked: super::Looked) -> RunOutcome {
        if looked.is_blind() || looked.clock_is_wrong {
            RunOutcome::Blind
        } else if self.is_failure() || looked.left > 0 {
            RunOutcome::Failed
        } else {
            RunOutcome::Whole
        }
    }
}
