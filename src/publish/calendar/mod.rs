//! A calendar of renewal windows and deadlines, as RFC 5545 has it.
//!
//! What should stand in it of one credential is [`plan`]ned from its dates. [`revise`] holds
//! that against what stood there before: what did not change stays as it was to the byte,
//! what changed is raised by one in its sequence, and what is gone is cancelled, since a
//! calendar program keeps an entry that merely no longer comes. [`write()`] makes the file,
//! a function of the events alone: no clock has a part in it.
//!
//! ```
//! use bonafide::publish::calendar::{Dates, Kind, plan, revise};
//!
//! let now = "2026-11-22T08:00:00Z".parse().unwrap();
//! let mut dates = Dates::of("20170DBC5AC04E38");
//! dates.deadline = "2027-05-14".parse().ok();
//! let first = revise(&[], plan(&dates), now);
//! assert_eq!((first[0].kind(), first[0].sequence()), (Kind::Deadline, 0));
//! // Nothing changed, so nothing changes; the credential was removed, so it is cancelled.
//! assert_eq!(revise(&first, plan(&dates), now), first);
//! let gone = revise(&first, vec![], now);
//! assert!(gone[0].is_cancelled() && gone[0].sequence() == 1);
//! ```

mod lines;
mod revise;
mod words;
mod write;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

pub use revise::{merged, revise};
pub use write::write;

/// What is known of one credential's dates.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dates {
    /// Its id, the credential's number. It stands nowhere in the calendar.
    pub credential: String,
    /// Its title.
    pub title: Option<String>,
    /// Whose it is; `None` in the holder's own calendar.
    pub holder: Option<String>,
    /// The first day of the renewal window, where there will be one.
    pub opens_on: Option<NaiveDate>,
    /// The last day on which it can be renewed, where it can be.
    pub deadline: Option<NaiveDate>,
    /// The last day on which it counts (UTC).
    pub expires_on: Option<NaiveDate>,
    /// The page where it is renewed.
    pub renewal_url: Option<String>,
    /// Its public address, never with a sharingId.
    pub link: Option<String>,
    /// Whether its days are not common knowledge, but rest on an own catalogue.
    pub rest_on_own_rows: bool,
    /// Since when its link cannot be verified: its days are those that were last known.
    pub unverified_since: Option<NaiveDate>,
}

impl Dates {
    /// A credential of which no date is known.
    pub fn of(credential: impl Into<String>) -> Self {
        Self {
            credential: credential.into(),
            ..Self::default()
        }
    }
}

/// What happens on the day of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The renewal window opens, on or about that day.
    WindowOpens,
    /// The last day to renew.
    Deadline,
    /// The last day on which it counts, where it cannot be renewed until then.
    Ends,
}

impl Kind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::WindowOpens => "window-opens",
            Self::Deadline => "deadline",
            Self::Ends => "ends",
        }
    }
}

/// What an event says, before it is known whether it ever said something else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    uid: String,
    kind: Kind,
    day: NaiveDate,
    title: Option<String>,
    holder: Option<String>,
    until: Option<NaiveDate>,
    renewal_url: Option<String>,
    link: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    rests_on_own_rows: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unverified_since: Option<NaiveDate>,
}

/// An event of the calendar, with how often it was changed. To be stored as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    #[serde(flatten)]
    planned: Planned,
    sequence: u32,
    changed_at: DateTime<Utc>,
    cancelled: bool,
}

impl Event {
    /// Its name: a function of credential and kind that tells nothing of either.
    pub fn uid(&self) -> &str {
        &self.planned.uid
    }

    /// What happens on its day.
    pub fn kind(&self) -> Kind {
        self.planned.kind
    }

    /// Its day.
    pub fn day(&self) -> NaiveDate {
        self.planned.day
    }

    /// How often it was changed.
    pub fn sequence(&self) -> u32 {
        self.sequence
    }

    /// The event as cancelled for good, without title, holder and addresses: all that is kept
    /// of a credential that is no longer tracked.
    #[must_use]
    pub fn withdrawn(&self) -> Self {
        let Planned { uid, kind, day, .. } = &self.planned;
        Self {
            planned: Planned {
                uid: uid.clone(),
                kind: *kind,
                day: *day,
                title: None,
                holder: None,
                until: None,
                renewal_url: None,
                link: None,
                rests_on_own_rows: false,
                unverified_since: None,
            },
            sequence: self.sequence.saturating_add(1),
            changed_at: self.changed_at,
            cancelled: true,
        }
    }

    /// The event as what comes after an earlier one of its name.
    #[must_use]
    pub fn after(mut self, earlier: &Self) -> Self {
        self.sequence = self.sequence.max(earlier.sequence.saturating_add(1));
        self
    }

    /// Whether it will not take place after all.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled
    }
}

/// What should stand in the calendar of a credential.
///
/// The deadline and the end are one event where they fall on one day, and two where it
/// counts on after the last day to renew it.
pub fn plan(dates: &Dates) -> Vec<Planned> {
    let of = |kind, day: Option<NaiveDate>| day.map(|day| planned(dates, kind, day));
    let opens = dates.opens_on.filter(|_| dates.deadline.is_some());
    let ends = dates.expires_on.filter(|end| dates.deadline != Some(*end));
    [
        of(Kind::WindowOpens, opens),
        of(Kind::Deadline, dates.deadline),
        of(Kind::Ends, ends),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn planned(dates: &Dates, kind: Kind, day: NaiveDate) -> Planned {
    Planned {
        uid: uid(&dates.credential, kind),
        kind,
        day,
        title: dates.title.clone(),
        holder: dates.holder.clone(),
        until: dates.deadline,
        renewal_url: dates.renewal_url.clone().filter(|_| kind != Kind::Ends),
        link: dates.link.clone(),
        rests_on_own_rows: dates.rest_on_own_rows,
        unverified_since: dates.unverified_since,
    }
}

fn uid(credential: &str, kind: Kind) -> String {
    let mut hash = Sha256::new();
    hash.update(kind.as_str());
    hash.update([0]);
    hash.update(credential.to_ascii_uppercase());
    format!("{}@bonafide", hex::encode(&hash.finalize()[..16]))
}
