//! One run that ends before or after each single change of the list, and the one behind it.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::post::{Mailbox, Quiet};
use super::wait;
use crate::catalog::Catalog;
use crate::link;
use crate::notify::Channel;
use crate::watch::store::{Seen, StoreError};
use crate::watch::{Checked, Details, Ending, Facts, Outcome, Plan, Round, Store, TrackedLink};
use chrono::{DateTime, Utc};

pub(super) fn now() -> DateTime<Utc> {
    "2026-11-22T08:00:00Z".parse().unwrap()
}

fn filled(path: &std::path::Path) -> Store {
    let store = Store::open(path).unwrap();
    for (number, end) in [(1, "2026-11-29"), (2, "2026-12-20"), (3, "2026-11-20")] {
        let text = format!("https://learn.microsoft.com/api/credentials/{number:016X}");
        let details = Details {
            owner: Some(format!("owner{}@example.com", number % 2).parse().unwrap()),
            lead: Some("lead@example.com".parse().unwrap()),
            ..Details::default()
        };
        let link = TrackedLink::of(&link::judge(&text)).unwrap();
        let id = store.add(&link, details).unwrap().id();
        let facts = Facts {
            title: Some("Microsoft Certified: Azure Administrator Associate".to_owned()),
            expires: Some(format!("{end}T23:59:59Z").parse().unwrap()),
            ..Facts::default()
        };
        let seen = Seen {
            key: String::new(),
            facts,
            doubt: None,
        };
        store
            .note(&[(id, Checked::Seen(vec![seen]))], now())
            .unwrap();
    }
    store
}

fn round(
    store: &Store,
    mailbox: &Rc<RefCell<Mailbox>>,
    now: DateTime<Utc>,
) -> Result<Outcome, StoreError> {
    let plan = Plan {
        channels: vec!["mail".to_owned(), "chat".to_owned()],
        ..Plan::default()
    };
    let channel = |name| -> Box<dyn Channel> {
        Box::new(Quiet {
            name,
            mailbox: Rc::clone(mailbox),
            most: usize::MAX,
            room: Cell::new(u64::MAX),
            refuses: "",
        })
    };
    let channels = [channel("mail"), channel("chat")];
    let round = Round {
        store,
        channels: &channels,
        plan: &plan,
        catalog: Catalog::embedded(),
        as_of: now,
        ending: &Ending::never(),
    };
    wait(round.tell())
}

type Arrived = BTreeMap<(String, String, String), BTreeSet<String>>;

fn arrived(mailbox: &RefCell<Mailbox>) -> Arrived {
    let arrived = &mailbox.borrow().arrived;
    let arrived = arrived
        .iter()
        .map(|(key, arrival)| (key.clone(), arrival.items.clone()));
    arrived.collect()
}

#[test]
fn a_run_that_ends_anywhere_loses_nothing_and_repeats_at_most_the_one_in_flight() {
    let folder = tempfile::tempdir().unwrap();
    let undisturbed = Rc::<RefCell<Mailbox>>::default();
    round(&filled(&folder.path().join("whole")), &undisturbed, now()).unwrap();
    let expected = arrived(&undisturbed);
    assert_eq!(expected.len(), 6);
    let mut ends = 0;
    for at in 1.. {
        let mailbox = Rc::<RefCell<Mailbox>>::default();
        let steps = Rc::new(Cell::new(0));
        let path = folder.path().join(at.to_string());
        drop(filled(&path));
        let store = Store::open(&path).unwrap().with_trip(move || {
            steps.set(steps.get() + 1);
            steps.get() == at
        });
        let ended = round(&store, &mailbox, now());
        drop(store);
        if ended.is_ok() {
            break;
        }
        ends += 1;
        mailbox.borrow_mut().leave_unsure();
        round(&Store::open(&path).unwrap(), &mailbox, now()).unwrap();
        assert_eq!(arrived(&mailbox), expected, "ended at step {at}");
        assert!(mailbox.borrow().again <= 1, "ended at step {at}");
        // And nothing comes after.
        round(&Store::open(&path).unwrap(), &mailbox, now()).unwrap();
        assert_eq!(arrived(&mailbox), expected);
        assert!(mailbox.borrow().again <= 1);
    }
    // Calendar, claim and confirmation of six messages, each before and after.
    assert!(ends >= 24, "{ends}");
}

#[test]
fn one_credential_under_two_links_is_told_once_to_each() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("watch.sqlite");
    let old = rusqlite::Connection::open(&path).unwrap();
    let tables = include_str!("../../../fixtures/watch/version-3.sql");
    old.execute_batch(tables).unwrap();
    old.execute_batch("DELETE FROM deliveries; DELETE FROM messages;")
        .unwrap();
    drop(old);
    let mailbox = Rc::<RefCell<Mailbox>>::default();
    for _ in 0..2 {
        round(&Store::open(&path).unwrap(), &mailbox, now()).unwrap();
    }
    let mailbox = mailbox.borrow();
    let mails = mailbox.arrived.iter();
    let mails = mails.filter(|((_, channel, _), _)| channel == "mail");
    let told: Vec<_> = mails
        .map(|((who, ..), arrival)| (who.as_str(), arrival.items.len()))
        .collect();
    // The lead looks after both persons, and jane has one credential under three links.
    assert_eq!(
        told,
        [
            ("jane@example.com", 1),
            ("joe@example.com", 1),
            ("lead@example.com", 2)
        ]
    );
}
