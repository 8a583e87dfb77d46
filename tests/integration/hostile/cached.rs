//! Answers that were kept, and a service that says something else of them.

use wiremock::ResponseTemplate;

use super::table::good;
use crate::harness::{Ran, Service};

const LINK: &str = super::table::RECORD;
const PATH: &str = "/api/credentials/5D1E0C42A7B39F10";

fn tagged(status: u16, tag: &[u8], body: &str) -> ResponseTemplate {
    let tag = wiremock::http::HeaderValue::from_bytes(tag).unwrap();
    ResponseTemplate::new(status)
        .append_header("etag", tag)
        .set_body_raw(body.to_owned(), "application/json")
}

fn status(ran: &Ran) -> (i32, String, String) {
    let json = ran.json();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or("null").to_owned();
    let result = &json["results"][0];
    (
        ran.code,
        text(&result["status"]),
        text(&result["source"]["from"]),
    )
}

fn found(code: i32, status: &str, from: &str) -> (i32, String, String) {
    (code, status.to_owned(), from.to_owned())
}

#[test]
fn a_thing_that_changed_under_its_tag_is_judged_by_what_was_sent() {
    let revoked = good().replace("\"Active\"", "\"Revoked\"");
    let service = Service::start();
    service.answer(PATH, tagged(200, b"\"v1\"", &good()));
    assert_eq!(
        status(&service.verify(&[LINK])),
        found(0, "active", "network")
    );
    service.reset();
    service.answer(PATH, tagged(200, b"\"v1\"", &revoked));
    assert_eq!(
        status(&service.verify(&[LINK])),
        found(1, "revoked", "network")
    );
    // And the new one is what is kept.
    service.reset();
    service.answer(PATH, tagged(304, b"\"v1\"", ""));
    assert_eq!(
        status(&service.verify(&[LINK])),
        found(1, "revoked", "cache")
    );
}

#[test]
fn that_nothing_changed_is_believed_of_what_was_asked_about_alone() {
    let not_modified = || tagged(304, b"\"v1\"", "");
    // Never seen.
    let service = Service::start();
    service.answer(PATH, not_modified());
    let ran = service.verify(&[LINK]);
    assert_eq!(status(&ran), found(3, "undetermined", "null"));
    assert!(ran.codes().contains(&"service-error".to_owned()));

    // Seen, but by a tag that cannot be sent back as it was.
    for tag in [&b"\"\xff\xfe\""[..], "\"é\"".as_bytes()] {
        let service = Service::start();
        service.answer(PATH, tagged(200, tag, &good()));
        assert_eq!(
            status(&service.verify(&[LINK])),
            found(0, "active", "network")
        );
        service.reset();
        service.answer(PATH, not_modified());
        let found_by_time = [LINK, "--max-age", "1h"];
        for options in [&[LINK][..], &found_by_time] {
            assert_eq!(
                status(&service.verify(options)),
                found(3, "undetermined", "null")
            );
        }
    }
}

#[test]
fn an_outage_or_a_login_page_never_brings_the_kept_answer_back() {
    for answer in [
        ResponseTemplate::new(503),
        ResponseTemplate::new(200).set_body_raw("<html>Sign in", "text/html"),
        tagged(200, b"\"v1\"", "{"),
        tagged(206, b"\"v1\"", &good()),
    ] {
        let service = Service::start();
        service.answer(PATH, tagged(200, b"\"v1\"", &good()));
        assert_eq!(status(&service.verify(&[LINK])).0, 0);
        service.reset();
        service.answer(PATH, answer);
        let ran = service.verify(&[LINK]);
        assert_eq!((ran.code, status(&ran).1.as_str()), (3, "undetermined"));
    }
}
