//! Pages of what a shared transcript holds.

use serde_json::{Value, json};

use super::refresh::ask_nobody;
use super::{Desk, OWNER, administrator, id};
use crate::harness::{DAY, text};
use crate::issuer::transcript;

#[test]
fn a_transcript_shows_each_credential_once_and_what_is_over_apart() {
    let mut desk = Desk::new("name = \"Vimuda Facusoluhara\"\n");
    desk.evidence = vec![transcript(
        desk.path(),
        &text("learn-transcript/full-active-and-historical.json"),
    )];
    let ran = desk.run();
    assert_ne!(ran.code, 2, "{}", ran.stderr);
    let keys = desk.each("key");
    let mut apart = keys.clone();
    apart.sort_by_key(ToString::to_string);
    apart.dedup();
    assert!(keys.len() > 4 && apart.len() == keys.len(), "{keys:?}");
    let page = desk.read("index.html");
    assert!(page.contains("No longer valid"));
    // A certification number is between the holder and the issuer.
    let body = text("learn-transcript/full-active-and-historical.json");
    let transcript: Value = serde_json::from_str(&body).unwrap();
    let active = transcript["certificationData"]["activeCertifications"]
        .as_array()
        .unwrap();
    for one in active {
        let number = one["certificationNumber"].as_str().unwrap();
        for (name, bytes) in desk.files() {
            assert!(
                !String::from_utf8_lossy(&bytes).contains(number),
                "{name}: {number}"
            );
        }
    }
}

#[test]
fn a_transcript_and_a_link_of_its_own_make_one_card() {
    let body = json!({"totalModulesCompleted": 0, "userName": "janedoe-1", "certificationData": {
        "legalName": "Jane Doe", "totalActiveCertifications": 1, "totalHistoricalCertifications": 0,
        "historicalCertifications": [], "passedExams": [], "qualifications": [],
        "activeCertifications": [{"name": "Microsoft Certified: Azure Administrator Associate",
            "certificationNumber": "A1B2C3-D4E5F6", "status": "Active",
            "dateEarned": "2024-09-01T00:00:00+00:00", "expiration": "2027-09-01T23:59:59+00:00"}]}});
    let mut desk = Desk::with(OWNER, &[administrator()]);
    desk.evidence
        .push(transcript(desk.path(), &body.to_string()));
    assert_eq!(desk.run().code, 0);
    assert_eq!(desk.each("key"), [id(0)]);
}

#[test]
fn a_transcript_that_is_not_answered_greys_each_of_its_credentials_in_place() {
    let body = json!({"userName": "janedoe-1", "certificationData": {
        "legalName": "Jane Doe", "totalActiveCertifications": 2, "totalHistoricalCertifications": 0,
        "historicalCertifications": [], "passedExams": [], "qualifications": [],
        "activeCertifications": [
            {"name": "Microsoft Certified: Azure Administrator Associate", "status": "Active",
             "certificationNumber": "A1B2C3-D4E5F6",
             "dateEarned": "2024-09-01T00:00:00+00:00", "expiration": "2027-09-01T23:59:59+00:00"},
            {"name": "Microsoft Certified: Azure Fundamentals", "status": "Active",
             "certificationNumber": "A1B2C3-D4E5F7", "dateEarned": "2021-02-02T00:00:00+00:00"}]}});
    let mut desk = Desk::new(
        "name = \"Jane Doe\"\n\
         transcript = \"https://learn.microsoft.com/en-us/users/janedoe-1/transcript/7571ybttzpehm40\"\n",
    );
    desk.evidence = vec![transcript(desk.path(), &body.to_string())];
    assert_eq!(desk.run().code, 0);
    let (keys, badges) = (desk.each("key"), desk.each("badge"));
    assert_eq!(keys.len(), 2);
    let ran = ask_nobody(&desk, DAY, &[]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert_eq!(desk.each("key"), keys);
    assert_eq!(desk.each("shown_as"), ["unverified", "unverified"]);
    for badge in badges.iter().filter_map(Value::as_str) {
        assert!(
            desk.read(badge).contains("data-tone=\"unverified\""),
            "{badge}"
        );
    }
    assert!(
        desk.read("index.html")
            .contains("Azure Administrator Associate")
    );
    // Kept, where that is asked for; and back again.
    desk.run();
    assert_eq!(desk.each("shown_as"), ["good", "good"]);
    ask_nobody(&desk, DAY, &["--keep-on-error"]);
    assert_eq!(desk.each("shown_as"), ["attention", "attention"]);
    assert_eq!(desk.each("key"), keys);
}
