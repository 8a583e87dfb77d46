//! Checks a receipt: against itself, against its signature, and against what the program
//! says of the same evidence now.

use chrono::{DateTime, Utc};

use super::compose;
use super::differ::{Difference, differences};
use super::format::{AsOfFrom, Requirement, ResultEntry};
use super::read::{self, Contents, ReadError};
use super::signature::{self, Signed};
use super::signers::Signers;
use crate::catalog::Catalog;
use crate::check::{Expectation, Outcome, Require, Wanted};
use crate::verify::{self, AsOf, Terms};

/// What a receipt is held against.
#[derive(Debug, Clone, Copy)]
pub struct Trial<'a> {
    /// What is known of certifications.
    pub catalog: &'a Catalog,
    /// The day taken as today, for what the evidence says then and for the signers' dates.
    pub now: DateTime<Utc>,
    /// The clock: a receipt from the future is none.
    pub clock: DateTime<Utc>,
    /// Whose signatures count; `None` where nobody said.
    pub signers: Option<&'a Signers>,
    /// The one of them who must have signed, where one was named.
    pub identity: Option<&'a str>,
    /// Whether a signature must be there and count.
    pub require_signature: bool,
}

/// A receipt that could be read, with all that was found of it.
#[derive(Debug)]
pub struct Checked {
    /// What its signature is worth.
    pub signed: Signed,
    /// Whether a signature had to count, and none does.
    pub unsigned_is_failure: bool,
    /// The receipt itself, or why it does not belong together.
    pub(super) contents: Result<Contents, String>,
    /// The judgement made again; `None` for a receipt that was altered.
    pub(super) again: Option<Judged>,
}

/// What the evidence of a receipt says now.
#[derive(Debug)]
pub struct Judged {
    /// The same requirement and instant, judged again; or why that cannot be done.
    pub(super) now: Result<Vec<ResultEntry>, NotJudged>,
    /// What is not as it was recorded.
    pub(super) differences: Vec<Difference>,
    /// The same evidence, judged as of today.
    pub(super) today: Vec<ResultEntry>,
}

/// Why a receipt cannot be judged again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotJudged {
    /// What was received could not be kept.
    #[error("what was received was not kept, since it could not be told what it held")]
    Withheld,
    /// The expected certification means nothing any more.
    #[error("the certification that was expected is not known to this version: {0}")]
    UnknownCertification(String),
    /// The requirement is of a form that this version does not know.
    #[error("the requirement `{0}` is not known to this version")]
    UnknownRequirement(String),
}

/// Checks the bytes of a receipt, with those of its signature where there is one.
///
/// # Errors
/// When the bytes are no receipt, or one of a later version. A receipt that was altered
/// is a result and no error.
pub fn check(bytes: &[u8], sig: Option<&[u8]>, trial: &Trial<'_>) -> Result<Checked, ReadError> {
    let contents = match read::read(bytes, trial.clock) {
        Ok(contents) => Ok(contents),
        Err(ReadError::Altered(flaw)) => Err(flaw),
        Err(error) => return Err(error),
    };
    let signed = signature::judge(bytes, sig, trial);
    let again = contents
        .as_ref()
        .ok()
        .map(|contents| judge(contents, trial));
    Ok(Checked {
        unsigned_is_failure: trial.require_signature && !signed.counts(),
        signed,
        contents,
        again,
    })
}

impl Checked {
    /// Whether nothing was altered, and no signature is bad or missing where one is needed.
    pub fn is_sound(&self) -> bool {
        self.contents.is_ok() && !self.signed.is_bad() && !self.unsigned_is_failure
    }

    /// What it comes to: never better than what was recorded, nor than what is said now.
    pub fn outcome(&self) -> Outcome {
        let (Ok(contents), Some(again), true) = (&self.contents, &self.again, self.is_sound())
        else {
            return Outcome::Failed;
        };
        let now = match &again.now {
            Ok(now) => worst(now),
            Err(_) => Outcome::Undetermined,
        };
        let counts_differ = again.differences.iter().any(|one| one.what == "results");
        let shape = if counts_differ {
            Outcome::Undetermined
        } else {
            Outcome::Passed
        };
        worst(&contents.results).max(now).max(shape)
    }

