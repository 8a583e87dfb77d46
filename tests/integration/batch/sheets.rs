//! What comes out, in which order and where.

use std::fmt::Write as _;

use super::*;

#[test]
fn every_row_keeps_its_columns_and_its_place() {
    let desk = Desk::new(Records::with(|path, _| {
        if path.ends_with(&number(2)) {
            Fate::Missing
        } else {
            Fate::Record
        }
    }));
    let mut list = "notes;name;status;link\n".to_owned();
    for row in 1..=3 {
        let number = number(row);
        let (holder, link) = (holder(&number), link(&number));
        writeln!(list, "n{row};{holder};=1+1;{link}").unwrap();
    }
    desk.list("list.csv", &list);
    let ran = desk.batch(&["list.csv", "-o", "out.csv"]);
    assert_eq!(ran.code, 1);
    let text = desk.read("out.csv");
    let header = text.lines().next().unwrap();
    assert_eq!(
        header,
        "notes,name,input_status,link,status,valid,title,holder,holder_match,earned_on,expires_on,\
         days_left,renewal_opens_on,findings,next_step,checked_at,outcome,credential_id"
    );
    let rows = csv(&text);
    let notes: Vec<_> = rows.iter().map(|row| row["notes"].as_str()).collect();
    assert_eq!(notes, ["n1", "n2", "n3"]);
    assert_eq!(rows[0]["input_status"], "'=1+1");
    assert_eq!(rows[1]["status"], "undetermined");
    assert!(rows[1]["findings"].contains("not-found"));
    assert_eq!(rows[2]["holder_match"], "exact");
}

#[test]
fn the_worst_row_comes_first_when_sorted() {
    let desk = Desk::new(Records::with(|path, _| {
        if path.ends_with(&number(3)) {
            Fate::Missing
        } else {
            Fate::Record
        }
    }));
    desk.list("list.csv", &candidates(4));
    let ran = desk.batch(&["list.csv", "-o", "out.jsonl", "--sort"]);
    assert_eq!(ran.code, 1);
    let text = desk.read("out.jsonl");
    let rows: Vec<serde_json::Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let order: Vec<_> = rows
        .iter()
        .map(|row| row["row"]["number"].as_u64().unwrap())
        .collect();
    assert_eq!(order, [3, 1, 2, 4]);
}

#[test]
fn a_list_comes_from_standard_input_and_goes_to_standard_output() {
    let desk = Desk::new(Records::start());
    let mut command = desk.command();
    command
        .args(["-", "--format", "csv"])
        .write_stdin(candidates(2));
    let ran = finish(&mut command);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(csv(&ran.stdout).len(), 2);
    assert!(
        ran.stderr
            .contains("2 rows: 2 passed, 0 failed, 0 not determined (2 active).")
    );
}

#[test]
fn every_format_is_written_by_its_extension() {
    let desk = Desk::new(Records::start());
    desk.list("list.csv", &candidates(2));
    for (name, start) in [
        ("out.csv", &b"name,"[..]),
        ("out.jsonl", b"{"),
        ("out.json", b"{"),
        ("out.xlsx", b"PK"),
        ("out.html", b"<!DOCTYPE html>"),
        ("out.md", b"|"),
        ("out.xml", b"<?xml"),
    ] {
        let ran = desk.batch(&["list.csv", "-o", name]);
        assert_eq!(ran.code, 0, "{name}: {}", ran.stderr);
        let bytes = std::fs::read(desk.path(name)).unwrap();
        let found = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]).into_owned();
        assert!(bytes.starts_with(start), "{name}: {found}");
    }
}

/// A transcript of many credentials, some of them expired.
const TRANSCRIPT: &str = "https://learn.microsoft.com/en-us/users/jo-1/transcript/d8yjji6mz5wzv3x";

#[test]
fn a_transcript_without_a_claim_is_one_open_row_and_every_credential_in_json() {
    let desk = Desk::new(Records::start());
    desk.list("list.csv", &format!("link\n{TRANSCRIPT}\n"));
    let ran = desk.batch(&["list.csv", "--format", "csv"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    let rows = csv(&ran.stdout);
    assert_eq!(rows.len(), 1);
    assert!(
        rows[0]["findings"].contains("certification-uncertain"),
        "{rows:?}"
    );
    assert_ne!(rows[0]["status"], "expired", "the best stands for the row");
    let ran = desk.batch(&["list.csv", "--format", "json"]);
    assert_eq!(ran.code, 3);
    assert!(ran.json()["results"].as_array().unwrap().len() > 1);
}

#[test]
fn a_transcript_with_a_claim_answers_for_that_one() {
    let desk = Desk::new(Records::start());
    desk.list("list.csv", &format!("link,exam\n{TRANSCRIPT},AZ-104\n"));
    let ran = desk.batch(&["list.csv", "--format", "json"]);
    assert_eq!(ran.json()["results"].as_array().unwrap().len(), 1);
}

#[test]
fn receipts_and_evidence_are_left_for_each_row() {
    let desk = Desk::new(Records::start());
    desk.list("list.csv", &candidates(3));
    let ran = desk.batch(&[
        "list.csv",
        "-o",
        "out.csv",
        "--receipt",
        "receipts",
        "--save-evidence",
        "evidence",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for folder in ["receipts", "evidence"] {
        let files: Vec<_> = std::fs::read_dir(desk.path(folder)).unwrap().collect();
        assert_eq!(files.len(), 3, "{folder}");
        for file in files {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            assert!(
                !text.contains("C72B4F60A795D7E4"),
                "no sharingId in {folder}"
            );
        }
    }
    let ran = finish(
        bonafide()
            .args(["receipt", "check"])
            .arg(desk.path("receipts")),
    );
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
}

#[test]
fn the_sharing_id_stands_only_in_the_lists_own_column() {
    let desk = Desk::new(Records::start());
    desk.list("list.csv", &candidates(1));
    let ran = desk.batch(&["list.csv", "-o", "out.csv", "-vv"]);
    assert_eq!(desk.read("out.csv").matches("C72B4F60A795D7E4").count(), 1);
    assert!(!ran.stderr.contains("C72B4F60A795D7E4"));
    assert!(!ran.stdout.contains("C72B4F60A795D7E4"));
}
