//! Bodies with status 200 that are no record, or try to be two.

use super::table::{
    BADGE, Behaviour, Expected, HEAD, RECORD, SHARED, TRANSCRIPT, active, answer, changed, good,
    good_with, hold, json, row, undetermined,
};
use crate::raw_server::{Step, send};

#[test]
fn what_is_no_record_is_never_read_as_one() {
    hold(other_things());
}

#[test]
fn json_that_goes_too_far_is_read_as_it_is_or_not_at_all() {
    hold(extremes());
}

#[test]
fn a_member_given_twice_makes_nothing_better() {
    hold(twice());
}

#[test]
fn a_list_without_end_costs_no_memory_without_end() {
    hold(long_lists());
}

fn page(body: &str) -> Vec<Step> {
    answer(
        "200 OK",
        "Content-Type: text/html; charset=utf-8\r\n",
        body.as_bytes(),
    )
}

fn typed(content_type: &str, body: &[u8]) -> Vec<Step> {
    answer("200 OK", &format!("Content-Type: {content_type}\r\n"), body)
}

fn other_things() -> Vec<Behaviour> {
    let html = || undetermined(&["unexpected-content/html"]);
    let other = || undetermined(&["unexpected-content/content-type"]);
    let login = "<!doctype html><title>Sign in</title><form action=/login>";
    let good = good();
    let utf_16: Vec<u8> = good.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut rows: Vec<_> = [RECORD, SHARED, TRANSCRIPT]
        .into_iter()
        .map(|link| row(&format!("a login page for {link}"), page(login), html()).of(link))
        .collect();
    rows.extend([
        row(
            "a login page for a badge",
            page(login),
            undetermined(&["stale-issuer-copy", "unexpected-content/html"]),
        )
        .of(BADGE),
        row(
            "a login page that calls itself JSON",
            json(login.as_bytes()),
            changed(),
        ),
        row("a record that calls itself a page", page(&good), html()),
        row(
            "a record that calls itself text",
            typed("text/plain", good.as_bytes()),
            other(),
        ),
        row(
            "a type that is no text",
            typed("\u{1f}\u{1f}", good.as_bytes()),
            undetermined(&["unreachable/connection"]),
        ),
        row("an empty body", json(b""), changed()),
        row("blanks", json(&b" \n".repeat(1000)), changed()),
        row("an empty object", json(b"{}"), changed()),
        row("null", json(b"null"), changed()),
        row("a list", json(format!("[{good}]").as_bytes()), changed()),
        row(
            "a record in a record",
            json(format!("{{\"data\":{good}}}").as_bytes()),
            changed(),
        ),
        row(
            "two records",
            json(format!("{good}{good}").as_bytes()),
            changed(),
        ),
        row(
            "a record and more",
            json(format!("{good}x").as_bytes()),
            changed(),
        ),
        row(
            "all but the last brace",
            json(&good.as_bytes()[..good.len() - 1]),
            changed(),
        ),
        row(
            "a byte order mark",
            json(format!("\u{feff}{good}").as_bytes()),
            active(),
        ),
        row(
            "two of them",
            json(format!("\u{feff}\u{feff}{good}").as_bytes()),
            changed(),
        ),
        row("UTF-16", json(&utf_16), changed()),
        row(
            "comments",
            json(format!("/* */{good}").as_bytes()),
            changed(),
        ),
        row(
            "another credential",
            json(
                good.replace("5D1E0C42A7B39F10", "5D1E0C42A7B39F11")
                    .as_bytes(),
            ),
            undetermined(&["unexpected-content/other-credential"]),
        ),
        row(
            "a number that names no credential",
            json(
                good.replace("\"5D1E0C42A7B39F10\"", "\"none of these\"")
                    .as_bytes(),
            ),
            undetermined(&["unexpected-content/other-credential"]),
        ),
        row(
            "a number that is no text",
            json(good.replace("\"5D1E0C42A7B39F10\"", "[7]").as_bytes()),
            undetermined(&["unexpected-content/other-credential"]),
        ),
    ]);
    rows
}

