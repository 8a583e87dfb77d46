//! `credentials.json` of an earlier run, changed by somebody else in between.

use serde_json::{Value, json};

use super::refresh::{ask_nobody, linked};
use super::{Desk, administrator, fundamentals, id, nameless};
use crate::harness::SHARING_ID;
use crate::issuer::certification;

/// What somebody does to an entry.
type Change<'f> = &'f dyn Fn(&mut Value);

const LATER: &str = "2026-11-24";

/// A page that was made, with its data changed behind its back.
fn changed(change: impl Fn(&mut Value)) -> Desk {
    let (desk, _) = linked();
    assert_eq!(desk.run().code, 0);
    let mut data = desk.data();
    change(&mut data);
    std::fs::write(desk.site("credentials.json"), data.to_string()).unwrap();
    desk
}

fn everything(desk: &Desk) -> String {
    let texts = desk.files().into_iter();
    texts
        .map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned())
        .collect()
}

#[test]
fn a_changed_finding_is_not_kept() {
    let far = || json!("2099-09-01");
    let changes: [(&str, Change<'_>); 9] = [
        ("end", &|one| one["valid_until"] = far()),
        ("end with its words", &|one| {
            one["valid_until"] = far();
            one["settled"]["valid_until"] = far();
            one["message"] = json!("valid until 2099-09-01");
        }),
        ("check in the future", &|one| one["checked_on"] = far()),
        ("another day", &|one| {
            one["checked_on"] = json!("2026-11-23");
        }),
        ("title", &|one| {
            one["title"] = json!("Microsoft Certified: Everything");
        }),
        ("message", &|one| one["message"] = json!("the very best")),
        ("standing", &|one| one["status"] = json!("expired")),
        ("validity", &|one| one["valid"] = json!(false)),
        ("earned after its end", &|one| one["earned_on"] = far()),
    ];
    for (what, change) in changes {
        let desk = changed(|data| change(&mut data["credentials"][0]));
        let ran = ask_nobody(&desk, LATER, &["--keep-on-error"]);
        assert_eq!(ran.code, 3, "{what}: {}", ran.stderr);
        assert_eq!(desk.each("shown_as"), ["unverified", "attention"], "{what}");
        let badge = desk.read("badges/5D1E0C42A7B39F00.svg");
        assert!(badge.contains("data-tone=\"unverified\""), "{what}");
        assert!(!everything(&desk).contains("2099"), "{what}");
    }
}

#[test]
fn an_expired_credential_does_not_come_back_to_life() {
    let (mut desk, _) = linked();
    let over = certification(
        "Azure Administrator Associate",
        "2022-09-01",
        Some("2025-09-01"),
    );
    desk.put(&[over, fundamentals()]);
    assert_eq!(desk.run().code, 1);
    let mut data = desk.data();
    let one = &mut data["credentials"][0];
    for (word, value) in [
        ("status", json!("active")),
        ("shown_as", json!("good")),
        ("valid", json!(true)),
        ("valid_until", json!("2099-01-01")),
        ("message", json!("valid until 2099-01-01")),
        (
            "settled",
            json!({"status": "active", "valid_until": "2099-01-01"}),
        ),
    ] {
        one[word] = value;
    }
    std::fs::write(desk.site("credentials.json"), data.to_string()).unwrap();
    ask_nobody(&desk, LATER, &["--keep-on-error"]);
    assert_eq!(desk.each("shown_as"), ["unverified", "attention"]);
    assert!(!everything(&desk).contains("2099"));
}

#[test]
fn links_are_the_owners_and_never_those_of_the_file() {
    let secret = format!(
        "https://learn.microsoft.com/api/credentials/share/en-us/JaneDoe-1/{}?sharingId={SHARING_ID}",
        id(0)
    );
    for link in ["javascript:alert(1)", "https://evil.example/", &secret] {
        let desk = changed(|data| {
            for list in ["credentials", "changes"] {
                data[list][0]["link"] = json!(link);
            }
        });
        for more in [&["--keep-on-error"][..], &[]] {
            ask_nobody(&desk, LATER, more);
            let all = everything(&desk);
            for bad in ["javascript:alert", "evil.example", SHARING_ID] {
                assert!(!all.contains(bad), "{link}: {bad}");
            }
        }
    }
}

#[test]
fn changes_that_no_run_wrote_are_left_out() {
    let change = |word: &'static str, value: Value| {
        move |data: &mut Value| data["changes"][0][word] = value.clone()
    };
    for (word, value) in [
        ("text", json!("Invented: valid until 2099-01-01")),
        ("at", json!("2099-01-01T00:00:00Z")),
        ("at", json!("long ago")),
        ("kind", json!("invented")),
        ("key", json!("../invented")),
        ("id", json!("invented")),
    ] {
        let desk = changed(change(word, value));
        desk.run();
        let data = desk.data();
        assert_eq!(data["changes"].as_array().unwrap().len(), 1, "{word}");
        let all = everything(&desk);
        assert!(!all.contains("nvented") && !all.contains("2099"), "{word}");
    }
}

#[test]
fn a_larger_file_than_a_page_has_is_refused() {
    let (desk, _) = linked();
    desk.run();
    let long = format!("{}{}", desk.read("credentials.json"), " ".repeat(5 << 20));
    std::fs::write(desk.site("credentials.json"), &long).unwrap();
    let ran = desk.run();
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("expected at most"), "{}", ran.stderr);
}

#[test]
fn what_a_run_wrote_of_any_standing_is_believed_by_the_next() {
    let (mut desk, _) = linked();
    let mut other = administrator();
    other["userDisplayName"] = json!("John Smith");
    let mut revoked = administrator();
    revoked["credentialStatus"] = json!("Revoked");
    let one = |title, earned, until| certification(title, earned, Some(until));
    for (record, kept) in [
        (administrator(), "attention"),
        (
            one("Azure Administrator Associate", "2024-03-01", "2027-03-01"),
            "attention",
        ),
        (
            one("Azure AI Engineer Associate", "2024-05-14", "2027-05-14"),
            "attention",
        ),
        (
            one("Azure Administrator Associate", "2022-09-01", "2025-09-01"),
            "bad",
        ),
        (revoked, "bad"),
        (other, "bad"),
        (nameless("007"), "unverified"),
    ] {
        for language in ["en", "de"] {
            let _ = std::fs::remove_dir_all(desk.site(""));
            let owner = std::fs::read_to_string(desk.path().join("page.toml")).unwrap();
            let owner = owner.split("language").next().unwrap();
            let owner = format!("{owner}language = \"{language}\"\n");
            std::fs::write(desk.path().join("page.toml"), owner).unwrap();
            desk.put(&[record.clone(), fundamentals()]);
            desk.run();
            let news = desk.data()["changes"].clone();
            let said = desk.each("message");
            let ran = ask_nobody(&desk, LATER, &["--keep-on-error"]);
            assert_eq!(desk.each("shown_as"), [kept, "attention"], "{record}");
            assert_eq!(desk.each("message"), said, "{record}");
            assert_eq!(desk.data()["changes"], news, "{record}");
            // The program speaks one language.
            assert!(!ran.stderr.contains("Aussteller"), "{}", ran.stderr);
        }
    }
}
