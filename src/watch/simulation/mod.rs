//! Four hundred days of two hundred credentials, with everything going wrong that can.
//!
//! Runs are missed and end anywhere, channels fail and lose their answers, the service is not
//! there, links are lost and found, clocks are set back. What is told is held against what is
//! true: every step arrives, and none twice.

mod crash;
mod parts;
mod post;
mod world;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::rc::Rc;

use self::post::{Mailbox, Post};
use self::world::{Dice, World};
use super::due::{self, Day, Due, Situation};
use super::hours::{Gate, Hours, Weekends};
use super::store::{Recipient, StoreError};
use super::{Details, Ending, History, Plan, Refresh, Round, Store, TrackedLink};
use crate::catalog::Catalog;
use crate::check::Expectation;
use crate::link;
use crate::notify::Channel;
use crate::verify::{AsOf, Terms};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

const CREDENTIALS: u64 = 200;
const DAYS: u64 = 400;

struct Simulation {
    world: World,
    mailbox: Rc<RefCell<Mailbox>>,
    plan: Plan,
    path: PathBuf,
    dice: Dice,
    /// How many changes of the list a run may make before it ends.
    fuse: Rc<Cell<u64>>,
    /// Who is waiting for what, for how many days on which they could have been told, and the
    /// last of them.
    waiting: BTreeMap<(Recipient, i64, Due), (u32, NaiveDate)>,
    counts: Counts,
    _folder: tempfile::TempDir,
}

#[derive(Debug, Default)]
struct Counts {
    whole: u32,
    cut_short: u32,
    missed: u32,
}

fn first() -> NaiveDate {
    "2026-09-01".parse().unwrap()
}

impl Simulation {
    fn new(seed: u64, plan: Plan, credentials: u64) -> Self {
        let mut dice = Dice(seed);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("watch.sqlite");
        let world = World::new(credentials, first(), &mut dice);
        let store = Store::open(&path).unwrap();
        for (at, id) in world.credentials.borrow().keys().enumerate() {
            let text = format!("https://learn.microsoft.com/api/credentials/{id}");
            let details = Details {
                owner: Some(format!("owner{}@example.com", at % 40).parse().unwrap()),
                lead: (at % 3 == 0).then(|| format!("lead{}@example.com", at % 5).parse().unwrap()),
                channels: match at {
                    _ if at % 7 == 0 => vec!["mail".to_owned(), "chat".to_owned()],
                    _ if at % 5 == 0 => vec!["phone".to_owned()],
                    _ => Vec::new(),
                },
                ..Details::default()
            };
            store
                .add(&TrackedLink::of(&link::judge(&text)).unwrap(), details)
                .unwrap();
        }
        Self {
            world,
            mailbox: Rc::default(),
            plan,
            path,
            dice,
            fuse: Rc::new(Cell::new(u64::MAX)),
            waiting: BTreeMap::new(),
            counts: Counts::default(),
            _folder: folder,
        }
    }

    fn live(&mut self, days: u64) {
        for number in 0..days {
            let today = first() + Days::new(number);
            self.world.dawn(today);
            self.world.is_down.replace(self.dice.percent(3));
            if self.dice.percent(10) {
                self.counts.missed += 1;
                continue;
            }
            let at = today.and_hms_opt(7, 0, 0).unwrap().and_utc();
            // For two days the clock is five days behind.
            let back = TimeDelta::days(if (150..152).contains(&number) { 5 } else { 0 });
            let jitter = TimeDelta::minutes(self.dice.below(120).try_into().unwrap());
            let fuse = if self.dice.percent(30) {
                self.dice.below(40)
            } else {
                u64::MAX
            };
            self.run(at + jitter - back, number, fuse);
            if fuse != u64::MAX && self.dice.percent(50) {
                self.run(at + jitter - back + TimeDelta::hours(1), number, u64::MAX);
            }
        }
    }

