//! Lengths, chunks, heads and protocols that are wrong.

use super::table::{
    Behaviour, HEAD, active, answer, broken, changed, good, headed, hold, row, truncated,
    undetermined,
};
use crate::raw_server::{Step, send};

#[test]
fn a_length_that_is_wrong_never_makes_a_part_pass_as_whole() {
    hold(lengths());
}

#[test]
fn garbled_chunks_never_pass_as_an_answer() {
    hold(chunks());
}

#[test]
fn a_head_without_end_is_left_and_its_cookies_are_not_kept() {
    hold(heads());
}

#[test]
fn what_is_not_http_is_no_answer() {
    hold(protocols());
}

fn lengths() -> Vec<Behaviour> {
    let length = good().len();
    let two = |other: &str| format!("Content-Length: {length}\r\nContent-Length: {other}\r\n");
    let too_large = undetermined(&["too-large"]);
    vec![
        row("none, to the end", headed(""), active()),
        row(
            "none, and cut",
            vec![send(&format!("{HEAD}\r\n{}", &good()[..90]))],
            changed(),
        ),
        row("too short", headed("Content-Length: 90\r\n"), changed()),
        row("zero", headed("Content-Length: 0\r\n"), changed()),
        row("too long", headed("Content-Length: 9000\r\n"), truncated()),
        row(
            "twice the same",
            headed(&two(&length.to_string())),
            active(),
        ),
        row("two different", headed(&two("90")), broken()),
        row(
            "a list of two",
            headed(&format!("Content-Length: {length}, 90\r\n")),
            broken(),
        ),
        row("negative", headed("Content-Length: -5\r\n"), broken()),
        row("signed", headed("Content-Length: +5\r\n"), broken()),
        row("no number", headed("Content-Length: many\r\n"), broken()),
        row(
            "beyond the limit",
            headed("Content-Length: 2097153\r\n"),
            too_large.clone(),
        ),
        row(
            "the largest of 63 bits",
            headed("Content-Length: 9223372036854775807\r\n"),
            too_large,
        ),
        row(
            "the largest of 64 bits",
            headed("Content-Length: 18446744073709551615\r\n"),
            broken(),
        ),
        row(
            "past all bits",
            headed("Content-Length: 99999999999999999999999999\r\n"),
            broken(),
        ),
        row(
            "beside chunks, which count",
            chunked("Content-Length: 90\r\n", &[whole_chunk(), end()]),
            active(),
        ),
    ]
}

const CHUNKED: &str = "Transfer-Encoding: chunked\r\n";

fn chunked(lines: &str, pieces: &[String]) -> Vec<Step> {
    vec![send(&format!(
        "{HEAD}{lines}{CHUNKED}\r\n{}",
        pieces.concat()
    ))]
}

fn whole_chunk() -> String {
    sized(&format!("{:x}", good().len()))
}

fn sized(size: &str) -> String {
    format!("{size}\r\n{}\r\n", good())
}

fn end() -> String {
    "0\r\n\r\n".to_owned()
}

fn chunks() -> Vec<Behaviour> {
    let sizes = [
        "zz",
        "-5",
        "",
        " ",
        "ffffffffffffffff",
        "fffffffffffffffff1",
    ];
    let of_size = |size: &&str| {
        let pieces = [sized(size), end()];
        row(&format!("size {size:?}"), chunked("", &pieces), truncated())
    };
    let flooded = |start: String, bytes: &[u8]| {
        let mut script = chunked("", &[start]);
        script.push(Step::Flood(bytes.to_vec()));
        script
    };
    let mut rows: Vec<_> = sizes.iter().map(of_size).collect();
    rows.extend([
        row("whole", chunked("", &[whole_chunk(), end()]), active()),
        row("no end", chunked("", &[whole_chunk()]), truncated()),
        row(
            "half an end",
            chunked("", &[whole_chunk(), "0\r\n".to_owned()]),
            truncated(),
        ),
        row(
            "a size that is too small",
            chunked("", &[sized("10"), end()]),
            truncated(),
        ),
        row("one byte each", chunked("", &[bytewise(), end()]), active()),
        row(
            "trailers that say otherwise",
            chunked(
                "",
                &[
                    whole_chunk(),
                    "0\r\nContent-Length: 5\r\nContent-Type: text/html\r\n\r\n".to_owned(),
                ],
            ),
            active(),
        ),
        row(
            "trailers without end",
            flooded(whole_chunk() + "0\r\n", &b"X-A: b\r\n".repeat(8000)),
            truncated(),
        ),
        row(
            "an extension without end",
            flooded("5;".to_owned(), &b"a".repeat(65536)),
            truncated(),
        ),
        row(
            "chunks without end",
            flooded(
                String::new(),
                &b"1000\r\n"
                    .iter()
                    .copied()
                    .chain([b' '; 0x1000])
                    .chain(*b"\r\n")
                    .collect::<Vec<_>>(),
            ),
            undetermined(&["too-large"]),
        ),
    ]);
    rows
}

