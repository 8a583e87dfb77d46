//! How good the news is: the one place where it is decided that something is green.

use chrono::{DateTime, TimeDelta, Utc};

use crate::check::Outcome;
use crate::finding::Code;
use crate::lifecycle::{Status, Validity};
use crate::publish::Words;
use crate::source::Origin;
use crate::verify::Verification;

/// An answer may come so much later than the run began.
const LONGEST_RUN: TimeDelta = TimeDelta::hours(1);

/// With clocks further apart than this, the day of an answer is not known.
const CLOCKS_APART: TimeDelta = TimeDelta::hours(24);

/// How good the news is. Each is shown in words as well as in a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tone {
    /// In force, confirmed by the issuer, nothing to do: the only green one.
    Good,
    /// In force, with something to know: retired, due for renewal, or not asked lately.
    Attention,
    /// Not in force, or not what was required.
    Bad,
    /// Not known: grey.
    Unverified,
}

impl Tone {
    /// Every tone, best first.
    pub const ALL: [Self; 4] = [Self::Good, Self::Attention, Self::Bad, Self::Unverified];

    /// Its word in machine-readable places.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Attention => "attention",
            Self::Bad => "bad",
            Self::Unverified => "unverified",
        }
    }

    /// Reads the word of [`Tone::as_str`].
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tone| tone.as_str() == word)
    }

    /// Whether the credential is in force and that is known.
    pub const fn is_valid(self) -> bool {
        matches!(self, Self::Good | Self::Attention)
    }
}

/// Why a credential is unverified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Unproven {
    /// The service was not reached or gave no usable answer.
    NoAnswer,
    /// The service does not know it.
    NotKnownToIssuer,
    /// Another host than the issuer's was asked.
    NotTheIssuer,
    /// A file saved by hand.
    FileByHand,
    /// Sample evidence.
    Sample,
    /// A copy that the issuer no longer keeps up to date.
    NotKeptUpToDate,
    /// Catalogue rows that are not common knowledge.
    OwnCatalogue,
    /// The link leads to no record of the issuer's.
    Link,
    /// A person must decide.
    ForAPerson,
    /// The answer does not tell.
    CannotBeTold,
    /// It was judged for a day before the issuer's answer.
    BeforeTheAnswer,
    /// On which day the issuer said so is not known: the two clocks were far apart.
    ClocksApart,
}

impl Unproven {
    pub(super) fn sentence(self, words: &'static Words) -> &'static str {
        let words = &words.unproven;
        match self {
            Self::NoAnswer => &words.no_answer,
            Self::NotKnownToIssuer => &words.not_known_to_issuer,
            Self::NotTheIssuer => &words.not_the_issuer,
            Self::FileByHand => &words.file_by_hand,
            Self::Sample => &words.sample,
            Self::NotKeptUpToDate => &words.not_kept_up_to_date,
            Self::OwnCatalogue => &words.own_catalogue,
            Self::Link => &words.link,
            Self::ForAPerson => &words.for_a_person,
            Self::CannotBeTold => &words.cannot_be_told,
            Self::BeforeTheAnswer => &words.before_the_answer,
            Self::ClocksApart => &words.clocks_apart,
        }
    }
}

/// Whether an answer was asked for and not had: the service may say otherwise in an hour.
pub(super) fn is_passing(code: Code) -> bool {
    matches!(
        code,
        Code::Unreachable
            | Code::TimedOut
            | Code::RateLimited
            | Code::ServiceError
            | Code::NotAsked
    )
}

pub(super) fn judge(one: &Verification<'_>, as_of: DateTime<Utc>) -> (Tone, Option<Unproven>) {
    // Findings may have been added since the outcome was weighed.
    let outcome = one
        .outcome
        .max(Outcome::of(one.standing.status, &one.findings));
    let is_known = !matches!(one.standing.validity, Validity::CannotTell(_));
    let said = who_said_so(one).or_else(|| when(one, as_of));
    let unproven = said.or_else(|| match one.standing.status.is_valid() {
        None => Some(why_open(one)),
        Some(_) if !is_known => Some(Unproven::CannotBeTold),
        Some(true) if outcome == Outcome::Undetermined => Some(Unproven::ForAPerson),
        Some(_) => None,
    });
    let tone = match one.standing.status {
        _ if unproven.is_some() => Tone::Unverified,
        _ if outcome != Outcome::Passed => Tone::Bad,
        Status::Active if !has(one, Code::StaleEvidence) => Tone::Good,
        _ => Tone::Attention,
    };
    (tone, unproven)
}

/// What a public picture must not be drawn from, however good the answer was.
fn who_said_so(one: &Verification<'_>) -> Option<Unproven> {
    let Some(from) = &one.provenance else {
        return Some(why_open(one));
    };
    let doubts = [
        (Code::NotTheIssuer, Unproven::NotTheIssuer),
        (Code::UnprovenEvidence, Unproven::FileByHand),
        (Code::StaleIssuerCopy, Unproven::NotKeptUpToDate),
        (Code::OwnCatalogue, Unproven::OwnCatalogue),
    ];
    let doubt = doubts.into_iter().find(|(code, _)| has(one, *code));
    let sample = (from.origin == Origin::Demo).then_some(Unproven::Sample);
    doubt.map(|(_, why)| why).or(sample)
}

/// Why the day of the answer does not fit the day of judgement.
fn when(one: &Verification<'_>, as_of: DateTime<Utc>) -> Option<Unproven> {
    let from = one.provenance.as_ref()?;
    let said_on = from.fetched_at?;
    // A run that began before midnight hears its answer on the next day.
    let is_of_this_run = from.origin == Origin::Network && said_on - as_of < LONGEST_RUN;
    if as_of.date_naive() < said_on.date_naive() && !is_of_this_run {
        return Some(Unproven::BeforeTheAnswer);
    }
    let apart = from.service_date.map(|date| (date - said_on).abs());
    apart
        .filter(|apart| *apart > CLOCKS_APART)
        .map(|_| Unproven::ClocksApart)
}

fn why_open(one: &Verification<'_>) -> Unproven {
    let known = |code| match code {
        Code::NotFound | Code::Gone => Some(Unproven::NotKnownToIssuer),
        Code::StaleIssuerCopy => Some(Unproven::NotKeptUpToDate),
        code if is_passing(code) => Some(Unproven::NoAnswer),
        _ => None,
    };
    let said = one
        .findings
        .iter()
        .find_map(|finding| known(finding.code()));
    match said {
        Some(why) => why,
        None if one.record.is_none() && !one.link.is_verifiable() => Unproven::Link,
        None => Unproven::CannotBeTold,
    }
}

pub(super) fn has(one: &Verification<'_>, code: Code) -> bool {
    one.findings.iter().any(|finding| finding.code() == code)
}