    /// One run, which ends when its fuse is burnt.
    fn run(&mut self, now: DateTime<Utc>, number: u64, fuse: u64) {
        self.fuse.set(fuse);
        let burning = Rc::clone(&self.fuse);
        let store = Store::open(&self.path).unwrap().with_trip(move || {
            burning.set(burning.get().saturating_sub(1));
            burning.get() == 0
        });
        let gate = self.plan.hours.at(now);
        if let Gate::Open { day, .. } = gate {
            self.mailbox.borrow_mut().day = day;
        }
        self.mailbox.borrow_mut().failed.clear();
        let channels = self.channels(number);
        let ran = self.work(&store, &channels, now);
        match ran {
            Ok(is_blind) => {
                self.counts.whole += 1;
                if !is_blind && matches!(gate, Gate::Open { .. }) {
                    self.hold_against_truth(&store, now);
                }
            }
            Err(StoreError::Ended) => {
                self.counts.cut_short += 1;
                self.mailbox.borrow_mut().leave_unsure();
            }
            Err(error) => panic!("{error}"),
        }
    }

    fn work(
        &self,
        store: &Store,
        channels: &[Box<dyn Channel>],
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let ending = Ending::never();
        let terms = Terms {
            catalog: Catalog::embedded(),
            as_of: AsOf::Given(now),
            expected: &Expectation::default(),
        };
        let refresh = Refresh {
            store,
            source: &self.world,
            terms,
            after: self.plan.refresh_after,
            at_once: 4,
            ending: &ending,
        };
        let looked = wait(refresh.run())?;
        let round = Round {
            store,
            channels,
            plan: &self.plan,
            catalog: Catalog::embedded(),
            as_of: now,
            ending: &ending,
        };
        let outcome = wait(round.tell())?;
        let mailbox = self.mailbox.borrow();
        for sent in outcome.sent {
            let who = sent.to.person.as_ref().map(ToString::to_string);
            let key = (
                who.unwrap_or_default(),
                sent.to.channel,
                sent.key.to_string(),
            );
            assert!(mailbox.arrived.contains_key(&key), "{key:?} never arrived");
        }
        Ok(looked.is_blind())
    }

    fn channels(&mut self, number: u64) -> Vec<Box<dyn Channel>> {
        let mut post = |name, is_down| -> Box<dyn Channel> {
            // One push for each credential, and six in each run.
            let is_phone = name == "phone";
            Box::new(Post {
                most: if is_phone { 1 } else { usize::MAX },
                room: Cell::new(if is_phone { 6 } else { u64::MAX }),
                name,
                mailbox: Rc::clone(&self.mailbox),
                dice: RefCell::new(Dice(self.dice.throw())),
                is_down,
            })
        };
        vec![
            post("mail", (60..68).contains(&number)),
            post("chat", (200..230).contains(&number)),
            post("phone", false),
            post("reserve", (62..64).contains(&number)),
        ]
    }

    /// Whatever is true is told by this run, or waits for a reason and not for long.
    fn hold_against_truth(&mut self, store: &Store, now: DateTime<Utc>) {
        let mut still = BTreeMap::new();
        let Gate::Open { day, pause } = self.plan.hours.at(now) else {
            return;
        };
        let (world, plan, mailbox) = (&self.world, &self.plan, self.mailbox.borrow());
        store
            .each(|watched| {
                let id = watched
                    .entry
                    .link
                    .as_str()
                    .rsplit('/')
                    .next()
                    .unwrap()
                    .to_owned();
                let Some(truth) = world.truth(&id) else {
                    return Ok(());
                };
                let facts = super::Facts {
                    title: Some(truth.title.to_owned()),
                    expires: Some(truth.expires.and_hms_opt(23, 59, 59).unwrap().and_utc()),
                    status: Some(truth.status.to_owned()),
                    said_at: Some(now),
                    ..super::Facts::default()
                };
                let standing = facts.standing(Catalog::embedded(), now);
                let situation = Situation {
                    standing: Some(&standing),
                    history: &History::default(),
                    plan: watched.entry.plan,
                    days: &plan.thresholds.of(&watched.entry.details.labels),
                };
                let day_now = Day {
                    pause,
                    ..Day::of(now)
                };
                for due in due::due(&situation, day_now) {
                    let own = &watched.entry.details.channels;
                    let channels = if own.is_empty() { &plan.channels } else { own };
                    for (person, channel) in super::digest::people(&watched.entry)
                        .into_iter()
                        .flat_map(|person| channels.iter().map(move |channel| (person, channel)))
                    {
                        let to = Recipient {
                            person: person.cloned(),
                            channel: channel.clone(),
                        };
                        let told = store.told(watched.entry.id, "", &to)?;
                        if told.iter().any(|told| due.is_covered_by(told)) {
                            continue;
                        }
                        let failed = |channel: &str| {
                            let who = person.map(ToString::to_string).unwrap_or_default();
                            mailbox.failed.contains(&(who, channel.to_owned()))
                        };
                        let is_failing =
                            failed(channel) || failed("reserve") || is_given_up(&mailbox, channel);
                        let had_one = store.had_message(&to, day)?;
                        let place = (to, watched.entry.id.0, due.clone());
                        assert!(is_failing || had_one, "{place:?} was not told on {now}");
                        let (days, last) = self
                            .waiting
                            .get(&place)
                            .copied()
                            .unwrap_or((0, NaiveDate::MIN));
                        // A run in which the channel failed gives no chance to tell anybody.
                        let is_chance = !is_failing && last != day;
                        let days = days + u32::from(is_chance);
                        assert!(
                            days <= 1,
                            "{place:?} waited for more than one run, until {now}"
                        );
                        let last = if is_chance { day } else { last };
                        still.insert(place, (days, last));
                    }
                }
                Ok::<_, StoreError>(())
            })
            .unwrap();
        drop(mailbox);
        self.waiting = still;
    }

