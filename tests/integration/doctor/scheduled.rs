//! What is installed to start runs, as systemd has it.

use std::os::unix::fs::PermissionsExt;

use super::*;
use crate::track::track;

/// An office whose systemd says that its timer is at work, or not.
fn scheduled(office: &Office, is_active: bool) -> assert_cmd::Command {
    let home = office.service.data.path();
    let bin = home.join("bin");
    std::fs::create_dir_all(&bin).unwrap();
    let script = if is_active {
        "#!/bin/sh\necho active\n"
    } else {
        "#!/bin/sh\necho inactive\nexit 3\n"
    };
    let systemctl = bin.join("systemctl");
    std::fs::write(&systemctl, script).unwrap();
    std::fs::set_permissions(&systemctl, PermissionsExt::from_mode(0o755)).unwrap();
    let units = home.join(".config/systemd/user");
    std::fs::create_dir_all(&units).unwrap();
    let written = finish(
        crate::harness::bonafide()
            .args(["schedule", "--kind", "systemd-user", "--at", "08:30", "-o"])
            .arg(&units),
    );
    assert_eq!(written.code, 0, "{}", written.stderr);
    let mut command = office.command("doctor");
    command
        .env("HOME", home)
        .env("PATH", format!("{}:/bin", bin.display()))
        .env("TZ", "UTC")
        .args(["--format", "json"]);
    command
}

fn at(office: &Office, is_active: bool, instant: &str) -> Value {
    finish(scheduled(office, is_active).args(["--as-of", instant])).json()
}

#[test]
fn the_next_run_is_that_of_the_timer_and_missed_ones_are_counted() {
    let office = office();
    office.remind("2026-11-22T08:31:00Z", &[]);
    let json = at(&office, true, "2026-11-22T12:00:00Z");
    assert_eq!(json["next_run"], "2026-11-23T08:30:00Z");
    assert_eq!(json["sound"], true, "{json}");
    for (instant, state) in [
        ("2026-11-23T08:45:00Z", "fine"),
        ("2026-11-23T12:00:00Z", "note"),
        ("2026-11-24T12:00:00Z", "problem"),
    ] {
        let (found, message) = only(&at(&office, true, instant), "runs");
        assert_eq!(found, state, "{instant}: {message}");
    }
}

#[test]
fn a_timer_that_is_not_started_starts_nothing() {
    let office = office();
    office.remind("2026-11-22T08:31:00Z", &[]);
    let json = at(&office, false, "2026-11-22T12:00:00Z");
    let (state, message) = only(&json, "schedule");
    assert_eq!(state, "problem");
    assert!(message.contains("installed and not started"), "{message}");
    assert_eq!(json["next_run"], Value::Null);
}

#[test]
fn runs_that_look_at_nothing_are_a_problem_and_a_list_not_begun_is_none() {
    let office = office();
    let data = office.service.data.path();
    let list = data.join("watch.sqlite");
    remove(&list);
    // Nothing is scheduled yet: that is where everybody begins.
    let ran = doctor(&office, DAY, &[]);
    assert_eq!(ran.code, 0, "{}", ran.stdout);
    assert!(
        ran.stdout
            .contains("No problem was found, but nothing is tracked: nobody would be reminded"),
        "{}",
        ran.stdout
    );
    let json = at(&office, true, "2026-11-22T12:00:00Z");
    let (state, message) = only(&json, "list");
    assert_eq!((state.as_str(), &json["sound"]), ("problem", &false.into()));
    assert!(
        message.contains("nobody will ever be reminded"),
        "{message}"
    );
    assert!(!list.exists(), "to look leaves nothing behind");
}

#[test]
fn a_list_that_was_emptied_is_a_problem_while_it_is_looked_at() {
    let office = office();
    let data = office.service.data.path();
    assert_eq!(office.remind(DAY, &[]).code, 0);
    assert_eq!(track(data, &["remove", "1"]).code, 0);
    let ran = doctor(&office, DAY, &["--format", "json"]);
    assert_eq!(ran.code, 1, "{}", ran.stdout);
    let json = ran.json();
    assert_eq!(
        (only(&json, "list").0.as_str(), &json["tracked"]),
        ("problem", &0.into())
    );
}
