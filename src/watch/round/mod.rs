//! Tells people what is due: each step once, and again only what may have been lost.
//!
//! The order of things is what makes it safe. A message is claimed in the list, then handed to
//! its channel, then confirmed. Whatever stops a run in between leaves the claim, and the next
//! run hands the same message on again, under the same key, before anything else is said to
//! that person. Where a channel takes a digest in parts, each part is such a message.

mod agenda;
mod hand;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};

use self::hand::Part;
use super::digest::{self, Piece};
use super::hours::Gate;
use super::outcome::{Failed, Outcome};
use super::store::{Claim, Recipient, Store, StoreError};
use super::{Ending, Entry, MailAddress, Plan};
use crate::catalog::Catalog;
use crate::notify::Channel;

/// So many people in a row not told through a channel, and it is not tried for the others. So
/// many parts in a row refused, and the others of that digest are not tried.
const GIVE_UP_AFTER: u32 = 3;

const NOT_TRIED: &str = "not tried: the channel took nothing for others just now";

/// One run of telling people.
#[derive(Debug)]
pub struct Round<'a> {
    /// The list.
    pub store: &'a Store,
    /// The channels of the configuration.
    pub channels: &'a [Box<dyn Channel>],
    /// What somebody decided about reminders.
    pub plan: &'a Plan,
    /// What is known of certifications.
    pub catalog: &'a Catalog,
    /// Now.
    pub as_of: DateTime<Utc>,
    /// Whether it is to end before its time.
    pub ending: &'a Ending,
}

/// What the run has learnt so far.
#[derive(Debug, Default)]
struct State {
    outcome: Outcome,
    /// Who has a message in flight that could not be settled.
    in_flight: BTreeSet<Recipient>,
    /// Whose channel was tried in this run and did not take everything, and since when it does
    /// not.
    tried: BTreeMap<Recipient, DateTime<Utc>>,
    /// For how many people in a row a channel took nothing.
    in_a_row: BTreeMap<String, u32>,
}

impl State {
    fn is_given_up(&self, channel: &str) -> bool {
        self.in_a_row
            .get(channel)
            .is_some_and(|times| *times >= GIVE_UP_AFTER)
    }
}

