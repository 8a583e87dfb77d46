//! `verify --receipt` and `bonafide receipt`: what is left behind, and what it is worth.

mod altered;
mod keys;
mod signing;

use std::path::{Path, PathBuf};

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::harness::{DAY, RECORD_PATH, Ran, SHARE_LINK, SHARING_ID, Service, fixture, run, text};

/// A record of the tests' link, whose holder is invented.
const RECORD: &str = r#"{"credentialId":"20170DBC5AC04E38","title":"Microsoft Certified: Azure AI Engineer Associate","userDisplayName":"Jo Doe","expiresOn":"2027-05-14T23:59:59Z","status":"Active","contactEmail":"jo@example.org","mcid":"9900004","share":"C72B4F60A795D7E4"}"#;

/// A service whose record passes for Jo Doe, with a receipt of that.
fn left() -> (Service, PathBuf) {
    left_for(&["--expect-name", "Jo Doe"])
}

fn left_for(arguments: &[&str]) -> (Service, PathBuf) {
    let service = Service::start();
    service.json(RECORD_PATH, RECORD);
    let folder = service.data.path().join("receipts");
    let options = ["--receipt", folder.to_str().unwrap(), SHARE_LINK];
    let ran = service.verify(&[arguments, &options].concat());
    assert!(ran.code != 2, "{}", ran.stderr);
    let file = only_file(&folder);
    (service, file)
}

fn only_file(folder: &Path) -> PathBuf {
    let mut files = std::fs::read_dir(folder).unwrap();
    let file = files.next().unwrap().unwrap().path();
    assert!(files.next().is_none());
    file
}

fn check(file: &Path, arguments: &[&str]) -> Ran {
    let start = ["receipt", "check", "--format", "json"];
    let file = [file.to_str().unwrap()];
    let day: &[&str] = if arguments.contains(&"--as-of") {
        &[]
    } else {
        &["--as-of", DAY]
    };
    run(&[&start, &file[..], day, arguments].concat())
}

/// The text with the digest that a careful forger would put into it.
fn resealed(text: &str) -> String {
    let at = text.rfind("\n  \"digest\": \"").unwrap() + 14;
    let blank = [&text[..at], &"0".repeat(64), &text[at + 64..]].concat();
    let digest = hex::encode(Sha256::digest(&blank));
    blank.replace(&"0".repeat(64), &digest)
}

/// Rewrites a receipt, as somebody does who can write the file.
fn forge(file: &Path, change: impl Fn(&str) -> String) {
    let before = std::fs::read_to_string(file).unwrap();
    let after = change(&before);
    assert_ne!(before, after, "the test changes something");
    std::fs::write(file, resealed(&after)).unwrap();
}

#[test]
fn a_receipt_says_what_was_asked_received_required_and_found() {
    let (service, file) = left();
    let text = std::fs::read_to_string(&file).unwrap();
    let json: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["bonafide_receipt"], 1);
    assert_eq!(
        json["program"],
        concat!("bonafide ", env!("CARGO_PKG_VERSION"))
    );
    assert_eq!(json["service"], "other");
    let notice = json["notice"].as_str().unwrap();
    assert!(notice.starts_with("NOT MICROSOFT: 127.0.0.1:"), "{notice}");
    let address = SHARE_LINK.split('?').next().unwrap();
    assert_eq!(json["link"]["address"], address);
    assert_eq!(json["link"]["kind"], "credential-share");
    assert_eq!(json["requirement"]["as_of"], "2026-11-22T00:00:00Z");
    assert_eq!(json["requirement"]["name"], "Jo Doe");
    assert_eq!(json["requirement"]["require"], "valid");
    let exchange = &json["exchanges"][0];
    assert_eq!(exchange["from"], "network");
    assert_eq!(exchange["url"], format!("{}{RECORD_PATH}", service.url()));
    assert_eq!(exchange["sha256"], hex::encode(Sha256::digest(RECORD)));
    assert_eq!(exchange["received_bytes"], RECORD.len());
    let body = exchange["body"].as_str().unwrap();
    assert_eq!(exchange["kept_sha256"], hex::encode(Sha256::digest(body)));
    let result = &json["results"][0];
    assert_eq!(result["outcome"], "passed");
    assert_eq!(result["status"], "retired");
    assert_eq!(result["holder_grade"], "exact");
    assert_eq!(result["findings"][0]["code"], "not-the-issuer");
}

