//! Each credential's place on the page, between what this run found and what was there.

use chrono::NaiveDate;

use super::checked::badge;
use super::{Checked, Entry, OnError, PageDocument};
use crate::publish::{Shown, Tone};

/// A credential's place.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    pub(super) entry: Entry,
    /// What this run found; `None` where what an earlier one found is kept.
    pub(super) shown: Option<Shown>,
}

/// Gives every credential its place: in the order found, each once.
pub(super) fn fill(
    found: Vec<Checked>,
    earlier: Option<&PageDocument>,
    on_error: OnError,
    today: NaiveDate,
) -> Vec<Slot> {
    let found = carried(joined(found), earlier);
    let mut slots: Vec<Slot> = Vec::new();
    for one in found {
        let before = earlier.and_then(|earlier| earlier.find(&one.key));
        let slot = place(one, before, on_error, today);
        if slots.iter().all(|other| other.entry.key != slot.entry.key) {
            slots.push(slot);
        }
    }
    slots
}

fn place(mut one: Checked, before: Option<&Entry>, on_error: OnError, today: NaiveDate) -> Slot {
    if let Some(before) = before {
        if on_error == OnError::Keep && one.had_no_answer() && may_be_kept(before, today) {
            return Slot {
                entry: kept(before, &one),
                shown: None,
            };
        }
        if !one.has_record {
            one.shown.title.clone_from(&before.title);
        }
    }
    let mut entry = one.entry();
    if entry.settled.is_none() {
        entry.settled = before.and_then(|before| before.settled.clone());
    }
    Slot {
        entry,
        shown: Some(one.shown),
    }
}

/// An earlier finding may stay for as long as it says of itself; past that day the credential
/// may have been renewed or not, and nobody could be asked.
fn may_be_kept(before: &Entry, today: NaiveDate) -> bool {
    let lasts = before.valid_until.is_none_or(|until| until >= today);
    before.tone() != Tone::Unverified && (lasts || before.valid == Some(false))
}

fn kept(before: &Entry, now: &Checked) -> Entry {
    let tone = match before.tone() {
        Tone::Good => Tone::Attention,
        tone => tone,
    };
    Entry {
        kept: true,
        shown_as: tone.as_str().to_owned(),
        findings: now.findings.iter().map(ToString::to_string).collect(),
        ..before.clone()
    }
}

/// Leaves out of a transcript what a link of its own stands for: that one can be checked by
/// itself.
fn joined(found: Vec<Checked>) -> Vec<Checked> {
    let is_same = |one: &Checked, other: &Checked| {
        one.shown.title.eq_ignore_ascii_case(&other.shown.title)
            && one.shown.valid_until == other.shown.valid_until
            && other.has_record
            && !other.from_transcript
    };
    let stands_alone = |one: &Checked| {
        let is_double = one.from_transcript && one.has_record;
        !is_double || !found.iter().any(|other| is_same(one, other))
    };
    let keep: Vec<bool> = found.iter().map(stands_alone).collect();
    let both = found.into_iter().zip(keep);
    both.filter_map(|(one, keep)| keep.then_some(one)).collect()
}

/// Where a transcript was not answered, or not in full, what it held before takes the place
/// of the one that says so: each of them is as unknown as that.
fn carried(found: Vec<Checked>, earlier: Option<&PageDocument>) -> Vec<Checked> {
    let keys: Vec<_> = found.iter().map(|one| one.key.clone()).collect();
    let mut all = Vec::new();
    for one in found {
        let missing: Vec<_> = earlier
            .filter(|_| one.from_transcript && !one.has_record)
            .into_iter()
            .flat_map(|earlier| &earlier.credentials)
            .filter(|entry| entry.from_transcript && entry.link == one.shown.link)
            .filter(|entry| !keys.contains(&entry.key) && entry.badge == badge(&entry.key))
            .map(|entry| Checked {
                key: entry.key.clone(),
                ..one.clone()
            })
            .collect();
        if missing.is_empty() {
            all.push(one);
        }
        all.extend(missing);
    }
    all
}
