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
mod recalled;
mod slot;
mod state;
mod timeline;
mod words;

use std::fmt;

use chrono::{DateTime, Utc};

pub use self::checked::{Checked, HolderSaid};
pub use self::config::{Config, ConfigError};
use self::slot::{Before, Slot};
pub use self::state::{Change, Entry, PageDocument, Settled, StateError};
use self::words::PageWords;
use crate::publish::badge::{self, Colour, Drawn, Look, Theme};
use crate::publish::{Shown, clean};
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

/// What an earlier run left in the folder.
pub struct Earlier<'e> {
    /// Its data.
    pub document: &'e PageDocument,
    /// Reads a badge of it by its place in the folder.
    pub badge: &'e dyn Fn(&str) -> Option<String>,
}

impl fmt::Debug for Earlier<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Earlier")
            .field("document", self.document)
            .finish_non_exhaustive()
    }
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
    ///
    /// The latter is only a cache: anyone with access to the folder can change it.
    pub fn assemble(run: Run<'c>, found: Vec<Checked>, earlier: Option<&Earlier<'_>>) -> Self {
        let day = run.as_of.date_naive();
        let recalled = earlier.map(|earlier| recalled::recall(earlier.document, run, &found));
        let before = earlier.zip(recalled.as_ref());
        let before = before.map(|(earlier, document)| Before {
            document,
            badge: earlier.badge,
            on_error: on_error(run, document),
        });
        let slots = slot::fill(found, before.as_ref(), day);
        let entries: Vec<_> = slots.iter().map(|slot| slot.entry.clone()).collect();
        let words = PageWords::of(run.config.language);
        let mut document = recalled
            .unwrap_or_else(|| PageDocument::blank(identifier::of(&["page", &run.config.name])));
        changes::note(&mut document, &entries, words, run.as_of);
        let gone = gone(earlier, &document, &entries);
        document.describe(run.config, run.as_of, entries);
        Self {
            run,
            document,
            slots,
            gone,
        }
    }

    /// The files that are drawn from what is shown, all but the badges; first what must be
    /// true first.
    pub fn files(&self) -> Vec<File> {
        let file = |name: &str, text| File {
            name: name.to_owned(),
            text,
        };
        vec![
            file("index.html", html::text(self)),
            file("credentials.json", json::text(&self.document)),
            file("feed.xml", feed::text(&self.document, self.run.config)),
            file("favicon.svg", html::favicon(self.run.config)),
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

    /// Which credentials are not shown as valid, or only as they were before, and why.
    pub fn doubts(&self) -> Vec<String> {
        let doubtful = self.slots.iter();
        let doubtful = doubtful.filter(|slot| slot.entry.kept || !slot.entry.tone().is_valid());
        doubtful
            .map(|slot| format!("{}: {}", slot.entry.title, slot.said))
            .collect()
    }

    /// What is shown, as data.
    pub fn document(&self) -> &PageDocument {
        &self.document
    }
}

/// What was found for another's name may not stay.
fn on_error(run: Run<'_>, earlier: &PageDocument) -> OnError {
    if earlier.name == clean::line(&run.config.name) {
        run.on_error
    } else {
        OnError::Unverified
    }
}

/// Badges of credentials that are no longer on the page: of the last run, and of earlier
/// ones, which may not have been able to remove them.
fn gone(earlier: Option<&Earlier<'_>>, document: &PageDocument, now: &[Entry]) -> Vec<String> {
    let last = earlier
        .into_iter()
        .flat_map(|earlier| earlier.document.badges())
        .map(str::to_owned);
    let removed = document
        .changes
        .iter()
        .filter(|change| change.kind == "removed")
        .map(|change| checked::badge(&change.key));
    let mut gone: Vec<_> = last
        .chain(removed)
        .filter(|badge| now.iter().all(|entry| entry.badge != *badge))
        .flat_map(|badge| Theme::ALL.map(|theme| themed(&badge, theme)))
        .collect();
    gone.sort();
    gone.dedup();
    gone
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
