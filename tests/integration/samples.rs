//! The sample transcripts, served on loopback: the standing of each of their credentials.

use std::fmt::Write as _;

use serde_json::Value;

use crate::harness::{Service, codes, text};

const LINK: &str =
    "https://learn.microsoft.com/en-us/users/vimudafacusoluhara-0630/transcript/7571ybttzpehm40";
const PATH: &str = "/api/profiles/transcript/share/7571ybttzpehm40";

const SAMPLES: [&str; 6] = [
    "full-active-and-historical",
    "fundamentals-only",
    "applied-skills-only",
    "privacy-hidden",
    "local-offsets",
    "thirdparty-z-suffix",
];

fn word(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[test]
fn each_credential_of_each_sample_has_its_standing() {
    for sample in SAMPLES {
        let service = Service::start();
        service.json(PATH, &text(&format!("learn-transcript/{sample}.json")));
        let ran = service.verify(&[LINK]);
        let json = ran.json();
        let mut table = String::new();
        for one in json["results"].as_array().unwrap() {
            let (credential, renewal) = (&one["credential"], &one["renewal"]);
            let _ = writeln!(
                table,
                "{} | {} | valid {} | expires {} | {} days | {} | renewal {} {} {} | {}",
                word(&one["status"]),
                word(&credential["title"]),
                word(&one["valid"]),
                word(&credential["expires_on"]),
                word(&one["days_left"]),
                word(&one["certification"]["state"]),
                word(&renewal["state"]),
                word(&renewal["opens_on"]),
                word(&renewal["deadline"]),
                codes(one)
                    .into_iter()
                    .filter(|code| code != "not-the-issuer")
                    .collect::<Vec<_>>()
                    .join(" "),
            );
        }
        let _ = writeln!(table, "\n{}\nexit {}", json["summary"], ran.code);
        insta::assert_snapshot!(sample.replace('-', "_"), table);
    }
}

#[test]
fn an_expected_certification_picks_its_entry_from_a_transcript() {
    let service = Service::start();
    service.json(
        PATH,
        &text("learn-transcript/full-active-and-historical.json"),
    );
    for (wanted, code, total, status) in [
        ("AZ-104", 0, 1, "active"),
        ("AZ-305", 0, 1, "active"),
        ("AI-102", 0, 1, "retired"),
        ("DP-420", 0, 1, "needs-renewal"),
        ("DP-700", 3, 0, ""),
    ] {
        let ran = service.verify(&[LINK, "--expect-certification", wanted]);
        if total == 0 {
            // Titles that the catalogue does not know may be it: not determined.
            assert_eq!(ran.code, code, "{wanted}: {}", ran.stdout);
            continue;
        }
        assert_eq!(ran.code, code, "{wanted}: {}", ran.stdout);
        let json = ran.json();
        assert_eq!(json["summary"]["total"], total, "{wanted}");
        assert_eq!(json["results"][0]["status"], status, "{wanted}");
    }
    let service = Service::start();
    service.json(PATH, &text("learn-transcript/fundamentals-only.json"));
    let ran = service.verify(&[LINK, "--expect-certification", "AZ-104"]);
    assert_eq!(ran.code, 1);
    assert!(ran.codes().contains(&"certification-different".to_owned()));
}

#[test]
fn a_transcript_that_counts_more_than_it_lists_is_not_complete() {
    let service = Service::start();
    let body = text("learn-transcript/fundamentals-only.json").replace(
        "\"totalActiveCertifications\": 1",
        "\"totalActiveCertifications\": 2",
    );
    service.json(PATH, &body);
    let ran = service.verify(&[LINK]);
    assert_eq!(ran.code, 3);
    let json = ran.json();
    assert_eq!(json["summary"]["total"], 2);
    assert_eq!(json["results"][0]["status"], "active");
    assert_eq!(json["results"][1]["status"], "undetermined");
    // What is expected may be what is not listed.
    let other = service.verify(&[LINK, "--expect-certification", "AZ-104"]);
    assert_eq!(other.code, 3);
    assert!(
        other.codes().contains(&"partial-answer".to_owned()),
        "{:?}",
        other.codes()
    );
    let listed = service.verify(&[LINK, "--expect-certification", "AZ-900"]);
    assert_eq!(listed.code, 0);
    assert!(
        listed.codes().contains(&"partial-answer".to_owned()),
        "{:?}",
        listed.codes()
    );
    assert!(codes(&json["results"][1]).contains(&"partial-answer".to_owned()));
}

#[test]
fn personal_data_that_no_check_needs_is_kept_nowhere() {
    let service = Service::start();
    let body = text("learn-transcript/fundamentals-only.json");
    service.answer(
        PATH,
        wiremock::ResponseTemplate::new(200)
            .insert_header("etag", "\"1\"")
            .set_body_raw(body, "application/json"),
    );
    let folder = service.data.path().join("evidence");
    let ran = service.verify(&[LINK, "-vv", "--save-evidence", folder.to_str().unwrap()]);
    assert_eq!(ran.code, 0);
    let mut kept = Vec::new();
    for folder in [folder, service.data.path().join("cache")] {
        for entry in std::fs::read_dir(folder).unwrap() {
            kept.push(std::fs::read_to_string(entry.unwrap().path()).unwrap());
        }
    }
    assert_eq!(kept.len(), 2);
    kept.extend([ran.stdout, ran.stderr]);
    for text in kept {
        for secret in ["b.holder@example.com", "9900004"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
}

fn transcript(active: &str, historical: &str) -> String {
    format!(
        r#"{{"userName":"u","certificationData":{{"activeCertifications":[{active}],"historicalCertifications":[{historical}]}}}}"#
    )
}

#[test]
fn of_one_certification_number_the_worse_entry_counts() {
    let entry = |number: &str, status: &str, expires: &str| {
        format!(
            r#"{{"name":"Microsoft Certified: Azure Administrator Associate","certificationNumber":"{number}","status":"{status}","expiration":"{expires}"}}"#
        )
    };
    let cases = [
        // The same credential, taken back: it does not pass for being listed as active too.
        ("AAAAAA-AAAAAA", "Revoked", 1, "revoked"),
        // Another one of the same title: the better of two credentials answers.
        ("BBBBBB-BBBBBB", "Revoked", 0, "active"),
        ("BBBBBB-BBBBBB", "Expired", 0, "active"),
    ];
    for (number, status, code, found) in cases {
        let service = Service::start();
        let active = entry("AAAAAA-AAAAAA", "Active", "2027-09-01T23:59:59Z");
        service.json(
            PATH,
            &transcript(&active, &entry(number, status, "2027-09-01T23:59:59Z")),
        );
        let ran = service.verify(&[LINK, "--expect-certification", "AZ-104"]);
        assert_eq!(ran.code, code, "{number} {status}: {}", ran.stdout);
        assert_eq!(ran.json()["results"][0]["status"], found);
    }
}

#[test]
fn a_transcript_without_its_lists_is_not_an_empty_one() {
    let service = Service::start();
    service.json(PATH, r#"{"certificationData":{"current":[]},"appliedSkillsData":{"appliedSkillsCredentials":[{"title":"Microsoft Applied Skills: X","awardedOn":"2024-01-01"}]}}"#);
    let ran = service.verify(&[LINK]);
    assert_eq!(ran.code, 3);
    assert!(ran.codes().contains(&"format-changed".to_owned()));
}
