//! `bonafide remind`: links that are lost, and credentials under several links.

use wiremock::ResponseTemplate;

use crate::harness::{DAY, RECORD_PATH, finish};
use crate::remind::Office;
use crate::remind_proof::OUT;
use crate::track::track;

const RECORD: &str = r#"{"title":"Microsoft Certified: Azure Administrator Associate",
    "credentialId":"20170DBC5AC04E38","expiresOn":"2026-12-01T23:59:59Z"}"#;

/// What is told on each day of weeks in which the link is lost.
fn told(language: &str) -> (Office, String) {
    let office = Office::with(
        &format!("{OUT}language = \"{language}\"\n"),
        "link,name,email\nhttps://learn.microsoft.com/api/credentials/20170DBC5AC04E38,Jane Doe,jane@example.com\n",
    );
    office.service.json(RECORD_PATH, RECORD);
    office.remind("2026-11-15", &[]);
    office.service.reset();
    let gone = ResponseTemplate::new(404);
    office.service.answer(RECORD_PATH, gone);
    let first: chrono::NaiveDate = "2026-11-16".parse().unwrap();
    let mut told = String::new();
    for day in first.iter_days().take(28) {
        let ran = office.remind(&day.to_string(), &[]);
        let key = |line: &&str| !line.contains("bonafide");
        if !ran.stdout.is_empty() {
            let said: Vec<_> = ran.stdout.lines().filter(key).collect();
            told = format!("{told}== {day} ==\n{}\n", said.join("\n"));
        }
    }
    (office, told)
}

#[test]
fn the_days_of_a_lost_link_are_told_as_last_known_and_not_as_facts() {
    let (office, said) = told("en");
    assert!(!said.contains("Expired"), "{said}");
    insta::assert_snapshot!("lost-en", said);
    let data = office.service.data.path();
    let list = finish(&mut at("2026-12-13", data, &["track", "list"])).stdout;
    assert!(
        list.contains("not verifiable since 2026-11-16 (not-found); last known end 2026-12-01"),
        "{list}"
    );
    assert!(
        list.contains("undetermined") && !list.contains("expired"),
        "{list}"
    );
    let metrics = data.join("metrics.prom");
    let ran = office.remind("2026-12-14", &["--metrics", metrics.to_str().unwrap()]);
    assert_eq!(ran.stdout, "");
    let text = std::fs::read_to_string(metrics).unwrap();
    for line in [
        "bonafide_credentials{status=\"undetermined\"} 1",
        "bonafide_credentials_due{step=\"last-known-end\"} 1",
        "bonafide_not_verifiable_since_timestamp_seconds{entry=\"1\",credential=\"\"} 1794787200",
    ] {
        assert!(text.lines().any(|found| found == line), "{line} in\n{text}");
    }
    // It is found again, and ended indeed: that is told.
    office.service.reset();
    office.service.json(RECORD_PATH, RECORD);
    let ran = office.remind("2026-12-15", &[]);
    assert!(ran.stdout.contains("Expired: Microsoft"), "{}", ran.stdout);
}

#[test]
fn the_same_in_german() {
    let (_, said) = told("de");
    assert!(!said.contains("Abgelaufen"), "{said}");
    insta::assert_snapshot!("lost-de", said);
}

fn at(day: &str, data: &std::path::Path, arguments: &[&str]) -> assert_cmd::Command {
    let mut command = crate::harness::bonafide();
    command.args(["--as-of", day, "--data-dir"]).arg(data);
    command.args(arguments);
    command
}

#[test]
fn another_link_to_a_tracked_credential_changes_the_entry_that_is_there() {
    let office = Office::open(OUT);
    office.service.json(RECORD_PATH, RECORD);
    let data = office.service.data.path();
    let mut add = at(DAY, data, &["track", "add"]);
    add.args([
        "https://learn.microsoft.com/api/credentials/share/de-de/jane/20170DBC5AC04E38",
        "--owner",
        "j.doe@example.com",
        "--learn-url",
        &office.service.url(),
    ]);
    let ran = finish(&mut add);
    assert!(
        ran.stderr.contains(
            "Tracked already as 1, by another link to the same; what was named was changed."
        ),
        "{}",
        ran.stderr
    );
    let list = data.join("more.csv");
    let page = "https://learn.microsoft.com/en-us/users/jane/credentials/20170dbc5ac04e38";
    std::fs::write(&list, format!("link\n{page}\n")).unwrap();
    let ran = track(data, &["import", list.to_str().unwrap()]);
    assert!(
        ran.stderr.contains("0 added, 1 tracked already"),
        "{}",
        ran.stderr
    );
    let entries = track(data, &["list", "--format", "json"]).json();
    assert_eq!(entries["entries"].as_array().unwrap().len(), 1);
    assert_eq!(entries["entries"][0]["owner"], "j.doe@example.com");
}

#[test]
fn what_an_old_list_holds_twice_is_said() {
    let office = Office::with(OUT, "link\n");
    let data = office.service.data.path();
    let path = data.join("watch.sqlite");
    for name in ["watch.sqlite", "watch.sqlite-wal", "watch.sqlite-shm"] {
        let _ = std::fs::remove_file(data.join(name));
    }
    let old = rusqlite::Connection::open(&path).unwrap();
    old.execute_batch(&crate::harness::text("watch/version-3.sql"))
        .unwrap();
    drop(old);
    let list = track(data, &["list"]).stdout;
    assert!(list.contains("the same credential as 2, 3: "), "{list}");
    let entries = track(data, &["list", "--format", "json"]).json();
    assert_eq!(entries["entries"][0]["same_as"], serde_json::json!([2, 3]));
    assert_eq!(entries["entries"][5]["same_as"], serde_json::json!([]));
    let ran = finish(office.command("doctor").args(["--as-of", DAY]));
    assert!(
        ran.stdout
            .contains("entries 1 and 2 and 3 lead to the same credential"),
        "{}",
        ran.stdout
    );
}
