//! Whether a credential is in force.

use chrono::{DateTime, Months, Utc};

use super::Known;
use crate::catalog::Expires;
use crate::record::{Authority, CredentialKind, IssuerStatus, Listing, Record, When};

/// Whether a credential is in force on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Validity {
    /// In force.
    Valid {
        /// Through this instant; `None` where it does not end.
        until: Option<DateTime<Utc>>,
    },
    /// Past its end.
    Expired {
        /// Its last instant, where the service gives one.
        since: Option<DateTime<Utc>>,
    },
    /// Taken back by the issuer.
    Revoked,
    /// Cannot be told.
    CannotTell(Doubt),
}

/// Why validity cannot be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// There is no record.
    NoRecord,
    /// Only a title could be confirmed.
    TitleOnly,
    /// The copy is not kept up to date.
    StaleCopy,
    /// The expiry cannot be read.
    ExpiryUnreadable,
    /// When it was earned cannot be read.
    EarnedUnreadable,
    /// No expiry is given, and credentials of the certification end.
    ExpiryMissing,
    /// No expiry is given, and nobody knows whether credentials of the title end.
    ExpiryMissingTitleUnknown,
    /// The issuer's word is not known.
    UnknownStatus,
    /// A transcript lists it as historical and does not say why.
    HistoricalWithoutReason,
    /// It was earned after the day in question.
    EarnedLater,
    /// When it was earned is not given, and the day lies too far back to tell.
    EarnedUnknown,
    /// The service's title and identifier are of different certifications.
    NamesDisagree,
    /// The service calls it something that is not known here.
    UnknownType,
    /// It ends before it was earned.
    EndsBeforeEarned,
    /// This machine's clock and the service's give different answers.
    ClockWrong,
}

/// Judges validity. What ends a credential is looked at before what may keep it: a
/// revocation, then an expiry that has passed, then the issuer's word, then doubts.
pub(super) fn judge(
    record: &Record,
    known: &Known<'_>,
    kind: CredentialKind,
    as_of: DateTime<Utc>,
) -> Validity {
    if matches!(record.status, Some(IssuerStatus::Revoked(_))) {
        return Validity::Revoked;
    }
    match record.authority {
        Authority::TitleOnly => return Validity::CannotTell(Doubt::TitleOnly),
        Authority::StaleCopy => return Validity::CannotTell(Doubt::StaleCopy),
        Authority::Issuer => {}
    }
    if let Some(doubt) = nonsense(record) {
        return Validity::CannotTell(doubt);
    }
    let since = record.expires.instant();
    let is_past = since.is_some_and(|expiry| as_of > expiry);
    if is_past || record.is_said_to_have_expired() {
        return Validity::Expired { since };
    }
    if let Some(doubt) = doubt(record, known, as_of) {
        return Validity::CannotTell(doubt);
    }
    match &record.expires {
        When::At(expiry) => Validity::Valid {
            until: Some(*expiry),
        },
        When::Unreadable(_) => Validity::CannotTell(Doubt::ExpiryUnreadable),
        When::Missing => endless(record, known, kind),
    }
}

/// Dates that contradict each other say nothing, not even that it is over.
fn nonsense(record: &Record) -> Option<Doubt> {
    let (earned, expires) = (record.earned.instant()?, record.expires.instant()?);
    (expires < earned).then_some(Doubt::EndsBeforeEarned)
}

fn doubt(record: &Record, known: &Known<'_>, as_of: DateTime<Utc>) -> Option<Doubt> {
    let earned_later = record
        .earned
        .instant()
        .is_some_and(|earned| earned.date_naive() > as_of.date_naive());
    let historical = record.listing == Listing::Historical;
    match &record.status {
        Some(IssuerStatus::Unknown(_)) => Some(Doubt::UnknownStatus),
        None | Some(IssuerStatus::Active) if historical => Some(Doubt::HistoricalWithoutReason),
        _ if matches!(record.earned, When::Unreadable(_)) => Some(Doubt::EarnedUnreadable),
        _ if earned_later => Some(Doubt::EarnedLater),
        _ if is_too_far_back(record, as_of) => Some(Doubt::EarnedUnknown),
        _ if known.names_disagree() => Some(Doubt::NamesDisagree),
        _ if record.strange_type.is_some() => Some(Doubt::UnknownType),
        _ => None,
    }
}

/// Without an earned date, whether it was held already on a past day can be told only for
/// the present term: a year, begun up to half a year before the end of the last one.
fn is_too_far_back(record: &Record, as_of: DateTime<Utc>) -> bool {
    const TERM: Months = Months::new(12 + 6);
    let end = record.expires.instant().or(record.said_at);
    let begin = end.and_then(|end| end.checked_sub_months(TERM));
    record.earned.instant().is_none() && begin.is_some_and(|begin| as_of < begin)
}

/// No expiry is given: valid only where credentials of that sort are known not to end.
fn endless(record: &Record, known: &Known<'_>, kind: CredentialKind) -> Validity {
    let endless = Validity::Valid { until: None };
    // Applied Skills do not expire (official, read 2026-11-22). What calls itself a
    // certification is none, whatever the service calls it.
    if kind == CredentialKind::AppliedSkill && !known.is_titled_certification(record) {
        return endless;
    }
    match known.expires() {
        Some(Expires::Never | Expires::NeverUnconfirmed) => endless,
        Some(Expires::IfEarnedFrom { day, .. }) => match record.earned.instant() {
            Some(earned) if earned.date_naive() < day => endless,
            _ => Validity::CannotTell(Doubt::ExpiryMissing),
        },
        Some(Expires::After { .. }) => Validity::CannotTell(Doubt::ExpiryMissing),
        Some(Expires::Unknown) | None => Validity::CannotTell(Doubt::ExpiryMissingTitleUnknown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;

    #[test]
    fn a_title_of_an_ended_programme_is_of_no_other_certification() {
        for (uid, disagrees) in [
            ("certification.azure-administrator", true),
            ("certification.mcsd-app-builder-certification", false),
            ("certification.nobody-knows", false),
        ] {
            let mut record = Record::blank(CredentialKind::Unknown, Authority::Issuer);
            record.title = Some("MCSD: Nobody Knows".to_owned());
            record.uid = Some(uid.to_owned());
            let known = Known::of(&record, Catalog::embedded());
            assert_eq!(known.names_disagree(), disagrees, "{uid}");
        }
    }

    #[test]
    fn what_calls_itself_a_certification_is_no_applied_skill_without_end() {
        for (title, is_valid) in [
            ("Secure storage for Azure Files", true),
            ("Microsoft Certified: Azure Wizard Associate", false),
        ] {
            let mut record = Record::blank(CredentialKind::AppliedSkill, Authority::Issuer);
            record.title = Some(title.to_owned());
            let known = Known::of(&record, Catalog::embedded());
            let now = "2026-11-22T00:00:00Z".parse().unwrap();
            let validity = judge(&record, &known, known.kind(&record), now);
            assert_eq!(
                matches!(validity, Validity::Valid { .. }),
                is_valid,
                "{title}"
            );
        }
    }
}
