//! A page that is made again: what changed, and what could not be asked.

use super::{Desk, administrator, fundamentals, id};
use crate::harness::{DAY, Ran, Service, finish};
use crate::issuer::certification;

/// A page of which the links are asked about, and a service to ask.
pub(super) fn linked() -> (Desk, Service) {
    let link = |at| {
        format!(
            "\"https://learn.microsoft.com/api/credentials/share/en-us/JaneDoe-1/{}\"",
            id(at)
        )
    };
    let owner = format!("name = \"Jane Doe\"\nlinks = [{}, {}]\n", link(0), link(1));
    (
        Desk::with(&owner, &[administrator(), fundamentals()]),
        Service::start(),
    )
}

/// Asks the issuer, whom nobody reaches from here.
pub(super) fn ask_nobody(desk: &Desk, day: &str, more: &[&str]) -> Ran {
    let mut command = desk.command(day);
    command.env("HTTPS_PROXY", "http://127.0.0.1:1");
    finish(command.args(["--no-cache", "--retries", "0"]).args(more))
}

fn feed(desk: &Desk) -> atom_syndication::Feed {
    desk.read("feed.xml").parse().unwrap()
}

fn titles(desk: &Desk) -> Vec<String> {
    let feed = feed(desk);
    feed.entries()
        .iter()
        .map(|entry| entry.title().value.clone())
        .collect()
}

#[test]
fn a_failed_refresh_leaves_nothing_green() {
    let (desk, _) = linked();
    assert_eq!(desk.run().code, 0);
    assert!(desk.read("index.html").contains("class=\"good\""));
    let news = titles(&desk);
    let ran = ask_nobody(&desk, "2026-12-01", &[]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(ran.stderr.contains("2 unverified."), "{}", ran.stderr);
    assert!(
        ran.stderr
            .contains("Azure Administrator Associate: unverified. The issuer did not answer."),
        "{}",
        ran.stderr
    );
    let page = desk.read("index.html");
    assert!(
        !page.contains("class=\"good\"") && !page.contains(" data-until=\""),
        "{page}"
    );
    assert!(page.contains("Last run on 1 December 2026"));
    for (name, bytes) in desk.files() {
        if name.starts_with("badges/") {
            let badge = String::from_utf8(bytes).unwrap();
            assert!(badge.contains("data-tone=\"unverified\""), "{name}");
            // It still says of what.
            assert!(badge.contains("Azure "), "{name}");
        }
    }
    // Nothing is known to have changed, so there is no news.
    assert_eq!(titles(&desk), news);
    assert!(!page.contains("\"EducationalOccupationalCredential\""));
}

#[test]
fn with_keep_on_error_the_old_stays_with_its_date_until_its_end() {
    let (desk, _) = linked();
    desk.run();
    let badge = desk.read("badges/5D1E0C42A7B39F00.svg");
    let ran = ask_nobody(&desk, "2026-12-01", &["--keep-on-error"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert_eq!(desk.each("shown_as"), ["attention", "attention"]);
    assert_eq!(desk.each("checked_on"), ["2026-11-22", "2026-11-22"]);
    let page = desk.read("index.html");
    assert!(page.contains("Valid when last checked"));
    assert!(page.contains("This is what Microsoft said on 22 November 2026."));
    assert!(!page.contains("class=\"good\""));
    assert_eq!(desk.read("badges/5D1E0C42A7B39F00.svg"), badge);
    // Past its last day nobody knows whether it was renewed.
    ask_nobody(&desk, "2027-09-02", &["--keep-on-error"]);
    assert_eq!(desk.each("shown_as"), ["unverified", "attention"]);
    assert!(
        desk.read("badges/5D1E0C42A7B39F00.svg")
            .contains("data-tone=\"unverified\"")
    );
}

#[test]
fn a_refusal_is_an_answer_and_is_never_kept_back() {
    let (desk, service) = linked();
    desk.run();
    let mut command = desk.command(DAY);
    command.args([
        "--learn-url",
        &service.url(),
        "--no-cache",
        "--retries",
        "0",
        "--keep-on-error",
    ]);
    let ran = finish(&mut command);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(!desk.read("index.html").contains("class=\"good\""));
    assert!(
        desk.each("shown_as")
            .iter()
            .all(|shown| shown != "good" && shown != "attention")
    );
}

#[test]
fn the_feed_tells_what_changed_once_and_keeps_what_it_told() {
    let (mut desk, _) = linked();
    desk.run();
    assert_eq!(
        titles(&desk),
        [
            "Microsoft Certified: Azure Administrator Associate: now listed, valid until 2027-09-01",
            "Microsoft Certified: Azure Fundamentals: now listed, valid, no expiry",
        ]
    );
    let first = feed(&desk);
    let renewed = certification(
        "Azure Administrator Associate",
        "2024-09-01",
        Some("2028-09-01"),
    );
    desk.put(&[renewed]);
    desk.run_on("2026-11-22T12:00:00Z");
    assert_eq!(
        titles(&desk)[..2],
        [
            "Microsoft Certified: Azure Administrator Associate: valid until 2028-09-01",
            "Microsoft Certified: Azure Fundamentals: no longer listed",
        ]
    );
    let second = feed(&desk);
    assert_eq!(second.entries()[2..], first.entries()[..]);
    assert_eq!(second.id(), first.id());
    assert_eq!(second.updated().to_rfc3339(), "2026-11-22T12:00:00+00:00");
    let mut ids: Vec<_> = second
        .entries()
        .iter()
        .map(|entry| entry.id.clone())
        .collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 4);
    // Going through a failure and back is no news either.
    let before = desk.read("feed.xml");
    ask_nobody(&desk, "2026-11-23", &[]);
    desk.run_on("2026-11-23T13:00:00Z");
    assert_eq!(desk.read("feed.xml"), before);
}
