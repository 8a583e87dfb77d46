//! No answer of the service makes a credential `active` that lacks what this needs.
//!
//! What it needs is stated in [`oracle`], which reads the answer itself.

mod answers;
mod instant;
mod json;
mod oracle;
mod titles;

use bonafide::catalog::Catalog;
use bonafide::check::{Expectation, Outcome};
use bonafide::finding::Severity;
use bonafide::lifecycle::Status;
use bonafide::source::{Answerer, Asked, Evidence, EvidenceKind, Origin};
use bonafide::verify::{AsOf, Terms, Trip, again};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use super::child;
use super::table::RUNTIME;
use crate::harness::DAY;
use crate::raw_server::{RawServer, Step};
use answers::{Answer, Format, NUMBER, all_good, spoiled};
use instant::{BareDay, Seconds};
use oracle::{Lack, Question};

const SHARE: &str =
    "https://learn.microsoft.com/api/credentials/share/en-us/ingrid/5D1E0C42A7B39F10";

const TRANSCRIPT: &str =
    "https://learn.microsoft.com/en-us/users/ingrid/transcript/d8yjaq7hn04v2kx";

const BADGE: &str = "https://www.credly.com/badges/4b0f8a52-9d13-4c67-a2e8-51c7d0f3b964";

const ASSERTION: &str =
    "https://api.credly.com/v1/obi/v2/badge_assertions/4b0f8a52-9d13-4c67-a2e8-51c7d0f3b964";

impl Format {
    const fn kind(self) -> EvidenceKind {
        match self {
            Self::Record => EvidenceKind::LearnCredential,
            Self::Transcript => EvidenceKind::LearnTranscript,
            Self::Page => EvidenceKind::LearnPage,
            Self::Badge => EvidenceKind::CredlyBadge,
            Self::Assertion => EvidenceKind::OpenBadge,
        }
    }

    const fn link(self) -> &'static str {
        match self {
            Self::Record | Self::Page => SHARE,
            Self::Transcript => TRANSCRIPT,
            Self::Badge => BADGE,
            Self::Assertion => ASSERTION,
        }
    }
}

/// What each credential of an answer lacks, in the answer's order.
fn lacks(answer: &Answer, number: &str, said_at: Seconds) -> Vec<Result<(), Lack>> {
    let question = Question {
        number: Some(number),
        as_of: instant::read(DAY, BareDay::First).unwrap(),
        said_at,
    };
    match answer.format {
        Format::Record => oracle::of_record(&answer.body, &question),
        Format::Transcript => oracle::of_transcript(&answer.body, &question),
        // A page shows a title, and Credly's copy is out of date.
        Format::Page | Format::Badge | Format::Assertion => vec![Err("the issuer's record")],
    }
}

fn judged(answer: &Answer) -> Trip<'static> {
    let fetched_at = format!("{DAY}T00:00:00Z").parse().unwrap();
    let kind = answer.format.kind();
    let asked = Asked {
        kind,
        url: String::new(),
        exchange: Ok(Evidence {
            kind,
            url: String::new(),
            answerer: Answerer::Issuer,
            status: 200,
            content_type: None,
            fetched_at: Some(fetched_at),
            service_date: None,
            sha256: String::new(),
            received_bytes: None,
            body: answer.body.clone(),
            origin: Origin::Network,
        }),
    };
    let terms = Terms {
        catalog: Catalog::embedded(),
        as_of: AsOf::Given(fetched_at),
        expected: &Expectation::default(),
    };
    again(Some(answer.format.link()), &[asked], &terms)
}

/// Says of every credential that is called active what it lacks.
fn wrongly_active(answer: &Answer) -> Vec<String> {
    let said_at = instant::read(DAY, BareDay::First).unwrap();
    let lacks = lacks(answer, NUMBER, said_at);
    let trip = judged(answer);
    let actives = trip.verifications.iter().enumerate();
    let actives = actives.filter(|(_, one)| one.standing.status == Status::Active);
    actives
        .filter_map(|(at, one)| {
            let lack = lacks
                .get(at)
                .copied()
                .unwrap_or(Err("a place in the answer"))
                .err();
            let is_error = one
                .findings
                .iter()
                .any(|it| it.severity() == Severity::Error);
            let passes_with_error = is_error && one.outcome != Outcome::Failed;
            let lack = lack.or(passes_with_error.then_some("no error"));
            lack.map(|lack| {
                format!(
                    "{at} lacks {lack}: {}",
                    String::from_utf8_lossy(&answer.body)
                )
            })
        })
        .collect()
}

