//! `bonafide verify`, through the binary: what it says and how it exits.

use crate::harness::{DAY, RECORD_PATH, SHARE_LINK, Service, bonafide, codes, finish, text};

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
        let mut command = bonafide();
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
fn credly_is_named_as_a_stale_copy() {
    let service = Service::start();
    let id = "4b0f8a52-9d13-4c67-a2e8-51c7d0f3b964";
    let badge = text("credly/badge.json").replace(
        "Microsoft Global Hackathon 2025",
        "Microsoft Certified: Azure Fundamentals",
    );
    let badge = badge.replace("issued by The Microsoft Garage", "issued by Microsoft");
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

#[test]
fn a_day_before_anything_is_known_is_undetermined() {
    let service = Service::start();
    service.json(RECORD_PATH, r#"{"title":"Microsoft Certified: Azure Administrator Associate","expiresOn":"2027-09-01"}"#);
    let on = |day: &str| {
        let mut command = bonafide();
        command.args([
            "verify",
            SHARE_LINK,
            "--format",
            "json",
            "--no-cache",
            "--as-of",
            day,
        ]);
        finish(command.arg("--learn-url").arg(service.url())).code
    };
    assert_eq!(on("2016-01-01"), 3);
    assert_eq!(on("2026-02-28"), 3);
    assert_eq!(on("2026-03-02"), 0);
}

/// What a recruiter reads when something is wrong, each from evidence on a fixed day.
#[test]
fn what_is_wrong_reads_well() {
    let service = Service::start();
    service.json(
        "/api/credentials/5D1E0C42A7B39F10",
        &text("learn-credential/administrator-active.json"),
    );
    let link = "https://learn.microsoft.com/api/credentials/5D1E0C42A7B39F10";
    let runs: [(&str, &[&str]); 6] = [
        ("another_holder", &[link, "--expect-name", "Ann Miller"]),
        ("a_name_to_look_at", &[link, "--expect-name", "I. Reyes"]),
        (
            "another_certification",
            &[link, "--expect-certification", "AZ-305"],
        ),
        (
            "not_found",
            &["https://learn.microsoft.com/api/credentials/FF"],
        ),
        (
            "private_transcript",
            &["https://learn.microsoft.com/en-us/users/jo-1/transcript"],
        ),
        ("no_link", &["see my profile"]),
    ];
    for (name, arguments) in runs {
        let ran = finish(service.command().arg("--no-cache").args(arguments));
        let told = ran.stdout.replace(&service.url(), "[service]");
        let told = told.replace(service.url().trim_start_matches("http://"), "[service]");
        // The line of the evidence holds the time of asking.
        let fixed: Vec<_> = told
            .lines()
            .filter(|line| !line.contains("from network"))
            .collect();
        insta::assert_snapshot!(format!("reads_{name}"), fixed.join("\n"));
    }
}
