//! What somebody is still to be told, by person and channel.

use std::collections::BTreeMap;

use super::Round;
use crate::lifecycle::Standing;
use crate::watch::Entry;
use crate::watch::digest::{self, Piece};
use crate::watch::due::{self, Day, Due, Situation};
use crate::watch::outcome::Outcome;
use crate::watch::store::{Claim, Doubles, Place, Recipient, StoreError, Told, Watched};

impl Round<'_> {
    /// What is told of, if it is still due for the one who was to be told.
    pub(super) fn still(
        &self,
        told: &Told,
        claim: &Claim,
        pause: u16,
    ) -> Result<Option<Piece>, StoreError> {
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
    pub(super) fn agenda(
        &self,
        pause: u16,
        outcome: &mut Outcome,
    ) -> Result<BTreeMap<Recipient, Vec<Piece>>, StoreError> {
        let mut agenda: BTreeMap<Recipient, Vec<Piece>> = BTreeMap::new();
        let mut doubles = None;
        self.store.each(|watched| {
            if watched.entry.is_snoozed_on(self.as_of.date_naive()) {
                return Ok(());
            }
            let standing = self.standing(&watched);
            outcome.watched(watched.status(standing.as_ref()));
            for due in self.due(&watched, standing.as_ref(), pause) {
                outcome.due(due.step);
                let told = Told {
                    entry: watched.entry.id,
                    credential: watched.key.clone(),
                    due,
                };
                let doubles = match &doubles {
                    Some(doubles) => doubles,
                    None => doubles.insert(self.store.doubles()?),
                };
                for to in self.recipients(&watched.entry, outcome) {
                    let so_far = agenda.get(&to).map_or(&[][..], Vec::as_slice);
                    if self.is_told(&told, &to, doubles, so_far)? {
                        continue;
                    }
                    let told = told.clone();
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

    /// Whether somebody was told of a step or is being told, under whichever of its links.
    fn is_told(
        &self,
        told: &Told,
        to: &Recipient,
        doubles: &Doubles,
        so_far: &[Piece],
    ) -> Result<bool, StoreError> {
        let place = (told.entry, told.credential.clone());
        let places = doubles.of(&place);
        let covers = |other: &Told| {
            let mut same = places.iter();
            told.due.is_covered_by(&other.due)
                && same.any(|(id, key)| *id == other.entry && *key == other.credential)
        };
        if !places.is_empty() && so_far.iter().any(|piece| covers(&piece.told)) {
            return Ok(true);
        }
        self.was_told(told, places, to)
    }

    /// Whether somebody was told of a step, there or at one of other places of its credential.
    pub(super) fn was_told(
        &self,
        told: &Told,
        places: &[Place],
        to: &Recipient,
    ) -> Result<bool, StoreError> {
        let own = (told.entry, told.credential.as_str());
        let others = places.iter().map(|(id, key)| (*id, key.as_str()));
        for (id, key) in [own].into_iter().chain(others) {
            let done = self.store.told(id, key, to)?;
            if done.iter().any(|done| told.due.is_covered_by(done)) {
                return Ok(true);
            }
        }
        Ok(false)
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
}
