//! What a digest says in its reader's language, before it has the form of a channel.
//!
//! Strangers' text is made harmless here as text (no control characters, no direction
//! overrides, not long); each form then escapes everything for where it goes.

use chrono::NaiveDate;

use super::words::{Todo, Words, fill};
use super::{Digest, Item, Occasion, Reader, Step};
use crate::lifecycle::RenewalState;
use crate::report::neutral;

/// A message in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Message {
    /// One line, for where there is one.
    pub(super) subject: String,
    pub(super) greeting: String,
    pub(super) intro: String,
    pub(super) sections: Vec<Section>,
    pub(super) footer: String,
}

/// What is said of one credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Section {
    pub(super) tone: Tone,
    pub(super) headline: String,
    pub(super) title: String,
    /// Whose it is, in words, where that is not the reader.
    pub(super) held_by: Option<String>,
    pub(super) fact: String,
    /// What to do, with the renewal page's address in it.
    pub(super) todo: String,
    /// The renewal page.
    pub(super) renew_at: Option<Link>,
    /// The credential itself.
    pub(super) credential: Option<Link>,
}

/// An address that may be opened, and what it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) label: String,
    pub(super) url: String,
}

/// How pressing a section is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tone {
    /// Good news.
    Good,
    /// There is time.
    Calm,
    /// There is little time.
    Soon,
    /// Now, or too late.
    Grave,
}

impl Message {
    /// Says a digest. `channel` is named in a test message.
    pub(super) fn of(digest: &Digest, channel: &str) -> Self {
        let words = Words::of(digest.language);
        let day = words.day(digest.day);
        let sections: Vec<_> = digest
            .items
            .iter()
            .map(|item| section(item, digest, words))
            .collect();
        let (subject, intro) = match digest.occasion {
            Occasion::Due => (
                subject(digest, &sections, words),
                intro(digest, &day, words),
            ),
            Occasion::Test => (
                words.test_subject.clone(),
                words
                    .test_text
                    .replace("{channel}", &neutral::terminal(channel)),
            ),
        };
        Self {
            subject,
            greeting: greeting(digest, words),
            intro,
            sections,
            footer: words.footer.replace("{key}", digest.key.as_str()),
        }
    }
}

fn greeting(digest: &Digest, words: &Words) -> String {
    let name = digest.recipient.name.as_deref().map(neutral::terminal);
    match name.filter(|name| !name.trim().is_empty()) {
        Some(name) => words.greeting_named.replace("{name}", &name),
        None => words.greeting.clone(),
    }
}

fn intro(digest: &Digest, day: &str, words: &Words) -> String {
    let text = match digest.reader {
        Reader::Holder => &words.intro_holder,
        Reader::TeamLead => &words.intro_lead,
    };
    text.replace("{day}", day)
}

fn subject(digest: &Digest, sections: &[Section], words: &Words) -> String {
    let (Some(first), Some(item)) = (sections.first(), digest.items.first()) else {
        return words.untitled.clone();
    };
    let mut known = vec![
        ("headline", first.headline.clone()),
        ("title", first.title.clone()),
    ];
    let holder = item.holder.as_deref().filter(|_| is_anothers(digest));
    let text = match holder {
        Some(holder) => {
            known.push(("holder", neutral::terminal(holder)));
            &words.subject_of
        }
        None => &words.subject,
    };
    let one = fill(text, &known).unwrap_or_default();
    match sections.len() - 1 {
        0 => one,
        more => {
            let known = [("subject", one.clone()), ("count", more.to_string())];
            fill(&words.subject_more, &known).unwrap_or(one)
        }
    }
}

fn is_anothers(digest: &Digest) -> bool {
    digest.reader == Reader::TeamLead
}

fn section(item: &Item, digest: &Digest, words: &Words) -> Section {
    let step = words.step(item.step, item.unverified_since.is_some());
    let known = known(item, digest.day, words);
    let facts: Vec<_> = step
        .fact
        .iter()
        .filter_map(|sentence| fill(sentence, &known))
        .chain(item.rests_on_own_rows.then(|| words.own_catalogue.clone()))
        .collect();
    let todo = todo(item);
    let alternatives = words.todo(todo, digest.reader);
    let link = |address: Option<&String>, label: &str| {
        let url = openable(address?)?;
        let label = label.to_owned();
        Some(Link { label, url })
    };
    let renews = matches!(todo, Todo::Renew | Todo::RenewLater | Todo::ShareOrRenew);
    Section {
        tone: tone(item, digest.day),
        headline: fill(&step.headline, &known).unwrap_or_else(|| step.headline.clone()),
        title: title(item, words),
        held_by: item
            .holder
            .as_deref()
            .filter(|_| is_anothers(digest))
            .map(|holder| {
                words
                    .held_by
                    .replace("{holder}", &neutral::terminal(holder))
            }),
        fact: facts.join(" "),
        todo: alternatives
            .iter()
            .find_map(|text| fill(text, &known))
            .unwrap_or_default(),
        renew_at: link(
            item.renewal_url.as_ref().filter(|_| renews),
            &words.renewal_page,
        ),
        credential: link(item.link.as_ref(), &words.credential_page),
    }
}

