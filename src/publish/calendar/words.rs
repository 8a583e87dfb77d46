//! The words of the calendar, a file for each language.

use std::sync::LazyLock;

use serde::Deserialize;

use super::Kind;
use crate::report::request::Language;

/// Everything that a language's file holds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) name: String,
    pub(super) untitled: String,
    pub(super) renew_at: String,
    pub(super) credential: String,
    pub(super) own_catalogue: String,
    pub(super) unverified: String,
    window_opens: Says,
    deadline: Says,
    ends: Says,
}

/// What is said of one kind of event.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Says {
    pub(super) summary: String,
    pub(super) text: String,
}

impl Words {
    pub(super) fn of(language: Language) -> &'static Self {
        static ENGLISH: LazyLock<Words> = LazyLock::new(|| read(include_str!("words.en.toml")));
        static GERMAN: LazyLock<Words> = LazyLock::new(|| read(include_str!("words.de.toml")));
        match language {
            Language::English => &ENGLISH,
            Language::German => &GERMAN,
        }
    }

    pub(super) fn says(&self, kind: Kind) -> &Says {
        match kind {
            Kind::WindowOpens => &self.window_opens,
            Kind::Deadline => &self.deadline,
            Kind::Ends => &self.ends,
        }
    }
}

fn read(file: &str) -> Words {
    toml::from_str(file).expect("a test reads the words of every language")
}
