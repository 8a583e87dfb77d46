//! A channel that takes a digest in parts, and not all of them in one run.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use chrono::{DateTime, Utc};

use super::crash::now;
use super::post::{Mailbox, Quiet};
use super::wait;
use crate::catalog::Catalog;
use crate::link;
use crate::notify::Channel;
use crate::watch::store::{Seen, StoreError};
use crate::watch::{
    Checked, Details, Ending, Facts, Outcome, Plan, Recipient, Round, Store, TrackedLink,
};

/// A list of one lead who looks after so many credentials, all due today.
fn team(path: &std::path::Path, credentials: u64) -> Store {
    let store = Store::open(path).unwrap();
    for number in 1..=credentials {
        let text = format!("https://learn.microsoft.com/api/credentials/{number:016X}");
        let details = Details {
            lead: Some("lead@example.com".parse().unwrap()),
            ..Details::default()
        };
        let link = TrackedLink::of(&link::judge(&text)).unwrap();
        let id = store.add(&link, details).unwrap().id();
        let facts = Facts {
            title: Some(format!("Contoso Certified {number:03}")),
            expires: Some("2026-11-29T23:59:59Z".parse().unwrap()),
            ..Facts::default()
        };
        let seen = Seen {
            key: String::new(),
            facts,
            doubt: None,
        };
        let seen = [(id, Checked::Seen(vec![seen]))];
        store.note(&seen, now()).unwrap();
    }
    store
}

