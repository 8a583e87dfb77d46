//! A hundred thousand tracked credentials with nothing due: one run without network.
//!
//! Prints how long it took and, on Linux, the most memory that the process held.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement speaks"
)]

use std::time::Instant;

use bonafide::catalog::Catalog;
use bonafide::check::Expectation;
use bonafide::link;
use bonafide::source::Demo;
use bonafide::verify::{AsOf, Terms};
use bonafide::watch::{
    Checked, Details, Entry, EntryId, Existing, Facts, Plan, Refresh, RenewalPlan, Round, Seen,
    Store, TrackedLink,
};
use futures_util::FutureExt;

const CREDENTIALS: u64 = 100_000;

fn main() {
    if std::env::args().any(|argument| argument == "--list") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("watch.sqlite");
    if std::env::var_os("WATCH_LIST").is_none() {
        // Filled by a process of its own, so that its memory does not count.
        let filled = std::process::Command::new(std::env::current_exe().unwrap())
            .env("WATCH_LIST", &path)
            .status();
        assert!(filled.unwrap().success());
        measure(&path);
    } else {
        fill(std::path::Path::new(
            &std::env::var_os("WATCH_LIST").unwrap(),
        ));
    }
}

fn now() -> chrono::DateTime<chrono::Utc> {
    "2026-11-22T08:00:00Z".parse().unwrap()
}

fn fill(path: &std::path::Path) {
    let store = Store::open(path).unwrap();
    let entries = (1..=CREDENTIALS).map(|number| Entry {
        id: EntryId(0),
        link: TrackedLink::of(&link::judge(&format!(
            "https://learn.microsoft.com/api/credentials/{number:016X}"
        )))
        .unwrap(),
        details: Details {
            name: Some(format!("Person {number}")),
            owner: Some(format!("person{number}@example.com").parse().unwrap()),
            ..Details::default()
        },
        snoozed_until: None,
        plan: RenewalPlan::Renew,
    });
    let entries: Vec<Entry> = entries.collect();
    store.restore(&entries, Existing::Stays).unwrap();
    let facts: Facts = serde_json::from_str(
        r#"{"title":"Microsoft Certified: Azure Administrator Associate","kind":"certification",
            "expires":"2027-10-01T23:59:59Z","uid":"certification.azure-administrator"}"#,
    )
    .unwrap();
    let seen = |id| {
        let seen = Seen {
            key: String::new(),
            facts: facts.clone(),
            doubt: None,
        };
        (EntryId(id), Checked::Seen(vec![seen]))
    };
    let checks: Vec<_> = (1..=i64::try_from(CREDENTIALS).unwrap())
        .map(seen)
        .collect();
    store.note(&checks, now()).unwrap();
}

fn measure(path: &std::path::Path) {
    let started = Instant::now();
    let store = Store::open(path).unwrap();
    let terms = Terms {
        catalog: Catalog::embedded(),
        as_of: AsOf::Given(now()),
        expected: &Expectation::default(),
    };
    let plan = Plan::default();
    let refresh = Refresh {
        store: &store,
        source: &Demo,
        terms,
        after: plan.refresh_after,
        at_once: 4,
    };
    let looked = refresh
        .run(std::future::pending(), || {})
        .now_or_never()
        .unwrap()
        .unwrap();
    assert_eq!(looked.old, 0);
    let round = Round {
        store: &store,
        channels: &[],
        plan: &plan,
        catalog: Catalog::embedded(),
        as_of: now(),
    };
    let outcome = round.tell().now_or_never().unwrap().unwrap();
    assert_eq!(outcome.statuses["active"], CREDENTIALS);
    println!(
        "{CREDENTIALS} tracked, nothing due: {:.2?}, {}",
        started.elapsed(),
        memory()
    );
}

fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    most.map_or_else(
        || "memory not known here".to_owned(),
        |most| format!("at most {}", most.trim()),
    )
}