    /// Whether the same came out for every result.
    pub fn is_confirmed(&self) -> bool {
        let (Ok(contents), Some(again)) = (&self.contents, &self.again) else {
            return false;
        };
        let Ok(now) = &again.now else {
            return false;
        };
        let outcomes = |all: &[ResultEntry]| -> Vec<String> {
            all.iter().map(|one| one.outcome.clone()).collect()
        };
        outcomes(&contents.results) == outcomes(now)
    }
}

/// The worst of several recorded outcomes; a word that is not known is no success.
pub(super) fn worst(results: &[ResultEntry]) -> Outcome {
    let outcome = |one: &ResultEntry| match one.outcome.as_str() {
        "passed" => Outcome::Passed,
        "failed" => Outcome::Failed,
        _ => Outcome::Undetermined,
    };
    results
        .iter()
        .map(outcome)
        .max()
        .unwrap_or(Outcome::Undetermined)
}

fn judge(contents: &Contents, trial: &Trial<'_>) -> Judged {
    let requirement = &contents.requirement;
    let expected = match expectation(requirement, trial.catalog) {
        Ok(expected) => expected,
        Err(why) => {
            return Judged {
                now: Err(why),
                differences: Vec::new(),
                today: Vec::new(),
            };
        }
    };
    let as_of = match requirement.as_of_from {
        AsOfFrom::Clock => AsOf::Clock(requirement.as_of),
        AsOfFrom::Given => AsOf::Given(requirement.as_of),
    };
    let now = results(contents, &expected, as_of, trial);
    let today = results(contents, &expected, AsOf::Given(trial.now), trial);
    let mut found = differences(&contents.results, &now);
    found.extend(titles_differ(requirement, &expected));
    // What was left out may be what was judged: then a difference says nothing.
    let cannot_tell = contents.withheld && !found.is_empty();
    Judged {
        now: if cannot_tell {
            Err(NotJudged::Withheld)
        } else {
            Ok(now)
        },
        differences: if cannot_tell { Vec::new() } else { found },
        today,
    }
}

fn results(
    contents: &Contents,
    expected: &Expectation,
    as_of: AsOf,
    trial: &Trial<'_>,
) -> Vec<ResultEntry> {
    let terms = Terms {
        catalog: trial.catalog,
        as_of,
        expected,
    };
    let link = read::recalled(&contents.asked_about).expect("reading the receipt did the same");
    let trip = verify::recalled(link, &contents.asked, &terms);
    trip.verifications.iter().map(compose::result).collect()
}

/// What was expected, read by today's catalogue.
fn expectation(requirement: &Requirement, catalog: &Catalog) -> Result<Expectation, NotJudged> {
    let wanted = requirement.certification.as_deref();
    let wanted = wanted.map(|text| Wanted::parse(text, catalog)).transpose();
    let unknown =
        |error: crate::check::UnknownWanted| NotJudged::UnknownCertification(error.to_string());
    let require = &requirement.require;
    Ok(Expectation {
        name: requirement.name.clone(),
        certification: wanted.map_err(unknown)?,
        require: Require::parse(require)
            .ok_or_else(|| NotJudged::UnknownRequirement(require.clone()))?,
        valid_until: requirement.valid_until,
    })
}

/// An exam may mean other certifications than it did.
fn titles_differ(requirement: &Requirement, expected: &Expectation) -> Option<Difference> {
    let now = expected.certification.as_ref()?.titles();
    (now != requirement.certification_titles).then(|| Difference {
        result: None,
        what: "certification_titles".to_owned(),
        recorded: requirement.certification_titles.clone().into(),
        now: now.to_vec().into(),
    })
}
