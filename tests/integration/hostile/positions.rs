//! Connections that end at every byte of a good answer.

use std::collections::BTreeSet;

use bonafide::catalog::Catalog;
use bonafide::check::{Expectation, Outcome};
use bonafide::lifecycle::Status;
use bonafide::source::{BaseUrl, Live, Policy};
use bonafide::verify::{AsOf, Terms, Verification, verify};
use futures_util::StreamExt as _;
use futures_util::stream;

use super::child;
use super::table::{HEAD, MEMORY, PATIENT, RUNTIME, good};
use crate::harness::DAY;
use crate::raw_server::{RawServer, Step};

/// How the answer says where it ends.
#[derive(Debug, Clone, Copy)]
enum Framing {
    Length,
    Chunks,
    Close,
}

/// How the connection ends.
#[derive(Debug, Clone, Copy)]
enum End {
    Closed,
    Reset,
}

/// The good answer about the credential of that number.
fn whole(framing: Framing, number: usize) -> Vec<u8> {
    let body = good().replace("5D1E0C42A7B39F10", &id(number));
    let length = body.len();
    match framing {
        Framing::Length => format!("{HEAD}Content-Length: {length}\r\n\r\n{body}"),
        Framing::Chunks => {
            let (one, other) = body.split_at(100);
            let other_length = other.len();
            format!(
                "{HEAD}Transfer-Encoding: chunked\r\n\r\n64\r\n{one}\r\n{other_length:x}\r\n{other}\r\n0\r\n\r\n"
            )
        }
        Framing::Close => format!("{HEAD}\r\n{body}"),
    }
    .into_bytes()
}

/// A number that says where its answer is cut.
fn id(number: usize) -> String {
    format!("{:016X}", 0x5D1E_0000_0000_0000_u64 + number as u64)
}

fn link(number: usize) -> String {
    format!("https://learn.microsoft.com/api/credentials/{}", id(number))
}

/// A server that cuts each answer where its credential's number says.
async fn cutting(framing: Framing, end: End) -> RawServer {
    RawServer::answering(move |asked| {
        let digits = &asked.path()[asked.path().len() - 8..];
        let cut = usize::from_str_radix(digits, 16).unwrap();
        let sent = whole(framing, cut)[..cut].to_vec();
        match end {
            End::Closed => vec![Step::Send(sent)],
            End::Reset => vec![Step::Send(sent), Step::Reset],
        }
    })
    .await
}

#[test]
fn an_answer_cut_at_any_byte_never_passes_as_whole() {
    for framing in [Framing::Length, Framing::Chunks, Framing::Close] {
        for end in [End::Closed, End::Reset] {
            RUNTIME.block_on(cut_everywhere(framing, end));
        }
    }
}

async fn cut_everywhere(framing: Framing, end: End) {
    let server = cutting(framing, end).await;
    let policy = Policy::default()
        .with_learn_base(BaseUrl::parse(&server.uri()).unwrap())
        .with_retries(0)
        .with_timeout(std::time::Duration::from_secs(PATIENT))
        .with_rate(None)
        .with_concurrency(16.try_into().unwrap());
    let live = &Live::new(policy).unwrap();
    let expected = &Expectation::default();
    let length = whole(framing, 0).len();
    let found = stream::iter(0..=length)
        .map(|cut| async move {
            let terms = Terms {
                catalog: Catalog::embedded(),
                as_of: AsOf::day(DAY.parse().unwrap()),
                expected,
            };
            let trip = verify(&link(cut), live, &terms).await;
            judge(cut == length, &trip.verifications[0])
                .map_err(|said| format!("{framing:?}, {end:?} at {cut} of {length}: {said}"))
        })
        .buffer_unordered(16)
        .collect::<Vec<_>>()
        .await;
    let wrong: Vec<_> = found.iter().filter_map(|it| it.as_ref().err()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let actives = found.iter().filter(|it| **it == Ok(Status::Active)).count();
    match end {
        End::Closed => assert_eq!(actives, 1, "the whole answer is taken"),
        // A reset may overtake what was sent before it.
        End::Reset => assert!(actives <= 1),
    }
}

/// What a cut answer may come to: nothing, for a reason that blames the connection or the
/// answer and never the credential.
fn judge(is_whole: bool, result: &Verification<'_>) -> Result<Status, String> {
    let codes: Vec<_> = result
        .findings
        .iter()
        .map(|finding| finding.code().as_str())
        .collect();
    let status = result.standing.status;
    let reasons = ["unreachable", "unexpected-content", "format-changed"];
    let has_reason = codes.iter().any(|code| reasons.contains(code));
    match (status, result.outcome) {
        (Status::Active, Outcome::Passed) if is_whole => Ok(status),
        (Status::Undetermined, Outcome::Undetermined) if has_reason => Ok(status),
        (status, outcome) => Err(format!("{status}, {outcome:?}, {codes:?}")),
    }
}

#[test]
fn a_list_of_answers_cut_at_every_byte_has_one_good_row() {
    let server = RUNTIME.block_on(cutting(Framing::Length, End::Closed));
    let length = whole(Framing::Length, 0).len();
    let links: Vec<_> = (0..=length).map(link).collect();
    let (watched, rows) = child::batch(&server.uri(), &links, "16").unwrap();
    assert_eq!(watched.ran.code, 3, "{}", watched.ran.stderr);
    let statuses: BTreeSet<_> = rows[..length]
        .iter()
        .map(|row| row["status"].as_str())
        .collect();
    assert_eq!(statuses, BTreeSet::from([Some("undetermined")]));
    assert_eq!(rows[length]["status"], "active");
    assert!(watched.peak <= MEMORY, "{} MiB", watched.peak);
}
