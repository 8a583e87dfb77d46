//! Looks at a link once: what of its answer is kept.

use super::store::Seen;
use super::{Facts, TrackedLink};
use crate::finding::{Code, Finding, Severity};
use crate::lifecycle::{Doubt, Status, Validity};
use crate::link::Kind;
use crate::record::CredentialKind;
use crate::source::Source;
use crate::verify::{self, Terms, Trip, Verification};

/// What looking at a link came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Checked {
    /// The issuer said something of the credentials behind it.
    Seen(Vec<Seen>),
    /// The issuer answered, and there is nothing behind it; why, by the code of a finding.
    Nothing(&'static str),
    /// No answer was had, which says nothing of the link; why, by the code of a finding.
    Unanswered(&'static str),
    /// This machine's clock and the service's give different answers.
    ClockWrong,
}

/// Looks at a link.
pub async fn check<'a>(
    link: &TrackedLink,
    source: &impl Source,
    terms: &Terms<'a, '_>,
) -> (Trip<'a>, Checked) {
    let trip = verify::verify(link.as_str(), source, terms).await;
    let checked = Checked::of(&trip);
    (trip, checked)
}

impl Checked {
    /// What is kept of a trip.
    pub fn of(trip: &Trip<'_>) -> Self {
        let all = &trip.verifications;
        let is_wrong = |one: &Verification<'_>| {
            one.standing.validity == Validity::CannotTell(Doubt::ClockWrong)
        };
        if all.iter().any(is_wrong) {
            return Self::ClockWrong;
        }
        let is_transcript = trip.link.kind() == Kind::Transcript;
        let mut seen: Vec<Seen> = Vec::new();
        for one in all.iter().filter_map(|one| one_seen(one, is_transcript)) {
            if seen.iter().all(|other| other.key != one.key) {
                seen.push(one);
            }
        }
        let is_told = seen.iter().any(|one| one.doubt.is_none());
        let unanswered = all
            .iter()
            .flat_map(|one| &one.findings)
            .find(|one| is_no_answer(one));
        match unanswered {
            Some(finding) if !is_told => Self::Unanswered(finding.code().as_str()),
            _ if seen.is_empty() => Self::Nothing(why(all.first())),
            _ => Self::Seen(seen),
        }
    }
}

fn one_seen(one: &Verification<'_>, is_transcript: bool) -> Option<Seen> {
    let record = one.record.as_ref()?;
    if is_transcript && record.kind == CredentialKind::Exam {
        return None;
    }
    let facts = Facts::of(record);
    let key = if is_transcript {
        key(&facts)
    } else {
        String::new()
    };
    let is_open = one.standing.status == Status::Undetermined;
    Some(Seen {
        key,
        facts,
        doubt: is_open.then(|| why(Some(one)).to_owned()),
    })
}

/// What a credential of a transcript is known by: the same title can stand there twice.
fn key(facts: &Facts) -> String {
    let number = facts
        .certification_number
        .as_ref()
        .or(facts.credential_id.as_ref());
    number.cloned().unwrap_or_else(|| {
        let title = facts.title.as_deref().unwrap_or_default();
        let earned = facts.earned.map(|at| at.date_naive().to_string());
        format!("{title} {}", earned.unwrap_or_default())
    })
}

/// The finding that weighs most.
fn why(one: Option<&Verification<'_>>) -> &'static str {
    let findings = one.into_iter().flat_map(|one| &one.findings);
    let heavy = findings.filter(|finding| finding.severity() > Severity::Info);
    let heaviest = heavy.max_by_key(|finding| finding.severity());
    heaviest.map_or("undetermined", |finding| finding.code().as_str())
}

/// Whether a finding says that there was no answer to judge.
fn is_no_answer(finding: &Finding) -> bool {
    matches!(
        finding.code(),
        Code::RateLimited
            | Code::ServiceError
            | Code::Unreachable
            | Code::TimedOut
            | Code::TooLarge
            | Code::NotAsked
    )
}
