//! What a reviewer should know of a record and its standing.

use chrono::{DateTime, Months, NaiveDate, Utc};

use super::validity::Doubt;
use super::{Known, Renewal, RenewalState, Validity};
use crate::catalog::{Expires, NameUsed, RetiresBasis, State};
use crate::finding::{Code, Finding};
use crate::record::{Authority, CredentialKind, IssuerStatus, Record, When};

/// Everything that findings are made of.
#[derive(Clone, Copy)]
pub(super) struct Facts<'a> {
    pub(super) record: &'a Record,
    pub(super) known: &'a Known<'a>,
    pub(super) kind: CredentialKind,
    pub(super) validity: &'a Validity,
    pub(super) state: State,
    pub(super) renewal: &'a Renewal,
    pub(super) as_of: DateTime<Utc>,
}

pub(super) fn gather(facts: &Facts<'_>) -> Vec<Finding> {
    [
        title_only(facts),
        other_badge(facts),
        unknown_certification(facts),
        renamed(facts),
        expiry_missing(facts),
        unreadable(facts),
        unknown_status(facts),
        status_disagrees(facts),
        order_of_dates(facts),
        unusual_validity(facts),
        retirement(facts),
        renewal(facts),
        old_knowledge(facts),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn title_only(facts: &Facts<'_>) -> Option<Finding> {
    (facts.record.authority == Authority::TitleOnly).then(|| {
        Finding::new(
            Code::TitleOnly,
            "Only the title could be confirmed, from the page behind the link: not the dates, \
             the status or the holder.",
        )
    })
}

fn other_badge(facts: &Facts<'_>) -> Option<Finding> {
    let title = facts.record.title.as_deref().unwrap_or_default();
    let what = match facts.kind {
        CredentialKind::Badge => "badge",
        CredentialKind::Exam => "passed exam",
        _ => return None,
    };
    let message = format!("{title} is a {what}, and no certification.");
    Some(Finding::new(Code::NotACertification, message))
}

fn unknown_certification(facts: &Facts<'_>) -> Option<Finding> {
    let unclear = match (facts.validity, &facts.record.strange_type) {
        (Validity::CannotTell(Doubt::NamesDisagree), _) => Some(
            "The service's title and its identifier are of different certifications.".to_owned(),
        ),
        (Validity::CannotTell(Doubt::UnknownType), Some(word)) => Some(format!(
            "The service calls it {word:?}, which is not known here."
        )),
        _ => None,
    };
    if let Some(message) = unclear {
        return Some(Finding::new(Code::UnknownCertification, message));
    }
    let has_no_state = matches!(
        facts.kind,
        CredentialKind::AppliedSkill | CredentialKind::Badge
    );
    if has_no_state || facts.state != State::Unknown || facts.record.title.is_none() {
        return None;
    }
    let message = match facts.known.entry() {
        None => "The catalogue does not know this title: whether it was retired cannot be told."
            .to_owned(),
        Some(entry) => format!(
            "The catalogue does not know whether {} is retired (as known on {}).",
            entry.title(),
            entry.known_on()
        ),
    };
    Some(Finding::new(Code::UnknownCertification, message))
}

/// The day of judgement decides, so that the same question has the same answer later.
fn old_knowledge(facts: &Facts<'_>) -> Option<Finding> {
    let entry = facts.known.entry()?;
    let is_over = matches!(facts.validity, Validity::Expired { .. } | Validity::Revoked)
        || matches!(facts.state, State::Retired(_));
    let day = facts.as_of.date_naive();
    (!is_over && entry.is_old_on(day)).then(|| {
        let message = format!(
            "What is known of {} is of {}, {} days before this day: it may have changed since.",
            entry.title(),
            entry.known_on(),
            (day - entry.known_on()).num_days()
        );
        Finding::new(Code::OldCatalogue, message)
    })
}

fn renamed(facts: &Facts<'_>) -> Option<Finding> {
    let entry = facts.known.entry()?;
    (facts.known.name_used() == Some(NameUsed::Former)).then(|| {
        let message = format!("The record uses an earlier name of {}.", entry.title());
        Finding::new(Code::CertificationRenamed, message)
    })
}

fn expiry_missing(facts: &Facts<'_>) -> Option<Finding> {
    if facts.record.authority != Authority::Issuer || facts.record.expires != When::Missing {
        return None;
    }
    let message = match facts.validity {
        Validity::CannotTell(Doubt::ExpiryMissing) => {
            "The service gives no expiry, though credentials of this certification end."
        }
        Validity::CannotTell(Doubt::ExpiryMissingTitleUnknown) => {
            "The service gives no expiry, and whether credentials of this title end is not known."
        }
        Validity::Valid { .. } if facts.known.expires() == Some(Expires::NeverUnconfirmed) => {
            "The service gives no expiry; that this certification does not expire is unconfirmed."
        }
        _ => return None,
    };
    Some(Finding::new(Code::ExpiryMissing, message))
}

fn unreadable(facts: &Facts<'_>) -> Option<Finding> {
    let of = |what: &str, when: &When| match when {
        When::Unreadable(text) => Some(format!("The {what} date cannot be read: {text:?}.")),
        When::Missing | When::At(_) => None,
    };
    of("expiry", &facts.record.expires)
        .or_else(|| of("earned", &facts.record.earned))
        .map(|message| Finding::new(Code::DateUnreadable, message))
}

fn unknown_status(facts: &Facts<'_>) -> Option<Finding> {
    match &facts.record.status {
        Some(IssuerStatus::Unknown(word)) => Some(Finding::new(
            Code::UnknownStatus,
            format!("The service gives the status {word:?}, which is not known here."),
        )),
        _ => None,
    }
}

fn status_disagrees(facts: &Facts<'_>) -> Option<Finding> {
    let record = facts.record;
    // The word is held against the dates on the day it was said: "Active" of today is not
    // wrong because somebody asks about a later day.
    let said_at = record.said_at.unwrap_or(facts.as_of).min(facts.as_of);
    let expiry = record.expires.instant();
    let message = match (&record.status, expiry) {
        (Some(IssuerStatus::Active), Some(expiry)) if said_at > expiry => format!(
            "The service says Active, but its expiry date {} has passed.",
            expiry.date_naive()
        ),
        (Some(IssuerStatus::Expired), Some(expiry))
            if record.is_said_to_have_expired() && facts.as_of <= expiry =>
        {
            let day = expiry.date_naive();
            format!("The service says Expired, but its expiry date is {day}.")
        }
        _ if *facts.validity == Validity::CannotTell(Doubt::HistoricalWithoutReason) => {
            "The transcript lists it as historical, but neither its status nor its dates say why."
                .to_owned()
        }
        _ => return None,
    };
    Some(Finding::new(Code::StatusDisagrees, message))
}

fn order_of_dates(facts: &Facts<'_>) -> Option<Finding> {
    if *facts.validity == Validity::CannotTell(Doubt::EarnedUnknown) {
        let message = format!(
            "The service does not say when it was earned: whether it was held already on {} cannot \
             be told.",
            facts.as_of.date_naive()
        );
        return Some(Finding::new(Code::EarnedInFuture, message).with_detail("not-given"));
    }
    let earned = facts.record.earned.instant()?;
    if facts
        .record
        .expires
        .instant()
        .is_some_and(|expiry| expiry < earned)
    {
        let message =
            "The expiry lies before the day it was earned: the dates cannot both be right.";
        return Some(Finding::new(Code::ExpiryBeforeEarned, message));
    }
    (earned.date_naive() > facts.as_of.date_naive()).then(|| {
        let message = format!(
            "Earned on {}, after the day in question ({}).",
            earned.date_naive(),
            facts.as_of.date_naive()
        );
        Finding::new(Code::EarnedInFuture, message)
    })
}

/// Renewal leaves the earned date alone and adds a year to the expiry, so a whole number
/// of years (± a day) is usual. Extensions exist, so anything else is only worth a look.
fn unusual_validity(facts: &Facts<'_>) -> Option<Finding> {
    let earned = facts.record.earned.instant()?.date_naive();
    let expiry = facts.record.expires.instant()?.date_naive();
    if expiry < earned || is_whole_years(earned, expiry) {
        return None;
    }
    let message =
        format!("From {earned} to {expiry} is no whole number of years, as terms usually are.");
    Some(Finding::new(Code::UnusualValidity, message))
}

fn is_whole_years(earned: NaiveDate, expiry: NaiveDate) -> bool {
    let years = u32::try_from((expiry - earned).num_days() / 365).unwrap_or(0);
    (years.max(1)..=years + 1).any(|years| {
        earned
            .checked_add_months(Months::new(12 * years))
            .is_some_and(|end| (end - expiry).num_days().abs() <= 1)
    })
}

fn retirement(facts: &Facts<'_>) -> Option<Finding> {
    let by_exam = facts
        .known
        .entry()
        .is_some_and(|entry| entry.retires_basis() == RetiresBasis::Exam);
    let basis = if by_exam {
        " (the date of its exam)"
    } else {
        ""
    };
    let (code, message) = match facts.state {
        State::Retiring(Some(day)) => (
            Code::CertificationRetiring,
            format!("The certification retires on {day}{basis}."),
        ),
        State::Retiring(None) => (
            Code::CertificationRetiring,
            "The certification is to be retired, on a day not known here.".to_owned(),
        ),
        State::Retired(Some(day)) => (
            Code::CertificationRetired,
            format!(
                "The certification was retired on {day}{basis}: it can be neither earned nor renewed."
            ),
        ),
        State::Retired(None) => (
            Code::CertificationRetired,
            "The certification is retired: it can be neither earned nor renewed.".to_owned(),
        ),
        State::Current | State::Unknown => return None,
    };
    Some(Finding::new(code, message))
}

fn renewal(facts: &Facts<'_>) -> Option<Finding> {
    let Renewal {
        state,
        opens_on,
        deadline,
        ..
    } = facts.renewal;
    let expiry = facts.record.expires.instant()?.date_naive();
    let retires_on = facts.state.retires_on();
    let (code, message) = match (state, retires_on) {
        (RenewalState::Open, Some(retires)) if retires < expiry => (
            Code::LastChanceToRenew,
            format!(
                "It can be renewed until {retires}, when the certification retires, and never after."
            ),
        ),
        (RenewalState::Open, _) => (
            Code::RenewalOpen,
            format!("The renewal window is open until {}.", (*deadline)?),
        ),
        (RenewalState::Impossible, Some(retires)) if matches!(facts.state, State::Retiring(_)) => (
            Code::NeverRenewableAgain,
            format!(
                "Its renewal window would open on or about {}, after the certification retires on {retires}: \
                 it cannot be renewed again.",
                (*opens_on)?
            ),
        ),
        _ => return None,
    };
    Some(Finding::new(code, message))
}
