//! LinkedIn's form, JSON Resume, JSON-LD, shields.io: held to their schemas.

use super::{Desk, EXPIRED, GOOD, OPEN, RETIRED};
use crate::harness::{Ran, text};

const PAGE: &str =
    "https://learn.microsoft.com/api/credentials/share/en-us/buchheister/20170DBC5AC04E38";

fn made(record: &str, arguments: &[&str]) -> Ran {
    let desk = Desk::new();
    let evidence = desk.evidence(record);
    desk.badge(&[&["--evidence", &evidence], arguments].concat())
}

fn fits(schema: &str, document: &serde_json::Value) -> bool {
    let schema = serde_json::from_str(&text(&format!("schemas/{schema}.json"))).unwrap();
    jsonschema::validator_for(&schema)
        .unwrap()
        .is_valid(document)
}

#[test]
fn linkedins_form_is_filled_in() {
    let ran = made(GOOD, &["--linkedin"]);
    assert_eq!(ran.code, 0);
    let link = url::Url::parse(ran.stdout.trim()).unwrap();
    assert_eq!(link.host_str(), Some("www.linkedin.com"));
    assert_eq!(link.path(), "/profile/add");
    let pairs: Vec<_> = link.query_pairs().into_owned().collect();
    let expected = [
        ("startTask", "CERTIFICATION_NAME"),
        ("name", "Microsoft Certified: Azure Administrator Associate"),
        ("organizationId", "1035"),
        ("issueYear", "2024"),
        ("issueMonth", "9"),
        ("expirationYear", "2027"),
        ("expirationMonth", "9"),
        ("certUrl", PAGE),
        ("certId", "20170DBC5AC04E38"),
    ];
    assert_eq!(
        pairs,
        expected.map(|(name, value)| (name.to_owned(), value.to_owned()))
    );
    assert!(
        made(EXPIRED, &["--linkedin"])
            .stdout
            .contains("expirationYear=2026")
    );
    let ran = made(OPEN, &["--linkedin"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (3, ""));
    assert!(
        ran.stderr.contains("no link, since it is unverified"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_resume_holds_only_what_is_valid() {
    let ran = made(GOOD, &["--json-resume"]);
    let expected = serde_json::json!({"certificates": [{
        "name": "Microsoft Certified: Azure Administrator Associate",
        "date": "2024-09-01",
        "issuer": "Microsoft",
        "url": PAGE,
    }]});
    assert_eq!(ran.json(), expected);
    assert!(fits("json-resume-certificates", &ran.json()));
    for record in [EXPIRED, OPEN] {
        let ran = made(record, &["--json-resume"]);
        assert_eq!(ran.json(), serde_json::json!({"certificates": []}));
        assert_ne!(ran.code, 0);
    }
}

#[test]
fn linked_data_of_what_was_revoked_has_no_end() {
    let ran = made(
        r#"{"title":"Microsoft Certified: Azure Administrator Associate","status":"Revoked","expiresOn":"2027-09-01"}"#,
        &["--json-ld"],
    );
    assert_eq!(ran.json()["creativeWorkStatus"], "revoked");
    assert!(ran.json().get("expires").is_none(), "{}", ran.stdout);
}

#[test]
fn linked_data_says_the_standing() {
    for (record, status, expires) in [
        (GOOD, "active", Some("2027-09-01")),
        (RETIRED, "retired", Some("2027-05-14")),
        (EXPIRED, "expired", Some("2026-05-14")),
        (OPEN, "unverified", None),
    ] {
        let json = made(record, &["--json-ld"]).json();
        assert!(fits("schema-org-credential", &json), "{json}");
        assert_eq!(json["@context"], "https://schema.org");
        assert_eq!(json["@type"], "EducationalOccupationalCredential");
        assert_eq!(json["creativeWorkStatus"], status);
        assert_eq!(json.get("expires").and_then(|day| day.as_str()), expires);
        assert_eq!(json.get("recognizedBy").is_some(), status != "unverified");
        assert_eq!(json["url"], PAGE);
        assert_eq!(json["sdDatePublished"], "2026-11-22");
    }
}

#[test]
fn the_shields_file_cannot_be_repainted_unless_it_is_valid() {
    for (record, is_error, color) in [
        (GOOD, false, "177834"),
        (RETIRED, false, "8a5700"),
        (EXPIRED, true, "b3261e"),
        (OPEN, true, "626971"),
    ] {
        let json = made(record, &["--format", "shields"]).json();
        assert!(fits("shields-endpoint", &json), "{json}");
        assert_eq!(json["isError"], is_error);
        assert_eq!(json["color"], color);
        assert_eq!(json["cacheSeconds"], 3600);
        assert!(json["label"].as_str().unwrap().ends_with("Associate"));
    }
}
