//! The calendar of what is tracked.

use crate::harness::{RECORD_PATH, Ran, SHARE_LINK, Service, bonafide, finish, text};

fn run(service: &Service, arguments: &[&str]) -> Ran {
    let mut command = bonafide();
    command
        .args(arguments)
        .arg("--data-dir")
        .arg(service.data.path());
    if arguments.starts_with(&["track", "add"]) {
        command
            .args(["--retries", "0", "--learn-url"])
            .arg(service.url());
    }
    finish(&mut command)
}

/// A list with one credential, whose record was answered.
fn tracked() -> Service {
    let service = Service::start();
    service.json(
        RECORD_PATH,
        &text("learn-credential/ai-engineer-retired.json"),
    );
    let ran = run(
        &service,
        &["track", "add", SHARE_LINK, "--as-of", "2026-11-22"],
    );
    assert!(ran.code < 2, "{}", ran.stderr);
    service
}

fn events(ran: &Ran) -> usize {
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    ran.stdout.matches("BEGIN:VEVENT").count()
}

#[test]
fn nothing_tracked_is_an_empty_calendar() {
    let service = Service::start();
    let ran = run(&service, &["calendar"]);
    assert_eq!(events(&ran), 0);
    assert!(ran.stdout.ends_with("END:VCALENDAR\r\n"));
}

#[test]
fn the_same_list_is_the_same_bytes_and_a_removed_entry_is_cancelled() {
    let service = tracked();
    let first = run(&service, &["calendar"]);
    assert!(events(&first) >= 1, "{}", first.stdout);
    assert_eq!(run(&service, &["calendar"]).stdout, first.stdout);
    let german = run(&service, &["calendar", "--lang", "de"]);
    assert!(german.stdout.contains("Fristen von Zertifizierungen"));
    let removed = run(&service, &["track", "remove", "1"]);
    assert_eq!(removed.code, 0, "{}", removed.stderr);
    let gone = run(&service, &["calendar"]);
    assert_eq!(events(&gone), events(&first));
    assert_eq!(
        gone.stdout.matches("STATUS:CANCELLED").count(),
        events(&gone)
    );
    assert!(!gone.stdout.contains("Azure"), "{}", gone.stdout);
    let uids = |ran: &Ran| -> Vec<String> {
        let lines = ran.stdout.lines().filter(|line| line.starts_with("UID:"));
        lines.map(str::to_owned).collect()
    };
    assert_eq!(uids(&gone), uids(&first));
    // Tracked again, it goes on behind the cancellation.
    let added = run(
        &service,
        &["track", "add", SHARE_LINK, "--as-of", "2026-11-22"],
    );
    assert!(added.code < 2, "{}", added.stderr);
    let again = run(&service, &["calendar"]);
    assert!(!again.stdout.contains("CANCELLED"), "{}", again.stdout);
    assert!(again.stdout.contains("SEQUENCE:2"), "{}", again.stdout);
}

#[test]
fn a_look_at_another_day_leaves_no_trace() {
    let service = tracked();
    let later = run(&service, &["calendar", "--as-of", "2026-12-24"]);
    assert!(
        later.stdout.contains("DTSTAMP:20261224T000000Z"),
        "{}",
        later.stdout
    );
    let now = run(&service, &["calendar"]);
    assert!(!now.stdout.contains("20261224"), "{}", now.stdout);
}
