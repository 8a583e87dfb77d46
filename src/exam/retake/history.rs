//! What was told of somebody's attempts, put in order.

use chrono::{DateTime, Utc};

use super::super::moment::{Moment, Said};
use super::{Programme, YEAR};

/// What is told of somebody's attempts at one exam, in any order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// By whose rules.
    pub programme: Programme,
    /// Every attempt, failed or passed.
    pub attempts: Vec<Moment>,
    /// When it was passed.
    pub passed: Option<Moment>,
    /// The end of the certification that the pass led to.
    pub certification_expired: Option<Moment>,
}

/// How many of what was told did not count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// After the instant of judgement.
    pub future: usize,
    /// Told twice.
    pub doubled: usize,
}

impl History {
    /// Nothing happened yet.
    pub const fn of(programme: Programme) -> Self {
        Self {
            programme,
            attempts: Vec::new(),
            passed: None,
            certification_expired: None,
        }
    }

    /// The same without what lies after an instant.
    pub(super) fn until(&self, as_of: DateTime<Utc>) -> Self {
        let has_been = |moment: &Moment| moment.earliest() <= as_of;
        Self {
            attempts: self.attempts.iter().copied().filter(has_been).collect(),
            passed: self.passed.filter(has_been),
            ..self.clone()
        }
    }

    pub(super) fn told(&self, as_of: DateTime<Utc>) -> Told {
        let past = self.until(as_of);
        let future = self.attempts.len() - past.attempts.len()
            + usize::from(self.passed.is_some() && past.passed.is_none());
        let mut attempts = each_once(past.attempts.clone());
        let doubled = past.attempts.len() - attempts.len();
        let passed = past.passed.map(|passed| {
            // The pass was an attempt too, and may have been told as one.
            let told = attempts.iter().rev().find(|one| one.may_be(passed));
            told.copied().unwrap_or_else(|| {
                attempts.push(passed);
                attempts.sort_unstable_by_key(|one| one.latest());
                passed
            })
        });
        Told {
            attempts,
            passed,
            expired: past.certification_expired.map(Moment::latest),
            left_out: LeftOut { future, doubled },
        }
    }
}

/// In order, each once. A day on which an exact attempt was told as well is that attempt:
/// 24 hours lie between any two.
fn each_once(mut attempts: Vec<Moment>) -> Vec<Moment> {
    attempts.sort_unstable_by_key(|one| (one.latest(), one.said()));
    attempts.dedup_by_key(|one| (one.latest(), one.earliest()));
    let exact: Vec<Moment> = attempts
        .iter()
        .copied()
        .filter(|one| one.said() != Said::AsDay)
        .collect();
    attempts.retain(|one| {
        let is_told = || {
            let first = exact.partition_point(|exact| exact.latest() < one.earliest());
            exact.get(first).is_some_and(|exact| exact.may_be(*one))
        };
        one.said() != Said::AsDay || !is_told()
    });
    attempts
}

/// What counts of a history, in order.
#[derive(Debug)]
pub(super) struct Told {
    attempts: Vec<Moment>,
    pub(super) passed: Option<Moment>,
    expired: Option<DateTime<Utc>>,
    pub(super) left_out: LeftOut,
}

impl Told {
    /// Until when a pass holds one back: `None` where nothing was passed, nothing inside
    /// where the end is not known. A pass after the certification's end is a new one.
    #[expect(
        clippy::option_option,
        reason = "held back without a known end is not the same as not held back"
    )]
    pub(super) fn held(&self) -> Option<Option<DateTime<Utc>>> {
        match (self.passed, self.expired) {
            (None, None) => None,
            (None, Some(expired)) => Some(Some(expired)),
            (Some(passed), expired) => {
                Some(expired.filter(|expired| *expired >= passed.earliest()))
            }
        }
    }

    /// The attempts by years; without a yearly limit one that does not end.
    pub(super) fn years(&self, programme: Programme) -> Vec<Year> {
        let mut years: Vec<Year> = Vec::new();
        for attempt in &self.attempts {
            match years.last_mut() {
                Some(year) if year.ends_at().is_none_or(|end| attempt.latest() < end) => {
                    year.attempts.push(*attempt);
                }
                _ => years.push(Year {
                    programme,
                    attempts: vec![*attempt],
                }),
            }
        }
        years
    }
}

/// The attempts of the 12 months from the first of them.
#[derive(Debug)]
pub(super) struct Year {
    programme: Programme,
    /// At least one.
    attempts: Vec<Moment>,
}

impl Year {
    pub(super) fn attempts(&self) -> usize {
        self.attempts.len()
    }

    pub(super) fn last(&self) -> Moment {
        *self.attempts.last().expect("a year begins with an attempt")
    }

    /// `None` without a yearly limit.
    pub(super) fn ends_at(&self) -> Option<DateTime<Utc>> {
        match self.programme {
            Programme::Standard => self.attempts[0].latest().checked_add_months(YEAR),
            Programme::OfficeSpecialist => None,
        }
    }
}
