//! `bonafide verify`, through the binary.

use wiremock::ResponseTemplate;

use crate::harness::{
    DAY, PAGE_PATH, RECORD_PATH, SHARE_LINK, SHARING_ID, Service, codes, finish, fixture, run, text,
};

fn status_of(service: &Service, arguments: &[&str]) -> (i32, String) {
    let ran = service.verify(arguments);
    let status = ran.json()["results"][0]["status"]
        .as_str()
        .unwrap()
        .to_owned();
    (ran.code, status)
}

#[test]
fn a_retired_certification_is_valid_and_says_until_when() {
    let service = Service::start();
    service.json(
        RECORD_PATH,
        &text("learn-credential/ai-engineer-retired.json"),
    );
    let ran = service.verify(&[SHARE_LINK]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let json = ran.json();
    let result = &json["results"][0];
    assert_eq!(json["as_of"], "2026-11-22T00:00:00Z");
    assert_eq!(result["status"], "retired");
    assert_eq!(result["valid"], true);
    assert_eq!(result["days_left"], 173);
    assert_eq!(result["credential"]["earned_on"], "2024-05-14T10:22:31Z");
    assert_eq!(result["credential"]["expires_on"], "2027-05-14T23:59:59Z");
    assert_eq!(result["credential"]["issuer_status"], "Active");
    assert_eq!(result["certification"]["slug"], "azure-ai-engineer");
    assert_eq!(result["certification"]["state"], "retired");
    assert_eq!(result["certification"]["retires_on"], "2026-06-30");
    assert_eq!(
        result["certification"]["replacement"],
        "azure-ai-apps-and-agents-developer-associate"
    );
    assert_eq!(result["renewal"]["state"], "impossible");
    assert_eq!(result["renewal"]["opens_on"], "2026-11-14");
    assert_eq!(result["renewal"]["deadline"], serde_json::Value::Null);
    assert_eq!(result["holder_match"]["grade"], "not-compared");
    assert_eq!(codes(result), ["not-the-issuer", "certification-retired"]);
    assert_eq!(json["summary"]["retired"], 1);
    assert_eq!(service.asked(), [RECORD_PATH]);
}

#[test]
fn each_outcome_has_its_exit_code() {
    // record, further arguments, exit code
    let administrator = r#"{"title":"Microsoft Certified: Azure Administrator Associate","userDisplayName":"Jo Doe","expiresOn":"DATE"}"#;
    let cases: [(&str, &[&str], i32, &str); 16] = [
        ("2027-09-01", &[], 0, "active"),
        ("2027-09-01", &["--require", "active"], 0, "active"),
        ("2027-03-01", &[], 0, "needs-renewal"),
        ("2027-03-01", &["--require", "active"], 1, "needs-renewal"),
        ("2026-11-21", &[], 1, "expired"),
        (
            "2026-11-21",
            &["--as-of", "2026-11-21T23:59:59Z"],
            0,
            "needs-renewal",
        ),
        ("soon", &[], 3, "undetermined"),
        ("2027-09-01", &["--expect-name", "Jo Doe"], 0, "active"),
        ("2027-09-01", &["--expect-name", "JO DOE"], 0, "active"),
        ("2027-09-01", &["--expect-name", "J. Doe"], 3, "active"),
        ("2027-09-01", &["--expect-name", "Ann Miller"], 1, "active"),
        (
            "2027-09-01",
            &["--expect-certification", "AZ-104"],
            0,
            "active",
        ),
        (
            "2027-09-01",
            &["--expect-certification", "AZ-305"],
            1,
            "active",
        ),
        ("2027-09-01", &["--valid-until", "2027-09-01"], 0, "active"),
        ("2027-09-01", &["--valid-until", "2027-09-02"], 1, "active"),
        ("soon", &["--expect-name", "Ann Miller"], 1, "undetermined"),
    ];
    for (date, arguments, code, status) in cases {
        let service = Service::start();
        service.json(RECORD_PATH, &administrator.replace("DATE", date));
        // The last --as-of given counts only when it is the only one.
        let mut command = crate::harness::bonafide();
        command.args([
            "verify",
            SHARE_LINK,
            "--format",
            "json",
            "--no-cache",
            "--learn-url",
        ]);
        command.arg(service.url()).args(arguments);
        if !arguments.contains(&"--as-of") {
            command.args(["--as-of", DAY]);
        }
        let ran = finish(&mut command);
        assert_eq!(
            ran.code, code,
            "{date} {arguments:?}: {}{}",
            ran.stdout, ran.stderr
        );
        assert_eq!(
            ran.json()["results"][0]["status"],
            status,
            "{date} {arguments:?}"
        );
    }
}

#[test]
fn a_name_that_the_service_does_not_give_is_not_confirmed() {
    let service = Service::start();
    service.json(
        RECORD_PATH,
        &text("learn-credential/ai-engineer-retired.json"),
    );
    let ran = service.verify(&[SHARE_LINK, "--expect-name", "Jo Doe"]);
    assert_eq!(ran.code, 3);
    assert!(ran.codes().contains(&"holder-not-named".to_owned()));
}

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
fn several_links_keep_their_order_and_the_worst_decides() {
    let service = Service::start();
    service.json(
        RECORD_PATH,
        &text("learn-credential/ai-engineer-retired.json"),
    );
    service.json(
        "/api/credentials/5D1E0C42A7B39F10",
        &text("learn-credential/administrator-active.json"),
    );
    let other = "https://learn.microsoft.com/api/credentials/5D1E0C42A7B39F10";
    let gone = "https://learn.microsoft.com/api/credentials/FFFF";
    let ran = service.verify(&[other, SHARE_LINK, gone, "https://lnkd.in/x"]);
    assert_eq!(ran.code, 1);
    let json = ran.json();
    let statuses: Vec<_> = json["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["status"].as_str().unwrap())
        .collect();
    assert_eq!(
        statuses,
        ["active", "retired", "undetermined", "undetermined"]
    );
    assert_eq!(json["summary"]["passed"], 2);
    assert_eq!(json["summary"]["failed"], 1);
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
fn evidence_is_saved_and_judged_again_on_any_day() {
    let service = Service::start();
    service.json(
        RECORD_PATH,
        &text("learn-credential/ai-engineer-retired.json"),
    );
    let folder = service.data.path().join("evidence");
    let folder_text = folder.to_str().unwrap();
    let live = service
        .verify(&[SHARE_LINK, "--save-evidence", folder_text])
        .json();
    let file = std::fs::read_dir(&folder)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let saved = std::fs::read_to_string(&file).unwrap();
    assert!(!saved.contains(SHARING_ID), "{saved}");

    let file = file.to_str().unwrap();
    for (day, code, status) in [
        (DAY, 0, "retired"),
        ("2026-06-30", 0, "active"),
        ("2027-05-15", 1, "expired"),
    ] {
        let again = run(&[
            "verify",
            "--format",
            "json",
            "--as-of",
            day,
            "--evidence",
            file,
        ]);
        assert_eq!(again.code, code, "{day}: {}{}", again.stdout, again.stderr);
        let json = again.json();
        assert_eq!(json["results"][0]["status"], status);
        assert_eq!(json["results"][0]["source"]["from"], "evidence");
        assert_eq!(
            json["results"][0]["source"]["sha256"],
            live["results"][0]["source"]["sha256"]
        );
        assert!(again.codes().contains(&"not-the-issuer".to_owned()));
    }
}

#[test]
fn saved_refusals_say_the_same_again() {
    let service = Service::start();
    let folder = service.data.path().join("evidence");
    let live = service.verify(&[SHARE_LINK, "--save-evidence", folder.to_str().unwrap()]);
    assert_eq!(live.code, 1);
    let file = std::fs::read_dir(&folder)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let again = run(&[
        "verify",
        "--format",
        "json",
        "--as-of",
        DAY,
        "--evidence",
        file.to_str().unwrap(),
    ]);
    assert_eq!(again.code, 1);
    assert_eq!(again.codes(), live.codes());
}

#[test]
fn an_answer_saved_by_hand_is_judged_and_said_to_prove_nothing_of_the_issuer() {
    let file = fixture("learn-credential/ai-engineer-retired.json");
    let ran = run(&[
        "verify",
        "--format",
        "json",
        "--as-of",
        DAY,
        "--evidence",
        file.to_str().unwrap(),
    ]);
    assert_eq!(ran.json()["results"][0]["status"], "retired");
    assert_eq!(
        ran.codes(),
        ["not-the-issuer", "stale-evidence", "certification-retired"]
    );
}

#[test]
fn files_that_are_no_evidence_are_named_in_a_usage_error() {
    let folder = tempfile::TempDir::new().unwrap();
    let cases: [(&str, &[u8]); 5] = [
        ("empty.json", b""),
        ("invalid-utf8.json", b"{\"title\":\"\xff\xfe\"}"),
        ("nul.json", b"\0\0\0\0"),
        ("other.json", b"{\"hello\":1}"),
        ("truncated.json", b"{\"bonafide_evidence\":1,"),
    ];
    for (name, bytes) in cases {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        let ran = run(&["verify", "--evidence", file.to_str().unwrap()]);
        assert_eq!(ran.code, 2, "{name}");
        assert!(ran.stderr.contains(name), "{name}: {}", ran.stderr);
        assert_eq!(ran.stdout, "");
    }
    let ran = run(&["verify", "--evidence", "not-there.json"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("not-there.json"), "{}", ran.stderr);
}

#[test]
fn hostile_text_reaches_no_terminal_raw() {
    let service = Service::start();
    service.json(RECORD_PATH, &text("learn-credential/hostile-text.json"));
    let ran = finish(
        service
            .command()
            .args([SHARE_LINK, "--expect-name", "Eve\u{1b}[31m"]),
    );
    assert_eq!(ran.code, 1, "{}", ran.stdout);
    for said in [&ran.stdout, &ran.stderr] {
        assert!(
            said.chars().all(|c| c == '\n' || !c.is_control()),
            "{said:?}"
        );
        assert!(
            !said.contains('\u{202e}') && !said.contains('\u{200b}'),
            "{said:?}"
        );
    }
}

#[test]
fn the_sharing_id_is_shown_nowhere_but_in_the_echoed_input() {
    let service = Service::start();
    service.answer(RECORD_PATH, ResponseTemplate::new(500));
    service.page(PAGE_PATH, &text("learn-page/share-page.html"));
    let folder = service.data.path().join("evidence");
    let human = finish(
        service
            .command()
            .args([SHARE_LINK, "-vv", "--save-evidence"])
            .arg(&folder),
    );
    assert!(!human.stdout.contains(SHARING_ID), "{}", human.stdout);
    assert!(!human.stderr.contains(SHARING_ID), "{}", human.stderr);
    assert!(!human.stderr.is_empty(), "-vv says what is asked");
    let mut json = service.verify(&[SHARE_LINK]).json();
    assert!(
        json["results"][0]["input"]
            .take()
            .as_str()
            .unwrap()
            .contains(SHARING_ID)
    );
    assert!(
        json["results"][0]["link"]["input"]
            .take()
            .as_str()
            .unwrap()
            .contains(SHARING_ID)
    );
    assert!(!json.to_string().contains(SHARING_ID));
    for_each_file(service.data.path(), &|path, bytes| {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains(SHARING_ID), "{}", path.display());
    });
}

fn for_each_file(folder: &std::path::Path, check: &dyn Fn(&std::path::Path, &[u8])) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            for_each_file(&path, check);
        } else {
            check(&path, &std::fs::read(&path).unwrap());
        }
    }
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
    let mut today = crate::harness::bonafide();
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

#[test]
fn links_are_read_from_standard_input_whatever_they_hold() {
    let service = Service::start();
    service.json(
        RECORD_PATH,
        &text("learn-credential/ai-engineer-retired.json"),
    );
    let mut input = format!("{SHARE_LINK}\r\n\n").into_bytes();
    input.extend_from_slice(b"\xff\xfe\x00 not text\n");
    input.extend(std::iter::repeat_n(b'x', 10 << 20));
    let ran = finish(
        service
            .command()
            .args(["--format", "json", "-"])
            .write_stdin(input),
    );
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    let json = ran.json();
    assert_eq!(json["summary"]["total"], 3);
    assert_eq!(json["results"][0]["status"], "retired");
    assert_eq!(codes(&json["results"][2]), ["malformed-link"]);
    assert!(
        ran.stdout.len() < 100_000,
        "a long input is not echoed whole"
    );
}

#[test]
fn wrong_usage_exits_2_and_says_what_was_expected() {
    let cases: [(&[&str], &str); 9] = [
        (&["verify"], "LINK"),
        (
            &["verify", "x", "--as-of", "yesterday"],
            "expected a day such as 2026-11-22",
        ),
        (
            &["verify", "x", "--timeout", "20"],
            "expected a duration such as",
        ),
        (
            &["verify", "x", "--learn-url", "http://example.org"],
            "https",
        ),
        (
            &["verify", "x", "--expect-certification", "AZ-109"],
            "AZ-104",
        ),
        (&["verify", "x", "--rate", "fast"], "expected a rate"),
        (
            &["verify", "x", "--config", "/nonexistent/bonafide.toml"],
            "/nonexistent/bonafide.toml",
        ),
        (
            &["verify", "x", "--ca-file", "/nonexistent/ca.pem"],
            "/nonexistent/ca.pem",
        ),
        (&["verfy", "x"], "verify"),
    ];
    for (arguments, expected) in cases {
        let ran = run(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.stdout);
        assert!(
            ran.stderr.contains(expected),
            "{arguments:?}: {}",
            ran.stderr
        );
        assert_eq!(ran.stdout, "", "{arguments:?}");
    }
}

#[test]
fn a_configuration_gives_defaults_and_names_its_mistakes() {
    let service = Service::start();
    service.json(
        RECORD_PATH,
        &text("learn-credential/ai-engineer-retired.json"),
    );
    let config = service.data.path().join("config.toml");
    let path = config.to_str().unwrap();
    std::fs::write(
        &config,
        format!("learn-url = \"{}\"\ntimeout = \"5s\"\n", service.url()),
    )
    .unwrap();
    let ran = run(&[
        "verify",
        SHARE_LINK,
        "--no-cache",
        "--as-of",
        DAY,
        "--config",
        path,
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for (text, expected) in [
        ("timeot = \"5s\"", "timeot"),
        ("timeout = 5", "timeout"),
        ("timeout = \"5\"", "expected a duration"),
        ("learn-url = \"ftp://x\"", "learn-url"),
        ("= = =", "config.toml"),
    ] {
        std::fs::write(&config, text).unwrap();
        let ran = run(&["verify", SHARE_LINK, "--config", path]);
        assert_eq!(ran.code, 2, "{text}");
        assert!(
            ran.stderr.contains(expected) && ran.stderr.contains("config.toml"),
            "{text}: {}",
            ran.stderr
        );
    }
}

#[test]
fn the_document_can_go_to_a_file() {
    let service = Service::start();
    service.json(
        RECORD_PATH,
        &text("learn-credential/ai-engineer-retired.json"),
    );
    let file = service.data.path().join("result.json");
    let ran = service.verify(&[SHARE_LINK, "-o", file.to_str().unwrap()]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""));
    assert!(
        std::fs::read_to_string(&file)
            .unwrap()
            .contains("\"retired\"")
    );
    let nowhere = service.data.path().join("no/such/folder/result.json");
    let ran = service.verify(&[SHARE_LINK, "-o", nowhere.to_str().unwrap()]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("result.json"), "{}", ran.stderr);
}

#[test]
fn credly_is_named_as_a_stale_copy() {
    let service = Service::start();
    let id = "4b0f8a52-9d13-4c67-a2e8-51c7d0f3b964";
    let badge = text("credly/badge.json").replace(
        "Microsoft Global Hackathon 2025",
        "Microsoft Certified: Azure Fundamentals",
    );
    service.json(&format!("/badges/{id}.json"), &badge);
    let ran = service.verify(&[&format!("https://www.credly.com/badges/{id}/public_url")]);
    assert_eq!(ran.code, 3, "{}", ran.stdout);
    let result = &ran.json()["results"][0];
    assert_eq!(result["credential"]["earned_on"], "2025-07-31T00:00:00Z");
    assert!(ran.codes().contains(&"stale-issuer-copy".to_owned()));
}

#[test]
fn a_credly_badge_that_is_no_certification_is_said_to_be_none() {
    let service = Service::start();
    let id = "4b0f8a52-9d13-4c67-a2e8-51c7d0f3b964";
    service.json(&format!("/badges/{id}.json"), &text("credly/badge.json"));
    let ran = service.verify(&[&format!("https://www.credly.com/badges/{id}")]);
    assert_eq!(ran.code, 1, "{}", ran.stdout);
    assert!(ran.codes().contains(&"not-a-certification".to_owned()));
    assert_eq!(ran.json()["results"][0]["credential"]["kind"], "badge");
}
