//! Looks at the links that were not looked at for long.

use std::cell::Cell;

use chrono::TimeDelta;
use futures_util::{StreamExt, stream};

use super::check::{Checked, check};
use super::store::{Store, StoreError};
use super::{Ending, EntryId, TrackedLink};
use crate::source::Source;
use crate::verify::Terms;

/// Links read from the list at once.
const CHUNK: u32 = 256;

/// So many answers are noted in one change of the list, where they are there at once.
const AT_ONCE: usize = 64;

/// So many links without an answer, and none with one, and the service is not there.
const GIVE_UP_AFTER: u64 = 12;

/// Looks at links.
#[derive(Debug)]
pub struct Refresh<'a, S> {
    /// The list.
    pub store: &'a Store,
    /// Who is asked.
    pub source: &'a S,
    /// The day, and what is known of certifications.
    pub terms: Terms<'a, 'a>,
    /// How old the last answer may be.
    pub after: TimeDelta,
    /// How many links are under way at once.
    pub at_once: usize,
    /// Whether it is to end before its time.
    pub ending: &'a Ending,
}

/// What looking came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Looked {
    /// Links that were to be looked at.
    pub old: u64,
    /// Of how many the issuer answered.
    pub answered: u64,
    /// About how many nobody answered.
    pub unanswered: u64,
    /// At how many it was not looked, since the run was asked to end.
    pub left: u64,
    /// Whether this machine's clock gives other answers than the service's.
    pub clock_is_wrong: bool,
}

impl Looked {
    /// Whether there was something to look at, and nothing could be.
    pub fn is_blind(self) -> bool {
        self.old > 0 && self.answered == 0 && self.left == 0
    }
}

impl<S: Source> Refresh<'_, S> {
    /// Looks at every link that is due for it, or until the run is to end.
    ///
    /// What nobody answered counts against a link only if others were answered: else it is
    /// the service or this machine's network that is not there.
    ///
    /// # Errors
    /// When the list cannot be read or written.
    pub async fn run(&self) -> Result<Looked, StoreError> {
        let now = self.terms.as_of.instant();
        let looked = Cell::new(Looked {
            old: self.store.count_old(now - self.after, now)?,
            ..Looked::default()
        });
        let mut unanswered = Vec::new();
        let has_given_up = || {
            let so_far = looked.get();
            so_far.answered == 0 && so_far.unanswered >= GIVE_UP_AFTER
        };
        let links = stream::iter(self.links()).take_until(self.ending.stop());
        let mut checks = std::pin::pin!(
            links
                .map(async |link| {
                    let (id, link) = link?;
                    if has_given_up() {
                        return Ok(None);
                    }
                    let (_, checked) = check(&link, self.source, &self.terms).await;
                    Ok(Some((id, checked)))
                })
                .buffer_unordered(self.at_once)
                // What is there is noted together, without waiting for more.
                .ready_chunks(AT_ONCE)
                .take_until(self.ending.leave())
        );
        while let Some(checks) = checks.next().await {
            let mut told = Vec::new();
            let mut so_far = looked.get();
            for (id, checked) in checks
                .into_iter()
                .filter_map(Result::transpose)
                .collect::<Result<Vec<_>, _>>()?
            {
                match checked {
                    Checked::Seen(_) | Checked::Nothing(_) => {
                        so_far.answered += 1;
                        told.push((id, checked));
                    }
                    Checked::ClockWrong => so_far.clock_is_wrong = true,
                    Checked::Unanswered(_) => {
                        so_far.unanswered += 1;
                        unanswered.push((id, checked));
                    }
                }
            }
            looked.set(so_far);
            self.store.note(&told, now)?;
        }
        let mut looked = looked.get();
        if self.ending.is_asked_for().await {
            let done = looked.answered + looked.unanswered;
            looked.left = looked.old.saturating_sub(done);
        }
        if looked.answered > 0 && !unanswered.is_empty() {
            self.store.note(&unanswered, now)?;
        }
        Ok(looked)
    }

    fn links(&self) -> impl Iterator<Item = Result<(EntryId, TrackedLink), StoreError>> {
        let now = self.terms.as_of.instant();
        let mut last = EntryId(0);
        let mut chunk = Vec::new().into_iter();
        std::iter::from_fn(move || {
            if let Some((id, link)) = chunk.next() {
                last = id;
                return Some(Ok((id, link)));
            }
            match self.store.old(last, now - self.after, now, CHUNK) {
                Ok(links) => chunk = links.into_iter(),
                Err(error) => return Some(Err(error)),
            }
            let (id, link) = chunk.next()?;
            last = id;
            Some(Ok((id, link)))
        })
    }
}
