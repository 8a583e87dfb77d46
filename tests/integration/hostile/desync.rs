//! Connections on which answers run together: none is ever given to another question.
//!
//! What the service sends unasked before it reads the next question is thrown away with its
//! connection. What it sends after that is by HTTP/1.1 the answer to the question, and only
//! the number in it can tell: a record of another number is refused.

use std::collections::HashMap;
use std::sync::Mutex;

use super::child;
use super::table::{HEAD, RUNTIME, good};
use crate::raw_server::{Asked, RawServer, Step};

const ROWS: usize = 30;

fn id(row: usize) -> String {
    format!("5D1E0C42A7B3{row:04X}")
}

/// The answer to a question, with its own holder.
fn own(asked: &Asked) -> String {
    let id = asked.path().rsplit('/').next().unwrap().to_owned();
    let body = good()
        .replace("5D1E0C42A7B39F10", &id)
        .replace("Ingrid Solvang-Reyes", &format!("Holder {id}"));
    framed(&body)
}

fn framed(body: &str) -> String {
    let length = body.len();
    format!("{HEAD}Content-Length: {length}\r\n\r\n{body}")
}

/// A good answer that names no number, of somebody whom no question is about.
fn smuggled() -> String {
    framed(
        r#"{"title":"Microsoft Certified: Azure Administrator Associate","userDisplayName":"Mallory","expiresOn":"2027-09-01T23:59:59Z"}"#,
    )
}

/// The same by the number of the last row.
fn of_the_last() -> String {
    let id = id(ROWS - 1);
    framed(&format!(
        r#"{{"credentialId":"{id}","title":"Microsoft Certified: Azure Administrator Associate","userDisplayName":"Mallory","expiresOn":"2027-09-01T23:59:59Z"}}"#
    ))
}

fn kept_alive(text: String) -> Vec<Step> {
    vec![Step::Send(text.into_bytes()), Step::Next]
}

/// What the service does with each question.
type Service = Box<dyn Fn(&Asked) -> Vec<Step> + Send + Sync>;

/// The own answer, changed in its bytes, on a connection that stays open.
fn changed(change: impl Fn(String) -> String + Send + Sync + 'static) -> Service {
    Box::new(move |asked| kept_alive(change(own(asked))))
}

fn always(text: String) -> Service {
    Box::new(move |_| kept_alive(text.clone()))
}

/// Answers each question by what the one before it on the same connection was to have.
fn lagging() -> Service {
    let waiting = Mutex::new(HashMap::new());
    Box::new(move |asked| {
        let mut waiting = waiting.lock().unwrap();
        let late = waiting.insert(asked.connection, own(asked));
        kept_alive(late.unwrap_or_else(of_the_last))
    })
}

fn chunked(answer: &str) -> String {
    let body = answer.split("\r\n\r\n").nth(1).unwrap();
    let length = body.len();
    format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n{length:x}\r\n{body}\r\n0\r\n\r\n")
}

fn services() -> Vec<(&'static str, Service)> {
    let half = smuggled().len() / 2;
    let in_a_line = |answer: String| {
        let line = smuggled().replace('{', "\r\n\r\n{");
        answer.replacen(
            "\r\n",
            &format!("\r\nContent-Length: 0\r\nX: {line}\r\n"),
            1,
        )
    };
    let empty = |status| {
        format!(
            "HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n{}",
            smuggled()
        )
    };
    vec![
        ("two answers at once", changed(|own| own + &smuggled())),
        (
            "five answers at once",
            changed(|own| own + &smuggled().repeat(4)),
        ),
        (
            "an answer and half of another",
            changed(move |own| own + &smuggled()[..half]),
        ),
        (
            "blank lines and an answer",
            changed(|own| own + "\r\n\r\n" + &smuggled()),
        ),
        (
            "chunks that end before an answer",
            changed(|own| chunked(&own) + &smuggled()),
        ),
        (
            "no content, and an answer in it",
            always(format!("HTTP/1.1 204 Nothing\r\n\r\n{}", smuggled())),
        ),
        (
            "not modified, and an answer in it",
            always(empty("304 Same")),
        ),
        (
            "an empty refusal, and an answer in it",
            always(empty("404 No")),
        ),
        ("an answer in a header line", changed(in_a_line)),
        ("an answer of another number", always(of_the_last())),
        ("answers that lag behind by one", lagging()),
    ]
}

#[test]
fn no_answer_is_ever_given_to_another_question() {
    let failures: Vec<String> = std::thread::scope(|scope| {
        let cases = ["1", "4"].map(|at_once| services().into_iter().map(move |it| (it, at_once)));
        let running: Vec<_> = cases
            .into_iter()
            .flatten()
            .map(|((name, service), at_once)| {
                scope.spawn(move || {
                    let said = misgiven(service, at_once);
                    said.map(|said| format!("{name}, {at_once} at once: {said}"))
                })
            })
            .collect();
        running
            .into_iter()
            .filter_map(|it| it.join().unwrap())
            .collect()
    });
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Asks for many, and says what was given to the wrong one.
fn misgiven(service: Service, at_once: &str) -> Option<String> {
    let server = RUNTIME.block_on(RawServer::answering(service));
    let link = |row| format!("https://learn.microsoft.com/api/credentials/{}", id(row));
    let links: Vec<_> = (0..ROWS).map(link).collect();
    let rows = match child::batch(&server.uri(), &links, at_once) {
        Ok((_, rows)) => rows,
        Err(said) => return Some(said),
    };
    let is_wrong = |row: usize| {
        let (status, holder) = (&rows[row]["status"], &rows[row]["credential"]["holder"]);
        let is_own = *holder == format!("Holder {}", id(row));
        let is_nothing = *status == "undetermined" && holder.is_null();
        // The number of the last row is its own, whoever is named beside it.
        !(is_own || is_nothing || row == ROWS - 1)
    };
    let wrong = (0..ROWS).find(|row| is_wrong(*row))?;
    Some(format!("row {wrong} was given {}", rows[wrong]))
}