#[test]
fn no_receipt_holds_a_key_or_personal_data_that_no_check_needs() {
    let service = Service::start();
    service.json(RECORD_PATH, RECORD);
    let folder = service.data.path().join("receipts");
    let receipts = folder.to_str().unwrap();
    let lookalike = SHARE_LINK.replace("microsoft", "rnicrosoft");
    let mail = format!("https://nam02.safelinks.protection.outlook.com/?url={SHARE_LINK}");
    let transcript = "https://learn.microsoft.com/en-us/users/vimudafacusoluhara-0630/transcript/7571ybttzpehm40";
    service.json(
        "/api/profiles/transcript/share/7571ybttzpehm40",
        &text("learn-transcript/fundamentals-only.json"),
    );
    service.verify(&[
        "--receipt",
        receipts,
        SHARE_LINK,
        &lookalike,
        &mail,
        transcript,
        "x",
    ]);
    // Even where it is repeated in what was typed.
    let named = format!("Jo {SHARING_ID} Doe");
    service.verify(&["--receipt", receipts, "--expect-name", &named, SHARE_LINK]);
    let mut seen = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let kept = std::fs::read_to_string(&path).unwrap().to_lowercase();
        let secrets = [
            SHARING_ID,
            "contactEmail",
            "jo@example.org",
            "b.holder@example.com",
            "mcid",
            "9900004",
        ];
        for secret in secrets {
            assert!(!kept.contains(&secret.to_lowercase()), "{secret} in {kept}");
        }
        // What was taken out changes nothing about the judgement, apart from such a name.
        assert_eq!(check(&path, &[]).json()["receipts"][0]["state"], "sound");
        seen += 1;
    }
    assert_eq!(seen, 6);
}

#[test]
fn a_page_that_names_personal_data_is_not_kept_and_cannot_be_judged_again() {
    let service = Service::start();
    service.answer(RECORD_PATH, wiremock::ResponseTemplate::new(403));
    let page = r#"<html><head><title>Microsoft Certified: Azure Administrator Associate - Credentials</title></head><body data-user='{"contactEmail":"jo@example.org"}'></body></html>"#;
    service.page(crate::harness::PAGE_PATH, page);
    let folder = service.data.path().join("receipts");
    service.verify(&["--receipt", folder.to_str().unwrap(), SHARE_LINK]);
    let file = only_file(&folder);
    let kept = std::fs::read_to_string(&file).unwrap();
    assert!(
        !kept.contains("jo@example.org") && kept.contains("\"withheld\": true"),
        "{kept}"
    );
    let ran = check(&file, &[]);
    assert_eq!(ran.code, 3, "{}", ran.stdout);
}

#[test]
fn a_receipt_is_private_and_never_overwritten() {
    let (service, file) = left();
    let name = file.file_name().unwrap().to_str().unwrap();
    assert!(name.ends_with("Z-20170DBC5AC04E38.receipt.json"), "{name}");
    let folder = file.parent().unwrap();
    for _ in 0..3 {
        service.verify(&["--receipt", folder.to_str().unwrap(), SHARE_LINK]);
    }
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 4);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&file), mode(folder)), (0o600, 0o700));
    }
    let ran = service.verify(&["--receipt", file.to_str().unwrap(), SHARE_LINK]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("expected a folder"), "{}", ran.stderr);
}

#[test]
fn a_genuine_receipt_exits_as_its_verification_did() {
    let cases: [(&[&str], i32, &str); 4] = [
        (&["--expect-name", "Jo Doe"], 0, "passed"),
        (&["--expect-name", "Ann Miller"], 1, "failed"),
        (&["--expect-name", "J. Doe"], 3, "undetermined"),
        (
            &[
                "--expect-certification",
                "AZ-104",
                "--require",
                "active",
                "--valid-until",
                "2027-01-31",
            ],
            1,
            "failed",
        ),
    ];
    for (arguments, code, outcome) in cases {
        let (_service, file) = left_for(arguments);
        let ran = check(&file, &[]);
        let json = ran.json();
        let one = &json["receipts"][0];
        assert_eq!(ran.code, code, "{arguments:?}: {}", ran.stdout);
        assert_eq!(one["state"], "sound");
        assert_eq!(one["outcome"], outcome);
        assert_eq!(one["signature"]["state"], "none");
        assert_eq!(one["again"]["confirmed"], true);
        assert_eq!(one["again"]["differences"], Value::Array(Vec::new()));
        assert_eq!(one["receipt"]["service"], "other");
    }
}

#[test]
fn a_failure_of_the_network_leaves_a_receipt_too() {
    let service = Service::start();
    service.answer(RECORD_PATH, wiremock::ResponseTemplate::new(503));
    let folder = service.data.path().join("receipts");
    service.verify(&["--receipt", folder.to_str().unwrap(), SHARE_LINK]);
    let ran = check(&only_file(&folder), &[]);
    assert_eq!(ran.code, 3, "{}", ran.stdout);
    assert_eq!(ran.json()["receipts"][0]["again"]["confirmed"], true);
}

#[test]
fn the_clock_that_disagreed_disagrees_again() {
    let service = Service::start();
    let answer = wiremock::ResponseTemplate::new(200)
        .insert_header("date", "Tue, 01 Jan 2019 00:00:00 GMT")
        .set_body_raw(RECORD, "application/json");
    service.answer(RECORD_PATH, answer);
    let folder = service.data.path().join("receipts");
    let url = service.url();
    let ran = run(&[
        "verify",
        "--no-cache",
        "--learn-url",
        &url,
        "--receipt",
        folder.to_str().unwrap(),
        SHARE_LINK,
    ]);
    assert!(ran.stdout.contains("clock-skew"), "{}", ran.stdout);
    let again = check(&only_file(&folder), &[]).json();
    assert_eq!(
        again["receipts"][0]["again"]["differences"],
        Value::Array(Vec::new())
    );
}

