//! What happened to a watched credential from check to check.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::Facts;

/// So many days of failed checks make a link one that can no longer be verified.
pub const FAILED_DAYS: u32 = 3;

/// So many days of good checks end that again, so that a link that comes and goes is told of
/// once.
const SOUND_DAYS: u32 = 3;

/// What no single answer tells.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct History {
    /// The latest day that any answer gave as the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    furthest: Option<NaiveDate>,
    /// The last day of the term that a renewal began.
    #[serde(skip_serializing_if = "Option::is_none")]
    renewed_to: Option<NaiveDate>,
    /// Whether it was over already when it was first seen, as old ones in a transcript are.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    was_over: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    failing: Option<Failing>,
}

/// Checks that failed, on how many days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failing {
    /// The first such day.
    pub since: NaiveDate,
    /// The last such day.
    pub last: NaiveDate,
    /// On how many different days.
    pub days: u32,
    /// Why, by the code of a finding.
    pub why: String,
    #[serde(default)]
    sound_days: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_sound: Option<NaiveDate>,
}

impl History {
    /// Notes a check that told how the credential stands.
    ///
    /// A term that ends later than any before is a renewal. An answer that goes back to an
    /// earlier term, and forth again, is none.
    pub fn saw(&mut self, facts: &Facts, at: DateTime<Utc>, first: Sighting) {
        let end = facts.expires.map(|expires| expires.date_naive());
        if let (Some(end), Some(furthest)) = (end, self.furthest)
            && end > furthest
        {
            self.renewed_to = Some(end);
        }
        self.furthest = self.furthest.max(end);
        if first == Sighting::First {
            let is_past = facts.expires.is_none_or(|expires| expires < at);
            self.was_over = facts.is_historical() && is_past;
        } else if facts.expires.is_some_and(|expires| expires >= at) {
            self.was_over = false;
        }
        self.note_sound(at.date_naive());
    }

    /// Notes a check that told nothing.
    pub fn missed(&mut self, why: &str, day: NaiveDate) {
        match &mut self.failing {
            None => {
                self.failing = Some(Failing {
                    since: day,
                    last: day,
                    days: 1,
                    why: why.to_owned(),
                    sound_days: 0,
                    last_sound: None,
                });
            }
            Some(failing) => {
                // A clock that was set back makes no new day.
                if day > failing.last {
                    failing.last = day;
                    failing.days = failing.days.saturating_add(1);
                }
                failing.sound_days = 0;
                why.clone_into(&mut failing.why);
            }
        }
    }

    fn note_sound(&mut self, day: NaiveDate) {
        let Some(failing) = &mut self.failing else {
            return;
        };
        if failing.last_sound != Some(day) {
            failing.last_sound = Some(day);
            failing.sound_days += 1;
        }
        if failing.days < FAILED_DAYS || failing.sound_days >= SOUND_DAYS {
            self.failing = None;
        }
    }

    /// The last day of the term that a renewal began.
    pub fn renewed_to(&self) -> Option<NaiveDate> {
        self.renewed_to
    }

    /// Whether it was over already when it was first seen.
    pub fn was_over(&self) -> bool {
        self.was_over
    }

    /// The checks that failed, if the last ones did.
    pub fn failing(&self) -> Option<&Failing> {
        self.failing.as_ref()
    }
}

/// Whether a credential was seen before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sighting {
    /// Never.
    First,
    /// It was.
    Later,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn until(day: &str) -> Facts {
        Facts {
            expires: Some(format!("{day}T23:59:59Z").parse().unwrap()),
            ..Facts::default()
        }
    }

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    #[test]
    fn only_a_later_end_than_ever_is_a_renewal() {
        let mut history = History::default();
        let at = "2026-11-01T08:00:00Z".parse().unwrap();
        let mut renewed = |end: &str| {
            history.saw(&until(end), at, Sighting::Later);
            history.renewed_to().map(|day| day.to_string())
        };
        assert_eq!(renewed("2026-12-01"), None);
        assert_eq!(renewed("2027-12-01").as_deref(), Some("2027-12-01"));
        assert_eq!(renewed("2026-12-01").as_deref(), Some("2027-12-01"));
        assert_eq!(renewed("2027-12-01").as_deref(), Some("2027-12-01"));
        assert_eq!(renewed("2028-12-01").as_deref(), Some("2028-12-01"));
    }

    #[test]
    fn three_failed_runs_on_one_day_are_one() {
        let mut history = History::default();
        for at in [1, 1, 1, 2] {
            history.missed("not-found", day(at));
        }
        assert_eq!(history.failing().unwrap().days, 2);
    }

    #[test]
    fn a_link_that_comes_and_goes_is_one_story() {
        let mut history = History::default();
        for at in 1..=3 {
            history.missed("not-found", day(at));
        }
        let since = history.failing().unwrap().since;
        let sound = |history: &mut History, on: u32| {
            let at = day(on).and_hms_opt(8, 0, 0).unwrap().and_utc();
            history.saw(&until("2027-12-01"), at, Sighting::Later);
        };
        sound(&mut history, 4);
        history.missed("not-found", day(5));
        assert_eq!(history.failing().unwrap().since, since);
        for on in [6, 6, 7] {
            sound(&mut history, on);
        }
        assert!(history.failing().is_some());
        sound(&mut history, 8);
        assert_eq!(history.failing(), None);
    }

    #[test]
    fn one_bad_day_is_forgotten_by_one_good_one() {
        let mut history = History::default();
        history.missed("not-found", day(1));
        let at = "2026-11-02T08:00:00Z".parse().unwrap();
        history.saw(&until("2027-12-01"), at, Sighting::Later);
        assert_eq!(history.failing(), None);
    }
}