/// A phone that takes one credential in a push, and so many in a run.
fn push(
    store: &Store,
    mailbox: &Rc<RefCell<Mailbox>>,
    (room, refuses): (u64, &'static str),
    now: DateTime<Utc>,
) -> Result<Outcome, StoreError> {
    push_through(&["phone"], store, mailbox, (room, refuses), now)
}

/// The same, where people are told through these channels.
fn push_through(
    names: &[&str],
    store: &Store,
    mailbox: &Rc<RefCell<Mailbox>>,
    (room, refuses): (u64, &'static str),
    now: DateTime<Utc>,
) -> Result<Outcome, StoreError> {
    let plan = Plan {
        channels: names.iter().map(ToString::to_string).collect(),
        fallback: Some("reserve".to_owned()),
        ..Plan::default()
    };
    let channel = |name, most, room, refuses| -> Box<dyn Channel> {
        Box::new(Quiet {
            name,
            mailbox: Rc::clone(mailbox),
            most,
            room: Cell::new(room),
            refuses,
        })
    };
    let channels = [
        channel("phone", 1, room, refuses),
        channel("reserve", usize::MAX, u64::MAX, ""),
    ];
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

fn items(mailbox: &RefCell<Mailbox>, channel: &str) -> usize {
    let mailbox = mailbox.borrow();
    let arrived = mailbox.arrived.iter();
    let of = arrived.filter(|((_, name, _), _)| name == channel);
    of.map(|(_, arrival)| arrival.items.len()).sum()
}

#[test]
fn what_a_channel_takes_in_parts_goes_on_where_it_stopped_and_comes_to_an_end() {
    let folder = tempfile::tempdir().unwrap();
    let store = team(&folder.path().join("watch.sqlite"), 120);
    let mailbox = Rc::<RefCell<Mailbox>>::default();
    let outcome = push(&store, &mailbox, (60, ""), now()).unwrap();
    assert_eq!((outcome.sent.len(), outcome.failed.len()), (60, 1));
    assert_eq!((outcome.failed[0].taken, outcome.failed[0].of), (60, 120));
    // The rest of it may go on the same day, and nothing comes twice.
    let outcome = push(&store, &mailbox, (60, ""), now()).unwrap();
    assert_eq!((outcome.sent.len(), outcome.failed.len()), (60, 0));
    let outcome = push(&store, &mailbox, (60, ""), now()).unwrap();
    assert_eq!(outcome.sent.len(), 0);
    assert_eq!((items(&mailbox, "phone"), mailbox.borrow().again), (120, 0));
    assert_eq!(store.troubles().unwrap(), []);
}

#[test]
fn a_run_that_ends_between_parts_repeats_at_most_the_one_in_flight() {
    let folder = tempfile::tempdir().unwrap();
    let mut ends = 0;
    for at in 1.. {
        let path = folder.path().join(at.to_string());
        drop(team(&path, 5));
        let mailbox = Rc::<RefCell<Mailbox>>::default();
        let steps = Rc::new(Cell::new(0));
        // Over several runs, of which one ends early.
        let mut was_cut = false;
        for _ in 0..6 {
            let steps = Rc::clone(&steps);
            let store = Store::open(&path).unwrap().with_trip(move || {
                steps.set(steps.get() + 1);
                steps.get() == at
            });
            if push(&store, &mailbox, (2, ""), now()).is_err() {
                was_cut = true;
                mailbox.borrow_mut().leave_unsure();
            }
        }
        assert_eq!(items(&mailbox, "phone"), 5, "ended at step {at}");
        assert!(mailbox.borrow().again <= 1, "ended at step {at}");
        assert_eq!(Store::open(&path).unwrap().in_flight().unwrap(), []);
        if !was_cut {
            break;
        }
        ends += 1;
    }
    assert!(ends >= 20, "{ends}");
}

#[test]
fn a_part_that_is_refused_takes_no_other_with_it_and_goes_to_the_fallback_alone() {
    let folder = tempfile::tempdir().unwrap();
    let store = team(&folder.path().join("watch.sqlite"), 5);
    let mailbox = Rc::<RefCell<Mailbox>>::default();
    let outcome = push(&store, &mailbox, (60, "003"), now()).unwrap();
    assert_eq!((outcome.sent.len(), outcome.failed.len()), (4, 1));
    // On the fourth day the next step is due, of all of them.
    for (days, on_reserve) in [(1, 0), (2, 0), (3, 1), (3, 1), (4, 2)] {
        let later = now() + chrono::Days::new(days);
        push(&store, &mailbox, (60, "003"), later).unwrap();
        assert_eq!(items(&mailbox, "reserve"), on_reserve, "{days} days later");
    }
    let refused = |to: &Recipient| store.trouble_of(to).unwrap();
    let to = Recipient {
        person: Some("lead@example.com".parse().unwrap()),
        channel: "phone".to_owned(),
    };
    assert!(refused(&to).is_some());
}

#[test]
fn a_channel_that_refuses_everything_is_asked_three_times_and_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let store = team(&folder.path().join("watch.sqlite"), 40);
    let mailbox = Rc::<RefCell<Mailbox>>::default();
    let outcome = push(&store, &mailbox, (60, "Contoso"), now()).unwrap();
    assert_eq!((outcome.sent.len(), outcome.failed.len()), (0, 1));
    assert_eq!(store.in_flight().unwrap(), []);
    let outcome = push(&store, &mailbox, (60, ""), now()).unwrap();
    assert_eq!(outcome.sent.len(), 40);
}

#[test]
fn what_is_no_longer_so_is_left_out_of_the_parts_that_are_still_to_come() {
    let folder = tempfile::tempdir().unwrap();
    let store = team(&folder.path().join("watch.sqlite"), 6);
    let mailbox = Rc::<RefCell<Mailbox>>::default();
    push(&store, &mailbox, (2, ""), now()).unwrap();
    let last = store.entries().unwrap().last().unwrap().id;
    assert!(store.remove(last).unwrap());
    push(&store, &mailbox, (60, ""), now()).unwrap();
    assert_eq!((items(&mailbox, "phone"), mailbox.borrow().again), (5, 0));
    assert_eq!(store.in_flight().unwrap(), []);
}

#[test]
fn a_fallback_that_is_an_own_channel_too_tells_nothing_twice() {
    let folder = tempfile::tempdir().unwrap();
    let store = team(&folder.path().join("watch.sqlite"), 5);
    let mailbox = Rc::<RefCell<Mailbox>>::default();
    for (days, on_reserve) in [(0, 5), (1, 5), (2, 5), (3, 5), (4, 10)] {
        let later = now() + chrono::Days::new(days);
        push_through(&["phone", "reserve"], &store, &mailbox, (0, ""), later).unwrap();
        assert_eq!(items(&mailbox, "reserve"), on_reserve, "{days} days later");
    }
    assert_eq!(mailbox.borrow().again, 0);
}

#[test]
fn a_message_that_an_earlier_version_left_whole_is_told_in_parts() {
    let folder = tempfile::tempdir().unwrap();
    let store = team(&folder.path().join("watch.sqlite"), 5);
    let mailbox = Rc::<RefCell<Mailbox>>::default();
    push(&store, &mailbox, (0, ""), now()).unwrap();
    let mut parts = store.in_flight().unwrap().into_iter();
    let mut whole = parts.next().unwrap();
    for part in parts {
        store.release(&part.key).unwrap();
        whole.told.extend(part.told);
    }
    store.claim(&[&whole], now().date_naive()).unwrap();
    let outcome = push(&store, &mailbox, (60, ""), now()).unwrap();
    assert_eq!((outcome.sent.len(), outcome.failed.len()), (5, 0));
    assert_eq!(store.in_flight().unwrap(), []);
}
