//! What happened to a watched credential from check to check.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::Facts;

/// So many days of failed checks make a link one that can no longer be verified.
pub const FAILED_DAYS: u32 = 3;

/// So many days of good checks end that again, so that a link that comes and goes is told of
/// once.
const SOUND_DAYS: u32 = 3;

/// On so many days in a row the issuer gives an end before it stands by it.
const SETTLED_DAYS: u32 = 3;

/// What no single answer tells.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct History {
    /// The last day that the issuer stands by: the first it ever gave, until it gave another
    /// on several days in a row. (Earlier versions kept the latest day that it ever gave.)
    #[serde(alias = "furthest", skip_serializing_if = "Option::is_none")]
    settled: Option<NaiveDate>,
    /// Another last day that the issuer gave lately.
    #[serde(skip_serializing_if = "Option::is_none")]
    rival: Option<Rival>,
    /// The last day of the term that a renewal began.
    #[serde(skip_serializing_if = "Option::is_none")]
    renewed_to: Option<NaiveDate>,
    /// Whether it was over already when it was first seen, as old ones in a transcript are.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    was_over: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    failing: Option<Failing>,
}

/// A last day other than the one that the issuer stands by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Rival {
    end: NaiveDate,
    /// On how many different days in a row it was given.
    days: u32,
    /// The last of them.
    last: NaiveDate,
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
    /// A term that ends later than the one that the issuer stands by is a renewal, at once. An
    /// answer that goes back to an earlier term is none. Whichever term it gives on several
    /// days in a row is the one it stands by from then on, so that a later end that was given
    /// by mistake does not hide a renewal for ever.
    pub fn saw(&mut self, facts: &Facts, at: DateTime<Utc>, first: Sighting) {
        if let Some(expires) = facts.expires {
            self.note_end(expires.date_naive(), at.date_naive());
        }
        if first == Sighting::First {
            let is_past = facts.expires.is_none_or(|expires| expires < at);
            self.was_over = facts.is_historical() && is_past;
        } else if facts.expires.is_some_and(|expires| expires >= at) {
            self.was_over = false;
        }
        self.note_sound(at.date_naive());
    }

    fn note_end(&mut self, end: NaiveDate, day: NaiveDate) {
        let settled = *self.settled.get_or_insert(end);
        if end > settled {
            self.renewed_to = Some(end);
        }
        let days = match &self.rival {
            Some(rival) if rival.end == end && rival.last == day => rival.days,
            Some(rival) if rival.end == end => rival.days + 1,
            _ => 1,
        };
        let is_settled = end == settled || days >= SETTLED_DAYS;
        if is_settled {
            self.settled = Some(end);
        }
        let last = day;
        self.rival = (!is_settled).then_some(Rival { end, days, last });
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

    /// Since when its link cannot be verified, where that is so today: what is known of it may
    /// no longer be so.
    pub fn lost_since(&self) -> Option<NaiveDate> {
        let failing = self.failing.as_ref()?;
        (failing.days >= FAILED_DAYS && failing.sound_days == 0).then_some(failing.since)
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
    use proptest::prelude::*;

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

    /// Days of November with the year of the end that was given on each, and the renewal that
    /// is known then.
    type Answers = &'static [(u32, i32, Option<i32>)];

    const ANSWERS: &[(&str, Answers)] = &[
        (
            "a later end is a renewal at once, and going back and forth is none",
            &[
                (1, 2026, None),
                (2, 2027, Some(2027)),
                (3, 2026, Some(2027)),
                (4, 2027, Some(2027)),
                (5, 2028, Some(2028)),
            ],
        ),
        (
            "an end far away that was given by mistake hides no renewal",
            &[
                (1, 2026, None),
                (2, 2035, Some(2035)),
                (3, 2026, Some(2035)),
                (4, 2027, Some(2027)),
            ],
        ),
        (
            "nor where the renewal comes right behind it",
            &[
                (1, 2026, None),
                (2, 2035, Some(2035)),
                (3, 2027, Some(2027)),
            ],
        ),
        (
            "nor where it was the first answer of all, once another was given for days",
            &[
                (1, 2035, None),
                (2, 2026, None),
                (3, 2026, None),
                (4, 2026, None),
                (5, 2027, Some(2027)),
            ],
        ),
        (
            "two days are not enough, and answers of one day are one",
            &[
                (1, 2035, None),
                (2, 2026, None),
                (2, 2026, None),
                (3, 2026, None),
                (4, 2027, None),
            ],
        ),
        (
            "days that are not in a row begin anew",
            &[
                (1, 2035, None),
                (2, 2026, None),
                (3, 2026, None),
                (4, 2035, None),
                (5, 2026, None),
                (6, 2027, None),
            ],
        ),
        (
            "an end that the issuer takes back for good is no renewal",
            &[
                (1, 2028, None),
                (2, 2027, None),
                (3, 2027, None),
                (4, 2027, None),
            ],
        ),
    ];

    fn ending(year: i32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, 12, 1).unwrap()
    }

    fn saw(history: &mut History, on: u32, year: i32) {
        let at = day(on).and_hms_opt(8, 0, 0).unwrap().and_utc();
        history.saw(&until(&ending(year).to_string()), at, Sighting::Later);
    }

    #[test]
    fn a_later_end_than_the_one_that_the_issuer_stands_by_is_a_renewal() {
        for (what, answers) in ANSWERS {
            let mut history = History::default();
            for (on, year, renewed_to) in *answers {
                saw(&mut history, *on, *year);
                let renewed_to = renewed_to.map(ending);
                assert_eq!(history.renewed_to(), renewed_to, "{what}, on {on}");
            }
        }
    }

    #[test]
    fn what_an_earlier_version_kept_is_read() {
        let mut history: History = serde_json::from_str(r#"{"furthest":"2035-12-01"}"#).unwrap();
        for on in 1..=3 {
            saw(&mut history, on, 2026);
        }
        saw(&mut history, 4, 2027);
        assert_eq!(history.renewed_to(), Some(ending(2027)));
        let text = serde_json::to_string(&history).unwrap();
        assert_eq!(serde_json::from_str::<History>(&text).unwrap(), history);
    }

    proptest! {
        /// Whatever was answered before, what the issuer stands by is known after three days,
        /// and what is later than that is a renewal at once.
        #[test]
        fn no_answer_hides_a_renewal_for_ever(
            answers in prop::collection::vec((1u32..28, 2026i32..2040), 0..40),
            stands_by in 2026i32..2040,
            more in 1i32..5,
        ) {
            let mut history = History::default();
            let mut seen = std::collections::BTreeSet::new();
            for (on, year) in answers {
                saw(&mut history, on, year);
                seen.insert(ending(year));
                // What is told as a renewal was answered, and something earlier before it.
                if let Some(to) = history.renewed_to() {
                    prop_assert!(seen.contains(&to) && seen.first() < Some(&to));
                }
            }
            for on in 28..=30 {
                saw(&mut history, on, stands_by);
            }
            saw(&mut history, 30, stands_by + more);
            prop_assert_eq!(history.renewed_to(), Some(ending(stands_by + more)));
        }
    }

    #[test]
    fn a_link_is_lost_on_the_third_day_and_found_on_the_first() {
        let mut history = History::default();
        for at in 1..=2 {
            history.missed("not-found", day(at));
            assert_eq!(history.lost_since(), None);
        }
        history.missed("not-found", day(3));
        assert_eq!(history.lost_since(), Some(day(1)));
        saw(&mut history, 4, 2027);
        assert_eq!(history.lost_since(), None);
        history.missed("not-found", day(5));
        assert_eq!(history.lost_since(), Some(day(1)));
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
