//! What an earlier run left, as far as it can be believed.
//!
//! `credentials.json` is not signed: whoever can write into the folder can change it. It is
//! therefore only a cache. Links are read anew, what contradicts itself or lies in the
//! future is left out, and what an entry says must follow from its own dates.

use chrono::{DateTime, NaiveDate, Utc};

use super::changes::{self, KEPT};
use super::checked::badge;
use super::{Change, Checked, Entry, HolderSaid, PageDocument, Run, identifier};
use crate::lifecycle::Status;
use crate::link::{self, Link};
use crate::publish::badge::Drawn;
use crate::publish::shown::in_force;
use crate::publish::words::fill;
use crate::publish::{Language, Tone, Words, clean};

/// The most credentials that are taken from a file.
const CREDENTIALS: usize = 1000;

/// The most characters of a title.
const LONGEST: usize = 200;

/// An earlier run's document, with what could not be believed left out.
pub(super) fn recall(earlier: &PageDocument, run: Run<'_>, found: &[Checked]) -> PageDocument {
    let of_run = found.iter().filter_map(|one| one.shown.link.clone());
    let of_config = run.config.links.iter().filter_map(Link::canonical);
    let reader = Reader {
        links: of_run.chain(of_config.map(str::to_owned)).collect(),
        today: run.as_of.date_naive(),
        feed_id: &earlier.feed_id,
    };
    let mut recalled = earlier.clone();
    recalled.credentials.clear();
    for entry in earlier.credentials.iter().take(CREDENTIALS) {
        let entry = reader.entry(entry);
        recalled
            .credentials
            .extend(entry.filter(|entry| recalled.find(&entry.key).is_none()));
    }
    let changes = earlier.changes.iter().take(KEPT);
    recalled.changes = changes.filter_map(|change| reader.change(change)).collect();
    if !identifier::is_one(&earlier.feed_id) {
        recalled.feed_id = identifier::of(&["page", &run.config.name]);
        recalled.changes.clear();
    }
    recalled
}

struct Reader<'e> {
    /// The addresses that this run knows.
    links: Vec<String>,
    today: NaiveDate,
    feed_id: &'e str,
}

impl Reader<'_> {
    fn entry(&self, entry: &Entry) -> Option<Entry> {
        let is_sound = is_key(&entry.key)
            && entry.badge == badge(&entry.key)
            && entry.checked_on <= self.today
            && agrees_with_itself(entry);
        let title = clean::line_within(&entry.title, LONGEST);
        (is_sound && !title.is_empty()).then(|| Entry {
            title,
            link: self.link(entry.link.as_deref(), &entry.key),
            reason: None,
            exam: entry
                .exam
                .as_deref()
                .map(|exam| clean::line_within(exam, 20)),
            ..entry.clone()
        })
    }

    fn change(&self, change: &Change) -> Option<Change> {
        let at: DateTime<Utc> = change.at.parse().ok()?;
        let is_sound = is_key(&change.key)
            && at.date_naive() <= self.today
            && matches!(change.kind.as_str(), "added" | "changed" | "removed")
            && changes::text(&change.text) == change.text
            && changes::id(self.feed_id, change) == change.id;
        is_sound.then(|| Change {
            link: self.link(change.link.as_deref(), &change.key),
            ..change.clone()
        })
    }

    /// An address as it is rebuilt, if this run knows it or it is of the credential itself.
    fn link(&self, address: Option<&str>, key: &str) -> Option<String> {
        let link = link::judge(address?);
        let is_own = link.credential_id().is_some_and(|id| id.as_str() == key);
        let canonical = link.canonical().filter(|_| link.is_verifiable())?;
        let is_known = is_own || self.links.iter().any(|known| known == canonical);
        is_known.then(|| canonical.to_owned())
    }
}

/// What a credential is known by: nothing that could lead out of the folder.
fn is_key(key: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..=40).contains(&key.len()) && key.bytes().all(is_plain)
}

