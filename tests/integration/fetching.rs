//! `bonafide verify`: what the service may answer, and what is made of it.

use wiremock::ResponseTemplate;

use crate::harness::{
    DAY, PAGE_PATH, RECORD_PATH, SHARE_LINK, Service, bonafide, finish, run, text,
};

#[test]
fn each_refusal_has_its_own_finding_and_exit_code() {
    let cases = [
        (401, 3, "access-denied"),
        (403, 3, "access-denied"),
        (404, 1, "not-found"),
        (410, 1, "gone"),
        (429, 3, "rate-limited"),
        (418, 3, "service-error"),
        (500, 3, "service-error"),
        (503, 3, "service-error"),
    ];
    for (status, code, finding) in cases {
        let service = Service::start();
        for at in [RECORD_PATH, PAGE_PATH] {
            service.answer(
                at,
                ResponseTemplate::new(status).insert_header("retry-after", "3600"),
            );
        }
        let ran = service.verify(&[SHARE_LINK]);
        assert_eq!(ran.code, code, "{status}: {}", ran.stdout);
        assert_eq!(ran.codes()[0], finding, "{status}");
        assert_eq!(
            ran.json()["results"][0]["status"],
            "undetermined",
            "{status}"
        );
    }
}

#[test]
fn content_that_is_no_record_is_told_apart() {
    let big = format!("{{\"title\":\"{}\"}}", "x".repeat(3 << 20));
    let cases = [
        (
            "text/html",
            "<html>Sign in</html>",
            "unexpected-content",
            "html",
        ),
        ("text/plain", "{}", "unexpected-content", "content-type"),
        ("application/json", "{\"title\":", "format-changed", ""),
        ("application/json", "{\"name2\":1}", "format-changed", ""),
        ("application/json", "<html>", "format-changed", ""),
        ("application/json", big.as_str(), "too-large", ""),
    ];
    for (kind, body, code, detail) in cases {
        let service = Service::start();
        service.answer(
            RECORD_PATH,
            ResponseTemplate::new(200).set_body_raw(body.to_owned(), kind),
        );
        let ran = service.verify(&["learn.microsoft.com/api/credentials/20170DBC5AC04E38"]);
        assert_eq!(ran.code, 3, "{code}");
        let finding = &ran.json()["results"][0]["findings"][1];
        assert_eq!(finding["code"], code);
        assert_eq!(finding["detail"].as_str().unwrap_or(""), detail);
    }
}

#[test]
fn the_page_confirms_a_title_and_no_more() {
    for record_status in [403, 404, 500] {
        let service = Service::start();
        service.answer(RECORD_PATH, ResponseTemplate::new(record_status));
        service.page(PAGE_PATH, &text("learn-page/share-page.html"));
        let ran = service.verify(&[SHARE_LINK]);
        assert_eq!(ran.code, 3, "{record_status}");
        let result = &ran.json()["results"][0];
        assert_eq!(result["status"], "undetermined");
        assert_eq!(result["valid"], serde_json::Value::Null);
        assert_eq!(
            result["credential"]["title"],
            "Microsoft Certified: Azure AI Engineer Associate"
        );
        assert_eq!(result["source"]["kind"], "learn-page");
        assert!(ran.codes().contains(&"title-only".to_owned()));
        assert_eq!(service.asked(), [RECORD_PATH, PAGE_PATH]);
    }
}

#[test]
fn a_page_of_the_site_does_not_make_an_unknown_credential_exist() {
    let service = Service::start();
    service.answer(RECORD_PATH, ResponseTemplate::new(404));
    service.page(PAGE_PATH, &text("learn-page/site-page.html"));
    let ran = service.verify(&[SHARE_LINK]);
    assert_eq!(ran.code, 1);
    assert!(ran.codes().contains(&"not-found".to_owned()));
}

#[test]
fn a_link_that_cannot_be_asked_about_is_never_fetched() {
    let cases = [
        (
            "https://learn.microsoft.com.evil.example/api/credentials/20170DBC5AC04E38",
            1,
            "lookalike-host",
        ),
        ("https://example.org/certificate", 1, "foreign-host"),
        (
            "https://learn.microsoft.com/en-us/users/jo-1/transcript",
            3,
            "private-transcript",
        ),
        (
            "https://learn.microsoft.com/en-us/users/jo-1/achievements/jas6ktgv",
            1,
            "not-a-certification",
        ),
        ("https://lnkd.in/abc", 3, "shortened-link"),
        ("no link at all", 3, "malformed-link"),
        ("", 3, "malformed-link"),
    ];
    for (link, code, finding) in cases {
        let service = Service::start();
        let ran = service.verify(&[link]);
        assert_eq!(ran.code, code, "{link}: {}", ran.stdout);
        assert!(
            ran.codes().contains(&finding.to_owned()),
            "{link}: {:?}",
            ran.codes()
        );
        assert_eq!(service.asked(), [""; 0], "{link}");
        assert_eq!(ran.json()["results"][0]["source"], serde_json::Value::Null);
    }
}

