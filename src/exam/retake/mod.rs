//! When may an exam be taken again?
//!
//! | rule | standard | Office Specialist |
//! |---|---|---|
//! | after the first failed attempt | 24 hours | 24 hours |
//! | after each later one | 14 days | 2 days |
//! | attempts in the 12 months from the first | 5 | no limit |
//! | after a pass | not until the certification has expired | likewise |
//!
//! The 12 months begin with an attempt and end at the same time of the same date a year
//! later (29 February: on the 28th); the next attempt after that begins a new year, and is
//! the first one of it. Where two rules wait, the later instant decides.

mod history;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Duration, Months, Utc};

use super::moment::Moment;
pub use history::{History, LeftOut};
use history::{Told, Year};

/// Attempts in a year.
pub const PER_YEAR: usize = 5;
const YEAR: Months = Months::new(12);

/// By whose rules an exam is taken again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Programme {
    /// Role-based, specialty and fundamentals exams.
    #[default]
    Standard,
    /// Microsoft Office Specialist.
    OfficeSpecialist,
}

impl Programme {
    /// The word used on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::OfficeSpecialist => "office-specialist",
        }
    }
}

/// The rule that decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// 24 hours after the first failed attempt.
    FirstRetake,
    /// 14 days after each later one.
    LaterRetake,
    /// Of Office Specialist: two days after each later one.
    LaterRetakeOfficeSpecialist,
    /// A passed exam waits until its certification has expired.
    AlreadyPassed,
    /// Five attempts in the 12 months from the first.
    FiveInTwelveMonths,
    /// Nothing to wait for: no attempt counts yet.
    NoAttemptYet,
    /// No rule is in the way any more.
    None,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Self; 7] = [
        Self::FirstRetake,
        Self::LaterRetake,
        Self::LaterRetakeOfficeSpecialist,
        Self::AlreadyPassed,
        Self::FiveInTwelveMonths,
        Self::NoAttemptYet,
        Self::None,
    ];

    /// The word used in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FirstRetake => "first-retake-24h",
            Self::LaterRetake => "later-retake-14d",
            Self::LaterRetakeOfficeSpecialist => "later-retake-2d",
            Self::AlreadyPassed => "already-passed",
            Self::FiveInTwelveMonths => "five-in-12-months",
            Self::NoAttemptYet => "no-attempt-yet",
            Self::None => "none",
        }
    }

    /// How long it makes one wait after an attempt.
    const fn wait(self) -> Duration {
        match self {
            Self::FirstRetake => Duration::hours(24),
            Self::LaterRetake => Duration::days(14),
            Self::LaterRetakeOfficeSpecialist => Duration::days(2),
            _ => Duration::zero(),
        }
    }
}

/// Whether an exam may be taken, on an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Whether the rules allow it now.
    pub eligible: bool,
    /// The earliest instant that they allow; it may lie in the past. `None` where nothing
    /// was ever in the way, and where no instant is known.
    pub next_eligible_at: Option<DateTime<Utc>>,
    /// Attempts in the year that runs; without a yearly limit all of them.
    pub used: usize,
    /// Attempts that are left in it; `None` without a yearly limit.
    pub left: Option<usize>,
    /// When the year that runs ends.
    pub year_ends_at: Option<DateTime<Utc>>,
    /// The rule that decides.
    pub rule: Rule,
    /// The last attempt that counted.
    pub last_attempt: Option<Moment>,
    /// Whether the count began anew after an earlier year: the policy does not say whether
    /// the first wait of a new year is the short one again.
    pub began_anew: bool,
    /// What was told and did not count.
    pub left_out: LeftOut,
}

/// A later attempt, on the earliest instant that the rules allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Planned {
    /// The earliest instant.
    pub at: DateTime<Utc>,
    /// Which attempt of its year it is; without a yearly limit, of all.
    pub number: usize,
    /// The rule that made it wait.
    pub rule: Rule,
}

