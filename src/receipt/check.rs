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
        |error: crate::check::WantedError| NotJudged::UnknownCertification(error.to_string());
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

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use futures_util::FutureExt as _;
    use proptest::prelude::*;

    use super::*;
    use crate::receipt::{Receipt, digest};
    use crate::source::{Demo, Recording};

    const CORPUS: &str = include_str!("../../fixtures/links/links.tsv");

    fn receipt(link: &str, as_of: AsOf) -> String {
        let expected = Expectation {
            name: Some("Ingrid Solvang Reyes".to_owned()),
            ..Expectation::default()
        };
        let terms = Terms {
            catalog: Catalog::embedded(),
            as_of,
            expected: &expected,
        };
        let recording = Recording::new(&Demo);
        let trip = verify::verify(link, &recording, &terms).now_or_never();
        let trip = trip.expect("the demo waits for nothing");
        let asked = recording.into_asked();
        Receipt::of(&trip, &asked, &terms, as_of.instant()).to_text(&trip.link)
    }

    fn now() -> DateTime<Utc> {
        "2026-11-22T12:00:00Z".parse().unwrap()
    }

    fn trial() -> Trial<'static> {
        Trial {
            catalog: Catalog::embedded(),
            now: now(),
            clock: now(),
            signers: None,
            identity: None,
            require_signature: false,
        }
    }

    static DEMO: LazyLock<String> = LazyLock::new(|| {
        let link = "https://learn.microsoft.com/api/credentials/share/en-us/IngridSolvangReyes-4410/5D1E0C42A7B39F10";
        receipt(link, AsOf::Clock(now()))
    });

    #[test]
    fn the_demo_says_that_it_is_one_and_passes() {
        let checked = check(DEMO.as_bytes(), None, &trial()).unwrap();
        assert_eq!(checked.outcome(), Outcome::Passed);
        assert!(checked.is_confirmed());
        assert!(DEMO.contains("\"service\": \"demo\""));
        assert!(DEMO.contains("NOT MICROSOFT: a sample"));
    }

    #[test]
    fn every_form_of_link_is_judged_the_same_from_its_receipt() {
        let mut seen = 0;
        for line in CORPUS.lines().skip(1) {
            let link = line.split('\t').next().unwrap();
            let text = receipt(link, AsOf::Given(now()));
            let checked = check(text.as_bytes(), None, &trial()).unwrap();
            assert_eq!(checked.contents.as_ref().err(), None, "{link}\n{text}");
            assert_eq!(checked.again.unwrap().differences, [], "{link}\n{text}");
            let secret = crate::link::judge(link);
            if let Some(id) = secret.sharing_id().filter(|id| id.reveal().len() > 8) {
                let is_public = secret
                    .credential_id()
                    .is_some_and(|own| own.as_str() == id.reveal());
                assert!(is_public || !text.contains(id.reveal()), "{text}");
            }
            seen += 1;
        }
        assert!(seen > 100, "{seen}");
    }

    #[test]
    fn the_outcome_is_never_better_than_what_was_recorded_or_is_said_now() {
        let failed = DEMO.replace("\"outcome\": \"passed\"", "\"outcome\": \"failed\"");
        let other = DEMO.replace("\"name\": \"Ingrid", "\"name\": \"Astrid");
        for text in [failed, other] {
            let text = resealed(&text);
            let checked = check(text.as_bytes(), None, &trial()).unwrap();
            assert!(checked.is_sound());
            assert!(!checked.is_confirmed());
            assert_eq!(checked.outcome(), Outcome::Failed);
        }
    }

    fn resealed(text: &str) -> String {
        let marker = "\n  \"digest\": \"";
        match text.rfind(marker).map(|at| at + marker.len()) {
            Some(at) if text.get(at..at + 64).is_some() => {
                digest::fill(&[&text[..at], digest::BLANK, &text[at + 64..]].concat())
            }
            _ => text.to_owned(),
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = check(&bytes, Some(&bytes), &trial());
        }

        #[test]
        fn no_forged_receipt_makes_it_panic(
            at in any::<prop::sample::Index>(),
            length in 0..40_usize,
            new in r#"\PC{0,6}|[0-9]{1,20}|null|"[+-]?[0-9]{4,6}-01-01T00:00:00Z"|\[\]|-"#,
        ) {
            let start = at.index(DEMO.len());
            let end = (start + length).min(DEMO.len());
            if DEMO.is_char_boundary(start) && DEMO.is_char_boundary(end) {
                let text = resealed(&[&DEMO[..start], &new, &DEMO[end..]].concat());
                if let Ok(checked) = check(text.as_bytes(), None, &trial()) {
                    checked.outcome();
                }
            }
        }

        #[test]
        fn no_instant_makes_it_panic(year in -300_000..300_000_i32, key in "made_at|as_of|fetched_at|service_date") {
            let year = if year < 0 { format!("{year:07}") } else { format!("{year:04}") };
            let text = DEMO.lines().map(|line| {
                if line.trim_start().starts_with(&format!("\"{key}\"")) {
                    format!("  \"{key}\": \"{year}-01-01T00:00:00Z\",")
                } else {
                    line.to_owned()
                }
            });
            let text = resealed(&(text.collect::<Vec<_>>().join("\n") + "\n"));
            let _ = check(text.as_bytes(), None, &trial());
        }
    }
}
