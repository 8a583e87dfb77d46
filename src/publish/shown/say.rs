//! What is said of a credential in a few words.

use chrono::NaiveDate;

use super::Tone;
use super::tone::has;
use crate::finding::Code;
use crate::lifecycle::{Status, Validity};
use crate::publish::Words;
use crate::publish::words::fill;
use crate::verify::Verification;

pub(super) fn message(
    one: &Verification<'_>,
    tone: Tone,
    checked_on: NaiveDate,
    words: &Words,
) -> String {
    let said = &words.said;
    // An old answer: it may have been renewed since, or revoked.
    let dated = |message: String| {
        if has(one, Code::StaleEvidence) {
            fill(&said.unconfirmed_since, checked_on).replace("{said}", &message)
        } else {
            message
        }
    };
    match tone {
        Tone::Unverified => said.unverified.clone(),
        Tone::Bad if one.standing.status == Status::Expired => dated(ended(one, words)),
        Tone::Bad => ended(one, words),
        Tone::Good | Tone::Attention => dated(in_force(
            one.standing.status,
            super::until(one),
            one.standing.renewal.deadline,
            words,
        )),
    }
}

fn ended(one: &Verification<'_>, words: &Words) -> String {
    let said = &words.said;
    let day = super::until(one);
    match (one.standing.status, &one.standing.validity) {
        (Status::Revoked, _) => said.revoked.clone(),
        // Ended, the service says, before its date: that date would be the wrong one.
        (Status::Expired, _) if one.standing.days_left.is_some_and(|left| left >= 0) => {
            said.expired.clone()
        }
        (Status::Expired, Validity::Expired { since: Some(_) }) => {
            day.map_or_else(|| said.expired.clone(), |day| fill(&said.expired_on, day))
        }
        (Status::Expired, _) => said.expired.clone(),
        _ => said.not_as_required.clone(),
    }
}

/// What is said of a credential in force by its days.
pub(in crate::publish) fn in_force(
    status: Status,
    until: Option<NaiveDate>,
    deadline: Option<NaiveDate>,
    words: &Words,
) -> String {
    let said = &words.said;
    let Some(day) = until else {
        return match status {
            Status::Retired => said.retired.clone(),
            _ => said.valid_endless.clone(),
        };
    };
    match status {
        Status::Retired => fill(&said.retired_until, day),
        Status::NeedsRenewal => match deadline {
            Some(deadline) if deadline < day => {
                fill(&said.renew_by, day).replace("{deadline}", &deadline.to_string())
            }
            Some(_) => fill(&said.renewal_open, day),
            None => fill(&said.renewal_unclear, day),
        },
        _ => fill(&said.valid_until, day),
    }
}
