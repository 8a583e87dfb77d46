//! The page itself: no outside resource, and all of it is there without the script.
//!
//! Style and script are allowed by their hashes alone: nothing that a stranger's text might
//! bring along can run.

mod card;
mod look;
mod person;

use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use self::card::Card;
use super::timeline::{self, Period, Timeline};
use super::words::PageWords;
use super::{Entry, Page};
use crate::publish::{Tone, clean, json_ld};

pub(super) use self::look::{FAVICON_MARK, accent, favicon};

/// What every page of ours holds.
pub(super) const MARK: &str = "<meta name=\"generator\" content=\"bonafide";

const SCRIPT: &str = include_str!("page.js");

/// The most periods in the picture.
const PERIODS: usize = 12;

#[derive(Template)]
#[template(
    path = "publish/page/html/page.html",
    config = "src/publish/page/askama.toml"
)]
struct Html<'p> {
    words: &'static PageWords,
    language: &'static str,
    locale: &'static str,
    policy: String,
    style: String,
    script: &'static str,
    title: String,
    about: String,
    base: Option<String>,
    name: String,
    headline: Option<String>,
    checked: String,
    cards: Vec<Card<'p>>,
    past: Vec<Card<'p>>,
    line: Option<Line>,
    data: String,
    version: &'static str,
}

/// The picture with what it says to those who cannot see it.
struct Line {
    picture: Timeline,
    about: String,
    today: String,
}

/// The page's text.
pub(super) fn text(page: &Page<'_>) -> String {
    let config = page.run.config;
    let words = PageWords::of(config.language);
    let today = page.run.as_of.date_naive();
    let name = clean::line(&config.name);
    let entries = &page.document.credentials;
    let checked_on = checked_on(entries);
    let card = |entry| Card::of(entry, config, checked_on);
    let (past, now): (Vec<_>, Vec<_>) = entries.iter().partition(|entry| entry.is_past());
    let line = line(now.iter().chain(&past).copied(), words, today);
    let style = look::style(config);
    let html = Html {
        words,
        language: config.language.as_str(),
        locale: match config.language.as_str() {
            "de" => "de_DE",
            _ => "en_GB",
        },
        policy: policy(&style),
        title: words.title.replace("{name}", &name),
        about: words.on(&words.about.replace("{name}", &name), today),
        base: config.base_url.as_ref().map(ToString::to_string),
        headline: config.headline.as_deref().map(clean::line),
        checked: match checked_on {
            Some(day) => words.on(&words.checked, day),
            None => words.on(&words.checked_mixed, today),
        },
        cards: now.into_iter().map(card).collect(),
        past: past.into_iter().map(card).collect(),
        line,
        data: json_ld::text(&person::Person::of(page, &name)),
        version: env!("CARGO_PKG_VERSION"),
        name,
        style,
        script: SCRIPT,
    };
    let mut text = html.render().expect("memory takes what is written");
    text.push('\n');
    text
}

/// The day on which everything was checked, where there is one such day.
fn checked_on(entries: &[Entry]) -> Option<NaiveDate> {
    let first = entries.first()?.checked_on;
    let is_so = |entry: &Entry| {
        entry.checked_on == first && !entry.kept && entry.tone() != Tone::Unverified
    };
    entries.iter().all(is_so).then_some(first)
}

fn line<'e>(
    entries: impl Iterator<Item = &'e Entry>,
    words: &PageWords,
    today: NaiveDate,
) -> Option<Line> {
    let entries: Vec<_> = entries.filter(|entry| is_drawn(entry, today)).collect();
    let entries = &entries[..entries.len().min(PERIODS)];
    let periods: Vec<_> = entries.iter().map(|entry| period(entry)).collect();
    let said = |entry: &&Entry| {
        let from = entry.earned_on.map(|day| words.date(day));
        let until = entry.valid_until.map(|day| words.date(day));
        let period = words.timeline.period.replace(
            "{from}",
            from.as_deref().unwrap_or(&words.timeline.unknown_start),
        );
        period
            .replace(
                "{until}",
                until.as_deref().unwrap_or(&words.timeline.no_end),
            )
            .replace("{title}", card::name(&entry.title).1)
    };
    let all: Vec<_> = entries.iter().map(said).collect();
    let about = words.on(&words.timeline.about, today);
    Some(Line {
        picture: timeline::lay_out(&periods, today)?,
        about: about.replace("{periods}", &all.join(" ")),
        today: words.date(today),
    })
}

/// What is unverified has no period that is known, and what ended long ago is history.
fn is_drawn(entry: &Entry, today: NaiveDate) -> bool {
    let ended_long_ago = entry
        .valid_until
        .is_some_and(|until| until < today && timeline::is_cut_off(until, today));
    entry.tone() != Tone::Unverified && !ended_long_ago
}

fn period(entry: &Entry) -> Period<'_> {
    let has_window = matches!(entry.renewal.as_str(), "open" | "not-open");
    Period {
        title: card::name(&entry.title).1,
        tone: entry.tone(),
        from: entry.earned_on,
        until: entry.valid_until,
        opens: entry.renewal_opens_on.filter(|_| has_window),
    }
}

/// Nothing is loaded but what lies beside the page, and only this style and this script count.
fn policy(style: &str) -> String {
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; img-src 'self'; \
         base-uri 'none'; form-action 'none'",
        hash(style),
        hash(SCRIPT)
    )
}
