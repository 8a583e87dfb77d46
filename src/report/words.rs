//! Phrases that several reports share.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};

use crate::catalog::State;
use crate::lifecycle::{RenewalState, Standing, Validity};
use crate::record::CredentialKind;

/// A number with its noun, in the singular for one.
pub(super) fn count(number: i64, one: &str, many: &str) -> String {
    format!("{number} {}", if number.abs() == 1 { one } else { many })
}

/// An instant for people, to the second.
pub(super) fn instant(instant: DateTime<Utc>) -> String {
    instant.format("%Y-%m-%d %H:%M:%S UTC").to_string()
}

/// An instant of this machine's clock as the contract writes it, to the second.
pub(super) fn rfc3339_second(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// An instant as the contract writes it, as finely as it was given.
pub(super) fn rfc3339(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// The first fact beside the headline: whether it is in force, and until when.
pub(super) fn validity(standing: &Standing<'_>, as_of: DateTime<Utc>) -> String {
    match &standing.validity {
        Validity::Valid { until: None } => "without an end".to_owned(),
        Validity::Valid { until: Some(until) } => {
            let left = match standing.days_left {
                Some(0) => "the last day".to_owned(),
                days => format!("{} left", count(days.unwrap_or(0), "day", "days")),
            };
            format!("until {} ({left})", last_day(*until, as_of))
        }
        Validity::Expired { since: Some(since) } if *since >= as_of => {
            format!(
                "ended, the service says, before its date {}",
                since.date_naive()
            )
        }
        Validity::Expired { since: Some(since) } => {
            let ago = standing.days_left.unwrap_or(0).abs();
            format!(
                "ended on {} ({} ago)",
                last_day(*since, as_of),
                count(ago, "day", "days")
            )
        }
        Validity::Expired { since: None } => "ended; the service gives no date".to_owned(),
        Validity::Revoked => "revoked by the issuer".to_owned(),
        Validity::CannotTell(_) => "cannot be told".to_owned(),
    }
}

/// The day, and the time too on the very day or where it is not the end of the day.
fn last_day(end: DateTime<Utc>, as_of: DateTime<Utc>) -> String {
    let is_day_end = end.format("%H:%M:%S").to_string() == "23:59:59";
    if is_day_end && end.date_naive() != as_of.date_naive() {
        end.date_naive().to_string()
    } else {
        instant(end)
    }
}

/// The third fact: where the renewal window stands.
pub(super) fn renewal(standing: &Standing<'_>) -> String {
    let renewal = &standing.renewal;
    let on =
        |day: Option<NaiveDate>| day.map_or_else(|| "an unknown day".into(), |day| day.to_string());
    let (opens_on, deadline) = (on(renewal.opens_on), on(renewal.deadline));
    match renewal.state {
        RenewalState::NotOpen => format!("opens on or about {opens_on}, until {deadline}"),
        RenewalState::Open => format!("open since about {opens_on}, until {deadline}"),
        RenewalState::Closed => "too late: an expired credential cannot be renewed".to_owned(),
        RenewalState::NotRequired => "not needed: it does not expire".to_owned(),
        RenewalState::Impossible => "not possible".to_owned(),
        RenewalState::Unknown if standing.renewal.opens_on.is_some() => {
            "whether and how it can be renewed is not known".to_owned()
        }
        RenewalState::Unknown => "cannot be told".to_owned(),
    }
}

/// The second fact: what is known of the certification.
pub(super) fn certification(standing: &Standing<'_>) -> Option<String> {
    if standing.kind == CredentialKind::AppliedSkill {
        return Some("an applied skill, which does not expire".to_owned());
    }
    let state = match standing.state.retires_on() {
        Some(day) => format!("{} on {day}", retires(standing)),
        None if standing.state == State::Unknown => "whether it is retired is not known".to_owned(),
        None => standing.state.as_str().to_owned(),
    };
    let Some(entry) = standing.known.entry() else {
        return standing
            .known
            .level()
            .map(|level| format!("{state} ({} programme)", level.as_str().to_uppercase()));
    };
    let exams = match entry.exams() {
        [] => String::new(),
        [one] => format!(", exam {one}"),
        many => format!(", exams {}", many.join(", ")),
    };
    Some(format!("{state}, {}{exams}", entry.level().as_str()))
}

fn retires(standing: &Standing<'_>) -> &'static str {
    match standing.state {
        State::Retired(_) => "retired",
        _ => "retires",
    }
}
