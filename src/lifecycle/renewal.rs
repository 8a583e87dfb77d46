//! Where the renewal window stands.

use chrono::{DateTime, Months, NaiveDate, Utc};

use super::{Known, Validity};
use crate::catalog::State;

/// The window opens so many calendar months before the expiry date in UTC, clamped to
/// the month's end. The page says "within six months" (official), not months or 180
/// days: people are told "on or about".
const WINDOW: Months = Months::new(6);

/// Where a renewal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RenewalState {
    /// The window opens later.
    NotOpen,
    /// The window is open.
    Open,
    /// Too late: there is no grace period.
    Closed,
    /// The credential does not end.
    NotRequired,
    /// Retired or revoked, or the window would open after the retirement.
    Impossible,
    /// Cannot be told.
    Unknown,
}

impl RenewalState {
    /// The word used in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotOpen => "not-open",
            Self::Open => "open",
            Self::Closed => "closed",
            Self::NotRequired => "not-required",
            Self::Impossible => "impossible",
            Self::Unknown => "unknown",
        }
    }
}

/// The renewal of one credential, on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renewal {
    /// Where it stands.
    pub state: RenewalState,
    /// The first day of the window (UTC), on or about.
    pub opens_on: Option<NaiveDate>,
    /// The last day on which it can be renewed: the earlier of expiry and retirement.
    pub deadline: Option<NaiveDate>,
    /// The page where it is renewed.
    pub url: Option<String>,
    /// Whether something must be done about its end now: the window is open, or would be
    /// if the catalogue knew that there is one.
    pub(super) is_due: bool,
}

impl Renewal {
    pub(super) const fn unknown() -> Self {
        Self::of(RenewalState::Unknown)
    }

    pub(super) const fn of(state: RenewalState) -> Self {
        Self {
            state,
            opens_on: None,
            deadline: None,
            url: None,
            is_due: false,
        }
    }
}

pub(super) fn judge(
    validity: &Validity,
    state: State,
    known: &Known<'_>,
    as_of: DateTime<Utc>,
) -> Renewal {
    match validity {
        Validity::CannotTell(_) => Renewal::unknown(),
        Validity::Revoked => Renewal::of(RenewalState::Impossible),
        Validity::Expired { since } => Renewal {
            opens_on: since.and_then(opens_on),
            ..Renewal::of(RenewalState::Closed)
        },
        Validity::Valid { until: None } => Renewal::of(RenewalState::NotRequired),
        Validity::Valid {
            until: Some(expiry),
        } => window(*expiry, state, known, as_of),
    }
}

fn window(expiry: DateTime<Utc>, state: State, known: &Known<'_>, as_of: DateTime<Utc>) -> Renewal {
    let opens_on = opens_on(expiry);
    let is_open = opens_on.is_some_and(|opens| as_of.date_naive() >= opens);
    let dated = |state| Renewal {
        opens_on,
        ..Renewal::of(state)
    };
    let retires_on = match state {
        State::Retired(_) => return dated(RenewalState::Impossible),
        State::Unknown => None,
        State::Current | State::Retiring(_) => state.retires_on(),
    };
    if retires_on.is_some_and(|last| opens_on.is_some_and(|opens| opens > last)) {
        return dated(RenewalState::Impossible);
    }
    if state == State::Unknown || !known.is_renewable() {
        return Renewal {
            is_due: is_open,
            ..dated(RenewalState::Unknown)
        };
    }
    let last_day = expiry.date_naive();
    Renewal {
        deadline: Some(retires_on.map_or(last_day, |retires| retires.min(last_day))),
        url: known.renewal_url(),
        is_due: is_open,
        ..dated(if is_open {
            RenewalState::Open
        } else {
            RenewalState::NotOpen
        })
    }
}

fn opens_on(expiry: DateTime<Utc>) -> Option<NaiveDate> {
    expiry.date_naive().checked_sub_months(WINDOW)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_months_are_calendar_months_clamped_to_the_end() {
        for (expiry, opens) in [
            ("2026-08-31", "2026-02-28"),
            ("2028-08-29", "2028-02-29"),
            ("2028-08-30", "2028-02-29"),
            ("2028-08-31", "2028-02-29"),
            ("2027-03-31", "2026-09-30"),
            ("2027-05-22", "2026-11-22"),
            ("2027-05-14", "2026-11-14"),
        ] {
            let expiry = format!("{expiry}T23:59:59Z").parse().unwrap();
            assert_eq!(opens_on(expiry).unwrap().to_string(), opens, "{expiry}");
        }
    }
}