#[test]
fn asking_twice_costs_one_304() {
    let service = Service::start();
    let tagged = |status| ResponseTemplate::new(status).insert_header("etag", "\"v1\"");
    service.answer_if("\"v1\"", RECORD_PATH, tagged(304));
    service.answer(
        RECORD_PATH,
        tagged(200).set_body_raw(
            text("learn-credential/ai-engineer-retired.json"),
            "application/json",
        ),
    );
    let first = service.verify(&[SHARE_LINK]).json();
    let second = service.verify(&[SHARE_LINK]).json();
    assert_eq!(first["results"][0]["source"]["from"], "network");
    assert_eq!(second["results"][0]["source"]["from"], "cache");
    assert_eq!(
        first["results"][0]["source"]["sha256"],
        second["results"][0]["source"]["sha256"]
    );
    assert_eq!(service.asked().len(), 2);
    let third = service.verify(&[SHARE_LINK, "--max-age", "1h"]).json();
    assert_eq!(third["results"][0]["source"]["from"], "cache");
    assert_eq!(service.asked().len(), 2, "young enough to need no asking");
    let fourth = service.verify(&[SHARE_LINK, "--no-cache"]).json();
    assert_eq!(fourth["results"][0]["source"]["from"], "network");
}

#[test]
fn a_service_that_cannot_be_reached_is_undetermined() {
    let ran = run(&[
        "verify",
        SHARE_LINK,
        "--format",
        "json",
        "--as-of",
        DAY,
        "--no-cache",
        "--retries",
        "0",
        "--learn-url",
        "https://learn.does-not-exist.invalid",
    ]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    let finding = &ran.json()["results"][0]["findings"][0];
    assert_eq!(finding["code"], "unreachable");
    assert_eq!(finding["detail"], "dns");
}

fn status_of(service: &Service, arguments: &[&str]) -> (i32, String) {
    let ran = service.verify(arguments);
    let status = ran.json()["results"][0]["status"]
        .as_str()
        .unwrap()
        .to_owned();
    (ran.code, status)
}

#[test]
fn a_clock_that_is_a_day_off_leaves_today_undetermined() {
    let service = Service::start();
    let answer = ResponseTemplate::new(200)
        .insert_header("date", "Sun, 22 Nov 2020 10:00:00 GMT")
        .set_body_raw(
            text("learn-credential/administrator-active.json"),
            "application/json",
        );
    service.answer("/api/credentials/5D1E0C42A7B39F10", answer);
    let link = "https://learn.microsoft.com/api/credentials/5D1E0C42A7B39F10";
    let mut today = bonafide();
    today
        .args([
            "verify",
            link,
            "--format",
            "json",
            "--no-cache",
            "--learn-url",
        ])
        .arg(service.url());
    let ran = finish(&mut today);
    assert_eq!(ran.code, 3, "{}", ran.stdout);
    assert!(ran.codes().contains(&"clock-skew".to_owned()));
    // On a day that was given, this machine's clock does not matter.
    let (code, status) = status_of(&service, &[link, "--no-cache"]);
    assert_eq!((code, status.as_str()), (0, "active"));
}

/// Whatever stops the record, a page that is not there says nothing against it, and a page
/// with the title adds the title and takes no reason away.
#[test]
fn a_record_that_cannot_be_had_is_undetermined_whatever_its_page_says() {
    let html = || ResponseTemplate::new(200).set_body_raw("<html>Sign in</html>", "text/html");
    let json =
        |body: &str| ResponseTemplate::new(200).set_body_raw(body.to_owned(), "application/json");
    let away = "https://login.live.com/x";
    let records = [
        ("access-denied", ResponseTemplate::new(403)),
        ("service-error", ResponseTemplate::new(500)),
        ("service-error", ResponseTemplate::new(400)),
        ("unexpected-content", html()),
        ("format-changed", json("[1]")),
        ("format-changed", json(r#"{"title":"a","title":"b"}"#)),
        (
            "redirected-away",
            ResponseTemplate::new(302).insert_header("location", away),
        ),
        ("too-large", json(&"x".repeat(3 << 20))),
    ];
    for (code, record) in records {
        for page in ["absent", "of the site", "of the credential"] {
            let service = Service::start();
            service.answer(RECORD_PATH, record.clone());
            match page {
                "of the site" => service.page(PAGE_PATH, &text("learn-page/site-page.html")),
                "of the credential" => service.page(PAGE_PATH, &text("learn-page/share-page.html")),
                _ => {}
            }
            let ran = service.verify(&[SHARE_LINK]);
            let codes = ran.codes();
            assert_eq!(ran.code, 3, "{code}, page {page}: {codes:?}");
            assert!(
                codes.contains(&code.to_owned()),
                "{code}, page {page}: {codes:?}"
            );
            assert!(codes.contains(&"not-the-issuer".to_owned()), "{codes:?}");
            let has_title = codes.contains(&"title-only".to_owned());
            assert_eq!(
                has_title,
                page == "of the credential",
                "{code}, page {page}"
            );
        }
    }
}
