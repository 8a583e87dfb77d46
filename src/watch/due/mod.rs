//! Which steps are due for a credential on a day. No clock, no files.
//!
//! A step is due by the state of a credential and not by the day on which it was reached: what
//! a missed month skipped is there still, as the most urgent step of its [`Chain`]. Milder
//! ones are done with it, and nothing is ever due twice in one [`Due::scope`].

mod thresholds;

#[cfg(test)]
mod cases;
#[cfg(test)]
mod orders;

use chrono::{DateTime, NaiveDate, Utc};

pub use thresholds::Thresholds;

use super::{History, RenewalPlan};
use crate::catalog::State;
use crate::lifecycle::{RenewalState, Standing, Status, Validity};
use crate::notify::Step;

/// So many days a retirement is news to holders who lose nothing by it.
const NEWS_DAYS: i64 = 90;

/// What a step follows from.
#[derive(Debug, Clone, Copy)]
pub struct Situation<'a> {
    /// What the issuer said, on the day; `None` where it never said anything.
    pub standing: Option<&'a Standing<'a>>,
    /// What happened from check to check.
    pub history: &'a History,
    /// Whether its holder wants to let it end.
    pub plan: RenewalPlan,
    /// How many days before the deadline people are told.
    pub days: &'a [u16],
}

/// The day that steps are worked out for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// The day in UTC, as expiries are.
    pub today: NaiveDate,
    /// So many days right after it nobody can be told anything, as on weekends. What becomes
    /// due then is due today.
    pub pause: u16,
}

impl Day {
    /// A day after which people can be told every day.
    pub fn of(instant: DateTime<Utc>) -> Self {
        Self {
            today: instant.date_naive(),
            pause: 0,
        }
    }
}

/// A step that is due.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Due {
    /// What there is to tell.
    pub step: Step,
    /// Within what it is told once: a term's last day, with the deadline where days are
    /// counted; the first day of failing; nothing where it is told once for ever.
    pub scope: String,
}

/// Steps of which only the most urgent is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Chain {
    /// From a renewal to the deadline.
    Term,
    /// The end.
    End,
    /// The end of the certification.
    Retirement,
    /// Taken back.
    Revocation,
    /// The link.
    Link,
}

impl Chain {
    /// The chain of a step.
    pub const fn of(step: Step) -> Self {
        match step {
            Step::Renewed | Step::WindowOpen | Step::DaysLeft(_) | Step::LastDay => Self::Term,
            Step::Expired | Step::LastKnownEnd => Self::End,
            Step::RetirementAnnounced | Step::NeverRenewableAgain | Step::Retired => {
                Self::Retirement
            }
            Step::Revoked => Self::Revocation,
            Step::NotVerifiable => Self::Link,
        }
    }
}

/// How urgent a step is within its chain.
const fn urgency(step: Step) -> u32 {
    match step {
        Step::Renewed | Step::RetirementAnnounced => 0,
        Step::WindowOpen | Step::NeverRenewableAgain | Step::LastKnownEnd => 1,
        Step::DaysLeft(days) => 2 + (u16::MAX - days) as u32,
        Step::LastDay => u32::MAX,
        Step::Retired | Step::Expired | Step::Revoked | Step::NotVerifiable => 2,
    }
}

impl Due {
    fn new(step: Step, scope: impl Into<String>) -> Self {
        let scope = scope.into();
        Self { step, scope }
    }

    /// Whether nobody need be told of it who was told of `done`: the same, or a more urgent
    /// step of its chain in the same term.
    pub fn is_covered_by(&self, done: &Self) -> bool {
        if self == done {
            return true;
        }
        let chain = Chain::of(self.step);
        // A deadline is one of a term: what counts days in it covers what only names the term.
        let in_scope = done.scope == self.scope
            || done
                .scope
                .strip_prefix(&self.scope)
                .is_some_and(|rest| rest.starts_with('/'));
        matches!(chain, Chain::Term | Chain::End)
            && chain == Chain::of(done.step)
            && in_scope
            && urgency(done.step) >= urgency(self.step)
    }
}