#[test]
fn a_credential_that_expired_later_is_confirmed_and_said_to_be_expired_today() {
    let (_service, file) = left();
    let ran = check(&file, &["--as-of", "2027-06-01"]);
    let json = ran.json();
    assert_eq!(ran.code, 0, "{}", ran.stdout);
    assert_eq!(
        json["receipts"][0]["receipt"]["as_of"],
        "2026-11-22T00:00:00Z"
    );
    assert_eq!(
        json["receipts"][0]["again"]["today"][0]["status"],
        "expired"
    );
    let human = run(&[
        "receipt",
        "check",
        file.to_str().unwrap(),
        "--as-of",
        "2027-06-01",
    ]);
    assert!(
        human
            .stdout
            .contains("on 2027-06-01, the same evidence comes to: failed, expired"),
        "{}",
        human.stdout
    );
}

#[test]
fn what_the_catalogue_learned_since_is_said() {
    let (_service, file) = left_for(&["--require", "active"]);
    // As it was judged by a version that did not know of the retirement yet.
    forge(&file, |text| {
        text.replace("\"status\": \"retired\"", "\"status\": \"active\"")
            .replace("\"outcome\": \"failed\"", "\"outcome\": \"passed\"")
            .replace(
                "\"certification_state\": \"retired\"",
                "\"certification_state\": \"current\"",
            )
    });
    let ran = check(&file, &[]);
    let json = ran.json();
    let again = &json["receipts"][0]["again"];
    assert_eq!(ran.code, 1, "{}", ran.stdout);
    assert_eq!(again["confirmed"], false);
    let whats: Vec<_> = again["differences"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["what"])
        .collect();
    assert_eq!(whats, ["certification_state", "outcome", "status"]);
    assert_eq!(again["differences"][2]["recorded"], "active");
    assert_eq!(again["differences"][2]["now"], "retired");
}

#[test]
fn judging_saved_evidence_leaves_a_receipt_that_says_so() {
    let folder = tempfile::TempDir::new().unwrap();
    let receipts = folder.path().join("receipts");
    let by_hand = fixture("learn-credential/ai-engineer-retired.json");
    // The same record as a file of ours that Microsoft's host is said to have answered.
    let body = text("learn-credential/ai-engineer-retired.json");
    let sha256 = hex::encode(Sha256::digest(&body));
    let address = format!("https://learn.microsoft.com{RECORD_PATH}");
    let saved = serde_json::json!({"bonafide_evidence": 1, "program": "bonafide 0.1.0", "link": address, "exchanges": [{
        "kind": "learn-credential", "url": address, "answerer": "issuer", "status": 200, "content_type": "application/json",
        "fetched_at": "2026-11-21T10:00:00Z", "service_date": null, "sha256": sha256, "bytes": body.len(), "kept_sha256": sha256, "body": body}]});
    let ours = folder.path().join("saved.json");
    std::fs::write(&ours, saved.to_string()).unwrap();
    for (file, service, notice, code) in [
        (
            &by_hand,
            "unknown",
            "NOT MICROSOFT: nothing says who gave this answer.",
            3,
        ),
        (&ours, "microsoft", "It was judged from saved evidence", 0),
    ] {
        let receipts = receipts.join(service);
        let arguments = [
            "verify",
            "--as-of",
            DAY,
            "--receipt",
            receipts.to_str().unwrap(),
            "--evidence",
        ];
        let ran = run(&[&arguments[..], &[file.to_str().unwrap()]].concat());
        assert_eq!(ran.code, code, "{}", ran.stderr);
        let ran = check(&only_file(&receipts), &[]);
        assert_eq!(ran.code, code, "{}", ran.stdout);
        let json = ran.json();
        let about = &json["receipts"][0]["receipt"];
        assert_eq!(about["service"], service);
        assert!(
            about["notice"].as_str().unwrap().starts_with(notice),
            "{about}"
        );
        assert_eq!(json["receipts"][0]["again"]["confirmed"], true);
    }
}

#[test]
fn receipts_and_what_is_said_of_them_hold_to_their_schemas() {
    let (_service, file) = left();
    let receipt = run(&["schema", "receipt"]).json();
    let of_check = run(&["schema", "receipt-check"]).json();
    let (receipt, of_check) = (
        jsonschema::validator_for(&receipt).unwrap(),
        jsonschema::validator_for(&of_check).unwrap(),
    );
    let mut json: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    let errors: Vec<_> = receipt
        .iter_errors(&json)
        .map(|error| error.to_string())
        .collect();
    assert_eq!(errors, [""; 0]);
    json["results"][0]["status"] = "fine".into();
    assert!(!receipt.is_valid(&json));
    let said = check(&file, &["/nonexistent.receipt.json"]);
    assert_eq!(said.code, 2);
    let errors: Vec<_> = of_check
        .iter_errors(&said.json())
        .map(|error| error.to_string())
        .collect();
    assert_eq!(errors, [""; 0]);
}
