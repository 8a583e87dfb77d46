//! `bonafide request`, through the binary.

use crate::harness::{Ran, SHARE_LINK, SHARING_ID, bonafide, finish, run};

const PRIVATE: &str = "https://learn.microsoft.com/en-us/users/jo-1/transcript";

/// What a holder may send, one for each letter; codes stand for what only asking tells.
const SENT: [(&str, &[&str]); 18] = [
    ("no-link", &["--none"]),
    ("private-transcript", &[PRIVATE]),
    (
        "owner-only",
        &["https://learn.microsoft.com/users/me/credentials"],
    ),
    (
        "certification-page",
        &["https://learn.microsoft.com/users/jo-1/credentials/certification/azure-developer"],
    ),
    (
        "list",
        &["https://learn.microsoft.com/users/jo-1/credentials"],
    ),
    (
        "other-page",
        &["https://learn.microsoft.com/credentials/certifications/azure-developer/"],
    ),
    (
        "training",
        &["https://learn.microsoft.com/users/jo-1/achievements/abc"],
    ),
    (
        "credly",
        &["https://www.credly.com/badges/3ed06b52-2c42-4696-ae9f-3801940fe2b4"],
    ),
    (
        "legacy",
        &["https://mcp.microsoft.com/Anonymous//Transcript/Validate"],
    ),
    ("shortened", &["https://lnkd.in/abc"]),
    ("look-alike", &["https://learn-microsoft.com/users/jo-1"]),
    ("foreign", &["https://certificates.example/jo"]),
    (
        "cut-off",
        &["https://learn.microsoft.com/api/credentials/share/en-us/jo-1"],
    ),
    ("not-found", &["--because", "not-found"]),
    ("gone", &["--because", "gone"]),
    ("access-denied", &["--because", "access-denied"]),
    ("name", &["--because", "holder-different"]),
    (
        "other-certification",
        &["--because", "certification-different"],
    ),
];

fn request(arguments: &[&str]) -> Ran {
    run(&[&["request"], arguments].concat())
}

/// Every letter of a language with its particulars given, one below the other.
fn letters(language: &str) -> String {
    let particulars = [
        "--lang",
        language,
        "--name",
        "Jane Doe",
        "--from",
        "Robin Recruiter",
        "--deadline",
        "2026-12-05",
    ];
    let letter = |(why, sent): &(&str, &[&str])| {
        let ran = request(&[*sent, &particulars].concat());
        assert_eq!((ran.code, ran.stderr.as_str()), (1, ""), "{why}");
        format!("--- {why}\n{}", ran.stdout)
    };
    SENT.iter().map(letter).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_letter_reads_well_in_english() {
    insta::assert_snapshot!(letters("en"));
}

#[test]
fn every_letter_reads_well_in_german() {
    insta::assert_snapshot!(letters("de"));
}

#[test]
fn what_was_sent_decides_the_letter() {
    for (why, sent) in SENT {
        let json = request(&[sent, &["--format", "json"]].concat()).json();
        assert_eq!(json["why"], why);
        assert_eq!(json["needed"], true);
        assert_eq!(json["language"], "en");
        assert!(json["subject"].is_string() && json["body"].is_string());
    }
    for text in ["", "Please find my certificate attached."] {
        assert_eq!(
            request(&[text, "--format", "json"]).json()["why"],
            "no-link",
            "{text}"
        );
    }
}

#[test]
fn about_a_link_that_can_be_verified_nothing_is_asked() {
    let ran = request(&[SHARE_LINK]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""));
    assert!(ran.stderr.contains("nothing to ask"), "{}", ran.stderr);
    let json = request(&[SHARE_LINK, "--format", "json"]);
    assert_eq!(json.code, 0);
    assert_eq!(json.json()["needed"], false);
    assert!(json.json()["body"].is_null());
    // Unless an earlier result says that something is.
    assert_eq!(request(&[SHARE_LINK, "--because", "not-found"]).code, 1);
}

#[test]
fn no_letter_repeats_the_link_or_its_secret() {
    let ran = request(&[SHARE_LINK, "--because", "not-found"]);
    assert!(!ran.stdout.contains(SHARING_ID) && !ran.stdout.contains("buchheister"));
}

#[test]
fn the_locale_chooses_the_language_and_the_option_wins() {
    for (variable, locale, option, begins) in [
        ("LANG", "de_DE.UTF-8", None, "Betreff:"),
        ("LC_MESSAGES", "de", None, "Betreff:"),
        ("LC_ALL", "C", None, "Subject:"),
        ("LANG", "fr_FR.UTF-8", None, "Subject:"),
        ("LANG", "de_AT", Some("en"), "Subject:"),
    ] {
        let mut command = bonafide();
        command.args(["request", PRIVATE]).env(variable, locale);
        if let Some(option) = option {
            command.args(["--lang", option]);
        }
        let ran = finish(&mut command);
        assert!(ran.stdout.starts_with(begins), "{locale}: {}", ran.stdout);
    }
}

#[test]
fn wrong_usage_says_what_there_are_letters_for() {
    for (arguments, expected) in [
        (&[][..], "LINK"),
        (&["--because", "rate-limited"], "holder can do nothing"),
        (&["--because", "no-such-code"], "private-transcript"),
        (&[PRIVATE, "--none"], "cannot be used with"),
        (&[PRIVATE, "--lang", "fr"], "[possible values: en, de]"),
        (&[PRIVATE, "--deadline", "soon"], "2026-11-22"),
    ] {
        let ran = request(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(
            ran.stderr.contains(expected),
            "{arguments:?}: {}",
            ran.stderr
        );
    }
}

#[test]
fn what_was_sent_may_come_from_standard_input() {
    let output = bonafide()
        .args(["request", "-", "--format", "json"])
        .write_stdin(PRIVATE)
        .output()
        .unwrap();
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["why"], "private-transcript");
    let two = bonafide()
        .args(["request", "-"])
        .write_stdin(format!("{PRIVATE}\n{PRIVATE}\n"))
        .output()
        .unwrap();
    assert_eq!(two.status.code(), Some(2));
}
