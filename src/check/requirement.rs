//! How good a standing must be, and how long it must last.

use chrono::{DateTime, NaiveDate, Utc};

use crate::catalog::State;
use crate::finding::{Code, Finding};
use crate::lifecycle::{Standing, Status, Validity};
use crate::record::CredentialKind;

/// How good a standing must be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Require {
    /// In force: active, in need of renewal, or retired and not yet expired.
    #[default]
    Valid,
    /// Active, and neither in need of renewal nor retired.
    Active,
}

impl Require {
    /// Reads the word of [`Require::as_str`].
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Valid, Self::Active]
            .into_iter()
            .find(|require| require.as_str() == word)
    }

    /// The word used in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Active => "active",
        }
    }
}

/// Checks a valid credential against `--require active`. Anything else is failed or left
/// undetermined by its status already.
pub(super) fn check(standing: &Standing<'_>, require: Require) -> Option<Finding> {
    if require == Require::Valid {
        return None;
    }
    let state_unknown =
        standing.state == State::Unknown && standing.kind != CredentialKind::AppliedSkill;
    match standing.status {
        Status::NeedsRenewal | Status::Retired => Some(Finding::new(
            Code::RequirementUnmet,
            format!("Required active, but it is {}.", standing.status),
        )),
        Status::Active if state_unknown => Some(Finding::new(
            Code::RequirementUncertain,
            "Required active, but whether the certification is retired is not known.",
        )),
        _ => None,
    }
}

/// Checks that a valid credential lasts through `day`.
pub(super) fn check_end(standing: &Standing<'_>, day: Option<NaiveDate>) -> Option<Finding> {
    let day = day?;
    match &standing.validity {
        // Through a day is to its last second.
        Validity::Valid { until: Some(until) } if *until < last_second(day)? => Some(Finding::new(
            Code::ExpiresTooSoon,
            format!(
                "It must last through {day}, but ends on {}.",
                until.format("%Y-%m-%d %H:%M:%S UTC")
            ),
        )),
        _ => None,
    }
}

fn last_second(day: NaiveDate) -> Option<DateTime<Utc>> {
    Some(day.and_hms_opt(23, 59, 59)?.and_utc())
}
