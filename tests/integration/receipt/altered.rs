//! Receipts that were changed, and files that are none.

use std::path::Path;

use crate::harness::{DAY, RECORD_PATH, SHARE_LINK, Service, run};

use super::{RECORD, check, forge, left, left_for, only_file, resealed};

/// What a forger changes, in each part of a receipt.
const CHANGES: [(&str, &str, &str); 8] = [
    (
        "body",
        "Azure AI Engineer Associate\\\"",
        "Azure AI Engineer Expert\\\"",
    ),
    (
        "outcome",
        "\"outcome\": \"passed\"",
        "\"outcome\": \"failed\"",
    ),
    (
        "requirement",
        "\"name\": \"Jo Doe\"",
        "\"name\": \"Jo Dot\"",
    ),
    (
        "link",
        "buchheister/20170DBC5AC04E38\"",
        "buchheister/20170DBC5AC04E39\"",
    ),
    ("time", "\"made_at\": \"2", "\"made_at\": \"3"),
    (
        "service",
        "\"service\": \"other\"",
        "\"service\": \"microsoft\"",
    ),
    ("answerer", "\"other\": \"127", "\"other\": \"128"),
    (
        "sha256",
        "\"evidence_sha256\": \"",
        "\"evidence_sha256\": \"0",
    ),
];

#[test]
fn one_changed_byte_in_any_part_is_seen() {
    let (_service, file) = left();
    let text = std::fs::read_to_string(&file).unwrap();
    for (part, from, to) in CHANGES {
        assert!(text.contains(from), "{part}");
        std::fs::write(&file, text.replace(from, to)).unwrap();
        let ran = check(&file, &[]);
        assert_eq!(ran.code, 1, "{part}: {}", ran.stdout);
        assert_eq!(ran.json()["receipts"][0]["state"], "altered", "{part}");
    }
}

#[test]
fn a_forger_who_mends_the_digest_is_seen_by_what_does_not_belong_together() {
    for (part, from, to) in CHANGES {
        let (_service, file) = left();
        forge(&file, |text| text.replace(from, to));
        let ran = check(&file, &[]);
        assert_ne!(ran.code, 0, "{part}: {}", ran.stdout);
        let json = ran.json();
        let one = &json["receipts"][0];
        let confirmed = &one["again"]["confirmed"];
        assert!(
            one["state"] == "altered" || *confirmed == false,
            "{part}: {one}"
        );
    }
}

#[test]
fn a_requirement_that_is_not_known_is_refused_and_not_passed_over() {
    let (_service, file) = left();
    forge(&file, |text| {
        text.replace(
            "\"require\": \"valid\",",
            "\"require\": \"valid\", \"min_days_left\": 900,",
        )
    });
    let ran = check(&file, &[]);
    assert_eq!(ran.code, 2, "{}", ran.stdout);
    assert!(
        ran.stdout.contains("min_days_left") && ran.stdout.contains("newer"),
        "{}",
        ran.stdout
    );
    let (_service, file) = left();
    forge(&file, |text| {
        text.replace("\"require\": \"valid\"", "\"require\": \"gold\"")
    });
    assert_eq!(check(&file, &[]).code, 3);
}

#[test]
fn files_that_are_no_receipts_are_named() {
    let folder = tempfile::TempDir::new().unwrap();
    let deep = format!(
        "{{\"bonafide_receipt\":1,\"results\":{}",
        "[".repeat(200_000)
    );
    let cases: [(&str, &[u8]); 8] = [
        ("empty", b""),
        ("nul", b"\0\0\0\0"),
        ("utf16", b"\xff\xfe{\0}\0"),
        ("deep", deep.as_bytes()),
        ("evidence", b"{\"bonafide_evidence\":1,\"exchanges\":[]}"),
        ("twice", b"{\"bonafide_receipt\":1,\"bonafide_receipt\":1}"),
        ("later", b"{\"bonafide_receipt\":2}"),
        ("huge", &vec![b' '; 65 * 1024 * 1024]),
    ];
    for (name, bytes) in cases {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        let ran = check(&file, &[]);
        assert_eq!(ran.code, 2, "{name}: {}", ran.stdout);
        assert_eq!(ran.json()["receipts"][0]["state"], "unreadable");
        assert!(
            ran.json()["receipts"][0]["why"]
                .as_str()
                .unwrap()
                .contains("expected"),
            "{}",
            ran.stdout
        );
    }
    assert_eq!(check(Path::new("/nonexistent"), &[]).code, 2);
    // A folder without a receipt is a mistake, and never "all are good".
    assert_eq!(check(tempfile::TempDir::new().unwrap().path(), &[]).code, 2);
}

#[test]
fn a_folder_and_several_files_are_checked_together_and_the_worst_counts() {
    let (_first, good) = left();
    let (_second, failed) = left_for(&["--expect-name", "Ann Miller"]);
    let folder = good.parent().unwrap();
    let copy = folder.join("copy.receipt.json");
    std::fs::copy(&good, &copy).unwrap();
    std::fs::write(folder.join("notes.json"), "{}").unwrap();
    let ran = check(folder, &[]);
    assert_eq!((ran.code, &ran.json()["summary"]["total"]), (0, &2.into()));
    let ran = check(folder, &[failed.to_str().unwrap()]);
    assert_eq!(ran.code, 1);
    assert_eq!(ran.json()["summary"]["passed"], 2);
    assert_eq!(ran.json()["summary"]["failed"], 1);
    let ran = check(folder, &[failed.to_str().unwrap(), "/nonexistent"]);
    assert_eq!((ran.code, &ran.json()["summary"]["total"]), (2, &4.into()));
}

#[test]
fn a_check_reads_well() {
    let (service, file) = left_for(&["--expect-name", "Ann Miller"]);
    let text = std::fs::read_to_string(&file).unwrap();
    let instant = |key: &str| {
        let start = format!("\"{key}\": \"");
        let at = text.find(&start).unwrap() + start.len();
        let end = at + text[at..].find('"').unwrap();
        text[at..end].to_owned()
    };
    let folder = file.parent().unwrap().to_str().unwrap().to_owned();
    // The port and the instants are this run's; they are replaced where they are shown.
    let fixed = file.with_file_name("fixed.receipt.json");
    let then = ["made_at", "fetched_at", "service_date"]
        .iter()
        .fold(text.clone(), |then, key| {
            then.replace(&instant(key), "2026-11-22T10:15:00Z")
        });
    std::fs::write(&fixed, resealed(&then)).unwrap();
    let said = run(&["receipt", "check", fixed.to_str().unwrap(), "--as-of", DAY]).stdout;
    let host = service.url().replace("http://", "");
    insta::assert_snapshot!(
        said.replace(&host, "127.0.0.1:8080")
            .replace(&folder, "receipts")
    );
}

/// Such a title is kept without what may be a key, and was judged so.
#[test]
fn a_title_that_holds_a_key_is_confirmed() {
    let service = Service::start();
    let title = "Azure AI Engineer Associate sharingId=0123456789AB";
    let record = RECORD.replace("Azure AI Engineer Associate", title);
    service.json(RECORD_PATH, &format!("\u{feff}{record}"));
    let folder = service.data.path().join("receipts");
    service.verify(&["--receipt", folder.to_str().unwrap(), SHARE_LINK]);
    let file = only_file(&folder);
    let said = check(&file, &[]).json();
    assert_eq!(
        said["receipts"][0]["again"]["differences"],
        serde_json::json!([]),
        "{said:#}"
    );
    assert!(
        !std::fs::read_to_string(&file)
            .unwrap()
            .contains("0123456789AB")
    );
}