/// The steps that are due, at most one of each chain.
pub fn due(situation: &Situation<'_>, day: Day) -> Vec<Due> {
    let mut due: Vec<Due> = link(situation).into_iter().collect();
    let Some(standing) = situation.standing.filter(|_| !situation.history.was_over()) else {
        return due;
    };
    match &standing.validity {
        Validity::CannotTell(_) => {}
        Validity::Revoked => due.push(Due::new(Step::Revoked, "")),
        Validity::Expired { since } => {
            // It may have been renewed under another number since its link was lost.
            let is_lost = situation.history.lost_since().is_some();
            let step = if is_lost {
                Step::LastKnownEnd
            } else {
                Step::Expired
            };
            due.push(Due::new(step, scope(*since)));
        }
        Validity::Valid { until } => {
            due.extend(retirement(standing, *until, situation.plan, day));
            due.extend(until.and_then(|until| term(situation, standing, until, day)));
        }
    }
    due
}

fn link(situation: &Situation<'_>) -> Option<Due> {
    let since = situation.history.lost_since()?;
    Some(Due::new(Step::NotVerifiable, since.to_string()))
}

fn retirement(
    standing: &Standing<'_>,
    until: Option<DateTime<Utc>>,
    plan: RenewalPlan,
    day: Day,
) -> Option<Due> {
    match standing.state {
        // Without an end it had nothing to be renewed: of old ones there is nothing to tell.
        State::Retired(on) if until.is_none() && !is_news(on, day) => None,
        State::Retired(_) => Some(Due::new(Step::Retired, "")),
        _ if plan == RenewalPlan::LetEnd => None,
        _ if standing.renewal.state == RenewalState::Impossible => {
            Some(Due::new(Step::NeverRenewableAgain, scope(until)))
        }
        State::Retiring(on) => {
            let on = on.map(|on| on.to_string());
            Some(Due::new(Step::RetirementAnnounced, on.unwrap_or_default()))
        }
        State::Current | State::Unknown => None,
    }
}

fn term(
    situation: &Situation<'_>,
    standing: &Standing<'_>,
    until: DateTime<Utc>,
    day: Day,
) -> Option<Due> {
    let end = until.date_naive();
    if situation.plan == RenewalPlan::Renew
        && let Some(due) = countdown(standing, end, situation.days, day)
    {
        return Some(due);
    }
    let is_renewed = situation.history.renewed_to() == Some(end);
    is_renewed.then(|| Due::new(Step::Renewed, end.to_string()))
}

/// The days before the deadline, once something can be done about it; or before the end where
/// nothing can.
fn countdown(standing: &Standing<'_>, end: NaiveDate, days: &[u16], day: Day) -> Option<Due> {
    let is_open = standing.status == Status::NeedsRenewal;
    let can_be_renewed = standing.renewal.state != RenewalState::Impossible;
    if can_be_renewed && !is_open {
        return None;
    }
    let deadline = standing.renewal.deadline.unwrap_or(end);
    let scope = format!("{end}/{deadline}");
    let left = (deadline - day.today).num_days();
    if left <= 0 {
        return Some(Due::new(Step::LastDay, scope));
    }
    // What would be due in the pause that follows is due now, but the last day is not today.
    let reached = (left - i64::from(day.pause)).max(1);
    let passed = days
        .iter()
        .copied()
        .filter(|days| reached <= i64::from(*days))
        .min();
    match passed {
        Some(days) => Some(Due::new(Step::DaysLeft(days), scope)),
        None => is_open.then(|| Due::new(Step::WindowOpen, end.to_string())),
    }
}

/// Whether it happened lately.
fn is_news(on: Option<NaiveDate>, day: Day) -> bool {
    on.is_some_and(|on| (day.today - on).num_days() <= NEWS_DAYS)
}

/// A term is known by its last day.
fn scope(until: Option<DateTime<Utc>>) -> String {
    until.map_or_else(String::new, |until| until.date_naive().to_string())
}
