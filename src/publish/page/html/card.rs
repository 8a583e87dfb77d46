//! One credential as the page shows it.

use chrono::NaiveDate;

use crate::publish::Tone;
use crate::publish::page::words::PageWords;
use crate::publish::page::{Config, Entry, HolderSaid};

/// One credential as the page shows it. Escaping is the template's.
pub(super) struct Card<'e> {
    pub(super) entry: &'e Entry,
    pub(super) programme: &'e str,
    pub(super) name: &'e str,
    pub(super) tone: &'static str,
    pub(super) pill: &'static str,
    pub(super) facts: Vec<Fact>,
    pub(super) notes: Vec<String>,
    /// The day after which it is no longer shown as valid, and what is said then.
    pub(super) runs_out: Option<(NaiveDate, String)>,
    pub(super) link: Option<Verify<'e>>,
}

/// A fact with its name.
pub(super) struct Fact {
    pub(super) name: &'static str,
    pub(super) words: String,
    pub(super) day: Option<NaiveDate>,
}

/// Where the credential can be checked.
pub(super) struct Verify<'e> {
    pub(super) address: &'e str,
    pub(super) words: &'static str,
    pub(super) which: String,
}

/// The programme in front of a title, and the name behind it.
pub(super) fn name(title: &str) -> (&str, &str) {
    match title.split_once(": ") {
        Some((programme, name)) if is_programme(programme) && !name.trim().is_empty() => {
            (programme, name)
        }
        _ => ("", title),
    }
}

fn is_programme(text: &str) -> bool {
    text.starts_with("Microsoft") && text.len() <= 32
}

impl<'e> Card<'e> {
    /// `checked_on` is the day that the page says of all of them, where it does.
    pub(super) fn of(entry: &'e Entry, config: &Config, checked_on: Option<NaiveDate>) -> Self {
        let words = PageWords::of(config.language);
        let (programme, name) = name(&entry.title);
        let runs_out = entry.valid_until.filter(|_| entry.tone().is_valid());
        Self {
            entry,
            programme: match programme {
                "" => words.kind(&entry.kind),
                programme => programme,
            },
            name,
            tone: entry.tone().as_str(),
            pill: words.pill.get(pill(entry)).map_or("", String::as_str),
            facts: facts(entry, config, checked_on),
            notes: notes(entry, config, words),
            runs_out: runs_out.map(|day| (day, words.on(&words.note.past, day))),
            link: entry.link.as_deref().map(|address| Verify {
                address,
                words: if address.contains("credly.com/") {
                    &words.verify_credly
                } else {
                    &words.verify
                },
                which: words.verify_which.replace("{title}", &entry.title),
            }),
        }
    }

    pub(super) fn badge_which(&self, words: &PageWords) -> String {
        words.badge_which.replace("{title}", &self.entry.title)
    }
}

fn pill(entry: &Entry) -> &'static str {
    let is_old = entry.kept || entry.findings.iter().any(|code| code == "stale-evidence");
    match (entry.tone(), entry.status.as_str()) {
        (Tone::Good, _) => "good",
        (Tone::Attention, _) if is_old => "unconfirmed",
        (Tone::Attention, "needs-renewal") => "renew",
        (Tone::Attention, "retired") => "retired",
        (Tone::Attention, _) => "unconfirmed",
        (Tone::Bad, "expired") => "expired",
        (Tone::Bad, "revoked") => "revoked",
        (Tone::Bad, _) if entry.holder == HolderSaid::Different => "another-holder",
        (Tone::Bad, _) => "not-as-required",
        (Tone::Unverified, _) => "unverified",
    }
}

/// The dates of what is unverified are left out: nobody stands for them.
fn facts(entry: &Entry, config: &Config, checked_on: Option<NaiveDate>) -> Vec<Fact> {
    let words = PageWords::of(config.language);
    if entry.tone() == Tone::Unverified {
        return Vec::new();
    }
    let on = |name: &'static str, day: Option<NaiveDate>| {
        day.map(|day| Fact {
            name,
            words: words.date(day),
            day: Some(day),
        })
    };
    let is_new = checked_on == Some(entry.checked_on);
    let facts = [
        on(&words.earned, entry.earned_on),
        end(entry, words).or_else(|| on(end_name(entry, words), entry.valid_until)),
        renewal(entry, words),
        entry.exam.clone().map(|exam| plain(&words.exam, exam)),
        holder(entry, config, words).map(|said| plain(&words.holder, said)),
        on(
            &words.last_check,
            Some(entry.checked_on).filter(|_| !is_new),
        ),
    ];
    facts.into_iter().flatten().collect()
}

fn plain(name: &'static str, words: String) -> Fact {
    Fact {
        name,
        words,
        day: None,
    }
}

fn end(entry: &Entry, words: &'static PageWords) -> Option<Fact> {
    let is_endless = entry.valid == Some(true) && entry.valid_until.is_none();
    is_endless.then(|| plain(&words.valid_until, words.valid_endless.clone()))
}

fn end_name(entry: &Entry, words: &'static PageWords) -> &'static str {
    match entry.status.as_str() {
        "expired" => &words.ended,
        _ => &words.valid_until,
    }
}

fn renewal(entry: &Entry, words: &'static PageWords) -> Option<Fact> {
    let said = match entry.renewal.as_str() {
        _ if entry.tone() == Tone::Bad => return None,
        "open" => words.on(&words.renewal_open, entry.renewal_deadline?),
        "not-open" => words.on(&words.renewal_from, entry.renewal_opens_on?),
        // Of a retired one the note says so.
        "impossible" if entry.status == "active" => words.renewal_impossible.clone(),
        _ => return None,
    };
    Some(plain(&words.renewal, said))
}

/// Where another name is given, a note says so.
fn holder(entry: &Entry, config: &Config, words: &PageWords) -> Option<String> {
    match entry.holder {
        HolderSaid::Confirmed => {
            let name = crate::publish::clean::line(&config.name);
            Some(words.holder_confirmed.replace("{name}", &name))
        }
        HolderSaid::NotNamed => Some(words.holder_unnamed.clone()),
        HolderSaid::Uncertain | HolderSaid::NotCompared | HolderSaid::Different => None,
    }
}

fn notes(entry: &Entry, config: &Config, words: &PageWords) -> Vec<String> {
    let note = &words.note;
    let name = crate::publish::clean::line(&config.name);
    let checked = |text: &str| text.replace("{checked}", &words.date(entry.checked_on));
    let is_in_force = entry.tone() == Tone::Attention;
    let is_for_the_name = matches!(
        entry.holder,
        HolderSaid::Uncertain | HolderSaid::NotCompared
    );
    let said = [
        (entry.holder == HolderSaid::Different)
            .then(|| note.holder_different.replace("{name}", &name)),
        (entry.holder == HolderSaid::Uncertain).then(|| note.holder_uncertain.clone()),
        (entry.holder == HolderSaid::NotCompared).then(|| note.holder_not_compared.clone()),
        entry.kept.then(|| checked(&note.kept)),
        (is_in_force && !entry.kept && pill(entry) == "unconfirmed")
            .then(|| checked(&note.unconfirmed)),
        (is_in_force && entry.status == "retired").then(|| note.retired.clone()),
        entry
            .reason
            .clone()
            .filter(|_| entry.tone() == Tone::Unverified && !is_for_the_name),
    ];
    said.into_iter().flatten().collect()
}
