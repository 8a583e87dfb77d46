//! A hundred thousand tracked credentials with nothing due: one run without network.
//!
//! The list is filled by one process and looked at by another, so that neither's memory
//! counts for the other.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use bonafide::catalog::Catalog;
use bonafide::check::Expectation;
use bonafide::link;
use bonafide::source::Demo;
use bonafide::verify::{AsOf, Terms};
use bonafide::watch::{
    Checked, Details, Ending, Entry, EntryId, Facts, Plan, Refresh, RenewalPlan, Round, Seen,
    Store, TrackedLink,
};

use crate::process;
use crate::table::{Aim, Table, ratio};

const CREDENTIALS: u64 = 100_000;

/// Names the list for a process that fills it.
const FILL: &str = "BONAFIDE_BENCH_FILL";

/// Names the list for a process that looks at it.
const RUN: &str = "BONAFIDE_BENCH_RUN";

/// What a run may take.
const BOUND: (Duration, f64) = (Duration::from_secs(2), 64.0);

pub(crate) fn is_to_fill() -> bool {
    std::env::var_os(FILL).is_some()
}

pub(crate) fn is_to_run() -> bool {
    std::env::var_os(RUN).is_some()
}

pub(crate) fn measure(table: &mut Table) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("watch.sqlite");
    let me = || Command::new(std::env::current_exe().unwrap());
    process::run(me().env(FILL, &path), |code| code == 0);
    let took = process::run(me().env(RUN, &path), |code| code == 0);
    let what = format!("{CREDENTIALS} tracked, nothing due");
    let bound = format!("{:?}", BOUND.0);
    table.row(
        (&what, format!("{:.2?}", took.time)),
        ("bound", bound),
        ratio(took.time, BOUND.0),
        Aim::AtMost(1.0),
    );
    let mib = took.kib as f64 / 1024.0;
    table.row(
        ("its memory", format!("{mib:.1} MiB")),
        ("bound", format!("{} MiB", BOUND.1)),
        mib / BOUND.1,
        Aim::AtMost(1.0),
    );
}

fn now() -> chrono::DateTime<chrono::Utc> {
    "2026-11-22T08:00:00Z".parse().unwrap()
}

/// Fills the list that the environment names.
pub(crate) fn fill() {
    let store = Store::open(&named(FILL)).unwrap();
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
    store.restore_all(entries).unwrap();
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

fn named(variable: &str) -> PathBuf {
    std::env::var_os(variable).unwrap().into()
}

/// Does the run on the list that the environment names.
pub(crate) fn run() {
    let store = Store::open(&named(RUN)).unwrap();
    let terms = Terms {
        catalog: Catalog::embedded(),
        as_of: AsOf::Given(now()),
        expected: &Expectation::default(),
    };
    let plan = Plan::default();
    let ending = Ending::never();
    let refresh = Refresh {
        store: &store,
        source: &Demo,
        terms,
        after: plan.refresh_after,
        at_once: 4,
        ending: &ending,
    };
    let looked = wait(refresh.run()).unwrap();
    assert_eq!(looked.old, 0);
    let round = Round {
        store: &store,
        channels: &[],
        plan: &plan,
        catalog: Catalog::embedded(),
        as_of: now(),
        ending: &ending,
    };
    let outcome = wait(round.tell()).unwrap();
    assert_eq!(outcome.statuses["active"], CREDENTIALS);
}

fn wait<T>(run: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.unwrap().block_on(run)
}
