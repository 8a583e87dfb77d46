//! `bonafide remind`: runs that are killed, and two at once.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::{Duration, Instant};

use chrono::{Days, NaiveDate};
use wiremock::matchers::method;
use wiremock::{Mock, ResponseTemplate};

use crate::harness::DAY;
use crate::kills::{Moments, kill_at, rounds, start};
use crate::remind::Office;
use crate::remind_proof::{hook, message, record};

const OWNERS: usize = 6;

/// How many rounds one office has: something is due for everybody on each of its days.
const DAYS: u32 = 20;

/// An office with so many owners, whose service takes its time.
fn office(delay: Duration) -> Office {
    let rows = (0..OWNERS).map(|number| {
        let id = id(number);
        format!("https://learn.microsoft.com/api/credentials/{id},owner{number}@example.com\n")
    });
    let office = Office::with("", &format!("link,email\n{}", rows.collect::<String>()));
    let days: Vec<_> = (1..=40).map(|days: u32| days.to_string()).collect();
    hook(&office, &format!("days = [{}]\n", days.join(", ")));
    serve(&office, delay);
    office
}

fn id(number: usize) -> String {
    format!("20170DBC5AC04E{number:02}")
}

fn serve(office: &Office, delay: Duration) {
    office.service.reset();
    for number in 0..OWNERS {
        record(office, &id(number), "2026-12-20T23:59:59Z");
    }
    let taken = ResponseTemplate::new(204).set_delay(delay);
    office
        .service
        .mount(Mock::given(method("POST")).respond_with(taken));
}

/// The program itself is killed, at a different moment in each round; then it runs again.
#[test]
fn a_run_that_is_killed_loses_nothing_and_repeats_only_under_the_same_key() {
    let mut tally = Tally::default();
    let mut moments = Moments::within(Duration::ZERO);
    let mut left = rounds();
    while left > 0 {
        let here = left.min(DAYS);
        block(here, &mut moments, &mut tally);
        left -= here;
    }
    // How often depends on the machine; that some were killed at work, and some with a message
    // in flight, does not.
    assert!(tally.killed >= 5 && tally.repeated >= 1, "{tally:?}");
}

#[derive(Debug, Default)]
struct Tally {
    killed: u32,
    repeated: usize,
}

fn block(rounds: u32, moments: &mut Moments, tally: &mut Tally) {
    let office = office(Duration::from_millis(25));
    let first: NaiveDate = DAY.parse().unwrap();
    let started = Instant::now();
    assert_eq!(office.remind(DAY, &["--rate", "none"]).code, 0);
    moments.of(started.elapsed());
    let mut told = messages(&office);
    assert_eq!(told.len(), OWNERS);
    for round in 1..=rounds {
        let day = (first + Days::new(round.into())).to_string();
        let arguments = ["--rate", "none", "--as-of", &day];
        let child = start(&office.command("remind"), &arguments);
        tally.killed += u32::from(kill_at(moments.next(), child).is_none());
        sound(office.service.data.path());
        let ran = office.remind(&day, &["--rate", "none"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let now = messages(&office);
        tally.repeated += held(&told, &now[told.len()..], &day);
        told = now;
    }
}

/// Holds the messages of a day to what was promised; says how many came twice.
fn held(told: &[(String, String)], new: &[(String, String)], day: &str) -> usize {
    let mut keys: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (whom, key) in new {
        keys.entry(whom).or_default().insert(key);
    }
    assert_eq!(keys.len(), OWNERS, "everybody was told on {day}");
    assert!(
        keys.values().all(|keys| keys.len() == 1),
        "one key each on {day}: {keys:?}"
    );
    let repeated = new.len() - OWNERS;
    assert!(repeated <= 1, "one was in flight on {day}, not {repeated}");
    let is_old = |key: &&str| told.iter().any(|(_, old)| old == key);
    assert!(
        !keys.values().flatten().any(is_old),
        "nothing old was told on {day}"
    );
    repeated
}

/// The list is whole as the killed run left it, before anything mends it: looked at in a copy.
fn sound(data: &Path) {
    let copy = tempfile::tempdir().unwrap();
    for name in ["watch.sqlite", "watch.sqlite-wal"] {
        if data.join(name).exists() {
            std::fs::copy(data.join(name), copy.path().join(name)).unwrap();
        }
    }
    let list = rusqlite::Connection::open(copy.path().join("watch.sqlite")).unwrap();
    let said: String = list
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(said, "ok");
}

pub(crate) fn messages(office: &Office) -> Vec<(String, String)> {
    office.service.posted().iter().map(message).collect()
}

#[test]
fn of_two_runs_at_once_one_tells_people_and_a_killed_one_is_in_nobodys_way() {
    let office = office(Duration::from_mins(1));
    let mut first = start(&office.command("remind"), &["--as-of", DAY]);
    while office.service.posted().is_empty() {
        assert_eq!(first.try_wait().unwrap(), None);
        std::thread::sleep(Duration::from_millis(10));
    }
    let second = office.remind(DAY, &[]);
    assert_eq!(second.code, 2, "{}", second.stdout);
    assert!(
        second.stderr.contains("another run is at the list"),
        "{}",
        second.stderr
    );
    assert_eq!(office.service.posted().len(), 1);
    first.kill().unwrap();
    first.wait().unwrap();
    let lock = office.service.data.path().join("watch.lock");
    assert!(lock.exists(), "what the killed run left");
    serve(&office, Duration::ZERO);
    let ran = office.remind(DAY, &[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(office.service.posted().len(), OWNERS);
}
