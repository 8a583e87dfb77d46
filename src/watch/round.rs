//! Tells people what is due: each step once, and again only what may have been lost.
//!
//! The order of things is what makes it safe. A message is claimed in the list, then handed to
//! its channel, then confirmed. Whatever stops a run in between leaves the claim, and the next
//! run hands the same message on again, under the same key, before anything else is said to
//! that person.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};

use super::digest::{self, Piece};
use super::due::{self, Day, Due, Situation};
use super::hours::Gate;
use super::outcome::{Failed, Outcome, Sent};
use super::store::{Claim, Recipient, Store, StoreError, Told, Watched};
use super::{Entry, MailAddress, Plan};
use crate::catalog::Catalog;
use crate::lifecycle::Standing;
use crate::notify::{Channel, Lasting, SendError};

/// So many people in a row not told through a channel, and it is not tried for the others.
const GIVE_UP_AFTER: u32 = 3;

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
}

/// What the run has learnt so far.
#[derive(Debug, Default)]
struct State {
    outcome: Outcome,
    /// Who has a message in flight that could not be settled.
    in_flight: BTreeSet<Recipient>,
    /// Whose channel was tried in this run and took nothing, and since when it does not.
    tried: BTreeMap<Recipient, DateTime<Utc>>,
    /// How often in a row a channel took nothing.
    in_a_row: BTreeMap<String, u32>,
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
        for claim in self.store.in_flight()? {
            self.settle(claim, day, pause, &mut state).await?;
        }
        for (to, pieces) in self.agenda(pause, &mut state.outcome)? {
            self.tell_one(to, pieces, day, &mut state).await?;
        }
        Ok(state.outcome)
    }

    /// Hands a message of an earlier run on again, without what is no longer so.
    async fn settle(
        &self,
        claim: Claim,
        day: NaiveDate,
        pause: u16,
        state: &mut State,
    ) -> Result<(), StoreError> {
        let mut pieces = Vec::new();
        let mut gone = Vec::new();
        for told in &claim.told {
            match self.still(told, &claim, pause)? {
                Some(piece) => pieces.push(piece),
                None => gone.push(told.clone()),
            }
        }
        if !gone.is_empty() || claim.told.is_empty() {
            self.store.drop_told(&claim.key, &gone)?;
        }
        if pieces.is_empty() {
            return Ok(());
        }
        self.hand(&claim, pieces, day, state).await
    }

    /// What is told of, if it is still due for the one who was to be told.
    fn still(&self, told: &Told, claim: &Claim, pause: u16) -> Result<Option<Piece>, StoreError> {
        let Some(watched) = self.store.watched(told.entry, &told.credential)? else {
            return Ok(None);
        };
        let person = claim.to.person.as_ref();
        let is_theirs = digest::people(&watched.entry).contains(&person);
        if !is_theirs || watched.entry.is_snoozed_on(self.as_of.date_naive()) {
            return Ok(None);
        }
        let standing = self.standing(&watched);
        let is_due = self
            .due(&watched, standing.as_ref(), pause)
            .contains(&told.due);
        Ok(is_due.then(|| {
            Piece::new(
                &watched,
                told.clone(),
                standing.as_ref(),
                person,
                (self.catalog, self.as_of),
            )
        }))
    }

    /// Everything that somebody is still to be told, by person and channel.
    fn agenda(
        &self,
        pause: u16,
        outcome: &mut Outcome,
    ) -> Result<BTreeMap<Recipient, Vec<Piece>>, StoreError> {
        let mut agenda: BTreeMap<Recipient, Vec<Piece>> = BTreeMap::new();
        self.store.each(|watched| {
            if watched.entry.is_snoozed_on(self.as_of.date_naive()) {
                return Ok(());
            }
            let standing = self.standing(&watched);
            outcome.watched(standing.as_ref());
            for due in self.due(&watched, standing.as_ref(), pause) {
                outcome.due(due.step);
                for to in self.recipients(&watched.entry, outcome) {
                    let id = watched.entry.id;
                    let done = self.store.told(id, &watched.key, &to)?;
                    if done.iter().any(|done| due.is_covered_by(done)) {
                        continue;
                    }
                    let told = Told {
                        entry: id,
                        credential: watched.key.clone(),
                        due: due.clone(),
                    };
                    let person = to.person.as_ref();
                    let piece = Piece::new(
                        &watched,
                        told,
                        standing.as_ref(),
                        person,
                        (self.catalog, self.as_of),
                    );
                    agenda.entry(to).or_default().push(piece);
                }
            }
            Ok::<_, StoreError>(())
        })?;
        Ok(agenda)
    }

    fn standing(&self, watched: &Watched) -> Option<Standing<'_>> {
        let facts = watched.facts.as_ref()?;
        Some(facts.standing(self.catalog, self.as_of))
    }

    fn due(&self, watched: &Watched, standing: Option<&Standing<'_>>, pause: u16) -> Vec<Due> {
        let situation = Situation {
            standing,
            history: &watched.history,
            plan: watched.entry.plan,
            days: &self.plan.thresholds.of(&watched.entry.details.labels),
        };
        let day = Day {
            pause,
            ..Day::of(self.as_of)
        };
        due::due(&situation, day)
    }

    /// Who is told of an entry, through which of the channels that there are.
    fn recipients(&self, entry: &Entry, outcome: &mut Outcome) -> Vec<Recipient> {
        let own = &entry.details.channels;
        let channels = if own.is_empty() {
            &self.plan.channels
        } else {
            own
        };
        if channels.is_empty() {
            outcome.untold.insert(entry.id);
        }
        let mut all = Vec::new();
        for name in channels {
            if self.channel(name).is_none() {
                outcome
                    .unknown_channels
                    .entry(name.clone())
                    .or_default()
                    .insert(entry.id);
                continue;
            }
            all.extend(digest::people(entry).into_iter().map(|person| Recipient {
                person: person.cloned(),
                channel: name.clone(),
            }));
        }
        all
    }

    fn channel(&self, name: &str) -> Option<&dyn Channel> {
        let mut channels = self.channels.iter().map(Box::as_ref);
        channels.find(|channel| channel.name() == name)
    }

    /// Tells one person through one channel what is due, unless they have to wait.
    async fn tell_one(
        &self,
        to: Recipient,
        pieces: Vec<Piece>,
        day: NaiveDate,
        state: &mut State,
    ) -> Result<(), StoreError> {
        if state.in_flight.contains(&to) || self.store.had_message(&to, day)? {
            state.outcome.waiting += 1;
            return Ok(());
        }
        if let Some(since) = state.tried.get(&to).copied() {
            return self.escalate(&to, since, pieces, day, state).await;
        }
        if state
            .in_a_row
            .get(&to.channel)
            .is_some_and(|times| *times >= GIVE_UP_AFTER)
        {
            let since = self.store.trouble(&to, NOT_TRIED, self.as_of)?;
            state
                .outcome
                .failed
                .push(Failed::new(&to, since, NOT_TRIED));
            return self.escalate(&to, since, pieces, day, state).await;
        }
        let claim = digest::claim(&to, None, &pieces);
        self.store.claim(&claim, day)?;
        self.hand(&claim, pieces.clone(), day, state).await?;
        match state.tried.get(&to).copied() {
            Some(since) => self.escalate(&to, since, pieces, day, state).await,
            None => Ok(()),
        }
    }

    /// Hands a claimed message to its channel, and notes what came of it.
    async fn hand(
        &self,
        claim: &Claim,
        pieces: Vec<Piece>,
        day: NaiveDate,
        state: &mut State,
    ) -> Result<(), StoreError> {
        let to = &claim.to;
        let Some(channel) = self.channel(&to.channel) else {
            // It was taken out of the configuration while the message was in flight.
            return self.store.release(&claim.key);
        };
        let steps = pieces.len();
        for piece in pieces.iter().filter(|piece| piece.has_news) {
            let told = &piece.told;
            self.store
                .keep_calendar(told.entry, &told.credential, &piece.item.calendar)?;
        }
        let today = self.as_of.date_naive();
        let digest = digest::digest(claim, pieces, self.plan.language, today);
        match channel.send(&digest).await {
            Ok(_) => {
                self.store.confirm(&claim.key, day)?;
                self.store.no_trouble(to)?;
                state.in_a_row.remove(&to.channel);
                state.outcome.sent.push(Sent {
                    to: to.clone(),
                    key: claim.key.clone(),
                    steps,
                    instead_of: claim.instead_of.clone(),
                });
                Ok(())
            }
            Err(error) => self.not_taken(claim, &error, state),
        }
    }

    /// Notes that a channel did not take a message. What it certainly did not take, or what
    /// another channel is to take, is due again; else the message stays in flight.
    fn not_taken(
        &self,
        claim: &Claim,
        error: &SendError,
        state: &mut State,
    ) -> Result<(), StoreError> {
        let to = &claim.to;
        let said = error.to_string();
        let since = self.store.trouble(to, &said, self.as_of)?;
        state.outcome.failed.push(Failed::new(to, since, &said));
        let is_lost = error.lasting() == Lasting::Permanent;
        if !is_lost {
            *state.in_a_row.entry(to.channel.clone()).or_default() += 1;
        }
        if is_lost || claim.instead_of.is_some() || self.fallback_for(to, since).is_some() {
            self.store.release(&claim.key)?;
            state.tried.insert(to.clone(), since);
        } else {
            state.in_flight.insert(to.clone());
        }
        Ok(())
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
        let must_wait = state.in_flight.contains(&instead)
            || state.tried.contains_key(&instead)
            || self.store.had_message(&instead, day)?;
        if must_wait {
            state.outcome.waiting += 1;
            return Ok(());
        }
        let claim = digest::claim(&instead, Some(&to.channel), &pieces);
        self.store.claim(&claim, day)?;
        self.hand(&claim, pieces, day, state).await
    }

    /// The fallback, once a channel has failed for too long.
    fn fallback_for(&self, to: &Recipient, since: DateTime<Utc>) -> Option<&str> {
        let fallback = self.plan.fallback.as_deref()?;
        let is_time = self.as_of - since >= self.plan.escalate_after;
        let is_other = fallback != to.channel && self.channel(fallback).is_some();
        (is_time && is_other).then_some(fallback)
    }
}

const NOT_TRIED: &str = "not tried: the channel took nothing for others just now";

/// Who is told of an entry, for whoever asks beforehand.
pub fn people_of(entry: &Entry) -> Vec<Option<&MailAddress>> {
    digest::people(entry)
}
