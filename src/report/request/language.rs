//! The languages that letters are written in, each a file of texts.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use serde::Deserialize;

use super::Why;

/// A language of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Language {
    /// English.
    English,
    /// German, with Sie.
    German,
}

impl Language {
    /// Every language.
    pub const ALL: &'static [Self] = &[Self::English, Self::German];

    /// Its language tag.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// The language of a locale such as `de_AT.UTF-8` or `de`; `None` for one that there
    /// are no letters in.
    ///
    /// ```
    /// use bonafide::report::request::Language;
    ///
    /// assert_eq!(Language::of_locale("de_AT.UTF-8"), Some(Language::German));
    /// assert_eq!(Language::of_locale("den"), None);
    /// ```
    pub fn of_locale(locale: &str) -> Option<Self> {
        let tag = locale.split(['_', '-', '.', '@']).next()?;
        let mut all = Self::ALL.iter().copied();
        all.find(|language| tag.eq_ignore_ascii_case(language.as_str()))
    }

    pub(super) fn texts(self) -> &'static Texts {
        static ENGLISH: LazyLock<Texts> = LazyLock::new(|| read(include_str!("letters.en.toml")));
        static GERMAN: LazyLock<Texts> = LazyLock::new(|| read(include_str!("letters.de.toml")));
        match self {
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

fn read(file: &str) -> Texts {
    toml::from_str(file).expect("a test reads the texts of every language")
}

/// Everything that a language's file holds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Texts {
    pub(super) subject: String,
    pub(super) greeting: String,
    pub(super) greeting_named: String,
    pub(super) closing: String,
    pub(super) reply: String,
    pub(super) reply_by: String,
    pub(super) date: String,
    pub(super) months: [String; 12],
    pub(super) share: String,
    pub(super) transcript: String,
    letters: BTreeMap<String, Text>,
}

/// One letter's own part.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Text {
    pub(super) subject: String,
    pub(super) text: String,
}

impl Texts {
    pub(super) fn letter(&self, why: Why) -> &Text {
        let letter = self.letters.get(why.as_str());
        letter.expect("a test looks for every letter in every language")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_letter_and_no_other() {
        let mut whys: Vec<_> = Why::ALL.iter().map(|why| why.as_str()).collect();
        whys.sort_unstable();
        for language in Language::ALL {
            let letters = language.texts().letters.keys();
            assert_eq!(letters.collect::<Vec<_>>(), whys, "{language}");
        }
    }

    #[test]
    fn every_language_has_its_own_words_throughout() {
        let (english, german) = (Language::English.texts(), Language::German.texts());
        for why in Why::ALL {
            let (one, other) = (english.letter(*why), german.letter(*why));
            assert_ne!(one.subject, other.subject);
            assert_ne!(one.text, other.text);
            let steps = |text: &Text| {
                ["{share}", "{transcript}"].map(|steps| text.text.matches(steps).count())
            };
            assert_eq!(steps(one), steps(other), "{why}");
        }
    }
}
