//! Each credential's place on the page, between what this run found and what was there.

use chrono::NaiveDate;

use super::checked::badge;
use super::state::Settled;
use super::{Checked, Entry, OnError, PageDocument, recalled, themed};
use crate::publish::badge::Theme;
use crate::publish::{Shown, Tone, Words};

/// A credential's place.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    pub(super) entry: Entry,
    /// What this run found; `None` where what an earlier one found is kept.
    pub(super) shown: Option<Shown>,
    /// What the program says of it, in its own language.
    pub(super) said: String,
}

/// What an earlier run left: its document, and how its badges are read.
pub(super) struct Before<'e> {
    pub(super) document: &'e PageDocument,
    pub(super) badge: &'e dyn Fn(&str) -> Option<String>,
    /// Whether what it found may be shown once more.
    pub(super) on_error: OnError,
}

/// Gives every credential its place: in the order found, each once.
pub(super) fn fill(
    found: Vec<Checked>,
    earlier: Option<&Before<'_>>,
    today: NaiveDate,
) -> Vec<Slot> {
    let found = carried(joined(found), earlier.map(|earlier| earlier.document));
    let mut slots: Vec<Slot> = Vec::new();
    for one in found {
        let slot = place(one, earlier, today);
        if slots.iter().all(|other| other.entry.key != slot.entry.key) {
            slots.push(slot);
        }
    }
    slots
}

fn place(mut one: Checked, earlier: Option<&Before<'_>>, today: NaiveDate) -> Slot {
    let before = earlier.and_then(|earlier| earlier.document.find(&one.key));
    if let Some((earlier, before)) = earlier.zip(before) {
        if one.had_no_answer() && earlier.may_be_kept(before, today) {
            return Slot {
                entry: kept(before, &one, today),
                shown: None,
                said: format!(
                    "the service gave no answer; what it said on {} is kept.",
                    before.checked_on
                ),
            };
        }
        if !one.has_record {
            one.shown.title.clone_from(&before.title);
        }
    }
    let mut entry = one.entry();
    if entry.settled.is_none() {
        entry.settled = earlier
            .zip(before)
            .filter(|(earlier, before)| {
                before.tone() == Tone::Unverified || earlier.has_badges_of(before)
            })
            .and_then(|(_, before)| before.settled.clone());
    }
    Slot {
        entry,
        shown: Some(one.shown),
        said: one.said,
    }
}

impl Before<'_> {
    /// An earlier finding may stay for as long as it says of itself; past that day the
    /// credential may have been renewed or not, and nobody could be asked. Its badges stay
    /// with it, so they must say the same.
    fn may_be_kept(&self, before: &Entry, today: NaiveDate) -> bool {
        let lasts = before.valid_until.is_none_or(|until| until >= today);
        self.on_error == OnError::Keep
            && before.tone() != Tone::Unverified
            && (lasts || before.valid == Some(false))
            && self.has_badges_of(before)
    }

    /// Whether the badges in the folder were drawn of this very finding.
    fn has_badges_of(&self, before: &Entry) -> bool {
        let says_the_same = |theme| {
            let svg = (self.badge)(&themed(&before.badge, theme));
            svg.is_some_and(|svg| recalled::is_badge_of(before, &svg))
        };
        Theme::ALL.into_iter().all(says_the_same)
    }
}

/// What an earlier run found, with all that follows from its dates worked out anew.
fn kept(before: &Entry, now: &Checked, today: NaiveDate) -> Entry {
    let is_in_force = before.valid == Some(true);
    let (tone, status) = match before.tone() {
        Tone::Bad if is_in_force => (Tone::Bad, "not-as-required"),
        Tone::Bad => (Tone::Bad, before.status.as_str()),
        _ => (Tone::Attention, before.status.as_str()),
    };
    Entry {
        kept: true,
        shown_as: tone.as_str().to_owned(),
        message: recalled::said(before, Words::of(now.shown.language))
            .unwrap_or_else(|| before.message.clone()),
        reason: None,
        renewal: renewal(before, today).to_owned(),
        link: now.shown.link.clone(),
        findings: now.findings.iter().map(ToString::to_string).collect(),
        from_transcript: now.from_transcript,
        settled: Some(Settled {
            status: status.to_owned(),
            valid_until: before.valid_until,
        }),
        ..before.clone()
    }
}

/// Where a renewal window stands by now.
fn renewal(before: &Entry, today: NaiveDate) -> &str {
    let has_opened = before.renewal_opens_on.is_some_and(|day| day <= today);
    let has_closed = before.renewal_deadline.is_some_and(|day| day < today);
    match before.renewal.as_str() {
        "open" | "not-open" if has_closed => "closed",
        "not-open" if has_opened => "open",
        state => state,
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
