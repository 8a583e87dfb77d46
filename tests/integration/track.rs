//! `bonafide track`: the list.

mod import;

use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

use crate::harness::{DAY, RECORD_PATH, Ran, SHARE_LINK, SHARING_ID, Service, bonafide, finish};

const RECORD: &str = r#"{"title":"Microsoft Certified: Azure Administrator Associate",
    "credentialId":"20170DBC5AC04E38","expiresOn":"2026-12-20T23:59:59Z"}"#;

/// `bonafide track` with a data directory.
pub(crate) fn track(data: &Path, arguments: &[&str]) -> Ran {
    finish(command(data).args(arguments))
}

fn command(data: &Path) -> Command {
    let mut command = bonafide();
    command
        .args(["--as-of", DAY, "--data-dir"])
        .arg(data)
        .arg("track");
    command
}

fn add(service: &Service, arguments: &[&str]) -> Ran {
    let mut command = command(service.data.path());
    command
        .args(["add", SHARE_LINK, "--retries", "0", "--learn-url"])
        .arg(service.url());
    finish(command.args(arguments))
}

#[test]
fn an_added_link_is_looked_at_once_and_shown() {
    let service = Service::start();
    service.json(RECORD_PATH, RECORD);
    let ran = add(
        &service,
        &["--name", "Jane Doe", "--owner", "Jane@Example.com"],
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stdout.contains("Azure Administrator Associate"),
        "{}",
        ran.stdout
    );
    assert!(ran.stderr.contains("Tracked as 1."), "{}", ran.stderr);
    assert_eq!(service.asked(), [RECORD_PATH]);
    let list = track(service.data.path(), &["list", "--format", "json"]).json();
    assert_eq!(list["entries"][0]["owner"], "jane@example.com");
    assert_eq!(list["entries"][0]["deadline"], "2026-12-20");
}

#[test]
fn the_sharing_id_is_nowhere_in_the_data_directory() {
    let service = Service::start();
    service.json(RECORD_PATH, RECORD);
    let ran = add(&service, &[]);
    let holds_it = |text: &[u8]| memchr::memmem::find(text, SHARING_ID.as_bytes()).is_some();
    assert!(!holds_it(ran.stdout.as_bytes()) && !holds_it(ran.stderr.as_bytes()));
    let mut files = 0;
    for file in std::fs::read_dir(service.data.path()).unwrap() {
        let path = file.unwrap().path();
        if path.is_file() {
            files += 1;
            assert!(
                !holds_it(&std::fs::read(&path).unwrap()),
                "{}",
                path.display()
            );
        }
    }
    assert!(files > 0);
}

#[test]
fn adding_it_again_changes_what_is_named() {
    let service = Service::start();
    service.json(RECORD_PATH, RECORD);
    add(
        &service,
        &["--owner", "jane@example.com", "--label", "azure"],
    );
    let ran = add(&service, &["--owner", "j.doe@example.com"]);
    assert!(
        ran.stderr.contains("Tracked already as 1"),
        "{}",
        ran.stderr
    );
    let list = track(service.data.path(), &["list", "--format", "json"]).json();
    assert_eq!(list["entries"].as_array().unwrap().len(), 1);
    assert_eq!(list["entries"][0]["owner"], "j.doe@example.com");
    assert_eq!(list["entries"][0]["labels"][0], "azure");
}

#[test]
fn an_entry_without_an_expiry_says_that_there_is_nothing_to_remind_of() {
    let service = Service::start();
    let record = r#"{"title":"Microsoft Certified: Azure Administrator Associate"}"#;
    service.json(RECORD_PATH, record);
    let ran = add(&service, &[]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("Nothing tells when it ends"),
        "{}",
        ran.stderr
    );
}

#[test]
fn what_cannot_be_tracked_is_refused() {
    let folder = TempDir::new().unwrap();
    let foreign = track(folder.path(), &["add", "https://example.com/"]);
    assert_eq!(foreign.code, 1, "{}", foreign.stderr);
    assert!(
        foreign.stderr.contains("cannot be tracked"),
        "{}",
        foreign.stderr
    );
    for (arguments, said) in [
        (vec!["add", SHARE_LINK, "--owner", "jane"], "no @ in it"),
        (
            vec!["add", SHARE_LINK, "--channel", "mail"],
            "unknown channel mail",
        ),
        (
            vec!["add", SHARE_LINK, "--label", "a b"],
            "expected a label",
        ),
        (vec!["remove", "7"], "no entry 7"),
        (vec!["snooze", "7", "--until", "2026-12-01"], "no entry 7"),
    ] {
        let ran = track(folder.path(), &arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(said), "{arguments:?}: {}", ran.stderr);
        assert!(!ran.stderr.contains(SHARING_ID));
    }
}

