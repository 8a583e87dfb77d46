//! `bonafide track import`: a list with mistakes.

use std::path::PathBuf;

use tempfile::TempDir;

use super::track;
use crate::harness::{Ran, SHARING_ID};

const CONFIG: &str = "[channel.mail]\nkind = \"stdout\"\n[channel.team]\nkind = \"stdout\"\n";

struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        std::fs::write(folder.path().join("config.toml"), CONFIG).unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn track(&self, arguments: &[&str]) -> Ran {
        let config = self.path("config.toml");
        let config = ["--config", config.to_str().unwrap()];
        track(self.folder.path(), &[arguments, &config[..]].concat())
    }

    /// Imports what a file of that name holds.
    fn import(&self, name: &str, text: &str, options: &[&str]) -> Ran {
        let list = self.path(name);
        std::fs::write(&list, text).unwrap();
        let import = ["import", list.to_str().unwrap()];
        self.track(&[&import[..], options].concat())
    }

    fn entries(&self) -> Vec<serde_json::Value> {
        let list = self.track(&["list", "--format", "json"]).json();
        list["entries"].as_array().unwrap().clone()
    }
}

fn link(last: u8) -> String {
    format!(
        "https://learn.microsoft.com/api/credentials/20170DBC5AC04E{last:02X}?sharingId={SHARING_ID}"
    )
}

#[test]
fn each_row_that_cannot_be_taken_is_said_and_the_others_are_taken() {
    let desk = Desk::new();
    let text = format!(
        "Link,Name,E-Mail,Team Lead,Channels,Department,chanels\n\
         {},Jane Doe,jane@example.com,lead@example.com,mail;team,IT,x\n\
         {},Ola Nordmann,ola at example,lead@example.com,mial,IT,\n\
         ,Eve,eve@example.com,,,IT,\n\
         https://example.com/cert,Mallory,mallory@example.com,,pigeon,IT,\n\
         {},Joe,,,,IT,\n",
        link(1),
        link(2),
        link(3)
    );
    let ran = desk.import("team.csv", &text, &[]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    insta::assert_snapshot!(ran.stderr);
    assert!(!ran.stderr.contains(SHARING_ID));
    let entries = desk.entries();
    assert_eq!(entries.len(), 2, "{entries:?}");
    assert_eq!(entries[0]["lead"], "lead@example.com");
    assert_eq!(entries[0]["channels"], serde_json::json!(["mail", "team"]));
}

#[test]
fn what_a_corrected_list_says_of_tracked_links_is_said_and_taken_over_when_asked() {
    let desk = Desk::new();
    let list = |lead: &str| format!("link,email,lead\n{},jane@example.com,{lead}\n", link(1));
    assert_eq!(desk.import("a.csv", &list(""), &[]).code, 0);
    let again = desk.import("b.csv", &list("lead@example.com"), &[]);
    assert_eq!(again.code, 0, "{}", again.stderr);
    assert!(
        again
            .stderr
            .contains("something else of them: row 1. To take that over: --update"),
        "{}",
        again.stderr
    );
    assert_eq!(desk.entries()[0]["lead"], serde_json::Value::Null);
    let taken = desk.import("b.csv", &list("lead@example.com"), &["--update"]);
    assert!(
        taken.stderr.contains("0 added, 1 changed"),
        "{}",
        taken.stderr
    );
    assert_eq!(desk.entries()[0]["lead"], "lead@example.com");
    let same = desk.import("b.csv", &list("lead@example.com"), &["--update"]);
    assert!(
        same.stderr.starts_with("0 added, 1 tracked already"),
        "{}",
        same.stderr
    );
}

#[test]
fn one_link_of_two_people_is_taken_for_the_first_and_said() {
    let desk = Desk::new();
    let row = |name: &str| format!("{},{name}\n", link(1));
    let text = format!("link,name\n{}{}{}", row("Jane"), row("Joe"), row("Jane"));
    let ran = desk.import("list.csv", &text, &[]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(
        ran.stderr
            .contains("row 2 (Joe): its link stands in row 1 already"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr
            .contains("1 added, 1 tracked already, 1 not taken"),
        "{}",
        ran.stderr
    );
    assert_eq!(desk.entries().len(), 1);
}

#[test]
fn a_list_that_cannot_be_read_is_not_imported_by_half() {
    let desk = Desk::new();
    let no_link = desk.import("list.csv", "name,mail\nJane,jane@example.com\n", &[]);
    assert_eq!(no_link.code, 2);
    assert!(
        no_link.stderr.contains("nothing was imported"),
        "{}",
        no_link.stderr
    );
    assert!(no_link.stderr.contains("--map link="), "{}", no_link.stderr);
    let twice = format!("link,label,tags\n{},a,b\n", link(1));
    let twice = desk.import("list.csv", &twice, &[]);
    assert_eq!(twice.code, 2);
    assert!(
        twice.stderr.contains("label and tags mean the same"),
        "{}",
        twice.stderr
    );
    let bad = desk.import("list.csv", &format!("link\nx,y,z\n{}\n", "https://"), &[]);
    assert_eq!(bad.code, 1, "{}", bad.stderr);
    assert!(
        bad.stderr
            .contains("0 added, 0 tracked already, 2 not taken."),
        "{}",
        bad.stderr
    );
    assert!(
        !desk.path("watch.sqlite").exists(),
        "nothing to track begins no list"
    );
}

#[test]
fn a_column_that_comes_late_in_json_lines_is_read_too() {
    let desk = Desk::new();
    let line = |number: u8, more: &str| format!("{{\"link\":\"{}\"{more}}}", link(number));
    let mut lines: Vec<_> = (0..200)
        .map(|number| line(number, ",\"email\":\"jane@example.com\""))
        .collect();
    lines.push(line(201, ",\"lead\":\"lead@example.com\",\"floor\":\"3\""));
    let text = lines.join("\n");
    let ran = desk.import("list.jsonl", &text, &[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("Not used: the column floor."),
        "{}",
        ran.stderr
    );
    assert_eq!(desk.entries()[200]["lead"], "lead@example.com");
}

#[test]
fn columns_are_said_where_their_headers_do_not() {
    let desk = Desk::new();
    let text = format!("Beleg,Wer\n{},Jane Doe\n", link(1));
    let ran = desk.import(
        "list.csv",
        &text,
        &["--map", "link=Beleg", "--map", "name=#2"],
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(desk.entries()[0]["name"], "Jane Doe");
}