/// Judges a history on an instant. Attempts after it do not count.
///
/// ```
/// use bonafide::exam::moment::Moment;
/// use bonafide::exam::retake::{History, Programme, Rule, judge};
///
/// let attempts = ["2026-11-10T10:00Z", "2026-11-01T10:00Z"];
/// let history = History {
///     attempts: attempts.iter().map(|text| Moment::parse(text).unwrap()).collect(),
///     ..History::of(Programme::Standard)
/// };
/// let answer = judge(&history, "2026-11-22T00:00:00Z".parse().unwrap());
/// assert!(!answer.eligible);
/// assert_eq!(answer.next_eligible_at, "2026-11-24T10:00:00Z".parse().ok());
/// assert_eq!(answer.rule, Rule::LaterRetake);
/// ```
pub fn judge(history: &History, as_of: DateTime<Utc>) -> Answer {
    let told = history.told(as_of);
    let years = told.years(history.programme);
    let year = years.last();
    let latest = waits(&told, year, history.programme)
        .into_iter()
        .max_by_key(|wait| (wait.until, wait.rule));
    let next = match latest {
        Some(Wait {
            until: Until::At(at),
            ..
        }) => Some(at),
        _ => None,
    };
    let eligible = match &latest {
        None => true,
        Some(wait) => matches!(wait.until, Until::At(at) if at <= as_of),
    };
    let rule = match latest {
        Some(wait) if !eligible => wait.rule,
        None if year.is_none() => Rule::NoAttemptYet,
        _ => Rule::None,
    };
    let running = year.filter(|year| year.ends_at().is_none_or(|end| as_of < end));
    let used = running.map_or(0, Year::attempts);
    let is_limited = history.programme == Programme::Standard;
    Answer {
        eligible,
        next_eligible_at: next,
        used,
        left: is_limited.then_some(PER_YEAR.saturating_sub(used)),
        year_ends_at: running.and_then(Year::ends_at),
        rule,
        last_attempt: year.map(Year::last),
        began_anew: years.len() > 1 && running.is_some_and(|year| year.attempts() == 1),
        left_out: told.left_out,
    }
}

/// The earliest instants of the next attempts, each failed in turn. Shorter where the rules
/// allow no more.
pub fn plan(history: &History, as_of: DateTime<Utc>, count: usize) -> Vec<Planned> {
    let mut history = history.until(as_of);
    let mut now = as_of;
    let mut planned = Vec::new();
    while planned.len() < count {
        let answer = judge(&history, now);
        let at = match (answer.eligible, answer.next_eligible_at) {
            (true, _) => now,
            (false, Some(at)) => at,
            (false, None) => break,
        };
        history.attempts.push(Moment::exactly(at));
        now = at;
        planned.push(Planned {
            at,
            number: judge(&history, now).used,
            rule: answer.rule,
        });
    }
    planned
}

/// Something to wait for.
#[derive(Debug, Clone, Copy)]
struct Wait {
    until: Until,
    rule: Rule,
}

/// How long one must wait. What is not known is later than any instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Until {
    At(DateTime<Utc>),
    NotKnown,
}

impl Until {
    fn of(at: Option<DateTime<Utc>>) -> Self {
        at.map_or(Self::NotKnown, Self::At)
    }
}

fn waits(told: &Told, year: Option<&Year>, programme: Programme) -> Vec<Wait> {
    let held = told.held().map(|until| Wait {
        until: until.map_or(Until::NotKnown, |last| {
            Until::of(last.checked_add_signed(Duration::seconds(1)))
        }),
        rule: Rule::AlreadyPassed,
    });
    let Some(year) = year else {
        return held.into_iter().collect();
    };
    // After a pass there is nothing to try again; what holds one back is the pass itself.
    let failed = told.passed.is_none_or(|passed| year.last() > passed);
    let after_failing = failed.then(|| {
        let rule = match (year.attempts(), programme) {
            (1, _) => Rule::FirstRetake,
            (_, Programme::Standard) => Rule::LaterRetake,
            (_, Programme::OfficeSpecialist) => Rule::LaterRetakeOfficeSpecialist,
        };
        Wait {
            until: Until::of(year.last().latest().checked_add_signed(rule.wait())),
            rule,
        }
    });
    let is_full = programme == Programme::Standard && year.attempts() >= PER_YEAR;
    let next_year = is_full.then(|| Wait {
        until: Until::of(year.ends_at()),
        rule: Rule::FiveInTwelveMonths,
    });
    held.into_iter()
        .chain(after_failing)
        .chain(next_year)
        .collect()
}