#[test]
fn an_export_is_imported_again_as_it_was() {
    let (one, other) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let list = one.path().join("list.csv");
    let text = "link,name,email,lead,labels,note,snoozed_until,will_not_renew,language\r\n\
        https://learn.microsoft.com/api/credentials/20170DBC5AC04E38?sharingId=C72B4F60A795D7E4,Jane Doe,jane@example.com,lead@example.com,azure;vip,=1+1,2026-12-01,,de\r\n\
        https://learn.microsoft.com/api/credentials/F41008EF3A8CBCE4,Ola Nordmann,,,,,,yes,\r\n\
        https://example.com/,Mallory,,,,,,,\r\n\
        https://learn.microsoft.com/api/credentials/F41008EF3A8CBCE5,Eve,eve at example,,,,,,\r\n";
    std::fs::write(&list, text).unwrap();
    let ran = track(one.path(), &["import", list.to_str().unwrap()]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(
        ran.stderr
            .contains("2 added, 0 tracked already, 2 not taken"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr
            .contains("row 4 (Eve): email: expected a mail address"),
        "{}",
        ran.stderr
    );
    let first = track(one.path(), &["export"]);
    assert!(!first.stdout.contains(SHARING_ID) && first.stdout.contains("'=1+1"));
    let copy = other.path().join("copy.csv");
    std::fs::write(&copy, &first.stdout).unwrap();
    assert_eq!(
        track(other.path(), &["import", copy.to_str().unwrap()]).code,
        0
    );
    assert_eq!(track(other.path(), &["export"]).stdout, first.stdout);
    let again = track(other.path(), &["import", copy.to_str().unwrap()]);
    assert!(
        again.stderr.contains("0 added, 2 tracked already"),
        "{}",
        again.stderr
    );
}

#[test]
fn an_entry_is_left_alone_and_woken() {
    let service = Service::start();
    service.json(RECORD_PATH, RECORD);
    add(&service, &[]);
    let data = service.data.path();
    assert_eq!(
        track(data, &["snooze", "1", "--until", "2026-12-01"]).code,
        0
    );
    assert_eq!(track(data, &["snooze", "1", "--will-not-renew"]).code, 0);
    let list = track(data, &["list"]).stdout;
    assert!(
        list.contains("left alone until 2026-12-01") && list.contains("will not be renewed"),
        "{list}"
    );
    assert_eq!(
        track(data, &["snooze", "1", "--until", "2026-11-22"]).code,
        2
    );
    assert_eq!(track(data, &["snooze", "1", "--wake"]).code, 0);
    let list = track(data, &["list"]).stdout;
    assert!(
        !list.contains("left alone") && !list.contains("will not be"),
        "{list}"
    );
    assert_eq!(track(data, &["remove", "1"]).code, 0);
    assert!(track(data, &["list"]).stdout.contains("Nothing is tracked"));
}

#[test]
fn a_file_that_is_no_list_is_said_and_left() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("watch.sqlite");
    std::fs::write(&file, "no database".repeat(500)).unwrap();
    let ran = track(folder.path(), &["list"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("is damaged"), "{}", ran.stderr);
    assert_eq!(
        std::fs::read_to_string(&file).unwrap(),
        "no database".repeat(500)
    );
}

#[test]
fn data_finds_shows_and_removes_what_is_tracked() {
    let folder = TempDir::new().unwrap();
    let list = folder.path().join("list.csv");
    let text = "link,name,email,lead\n\
        https://learn.microsoft.com/api/credentials/20170DBC5AC04E38,Jane Doe,jane@example.com,lead@example.com\n\
        https://learn.microsoft.com/api/credentials/F41008EF3A8CBCE4,Ola Nordmann,ola@example.com,lead@example.com\n";
    std::fs::write(&list, text).unwrap();
    track(folder.path(), &["import", list.to_str().unwrap()]);
    let data = |arguments: &[&str]| {
        let mut command = bonafide();
        command.arg("--data-dir").arg(folder.path()).arg("data");
        finish(command.args(arguments))
    };
    assert!(data(&["show"]).stdout.contains("watch"));
    for who in ["jane@example.com", "Jane Doe", "20170DBC5AC04E38"] {
        let found = data(&["export", "--person", who]);
        let entries = found.json()["entries"].as_array().unwrap().len();
        assert_eq!((found.code, entries), (0, 1), "{who}: {}", found.stdout);
    }
    // What a lead looks after is not theirs.
    let lead = data(&["purge", "--person", "lead@example.com", "--format", "json"]);
    assert_eq!(lead.code, 3, "{}", lead.stdout);
    assert_eq!(lead.json()["uncertain"].as_array().unwrap().len(), 2);
    assert_eq!(data(&["purge", "--older-than", "0s"]).code, 0);
    let gone = data(&["purge", "--person", "jane@example.com", "--format", "json"]);
    assert_eq!(gone.json()["removed"]["watch"], 1, "{}", gone.stdout);
    let left = track(folder.path(), &["export"]).stdout;
    assert!(
        !left.contains("Jane") && left.contains("Ola Nordmann"),
        "{left}"
    );
    let bytes = std::fs::read(folder.path().join("watch.sqlite")).unwrap();
    assert!(memchr::memmem::find(&bytes, b"jane@example.com").is_none());
    assert_eq!(data(&["purge", "--all"]).code, 0);
    assert!(!folder.path().join("watch.sqlite").exists());
}