    /// Nobody was told anything twice, or had two messages on a day.
    fn hold_against_each_other(&self) {
        let mailbox = self.mailbox.borrow();
        let mut days: BTreeMap<(String, String, NaiveDate), u32> = BTreeMap::new();
        let mut marks: BTreeMap<(String, String, String), u32> = BTreeMap::new();
        for ((who, channel, _), arrival) in &mailbox.arrived {
            for mark in &arrival.items {
                *marks
                    .entry((who.clone(), channel.clone(), mark.clone()))
                    .or_default() += 1;
            }
            // A digest in parts is one message, and the rest of it may go another day.
            if channel != "phone" {
                *days
                    .entry((who.clone(), channel.clone(), arrival.day))
                    .or_default() += 1;
            }
        }
        for (mark, count) in marks {
            // A link that is lost, found for days and lost again is told of each time.
            let may_come_again =
                mark.2.ends_with("not-verifiable") || mailbox.unsure.contains(&mark);
            assert!(
                count == 1 || may_come_again,
                "{mark:?} was told {count} times"
            );
        }
        // The days of the clock that was set back are there twice.
        let back: BTreeSet<NaiveDate> = (143..152)
            .map(|number| first() + Days::new(number))
            .collect();
        for ((who, channel, day), count) in days {
            let most = if back.contains(&day) { 2 } else { 1 };
            assert!(
                count <= most,
                "{who} had {count} messages through {channel} on {day}"
            );
        }
    }
}

/// Runs what needs no network and no clock.
fn wait<T>(run: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.unwrap().block_on(run)
}

fn is_given_up(mailbox: &Mailbox, channel: &str) -> bool {
    mailbox
        .failed
        .iter()
        .filter(|(_, failed)| failed == channel)
        .count()
        >= 3
}

fn plan() -> Plan {
    Plan {
        channels: vec!["mail".to_owned()],
        fallback: Some("reserve".to_owned()),
        hours: Hours {
            zone: "Europe/Berlin".parse().unwrap(),
            ..Hours::default()
        },
        ..Plan::default()
    }
}

#[test]
fn every_step_arrives_and_none_twice_whatever_goes_wrong() {
    let mut simulation = Simulation::new(5, plan(), CREDENTIALS);
    simulation.live(DAYS);
    simulation.hold_against_each_other();
    let mailbox = simulation.mailbox.borrow();
    let counts = &simulation.counts;
    assert!(counts.cut_short > 40 && counts.missed > 20, "{counts:?}");
    let pushes = mailbox
        .arrived
        .keys()
        .filter(|(_, channel, _)| channel == "phone");
    assert!(pushes.count() > 100);
    assert!(
        mailbox.arrived.len() > 800,
        "{} messages",
        mailbox.arrived.len()
    );
}

#[test]
fn the_same_holds_where_nights_and_weekends_are_quiet() {
    let time = |hour| chrono::NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    let mut plan = plan();
    plan.hours.quiet = Some((time(20), time(8)));
    plan.hours.weekends = Weekends::Quiet;
    let mut simulation = Simulation::new(6, plan, 40);
    simulation.live(240);
    simulation.hold_against_each_other();
}
