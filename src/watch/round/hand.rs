//! What is claimed goes to its channel, and what comes of it into the list.

use std::ops::ControlFlow::{self, Break, Continue};

use chrono::NaiveDate;
use futures_util::future::{Either, select};

use super::{GIVE_UP_AFTER, NOT_TRIED, Round, State};
use crate::notify::{Channel, Digest, Lasting, Receipt, SendError, Sending};
use crate::watch::digest::{self, Piece};
use crate::watch::outcome::{Failed, Sent};
use crate::watch::store::{Claim, Recipient, StoreError};

/// A claimed message: what somebody is told, or a part of it.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) claim: Claim,
    pub(super) pieces: Vec<Piece>,
}

/// How far the parts for one person have come.
#[derive(Debug, Default)]
struct Progress {
    taken: usize,
    refused_in_a_row: u32,
    given_back: Vec<Piece>,
    failed: Option<Failed>,
}

impl Round<'_> {
    /// Cuts what somebody is to be told into the messages that a channel takes, the most
    /// urgent first.
    pub(super) fn parts(
        &self,
        channel: &dyn Channel,
        to: &Recipient,
        instead_of: Option<&str>,
        mut pieces: Vec<Piece>,
    ) -> Vec<Part> {
        let today = self.as_of.date_naive();
        digest::sort(&mut pieces, today);
        let whole = digest::claim(to, instead_of, 1, &pieces);
        let whole = digest::digest(&whole, pieces.clone(), self.plan.language, today);
        let mut rest = pieces.into_iter();
        let mut parts = Vec::new();
        let counts = channel.split(&whole).into_iter().chain([usize::MAX]);
        for (number, count) in (1..).zip(counts) {
            let pieces: Vec<Piece> = rest.by_ref().take(count).collect();
            if !pieces.is_empty() {
                let claim = digest::claim(to, instead_of, number, &pieces);
                parts.push(Part { claim, pieces });
            }
        }
        parts
    }

    /// Whether its channel takes a claimed message in parts alone.
    pub(super) fn is_too_long(&self, part: &Part) -> bool {
        let channel = self.channel(&part.claim.to.channel);
        channel.is_some_and(|channel| channel.split(&self.digest(part)).len() > 1)
    }

    fn digest(&self, part: &Part) -> Digest {
        let today = self.as_of.date_naive();
        let pieces = part.pieces.clone();
        digest::digest(&part.claim, pieces, self.plan.language, today)
    }

    /// Hands the claimed messages for one person to their channel, one after the other, and
    /// notes what came of each. Returns what the channel will not take: it is due again.
    pub(super) async fn hand(
        &self,
        parts: Vec<Part>,
        day: NaiveDate,
        state: &mut State,
    ) -> Result<Vec<Piece>, StoreError> {
        let Some(to) = parts.first().map(|part| part.claim.to.clone()) else {
            return Ok(Vec::new());
        };
        let Some(channel) = self.channel(&to.channel) else {
            // It was taken out of the configuration while the message was in flight.
            return self.give_back(parts);
        };
        let count = parts.len();
        let mut progress = Progress::default();
        let mut rest = parts.into_iter();
        while let Some(part) = rest.next() {
            if self.ending.is_asked_for().await {
                state.outcome.left.insert(to.clone());
                state.in_flight.insert(to.clone());
                break;
            }
            let said = if state.is_given_up(&to.channel) {
                Some(Err(SendError::passing(NOT_TRIED)))
            } else {
                self.send(channel, &part).await?
            };
            match self.note(said, part, day, &mut progress, state)? {
                Continue(()) => {}
                Break(Rest::InFlight) => break,
                Break(Rest::GivenBack) => {
                    progress.given_back.extend(self.give_back(rest.collect())?);
                    break;
                }
            }
        }
        let taken = progress.taken;
        match progress.failed {
            Some(failed) => state.outcome.failed.push(Failed {
                taken,
                of: count,
                ..failed
            }),
            None if taken == count => self.store.no_trouble(&to)?,
            None => {}
        }
        Ok(progress.given_back)
    }

    /// What the channel says of a message; `None` where it was left before it said anything.
    async fn send(
        &self,
        channel: &dyn Channel,
        part: &Part,
    ) -> Result<Option<Result<Receipt, SendError>>, StoreError> {
        for piece in part.pieces.iter().filter(|piece| piece.has_news) {
            let told = &piece.told;
            self.store
                .keep_calendar(told.entry, &told.credential, &piece.item.calendar)?;
        }
        let digest = self.digest(part);
        Ok(self.said(channel.send(&digest)).await)
    }

    async fn said(&self, sending: Sending<'_>) -> Option<Result<Receipt, SendError>> {
        match select(sending, self.ending.leave()).await {
            Either::Left((said, _)) => Some(said),
            Either::Right(((), _)) => None,
        }
    }

    /// Notes what a channel said of a message. What it certainly did not take, or what another
    /// channel is to take, is due again; else the message stays in flight.
    fn note(
        &self,
        said: Option<Result<Receipt, SendError>>,
        part: Part,
        day: NaiveDate,
        progress: &mut Progress,
        state: &mut State,
    ) -> Result<ControlFlow<Rest>, StoreError> {
        let Part { claim, pieces } = part;
        let to = &claim.to;
        let error = match said {
            Some(Ok(_)) => {
                self.store.confirm(&claim.key, day)?;
                state.in_a_row.remove(&to.channel);
                progress.taken += 1;
                progress.refused_in_a_row = 0;
                state.outcome.sent.push(Sent::new(&claim, pieces.len()));
                return Ok(Continue(()));
            }
            Some(Err(error)) => error,
            None => {
                state.outcome.left.insert(to.clone());
                state.in_flight.insert(to.clone());
                return Ok(Break(Rest::InFlight));
            }
        };
        let said = error.to_string();
        let since = self.store.trouble(to, &said, self.as_of)?;
        progress.failed = Some(Failed::new(to, since, &said));
        let is_refused = error.lasting() == Lasting::Permanent;
        if is_refused {
            progress.refused_in_a_row += 1;
        } else if progress.taken == 0 && !state.is_given_up(&to.channel) {
            *state.in_a_row.entry(to.channel.clone()).or_default() += 1;
        }
        let is_for_another = claim.instead_of.is_some() || self.fallback_for(to, since).is_some();
        if !is_refused && !is_for_another {
            state.in_flight.insert(to.clone());
            return Ok(Break(Rest::InFlight));
        }
        self.store.release(&claim.key)?;
        state.tried.insert(to.clone(), since);
        progress.given_back.extend(pieces);
        // One part that is refused says little of the others.
        Ok(if is_refused && progress.refused_in_a_row < GIVE_UP_AFTER {
            Continue(())
        } else {
            Break(Rest::GivenBack)
        })
    }

    fn give_back(&self, parts: Vec<Part>) -> Result<Vec<Piece>, StoreError> {
        let mut given_back = Vec::new();
        for part in parts {
            self.store.release(&part.claim.key)?;
            given_back.extend(part.pieces);
        }
        Ok(given_back)
    }
}

/// What becomes of the parts that were not tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rest {
    /// They stay claimed, and the next run goes on with them.
    InFlight,
    /// They are due again.
    GivenBack,
}
