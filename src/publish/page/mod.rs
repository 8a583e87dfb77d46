//! A page of one person's credentials: a folder that needs no server, script or stranger.
//!
//! What was found goes through [`Checked`] into the entries of a [`PageDocument`], which is
//! written as `credentials.json`; all else is drawn from those. The next run reads it again:
//! so the feed tells only of what changed, and a credential that cannot be asked about any
//! more turns grey in its place instead of leaving a green badge behind.

mod changes;
mod checked;
mod colour;
mod config;
mod feed;
mod html;
mod identifier;
mod slot;
mod state;
mod timeline;
mod words;

use chrono::{DateTime, Utc};

pub use self::checked::{Checked, HolderSaid};
pub use self::config::{Config, ConfigError};
use self::slot::Slot;
pub use self::state::{Change, Entry, PageDocument, Settled, StateError};
use self::words::PageWords;
use crate::publish::Shown;
use crate::publish::badge::{self, Colour, Drawn, Look, Theme};
use crate::report::json;

/// What becomes of a credential that could not be asked about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OnError {
    /// It is shown as unverified.
    #[default]
    Unverified,
    /// What an earlier run found is shown with its day, for as long as that lasts.
    Keep,
}

/// A run: whose page, on which day.
#[derive(Debug, Clone, Copy)]
pub struct Run<'c> {
    /// What the owner says.
    pub config: &'c Config,
    /// The instant of judgement.
    pub as_of: DateTime<Utc>,
    /// What becomes of what could not be asked about.
    pub on_error: OnError,
}

/// A page, ready to be written.
#[derive(Debug)]
pub struct Page<'c> {
    run: Run<'c>,
    document: PageDocument,
    slots: Vec<Slot>,
    gone: Vec<String>,
}

/// A file of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its place in the folder, with `/` between its parts.
    pub name: String,
    /// What it holds.
    pub text: String,
}

impl<'c> Page<'c> {
    /// Puts together what this run found and what an earlier one left.
    pub fn assemble(run: Run<'c>, found: Vec<Checked>, earlier: Option<&PageDocument>) -> Self {
        let day = run.as_of.date_naive();
        let slots = slot::fill(found, earlier, run.on_error, day);
        let entries: Vec<_> = slots.iter().map(|slot| slot.entry.clone()).collect();
        let words = PageWords::of(run.config.language);
        let mut document = earlier
            .cloned()
            .unwrap_or_else(|| PageDocument::blank(identifier::of(&["page", &run.config.name])));
        changes::note(&mut document, &entries, words, run.as_of);
        let gone = document
            .badges()
            .filter(|badge| entries.iter().all(|entry| entry.badge != *badge))
            .flat_map(|badge| Theme::ALL.map(|theme| themed(badge, theme)))
            .collect();
        document.describe(run.config, run.as_of, entries);
        Self {
            run,
            document,
            slots,
            gone,
        }
    }

    /// The files that are drawn from what is shown, all but the badges.
    pub fn files(&self) -> Vec<File> {
        let file = |name: &str, text| File {
            name: name.to_owned(),
            text,
        };
        vec![
            file("credentials.json", json::text(&self.document)),
            file("feed.xml", feed::text(&self.document, self.run.config)),
            file("favicon.svg", html::favicon(self.run.config)),
            file("index.html", html::text(self)),
        ]
    }

    /// The badges, for light pages and for dark ones. Where an earlier finding is kept, so is
    /// its badge.
    pub fn badges(&self) -> Vec<File> {
        let shown = self
            .slots
            .iter()
            .filter_map(|slot| Some((&slot.entry, slot.shown.as_ref()?)));
        let each = shown.flat_map(|(entry, shown)| {
            Theme::ALL.map(|theme| File {
                name: themed(&entry.badge, theme),
                text: draw(shown, theme),
            })
        });
        each.collect()
    }

    /// Badges of an earlier run whose credentials are no longer on the page.
    pub fn gone(&self) -> &[String] {
        &self.gone
    }

    /// What is shown, as data.
    pub fn document(&self) -> &PageDocument {
        &self.document
    }
}

/// A badge's place, for pages of a theme.
fn themed(badge: &str, theme: Theme) -> String {
    match theme {
        Theme::Light => badge.to_owned(),
        Theme::Dark => badge.replace(".svg", "-dark.svg"),
    }
}

fn draw(shown: &Shown, theme: Theme) -> String {
    let look = Look {
        theme,
        ..Look::default()
    };
    badge::svg(shown, look)
}

/// The owner's colour as it is used where that differs: darker, so that it can be read.
pub fn darkened(config: &Config) -> Option<Colour> {
    let used = html::accent(config);
    config.accent.filter(|wanted| *wanted != used).map(|_| used)
}

/// Whether a file of one of our names may be replaced or removed: it says that it is ours.
pub fn is_ours(name: &str, text: &str) -> bool {
    let mark = match name {
        "index.html" => html::MARK,
        "feed.xml" => feed::MARK,
        "favicon.svg" => html::FAVICON_MARK,
        "credentials.json" => return PageDocument::read(text.as_bytes()).is_ok(),
        _ => return Drawn::read(text).is_some(),
    };
    text.contains(mark)
}