fn bytewise() -> String {
    let chunks: Vec<_> = good().chars().map(|c| format!("1\r\n{c}\r\n")).collect();
    chunks.concat()
}

fn heads() -> Vec<Behaviour> {
    let length = format!("Content-Length: {}\r\n", good().len());
    let many = |line: &str, count: usize| {
        let lines = (0..count).map(|at| line.replace('#', &at.to_string()));
        headed(&(lines.collect::<String>() + &length))
    };
    let flooded =
        |start: &str, bytes: &str| vec![send(start), Step::Flood(bytes.repeat(1000).into_bytes())];
    vec![
        row(
            "one line of 1 MB",
            headed(&format!("X: {}\r\n{length}", "a".repeat(1 << 20))),
            broken(),
        ),
        row("10,000 lines", many("X-#: a\r\n", 10_000), broken()),
        row(
            "lines without end",
            flooded(HEAD, "X: aaaaaaaaaaaa\r\n"),
            broken(),
        ),
        row(
            "one line without end",
            flooded("HTTP/1.1 200 OK\r\nX: ", "aaaaaaaaaaaa"),
            broken(),
        ),
        row(
            "a status line without end",
            flooded("HTTP/1.1 200 ", "aaaaaaaaaaaa"),
            broken(),
        ),
        row(
            "90 cookies, none of which comes back",
            // An outage first, so that the same run asks again.
            many("Set-Cookie: c#=d; Path=/\r\n", 90),
            active(),
        ),
        row(
            "cookies of an outage, before the answer",
            answer("503 Busy", &"Set-Cookie: a=b; Path=/\r\n".repeat(90), b""),
            active(),
        )
        .then(headed(&length)),
        row(
            "5,000 cookies",
            many("Set-Cookie: c#=d\r\n", 5000),
            broken(),
        ),
        row(
            "a folded line",
            headed(&format!("X: a\r\n b\r\n{length}")),
            broken(),
        ),
        row(
            "a NUL in a line",
            headed(&format!("X: a\0b\r\n{length}")),
            broken(),
        ),
        row(
            "a tag with control characters",
            headed(&format!("ETag: \"a\u{1}b\"\r\n{length}")),
            broken(),
        ),
        row(
            "a line without a colon",
            headed(&format!("nonsense\r\n{length}")),
            broken(),
        ),
    ]
}

fn protocols() -> Vec<Behaviour> {
    let body = good();
    let flood = |text: &str| vec![Step::Flood(text.repeat(100).into_bytes())];
    let informed = |count| {
        let mut script = vec![send(
            &"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".repeat(count),
        )];
        script.extend(headed(""));
        script
    };
    vec![
        row("HTTP/0.9", vec![send(&body)], broken()),
        row(
            "HTTP/1.0",
            vec![send(&format!("HTTP/1.0 200 OK\r\n\r\n{body}"))],
            active(),
        ),
        row(
            "HTTP/3 by name",
            vec![send(&format!("HTTP/3.0 200 OK\r\n\r\n{body}"))],
            broken(),
        ),
        row(
            "the preface of HTTP/2",
            vec![send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")],
            broken(),
        ),
        row(
            "a frame of HTTP/2",
            vec![Step::Send(b"\0\0\0\x04\0\0\0\0\0".to_vec())],
            broken(),
        ),
        row(
            "no space in the status line",
            vec![send(&format!("HTTP/1.1 200OK\r\n\r\n{body}"))],
            broken(),
        ),
        row(
            "a status of four digits",
            vec![send(&format!("HTTP/1.1 2000 OK\r\n\r\n{body}"))],
            broken(),
        ),
        row("nothing", Vec::new(), broken()),
        row("a reset", vec![Step::Reset], broken()),
        row("fifty 103s, then the answer", informed(50), active()),
        row(
            "100s without end",
            flood("HTTP/1.1 100 Continue\r\n\r\n"),
            undetermined(&["timed-out"]),
        )
        .timeout(2),
        row(
            "103s without end",
            flood("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"),
            undetermined(&["timed-out"]),
        )
        .timeout(2),
        row(
            "another protocol",
            answer(
                "101 Switching Protocols",
                "Upgrade: x\r\nConnection: upgrade\r\n",
                b"",
            ),
            undetermined(&["service-error"]),
        ),
        row(
            "noise without end",
            flood("\u{1}\u{2}\u{3}\u{ff}"),
            broken(),
        ),
    ]
}