proptest! {
    // `PROPTEST_CASES` asks for more. A case that failed is shown whole, so none is kept.
    #![proptest_config(ProptestConfig {
        cases: ProptestConfig::default().cases.max(6000),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_answer_makes_active_what_lacks_something(answer in spoiled()) {
        prop_assert_eq!(wrongly_active(&answer), Vec::<String>::new());
    }
}

/// So many answers of the same seed.
fn samples(count: usize) -> Vec<Answer> {
    let mut runner = TestRunner::deterministic();
    let strategy = spoiled();
    let mut sample = || strategy.new_tree(&mut runner).unwrap().current();
    (0..count).map(|_| sample()).collect()
}

/// The property would hold of a program that calls nothing active, and of answers that are
/// all too broken: neither is so.
#[test]
fn good_answers_are_active_and_spoiled_ones_are_some_of_each() {
    for answer in all_good() {
        let statuses: Vec<_> = judged(&answer)
            .verifications
            .iter()
            .map(|it| it.standing.status)
            .collect();
        let lacking = lacks(&answer, NUMBER, 0)
            .iter()
            .filter(|it| it.is_err())
            .count();
        let actives = statuses
            .iter()
            .filter(|status| **status == Status::Active)
            .count();
        match answer.format {
            Format::Record => assert_eq!((actives, lacking), (1, 0)),
            Format::Transcript => assert_eq!((actives, lacking), (3, 2), "{statuses:?}"),
            _ => assert_eq!((actives, lacking), (0, 1), "{statuses:?}"),
        }
    }
    let actives = |answer: &Answer| {
        let trip = judged(answer);
        trip.verifications
            .iter()
            .filter(|it| it.standing.status == Status::Active)
            .count()
    };
    let samples = samples(1000);
    let some_active = samples.iter().filter(|answer| actives(answer) > 0).count();
    let all_lack = samples
        .iter()
        .filter(|answer| lacks(answer, NUMBER, 0).iter().all(Result::is_err))
        .count();
    assert!(some_active > 250, "{some_active}");
    assert!(all_lack > 250, "{all_lack}");
}

/// The same through the program, over the network.
#[test]
fn the_program_calls_nothing_active_that_lacks_something() {
    let samples: Vec<_> = samples(400)
        .into_iter()
        .filter(|answer| matches!(answer.format, Format::Record | Format::Transcript))
        .enumerate()
        .map(|(at, answer)| Sample::numbered(at, answer))
        .collect();
    let bodies: Vec<_> = samples.iter().map(|it| it.answer.body.clone()).collect();
    let server = RUNTIME.block_on(RawServer::answering(move |asked| {
        let path = asked.path().split('?').next().unwrap();
        let at: usize = path[path.len() - 4..].parse().unwrap();
        let body = &bodies[at];
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        vec![Step::Send([head.as_bytes(), body].concat()), Step::Next]
    }));
    let mut command = child::program();
    command
        .arg("verify")
        .args(samples.iter().map(|it| &it.link))
        .args([
            "--format",
            "json",
            "--no-cache",
            "--retries",
            "0",
            "--rate",
            "none",
        ])
        .args([
            "--concurrency",
            "8",
            "--as-of",
            DAY,
            "--learn-url",
            &server.uri(),
        ]);
    let watched = child::watch(&mut command, std::time::Duration::from_mins(3)).unwrap();
    let json = watched.ran.json();
    let results = json["results"].as_array().unwrap();
    let said_at = chrono::Utc::now().timestamp();
    let mut actives = 0;
    for sample in &samples {
        let lacks = lacks(&sample.answer, &sample.number, said_at);
        let own = results.iter().filter(|it| it["input"] == sample.link);
        for (at, result) in own.enumerate() {
            if result["status"] == "active" {
                actives += 1;
                let body = String::from_utf8_lossy(&sample.answer.body);
                assert_eq!(lacks.get(at), Some(&Ok(())), "{result}: {body}");
            }
        }
    }
    assert!(actives > 50, "{actives}");
}

/// An answer at an address of its own.
struct Sample {
    link: String,
    number: String,
    answer: Answer,
}

impl Sample {
    fn numbered(at: usize, mut answer: Answer) -> Self {
        let number = format!("5D1E0C42A7B3{at:04}");
        let body = String::from_utf8_lossy(&answer.body).replace(NUMBER, &number);
        answer.body = body.into_bytes();
        let link = match answer.format {
            Format::Transcript => {
                format!(
                    "https://learn.microsoft.com/en-us/users/ingrid/transcript/d8yjaq7hn04{at:04}"
                )
            }
            _ => format!("https://learn.microsoft.com/api/credentials/{number}"),
        };
        Self {
            link,
            number,
            answer,
        }
    }
}