impl Round<'_> {
    /// Tells everybody what is due for them.
    ///
    /// # Errors
    /// When the list cannot be read or written; what was not confirmed then is told again.
    pub async fn tell(&self) -> Result<Outcome, StoreError> {
        let gate = self.plan.hours.at(self.as_of);
        let mut state = State::default();
        let Gate::Open { day, pause } = gate else {
            let agenda = self.agenda(0, &mut state.outcome)?;
            state.outcome.held = Some(gate);
            state.outcome.waiting = agenda.len() as u64;
            return Ok(state.outcome);
        };
        let claims = self.store.in_flight()?;
        for claims in claims.chunk_by(|one, next| one.to == next.to) {
            self.settle(claims, day, pause, &mut state).await?;
        }
        for (to, pieces) in self.agenda(pause, &mut state.outcome)? {
            self.tell_one(to, pieces, day, &mut state).await?;
        }
        Ok(state.outcome)
    }

    /// Hands what an earlier run left in flight for somebody on again, without what is no
    /// longer so.
    async fn settle(
        &self,
        claims: &[Claim],
        day: NaiveDate,
        pause: u16,
        state: &mut State,
    ) -> Result<(), StoreError> {
        let mut parts = Vec::new();
        for claim in claims {
            let mut pieces = Vec::new();
            let mut gone = Vec::new();
            for told in &claim.told {
                match self.still(told, claim, pause)? {
                    Some(piece) => pieces.push(piece),
                    None => gone.push(told.clone()),
                }
            }
            if !gone.is_empty() || claim.told.is_empty() {
                self.store.drop_told(&claim.key, &gone)?;
            }
            if pieces.is_empty() {
                continue;
            }
            let claim = claim.clone();
            let part = Part { claim, pieces };
            if self.is_too_long(&part) {
                // As earlier versions left them: it is due again, and told in parts.
                self.store.release(&part.claim.key)?;
            } else {
                parts.push(part);
            }
        }
        // What is given back is due again, and on the agenda of this run.
        self.hand(parts, day, state).await.map(drop)
    }

    /// Tells one person through one channel what is due, unless they have to wait.
    async fn tell_one(
        &self,
        to: Recipient,
        pieces: Vec<Piece>,
        day: NaiveDate,
        state: &mut State,
    ) -> Result<(), StoreError> {
        if self.ending.is_asked_for().await {
            state.outcome.left.insert(to);
            return Ok(());
        }
        if let Some(since) = state.tried.get(&to).copied() {
            return self.escalate(&to, since, pieces, day, state).await;
        }
        if state.in_flight.contains(&to) || self.store.had_message(&to, day)? {
            state.outcome.waiting += 1;
            return Ok(());
        }
        if state.is_given_up(&to.channel) {
            let since = self.store.trouble(&to, NOT_TRIED, self.as_of)?;
            let failed = Failed::new(&to, since, NOT_TRIED);
            state.outcome.failed.push(failed);
            return self.escalate(&to, since, pieces, day, state).await;
        }
        let given_back = self.claim(&to, None, pieces, day, state).await?;
        match state.tried.get(&to).copied() {
            Some(since) => self.escalate(&to, since, given_back, day, state).await,
            None => Ok(()),
        }
    }

    /// Claims what one person is to be told through one channel, and hands it on; returns what
    /// the channel will not take.
    async fn claim(
        &self,
        to: &Recipient,
        instead_of: Option<&str>,
        pieces: Vec<Piece>,
        day: NaiveDate,
        state: &mut State,
    ) -> Result<Vec<Piece>, StoreError> {
        let Some(channel) = self.channel(&to.channel) else {
            return Ok(pieces);
        };
        let parts = self.parts(channel, to, instead_of, pieces);
        let claims: Vec<&Claim> = parts.iter().map(|part| &part.claim).collect();
        self.store.claim(&claims, day)?;
        self.hand(parts, day, state).await
    }

    /// Tells somebody through the fallback what their own channel has not taken for too long.
    async fn escalate(
        &self,
        to: &Recipient,
        since: DateTime<Utc>,
        pieces: Vec<Piece>,
        day: NaiveDate,
        state: &mut State,
    ) -> Result<(), StoreError> {
        let Some(fallback) = self.fallback_for(to, since) else {
            return Ok(());
        };
        let instead = to.through(fallback);
        let mut untold = Vec::new();
        for piece in pieces {
            // Where the fallback is one of somebody's own channels, it may have told them.
            if !self.was_told(&piece.told, &[], &instead)? {
                untold.push(piece);
            }
        }
        if untold.is_empty() {
            return Ok(());
        }
        if self.ending.is_asked_for().await {
            state.outcome.left.insert(instead);
            return Ok(());
        }
        let must_wait = state.in_flight.contains(&instead)
            || state.tried.contains_key(&instead)
            || self.store.had_message(&instead, day)?;
        if must_wait {
            state.outcome.waiting += 1;
            return Ok(());
        }
        let given_back = self.claim(&instead, Some(&to.channel), untold, day, state);
        given_back.await.map(drop)
    }

    /// The fallback, once a channel has failed for too long.
    fn fallback_for(&self, to: &Recipient, since: DateTime<Utc>) -> Option<&str> {
        let fallback = self.plan.fallback.as_deref()?;
        let is_time = self.as_of - since >= self.plan.escalate_after;
        let is_other = fallback != to.channel && self.channel(fallback).is_some();
        (is_time && is_other).then_some(fallback)
    }

    fn channel(&self, name: &str) -> Option<&dyn Channel> {
        let mut channels = self.channels.iter().map(Box::as_ref);
        channels.find(|channel| channel.name() == name)
    }
}

/// Who is told of an entry, for whoever asks beforehand.
pub fn people_of(entry: &Entry) -> Vec<Option<&MailAddress>> {
    digest::people(entry)
}