fn extremes() -> Vec<Behaviour> {
    let nested = |depth: usize| [b"[".repeat(depth), b"]".repeat(depth)].concat();
    let member = |name: &str, value: &[u8]| {
        json(&good_with(
            &[format!("\"{name}\":").as_bytes(), value].concat(),
        ))
    };
    // Of a member that nobody reads, nothing is built; one that is read must be sound.
    let (unread, read) = ("badgeImage", "displayName");
    let deep = b"{\"a\":".repeat(100_000);
    let long = [b"\"", &b"a".repeat(1_900_000)[..], b"\""].concat();
    let entries = [b"[1", &b",1".repeat(999_999)[..], b"]"].concat();
    vec![
        row("100 levels", member(unread, &nested(100)), active()),
        row(
            "100 levels where a name is read",
            member(read, &nested(100)),
            active(),
        ),
        row("100,000 levels", member(unread, &nested(100_000)), active()),
        row(
            "100,000 levels where a name is read",
            member(read, &nested(100_000)),
            active(),
        ),
        row("100,000 levels that never close", json(&deep), changed()),
        row("900,000 levels", json(&nested(900_000)), changed()),
        row("10^6 entries", member(unread, &entries), active()),
        row(
            "10^6 entries where a name is read",
            member(read, &entries),
            active(),
        ),
        row("a number past f64", member(unread, b"1e999999"), active()),
        row(
            "a number past f64 where a name is read",
            member(read, b"1e999999"),
            changed(),
        ),
        row(
            "100,000 digits",
            member(unread, &b"9".repeat(100_000)),
            active(),
        ),
        row(
            "100,000 digits where a name is read",
            member(read, &b"9".repeat(100_000)),
            changed(),
        ),
        row("not a number", member(unread, b"NaN"), changed()),
        row("a text of 1.9 MB", member(unread, &long), active()),
        row("a name of 1.9 MB", member(read, &long), active()),
        row("invalid UTF-8", member(unread, b"\"\xff\xfe\""), active()),
        row(
            "invalid UTF-8 in a name",
            member(read, b"\"\xff\xfe\""),
            changed(),
        ),
        row("a lone surrogate", member(unread, br#""\ud800""#), active()),
        row(
            "a lone surrogate in a name",
            member(read, br#""\ud800""#),
            changed(),
        ),
        row(
            "surrogates the wrong way round",
            member(read, br#""\udc00\ud800""#),
            changed(),
        ),
        row(
            "an escaped NUL in a name",
            member(read, br#""a\u0000b""#),
            active(),
        ),
        row("a NUL in a name", member(read, b"\"a\0b\""), changed()),
        row(
            "a NUL behind the record",
            json(format!("{}\0", good()).as_bytes()),
            changed(),
        ),
        row("100,000 members", json(&members(100_000)), active()),
        row(
            "a page of 2 MB of attributes",
            attributes(),
            undetermined(&["unexpected-content/html"]),
        )
        .of(SHARED),
    ]
}

fn members(count: usize) -> Vec<u8> {
    let more: Vec<_> = (0..count).map(|at| format!("\"m{at}\":1")).collect();
    good_with(more.join(",").as_bytes())
}

fn attributes() -> Vec<Step> {
    let many: Vec<_> = (0..150_000).map(|at| format!("a{at}=b")).collect();
    page(&format!("<html><head><meta {}></head>", many.join(" ")))
}

fn twice() -> Vec<Behaviour> {
    let with = |member: &str| json(&good_with(member.as_bytes()));
    let before = |member: &str| json(format!("{{{member},{}", &good()[1..]).as_bytes());
    let read = [
        r#""expiresOn":"2029-09-01T23:59:59Z""#,
        r#""expiresOn":null"#,
        r#""\u0065xpiresOn":"2029-09-01T23:59:59Z""#,
        r#""title":"Microsoft Certified: Azure Fundamentals""#,
        r#""credentialStatus":"Active""#,
        r#""credentialStatus":"Revoked""#,
        r#""awardedOn":"2020-09-01T00:00:00Z""#,
        r#""credentialId":"5D1E0C42A7B39F10""#,
    ];
    let mut rows: Vec<_> = read
        .iter()
        .flat_map(|member| {
            [
                row(&format!("{member} behind"), with(member), changed()),
                row(&format!("{member} before"), before(member), changed()),
            ]
        })
        .collect();
    let unreadable = || undetermined(&["date-unreadable"]);
    let revoked = Expected {
        codes: Vec::new(),
        exit: 1,
        status: "revoked",
    };
    rows.extend([
        row(
            "another name for the expiry",
            with(r#""expirationDate":"2029-09-01T23:59:59Z""#),
            unreadable(),
        ),
        row(
            "another name for the award",
            with(r#""earnedOn":"2020-01-01""#),
            unreadable(),
        ),
        row(
            "another name for the status",
            with(r#""status":"Expired""#),
            undetermined(&["unknown-status"]),
        ),
        row(
            "a revocation by another name",
            with(r#""status":"Revoked""#),
            revoked,
        ),
        row("what nobody reads", with(r#""x":1,"x":2"#), active()),
    ]);
    rows
}

fn long_lists() -> Vec<Behaviour> {
    let list = |name: &str, entry: &str, count: usize| {
        let entries = vec![entry; count].join(",");
        let name_of_500 = "x".repeat(500);
        let body = match name {
            "skills" => format!(
                r#"{{"certificationData":{{"legalName":"{name_of_500}","activeCertifications":[]}},"appliedSkillsData":{{"appliedSkillsCredentials":[{entries}]}}}}"#
            ),
            _ => format!(
                r#"{{"certificationData":{{"legalName":"{name_of_500}","{name}":[{entries}]}}}}"#
            ),
        };
        json(body.as_bytes())
    };
    let mut rows = Vec::new();
    for name in ["activeCertifications", "historicalCertifications", "skills"] {
        for (entry, count) in [("{}", 5_000_000), (r#"{"name":"a"}"#, 1_000_000)] {
            let script = list(name, entry, count);
            rows.push(row(&format!("{count} of {name}"), script, changed()).of(TRANSCRIPT));
        }
    }
    let endless = |start: &str, piece: &str| {
        vec![
            send(&format!("{HEAD}\r\n{start}")),
            Step::Flood(piece.repeat(1000).into_bytes()),
        ]
    };
    rows.extend([
        row(
            "entries without end",
            endless(r#"{"certificationData":{"activeCertifications":["#, r#"{"name":"a"},"#),
            undetermined(&["too-large"]),
        )
        .of(TRANSCRIPT),
        row(
            "10^6 modules, which are not read",
            json(
                format!(
                    r#"{{"modulesCompleted":[{}],"certificationData":{{"activeCertifications":[]}}}}"#,
                    vec![r#"{"uid":"a"}"#; 1_000_000].join(",")
                )
                .as_bytes(),
            ),
            undetermined(&["no-credential-id"]),
        )
        .of(TRANSCRIPT),
    ]);
    rows
}
