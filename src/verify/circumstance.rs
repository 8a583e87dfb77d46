//! What the circumstances of an answer say of it: who answered, when, and by which clock.

use chrono::{DateTime, TimeDelta, Utc};

use super::AsOf;
use super::answer::Answer;
use crate::finding::{Code, Finding};
use crate::source::{Answerer, Evidence, Origin};

/// Clocks further apart than this are worth a word.
const SKEW_SAID: TimeDelta = TimeDelta::minutes(5);

/// Evidence older than this on the day of judgement may have been overtaken.
const STALE_AFTER: TimeDelta = TimeDelta::hours(24);

/// What was seen around an answer.
#[derive(Debug, Default)]
pub(super) struct Circumstance {
    pub(super) findings: Vec<Finding>,
    /// Now by the service's clock, where this machine's says otherwise and was asked.
    pub(super) service_now: Option<DateTime<Utc>>,
}

pub(super) fn look(answer: &Answer, as_of: AsOf) -> Circumstance {
    let Some(evidence) = answer.evidence() else {
        return Circumstance {
            findings: answerer(answer).into_iter().collect(),
            ..Circumstance::default()
        };
    };
    let skew = skew(evidence);
    let apart = skew.filter(|skew| skew.abs() > SKEW_SAID);
    Circumstance {
        service_now: match as_of {
            AsOf::Clock(now) => apart.map(|apart| now + apart),
            AsOf::Given(_) => None,
        },
        findings: [
            answerer(answer),
            stale(evidence, as_of),
            apart.map(clock_skew),
        ]
        .into_iter()
        .flatten()
        .collect(),
    }
}

fn answerer(answer: &Answer) -> Option<Finding> {
    match answer.answerer() {
        Answerer::Issuer => None,
        Answerer::Other(host) => {
            let message = format!(
                "Not the issuer's own host but {host} was asked: the result does not prove that \
                 the issuer said so."
            );
            Some(Finding::new(Code::NotTheIssuer, message))
        }
        Answerer::Unknown => Some(Finding::new(
            Code::UnprovenEvidence,
            "Nothing says who answered: anyone could have written this file.",
        )),
    }
}

fn stale(evidence: &Evidence, as_of: AsOf) -> Option<Finding> {
    if evidence.origin == Origin::Demo {
        return None;
    }
    let Some(fetched_at) = evidence.fetched_at else {
        let message = "When this evidence was received is not known: it may have been overtaken.";
        return Some(Finding::new(Code::StaleEvidence, message));
    };
    let age = as_of.instant() - fetched_at;
    (age > STALE_AFTER).then(|| {
        let days = age.num_days();
        let message = format!(
            "Received on {}, {days} {} before the day in question: what happened since is not in it.",
            fetched_at.date_naive(),
            if days == 1 { "day" } else { "days" },
        );
        Finding::new(Code::StaleEvidence, message)
    })
}

/// How far the service's clock was ahead of this machine's when it answered just now.
fn skew(evidence: &Evidence) -> Option<TimeDelta> {
    match evidence.origin {
        Origin::Network | Origin::Cache => Some(evidence.service_date? - evidence.fetched_at?),
        Origin::Evidence | Origin::Demo => None,
    }
}

fn clock_skew(apart: TimeDelta) -> Finding {
    let (amount, unit) = match apart.abs() {
        far if far > TimeDelta::hours(48) => (far.num_days(), "days"),
        far if far > TimeDelta::hours(2) => (far.num_hours(), "hours"),
        near => (near.num_minutes(), "minutes"),
    };
    let direction = if apart > TimeDelta::zero() {
        "behind"
    } else {
        "ahead of"
    };
    let message = format!(
        "This machine's clock is {amount} {unit} {direction} the service's: check the date."
    );
    Finding::new(Code::ClockSkew, message)
}
