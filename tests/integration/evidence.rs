//! `bonafide verify --evidence`: what was saved, judged again.

use crate::harness::{DAY, RECORD_PATH, SHARE_LINK, SHARING_ID, Service, fixture, run, text};

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
    assert_eq!(ran.code, 3);
    assert_eq!(ran.json()["results"][0]["status"], "retired");
    assert_eq!(
        ran.codes(),
        [
            "unproven-evidence",
            "stale-evidence",
            "certification-retired"
        ]
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
