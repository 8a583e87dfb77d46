//! Channels of the simulation: they fail, lose their answers, and remember everything.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use chrono::NaiveDate;

use super::world::Dice;
use crate::notify::{Channel, Digest, Item, Receipt, SendError, Sending, Step};

/// What reached people.
#[derive(Debug, Default)]
pub(super) struct Mailbox {
    /// The steps of each message: who, channel, key, and what it told.
    pub(super) arrived: BTreeMap<(String, String, String), Arrival>,
    /// The last message that arrived.
    last: Option<(String, String, String)>,
    /// What may arrive again, since nobody knew whether it was taken.
    in_flight: BTreeSet<(String, String, String)>,
    /// How often a message arrived again.
    pub(super) again: u64,
    /// The day by the clock of the run.
    pub(super) day: NaiveDate,
    /// Whose attempts failed in the run under way.
    pub(super) failed: BTreeSet<(String, String)>,
    /// What arrived while its channel's answer was lost: nobody can know that it did.
    pub(super) unsure: BTreeSet<(String, String, String)>,
}

/// What makes a step this one and no other, in words of the message alone.
fn mark(item: &Item) -> String {
    let (id, step) = (&item.id, item.step);
    let day = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
    let ends = day(item.expires_on);
    match step {
        Step::Renewed | Step::WindowOpen | Step::NeverRenewableAgain | Step::Expired => {
            format!("{id} {step} {ends}")
        }
        Step::DaysLeft(_) | Step::LastDay => {
            format!(
                "{id} {step} {ends} {}",
                day(item.deadline.or(item.expires_on))
            )
        }
        _ => format!("{id} {step}"),
    }
}

/// A message that arrived.
#[derive(Debug, Clone)]
pub(super) struct Arrival {
    pub(super) day: NaiveDate,
    pub(super) items: BTreeSet<String>,
}

/// A channel.
pub(super) struct Post {
    pub(super) name: &'static str,
    pub(super) mailbox: Rc<RefCell<Mailbox>>,
    pub(super) dice: RefCell<Dice>,
    /// Whether it takes nothing at all today.
    pub(super) is_down: bool,
    /// How many items go into one of its messages.
    pub(super) most: usize,
    /// How many messages it takes in this run still.
    pub(super) room: Cell<u64>,
}

impl std::fmt::Debug for Post {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl Channel for Post {
    fn name(&self) -> &str {
        self.name
    }

    fn split(&self, digest: &Digest) -> Vec<usize> {
        let parts = digest.items.chunks(self.most);
        parts.map(<[Item]>::len).collect()
    }

    fn send<'a>(&'a self, digest: &'a Digest) -> Sending<'a> {
        Box::pin(async move {
            assert!(digest.items.len() <= self.most, "{digest:?}");
            let who = digest.recipient.addresses.join(" ");
            let mut mailbox = self.mailbox.borrow_mut();
            let luck = self.dice.borrow_mut().below(100);
            let mut fail = |error| {
                mailbox.failed.insert((who.clone(), self.name.to_owned()));
                Err(error)
            };
            if self.is_down || luck < 2 {
                return fail(SendError::passing("no answer"));
            }
            if luck < 4 {
                return fail(SendError::permanent("refused"));
            }
            if self.room.get() == 0 {
                return fail(SendError::passing("429"));
            }
            self.room.set(self.room.get() - 1);
            mailbox.take(self.name, digest);
            if luck < 6 {
                // It was taken, and the answer is lost.
                mailbox.leave_unsure();
                mailbox.failed.insert((who.clone(), self.name.to_owned()));
                let marks = digest.items.iter().map(mark);
                let unsure = marks.map(|mark| (who.clone(), self.name.to_owned(), mark));
                mailbox.unsure.extend(unsure);
                return Err(SendError::passing("no answer in time"));
            }
            Ok(Receipt {
                answer: "ok".to_owned(),
            })
        })
    }
}

/// A channel that takes everything, as long as it has room.
pub(super) struct Quiet {
    pub(super) name: &'static str,
    pub(super) mailbox: Rc<RefCell<Mailbox>>,
    /// How many items go into one of its messages.
    pub(super) most: usize,
    /// How many messages it takes in this run still.
    pub(super) room: Cell<u64>,
    /// What it refuses for good, by a part of its title.
    pub(super) refuses: &'static str,
}

impl std::fmt::Debug for Quiet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl Channel for Quiet {
    fn name(&self) -> &str {
        self.name
    }

    fn split(&self, digest: &Digest) -> Vec<usize> {
        let parts = digest.items.chunks(self.most);
        parts.map(<[Item]>::len).collect()
    }

    fn send<'a>(&'a self, digest: &'a Digest) -> Sending<'a> {
        Box::pin(async move {
            let titles = digest.items.iter().filter_map(|item| item.title.as_ref());
            let mut titles = titles.filter(|_| !self.refuses.is_empty());
            if titles.any(|title| title.contains(self.refuses)) {
                return Err(SendError::permanent("not that one"));
            }
            if self.room.get() == 0 {
                return Err(SendError::passing("429"));
            }
            self.room.set(self.room.get() - 1);
            self.mailbox.borrow_mut().take(self.name, digest);
            Ok(Receipt {
                answer: "ok".to_owned(),
            })
        })
    }
}

impl Mailbox {
    /// Nobody knows of the last message whether it was taken: it may come again.
    pub(super) fn leave_unsure(&mut self) {
        self.in_flight.extend(self.last.take());
    }

    fn take(&mut self, channel: &str, digest: &Digest) {
        let who = digest.recipient.addresses.join(" ");
        let arrival = Arrival {
            day: self.day,
            items: digest.items.iter().map(mark).collect(),
        };
        let key = (who, channel.to_owned(), digest.key.to_string());
        self.last = Some(key.clone());
        if let Some(before) = self.arrived.get(&key) {
            assert!(self.in_flight.remove(&key), "{key:?} arrived again");
            let is_part = arrival.items.is_subset(&before.items);
            assert!(is_part, "one key, two messages: {before:?} and {arrival:?}");
            self.again += 1;
        } else {
            self.arrived.insert(key, arrival);
        }
    }
}