/// Whether an entry's words follow from its dates and its status.
fn agrees_with_itself(entry: &Entry) -> bool {
    let Some(tone) = Tone::parse(&entry.shown_as) else {
        return false;
    };
    if tone == Tone::Unverified {
        return entry.valid.is_none();
    }
    let settled = entry.settled.as_ref();
    standing(entry).is_some_and(|(is_in_force, is_good)| {
        is_good == tone.is_valid()
            && entry.valid == Some(is_in_force)
            && settled.is_some_and(|settled| settled.valid_until == entry.valid_until)
            && (!is_good || days_follow(entry))
    }) && said_before(entry).is_some()
}

/// Whether a status is of a credential in force, and whether that is shown as good news;
/// `None` where a person must look.
fn standing(entry: &Entry) -> Option<(bool, bool)> {
    let is_in_force = match entry.status.as_str() {
        "active" | "needs-renewal" | "retired" => true,
        "expired" | "revoked" => false,
        _ => return None,
    };
    match entry.holder {
        HolderSaid::Confirmed | HolderSaid::NotNamed => Some((is_in_force, is_in_force)),
        HolderSaid::Different => Some((is_in_force, false)),
        HolderSaid::Uncertain | HolderSaid::NotCompared => (!is_in_force).then_some((false, false)),
    }
}

fn days_follow(entry: &Entry) -> bool {
    let days = [entry.earned_on, Some(entry.checked_on), entry.valid_until];
    let window = [
        entry.renewal_opens_on,
        entry.renewal_deadline,
        entry.valid_until,
    ];
    let has_window = matches!(entry.renewal.as_str(), "open" | "not-open");
    let is_sorted = |days: &[Option<NaiveDate>]| days.iter().flatten().is_sorted();
    is_sorted(&days) && (!has_window || is_sorted(&window))
}

/// Which of the sayings that an entry's dates allow it has, in any language.
fn said_before(entry: &Entry) -> Option<usize> {
    Language::ALL.iter().find_map(|language| {
        let sayings = sayings(entry, Words::of(*language));
        sayings.iter().position(|said| *said == entry.message)
    })
}

/// What it said, in another language.
pub(super) fn said(entry: &Entry, words: &Words) -> Option<String> {
    sayings(entry, words).into_iter().nth(said_before(entry)?)
}

/// Everything that may be said of an entry with these dates and this status: as it is and
/// of an old answer.
fn sayings(entry: &Entry, words: &Words) -> Vec<String> {
    let said = &words.said;
    let status = Status::ALL
        .into_iter()
        .find(|status| status.as_str() == entry.status);
    let plain = match (entry.tone(), status) {
        (Tone::Unverified, _) | (_, None) => vec![said.unverified.clone()],
        (_, Some(Status::Revoked)) => vec![said.revoked.clone()],
        (_, Some(Status::Expired)) => {
            let dated = entry.valid_until.map(|day| fill(&said.expired_on, day));
            dated.into_iter().chain([said.expired.clone()]).collect()
        }
        (Tone::Bad, _) => vec![said.not_as_required.clone()],
        (_, Some(status)) => {
            let (until, deadline) = (entry.valid_until, entry.renewal_deadline);
            vec![in_force(status, until, deadline, words)]
        }
    };
    let old = fill(&said.unconfirmed_since, entry.checked_on);
    let dated: Vec<_> = plain
        .iter()
        .map(|said| old.replace("{said}", said))
        .collect();
    plain.into_iter().chain(dated).collect()
}

/// Whether a badge was drawn of this very finding.
pub(super) fn is_badge_of(entry: &Entry, svg: &str) -> bool {
    Drawn::read(svg).is_some_and(|drawn| {
        drawn.said == format!("{}: {}", entry.title, entry.message)
            && drawn.checked_on == entry.checked_on
            && drawn
                .until
                .is_none_or(|until| entry.valid_until == Some(until))
            && drawn.tone.is_valid() == entry.tone().is_valid()
            && drawn.tone != Tone::Unverified
    })
}
