//! The calendar, read back by another implementation.

use std::io::Write as _;
use std::process::Stdio;

use bonafide::publish::calendar::{Dates, plan, revise, write};
use bonafide::report::request::Language;
use serde_json::Value;

use super::python;
use crate::harness::fixture;

/// Reads a calendar with Python's `icalendar`.
fn read(calendar: &str) -> Option<Value> {
    let mut child = python("icalendar")?
        .arg(fixture("notify/read_calendar.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(calendar.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

fn dates(title: &str) -> Dates {
    Dates {
        title: Some(title.to_owned()),
        holder: Some("Jürgen; \"Jay\", O'Neil \\ 😀".to_owned()),
        opens_on: "2026-11-14".parse().ok(),
        deadline: "2026-11-30".parse().ok(),
        expires_on: "2027-05-14".parse().ok(),
        renewal_url: Some("https://learn.microsoft.com/credentials/renew/".to_owned()),
        ..Dates::of("E2F6B0935C4D718A")
    }
}

#[test]
fn another_implementation_reads_what_was_written() {
    let now = "2026-11-22T08:00:00Z".parse().unwrap();
    let title = "Microsoft Certified: Azure, \u{fc}ber; \\n 漢字 ".repeat(4);
    let events = revise(&[], plan(&dates(title.trim())), now);
    let calendar = write(&events, Language::English);
    let Some(read) = read(&calendar) else { return };
    assert_eq!(read["method"], "PUBLISH");
    let events = read["events"].as_array().unwrap();
    assert_eq!(events.len(), 3);
    let deadline = &events[1];
    assert_eq!(deadline["start"], "2026-11-30");
    assert_eq!(deadline["end"], "2026-12-01");
    assert_eq!(deadline["sequence"], 0);
    assert_eq!(deadline["status"], "CONFIRMED");
    assert_eq!(deadline["stamp"], "2026-11-22T08:00:00+00:00");
    let day = 86_400.0;
    let nine = 9.0 * 3_600.0;
    let alarms = [nine - 30.0 * day, nine - 7.0 * day, nine - day];
    assert_eq!(deadline["alarms"], serde_json::json!(alarms));
    let summary = deadline["summary"].as_str().unwrap();
    assert!(
        summary.starts_with(&format!("Last day to renew: {}", title.trim())),
        "{summary}"
    );
    assert!(
        summary.ends_with("(Jürgen; \"Jay\", O'Neil \\ 😀)"),
        "{summary}"
    );
    assert!(
        deadline["description"]
            .as_str()
            .unwrap()
            .contains("\nRenewal page: https://")
    );
}

#[test]
fn what_is_gone_is_read_as_cancelled_under_its_name() {
    let first = revise(
        &[],
        plan(&dates("T")),
        "2026-11-22T08:00:00Z".parse().unwrap(),
    );
    let gone = revise(&first, vec![], "2026-11-23T08:00:00Z".parse().unwrap());
    let (Some(before), Some(after)) = (
        read(&write(&first, Language::German)),
        read(&write(&gone, Language::German)),
    ) else {
        return;
    };
    for (one, other) in std::iter::zip(
        before["events"].as_array().unwrap(),
        after["events"].as_array().unwrap(),
    ) {
        assert_eq!(one["uid"], other["uid"]);
        assert_eq!(
            (&other["status"], &other["sequence"]),
            (&"CANCELLED".into(), &1.into())
        );
    }
}
