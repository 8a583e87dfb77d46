//! No answer of the service makes a credential `active`, or valid at all, that lacks what
//! this needs.
//!
//! What it needs is stated in [`oracle`], which reads the answer itself.

mod answers;
mod instant;
mod json;
mod oracle;
mod titles;

use bonafide::catalog::Catalog;
use bonafide::check::{Expectation, Outcome};
use bonafide::finding::{Finding, Severity};
use bonafide::lifecycle::Status;
use bonafide::source::{Answerer, Asked, Evidence, EvidenceKind, Origin};
use bonafide::verify::{AsOf, Terms, Trip, again};
use chrono::DateTime;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use super::child;
use super::table::RUNTIME;
use crate::harness::DAY;
use crate::raw_server::{RawServer, Step};
use answers::{Answer, Format, NUMBER, all_good, spoiled};
use instant::{BareDay, Seconds};
use oracle::{Best, Question, Verdict};

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

/// The best that may be said of each credential of an answer, in the answer's order.
fn verdicts(answer: &Answer, number: &str, as_of: Seconds, said_at: Seconds) -> Vec<Verdict> {
    let question = Question {
        number: Some(number),
        as_of,
        said_at,
    };
    match answer.format {
        Format::Record => oracle::of_record(&answer.body, &question),
        Format::Transcript => oracle::of_transcript(&answer.body, &question),
        // A page shows a title, and Credly's copy is out of date.
        Format::Page | Format::Badge | Format::Assertion => vec![Err("the issuer's record")],
    }
}

fn seconds(day: &str) -> Seconds {
    instant::read(day, BareDay::First).unwrap()
}

/// What the program says of an answer that came on the day of the tests.
fn judged(answer: &Answer, as_of: Seconds) -> Trip<'static> {
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
            fetched_at: DateTime::from_timestamp(seconds(DAY), 0),
            service_date: None,
            sha256: String::new(),
            received_bytes: None,
            body: answer.body.clone(),
            origin: Origin::Network,
        }),
    };
    let terms = Terms {
        catalog: Catalog::embedded(),
        as_of: AsOf::Given(DateTime::from_timestamp(as_of, 0).unwrap()),
        expected: &Expectation::default(),
    };
    again(Some(answer.format.link()), &[asked], &terms)
}

/// Whether a verdict allows what was said.
fn allows(verdict: Verdict, said: Status) -> bool {
    match said {
        Status::Active => verdict == Ok(Best::Active),
        Status::NeedsRenewal | Status::Retired => verdict.is_ok(),
        _ => true,
    }
}

/// Everything that was said of an answer and may not be.
fn too_good(answer: &Answer, as_of: Seconds) -> Vec<String> {
    let verdicts = verdicts(answer, NUMBER, as_of, seconds(DAY));
    let trip = judged(answer, as_of);
    let body = String::from_utf8_lossy(&answer.body);
    let said = trip.verifications.iter().enumerate();
    said.filter_map(|(at, one)| {
        let verdict = *verdicts.get(at).unwrap_or(&Err("a place in the answer"));
        let status = one.standing.status;
        let is_error = |finding: &Finding| finding.severity() == Severity::Error;
        let passed = one.outcome == Outcome::Passed;
        let is_fine = allows(verdict, status) && !(passed && one.findings.iter().any(is_error));
        (!is_fine).then(|| format!("{at} is {status}, {verdict:?}: {body}"))
    })
    .collect()
}

/// Days on which something begins or ends in the answers.
fn days() -> impl Strategy<Value = Seconds> {
    let days = [
        DAY,
        "2026-11-22T23:59:59Z",
        "2026-03-31",
        "2026-04-01",
        "2026-06-30",
        "2026-07-01",
        "2025-03-08",
        "2024-09-01",
        "2024-08-31",
        "2022-01-01",
        "2027-03-01",
        "2027-09-01T23:59:59Z",
        "2027-09-02",
        "2029-01-01",
    ];
    prop_oneof![
        Just(seconds(DAY)),
        prop::sample::select(days.map(seconds).to_vec())
    ]
}

proptest! {
    // `PROPTEST_CASES` asks for more. A case that failed is shown whole, so none is kept.
    #![proptest_config(ProptestConfig {
        cases: ProptestConfig::default().cases.max(6000),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_answer_makes_good_what_lacks_something(answer in spoiled(), as_of in days()) {
        prop_assert_eq!(too_good(&answer, as_of), Vec::<String>::new());
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
    let day = seconds(DAY);
    let actives = |answer: &Answer| {
        let trip = judged(answer, day);
        let statuses = trip.verifications.iter().map(|it| it.standing.status);
        statuses.filter(|status| *status == Status::Active).count()
    };
    let allowed = |answer: &Answer| {
        let verdicts = verdicts(answer, NUMBER, day, day).into_iter();
        verdicts.filter(|it| *it == Ok(Best::Active)).count()
    };
    for answer in all_good() {
        let expected = match answer.format {
            Format::Record => 1,
            Format::Transcript => 3,
            Format::Page | Format::Badge | Format::Assertion => 0,
        };
        let found = (actives(&answer), allowed(&answer));
        assert_eq!(found, (expected, expected), "{:?}", answer.format);
    }
    let samples = samples(1000);
    let some = samples.iter().filter(|answer| actives(answer) > 0).count();
    let none = samples.iter().filter(|answer| allowed(answer) == 0).count();
    assert!(
        some > 250 && none > 250,
        "{some} active, {none} not allowed to be"
    );
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
            "--timeout",
            "60s",
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
    let mut good = 0;
    for sample in &samples {
        let verdicts = verdicts(&sample.answer, &sample.number, seconds(DAY), said_at);
        let own = results.iter().filter(|it| it["input"] == sample.link);
        for (at, result) in own.enumerate() {
            let verdict = *verdicts.get(at).unwrap_or(&Err("a place in the answer"));
            let said = status(result);
            let body = String::from_utf8_lossy(&sample.answer.body);
            assert!(allows(verdict, said), "{verdict:?}, {result}: {body}");
            good += usize::from(said == Status::Active);
        }
    }
    assert!(good > 50, "{good}");
}

fn status(result: &serde_json::Value) -> Status {
    let word = result["status"].as_str().unwrap();
    let mut all = Status::ALL.into_iter();
    all.find(|status| status.as_str() == word).unwrap()
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