fn title(item: &Item, words: &Words) -> String {
    let title = item.title.as_deref().map(neutral::terminal);
    let title = title.filter(|title| !title.trim().is_empty());
    title.unwrap_or_else(|| words.untitled.clone())
}

/// What a text may ask for, without what is not known.
fn known(item: &Item, day: NaiveDate, words: &Words) -> Vec<(&'static str, String)> {
    let on = |day: Option<NaiveDate>| day.map(|day| words.day(day));
    let left = item.days_left(day).or(match item.step {
        Step::DaysLeft(days) => Some(days.into()),
        _ => None,
    });
    let holder = item.holder.as_deref().map(neutral::terminal);
    // Where nothing can be renewed, the last day is its end and no deadline.
    let deadline = item.deadline.filter(|_| {
        use RenewalState::{NotOpen, Open, Unknown};
        matches!(item.renewal, NotOpen | Open | Unknown)
    });
    let all = [
        ("opens", on(item.opens_on)),
        ("deadline", on(deadline)),
        (
            "ends",
            on(item.expires_on.filter(|end| deadline != Some(*end))),
        ),
        ("expires", on(item.expires_on)),
        (
            "acts",
            on(deadline.filter(|day| item.expires_on != Some(*day))),
        ),
        ("since", on(item.unverified_since)),
        ("retires", on(item.retires_on)),
        ("left", left.map(|days| words.days(days))),
        ("url", item.renewal_url.as_deref().and_then(openable)),
        (
            "successor",
            item.successor.as_deref().map(neutral::terminal),
        ),
        (
            "holder",
            Some(holder.unwrap_or_else(|| words.your_own.clone())),
        ),
    ];
    let known = all
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)));
    known.collect()
}

/// What there is to do about a step, by where the renewal stands.
fn todo(item: &Item) -> Todo {
    let by_renewal = match item.renewal {
        RenewalState::Open if item.unverified_since.is_some() => Todo::ShareOrRenew,
        RenewalState::Open => Todo::Renew,
        RenewalState::NotOpen => Todo::RenewLater,
        RenewalState::Closed | RenewalState::Impossible => Todo::EarnAgain,
        RenewalState::NotRequired => Todo::Nothing,
        RenewalState::Unknown => Todo::Look,
    };
    match item.step {
        Step::WindowOpen | Step::DaysLeft(_) | Step::LastDay | Step::RetirementAnnounced => {
            by_renewal
        }
        Step::Expired | Step::Retired | Step::NeverRenewableAgain => Todo::EarnAgain,
        Step::Renewed => Todo::Nothing,
        Step::Revoked => Todo::AskIssuer,
        Step::NotVerifiable => Todo::ShareAgain,
        Step::LastKnownEnd => Todo::ShareIfRenewed,
    }
}

fn tone(item: &Item, day: NaiveDate) -> Tone {
    match item.step {
        Step::Renewed => Tone::Good,
        Step::WindowOpen | Step::RetirementAnnounced | Step::NeverRenewableAgain => Tone::Calm,
        Step::DaysLeft(days) => match item.days_left(day).unwrap_or(days.into()) {
            ..=7 => Tone::Grave,
            8..=30 => Tone::Soon,
            _ => Tone::Calm,
        },
        Step::Retired | Step::NotVerifiable | Step::LastKnownEnd => Tone::Soon,
        Step::LastDay | Step::Expired | Step::Revoked => Tone::Grave,
    }
}

/// An address that may be offered to be opened: `https` alone, written in ASCII.
fn openable(address: &str) -> Option<String> {
    let url = url::Url::parse(address).ok()?;
    let is_plain = url.scheme() == "https" && url.username().is_empty() && url.password().is_none();
    // What the URL standard leaves in a path and some form would read as its own.
    let quoted = |url: url::Url| {
        url.as_str()
            .replace('|', "%7C")
            .replace('(', "%28")
            .replace(')', "%29")
            .replace('\'', "%27")
            .replace('*', "%2A")
    };
    is_plain.then(|| quoted(url))
}
