//! Redirects to everywhere but the service itself.

use super::table::{
    BADGE, Behaviour, SHARED, TRANSCRIPT, active, answer, broken, good, headed, hold, row,
    undetermined,
};
use crate::raw_server::{RawServer, Step, send};

#[test]
fn a_redirect_leads_nowhere_but_to_the_same_service() {
    hold(elsewhere());
}

#[test]
fn redirects_without_end_come_to_one() {
    hold(loops());
}

fn to(location: &str) -> Vec<Step> {
    answer("302 Found", &format!("Location: {location}\r\n"), b"")
}

fn elsewhere() -> Vec<Behaviour> {
    let away = undetermined(&["redirected-away"]);
    let places = [
        "http://learn.microsoft.com/x",
        "https://learn.microsoft.com/x",
        "file:///etc/passwd",
        "data:application/json,{}",
        "ftp://127.0.0.1/x",
        "javascript:alert(1)",
        "http://10.0.0.1/",
        "http://192.168.0.1/",
        "http://172.16.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[fe80::1]/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://0.0.0.0/",
        "http://localhost/",
        "http://127.0.0.1/",
        "http://127.0.0.1:1/",
        "http://127.0.0.2/",
        "https://127.0.0.1/",
        "https://learn.microsoft.com.evil.example/",
        "https://learn-microsoft.com/",
        "https://lеarn.microsoft.com/",
        "https://learn.microsoft.com@evil.example/",
        "https://login.microsoftonline.com/common/oauth2?x=y",
        "//evil.example/x",
        "\\\\evil.example\\x",
        "http:evil.example/",
        "http://",
        "http://[",
        "http://%00/",
        "http://127.0.0.1:99999/",
    ];
    let mut rows: Vec<_> = places
        .iter()
        .map(|place| row(place, to(place), away.clone()))
        .collect();
    rows.extend([
        row("no address", answer("302 Found", "", b""), away.clone()),
        row(
            "an address that is no text",
            to("/\u{ff}\u{fe}"),
            away.clone(),
        ),
        row("a control character", to("/a\u{1}b"), broken()),
        row("of a transcript", to("http://10.0.0.1/"), away.clone()).of(TRANSCRIPT),
        row(
            "of a badge",
            to("http://10.0.0.1/"),
            undetermined(&["stale-issuer-copy", "redirected-away"]),
        )
        .of(BADGE),
        row("of a record and its page", to("http://10.0.0.1/"), away).of(SHARED),
        // What stands beside an address that is not followed is not read either.
        row(
            "with a good body",
            answer(
                "302 Found",
                "Location: http://10.0.0.1/\r\nContent-Type: application/json\r\n",
                good().as_bytes(),
            ),
            undetermined(&["redirected-away"]),
        ),
        row(
            "300 with a good body",
            answer(
                "300 Choose",
                "Location: /x\r\nContent-Type: application/json\r\n",
                good().as_bytes(),
            ),
            undetermined(&["service-error"]),
        ),
    ]);
    rows
}

fn loops() -> Vec<Behaviour> {
    let away = || undetermined(&["redirected-away"]);
    let statuses = [301, 302, 303, 307, 308];
    let mut rows: Vec<_> = statuses
        .iter()
        .map(|status| {
            let script = answer(&format!("{status} On"), "Location: ?again\r\n", b"");
            row(&format!("{status} to itself"), script, away())
        })
        .collect();
    let body = vec![b'x'; 1 << 20];
    rows.extend([
        row("to where it stands", to(""), away()),
        row(
            "with 1 MiB at each",
            answer("302 Found", "Location: /x\r\n", &body),
            away(),
        ),
        row(
            "with a body without end at each",
            vec![
                send("HTTP/1.1 302 Found\r\nLocation: /x\r\nConnection: close\r\n\r\n"),
                Step::Flood(vec![b'x'; 65536]),
            ],
            away(),
        ),
        row("five, then the answer", to("/1"), active())
            .then(to("/2"))
            .then(to("/3"))
            .then(to("/4"))
            .then(to("/5"))
            .then(headed("")),
    ]);
    rows
}

/// The addresses above name hosts that nobody answers at. Here somebody does.
#[test]
fn a_server_at_another_port_or_with_a_user_name_is_not_asked() {
    let runtime = &super::table::RUNTIME;
    let other = runtime.block_on(RawServer::start(vec![headed("")]));
    let port = other.host().split(':').next_back().unwrap().to_owned();
    let away = || undetermined(&["redirected-away"]);
    let places = [
        format!("http://127.0.0.1:{port}/x"),
        format!("//127.0.0.1:{port}/x"),
        format!("http://2130706433:{port}/x"),
        format!("http://0x7f.1:{port}/x"),
        format!("http://localhost:{port}/x"),
        format!("http://user@127.0.0.1:{port}/x"),
    ];
    let rows = places.iter().map(|place| row(place, to(place), away()));
    hold(rows.collect());
    assert_eq!(other.requests(), Vec::<String>::new());

    // To the right place, but under somebody's name.
    let server = runtime.block_on(RawServer::answering(|asked| {
        let host = asked
            .head
            .lines()
            .find_map(|line| line.strip_prefix("host: "));
        to(&format!("http://user:word@{}/x", host.unwrap()))
    }));
    let mut command = super::child::program();
    command.args([
        "verify",
        super::table::RECORD,
        "--no-cache",
        "--learn-url",
        &server.uri(),
    ]);
    let watched = super::child::watch(&mut command, std::time::Duration::from_mins(2)).unwrap();
    assert_eq!(watched.ran.code, 3, "{}", watched.ran.stdout);
    assert_eq!(server.requests().len(), 1);
    assert!(
        !watched.ran.stdout.contains("word@"),
        "{}",
        watched.ran.stdout
    );
}
