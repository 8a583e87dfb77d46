//! The letter to a holder whose link cannot be verified: what to ask for, and how to get it.
//!
//! A [`Why`] is what stands in the way, taken from a judged link or from a finding of an
//! earlier result. Each has a letter in every [`Language`], kept as plain text in
//! `request/letters.*.toml`. The letters accuse nobody: most of what goes wrong here is a
//! page that hides its share button, and who sent a strange link may have been its victim.
//!
//! ```
//! use bonafide::link;
//! use bonafide::report::request::{Language, Letter, Particulars, Why};
//!
//! let link = link::judge("https://learn.microsoft.com/en-us/users/jo-1/transcript");
//! let why = Why::of_link(&link).unwrap();
//! assert_eq!(why, Why::PrivateTranscript);
//! let letter = Letter::write(why, Language::German, &Particulars::default());
//! assert!(letter.body.starts_with("Guten Tag,\n\nvielen Dank"));
//! ```

mod language;
mod why;

use chrono::{Datelike, NaiveDate};
use schemars::JsonSchema;
use serde::Serialize;

use super::json::SCHEMA_VERSION;
use super::neutral::terminal;
pub use language::Language;
use language::Texts;
pub use why::Why;

/// What goes into a letter beside its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Particulars {
    /// Whom it greets.
    pub name: Option<String>,
    /// Whose name stands under it.
    pub from: Option<String>,
    /// The day by which an answer is hoped for.
    pub deadline: Option<NaiveDate>,
}

/// A letter, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Why it is written.
    pub why: Why,
    /// The language it is in.
    pub language: Language,
    /// The subject line.
    pub subject: String,
    /// The text. A paragraph is one line, so that it can be pasted anywhere.
    pub body: String,
}

/// What `request --format json` writes.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RequestDocument {
    /// Always 1.
    #[schemars(extend("const" = 1))]
    schema_version: u8,
    /// Whether anything need be asked of the holder.
    needed: bool,
    /// What stands in the way; null where nothing need be asked.
    why: Option<&'static str>,
    /// The language of subject and body, as a language tag.
    #[schemars(extend("enum" = ["en", "de"]))]
    language: &'static str,
    /// The subject line; null where nothing need be asked.
    subject: Option<String>,
    /// The text; null where nothing need be asked.
    body: Option<String>,
}

impl Letter {
    /// Writes the letter for `why`.
    pub fn write(why: Why, language: Language, particulars: &Particulars) -> Self {
        let texts = language.texts();
        let letter = texts.letter(why);
        let steps = |text: &str| {
            text.replace("{share}", &texts.share)
                .replace("{transcript}", &texts.transcript)
        };
        let paragraphs = [
            greeting(texts, particulars.name.as_deref()),
            steps(letter.text.trim()),
            reply(texts, particulars.deadline),
            farewell(texts, particulars.from.as_deref()),
        ];
        Self {
            why,
            language,
            subject: letter.subject.clone(),
            body: paragraphs.join("\n\n") + "\n",
        }
    }

    /// The whole letter as text, its subject in the first line.
    pub fn to_text(&self) -> String {
        let label = &self.language.texts().subject;
        format!("{label}: {}\n\n{}", self.subject, self.body)
    }
}

fn greeting(texts: &Texts, name: Option<&str>) -> String {
    match name.map(one_line).filter(|name| !name.is_empty()) {
        Some(name) => texts.greeting_named.replace("{name}", &name),
        None => texts.greeting.clone(),
    }
}

fn reply(texts: &Texts, deadline: Option<NaiveDate>) -> String {
    match deadline {
        Some(day) => texts.reply_by.replace("{deadline}", &texts.day(day)),
        None => texts.reply.clone(),
    }
}

fn farewell(texts: &Texts, from: Option<&str>) -> String {
    match from.map(one_line).filter(|from| !from.is_empty()) {
        Some(from) => format!("{}\n{from}", texts.closing),
        None => texts.closing.clone(),
    }
}

/// A name as it may stand in a letter: one line, and nothing that steers a terminal.
fn one_line(name: &str) -> String {
    terminal(name.trim())
}

impl Texts {
    fn day(&self, day: NaiveDate) -> String {
        let month = day.month0() as usize;
        self.date
            .replace("{day}", &day.day().to_string())
            .replace("{month}", &self.months[month])
            .replace("{year}", &day.year().to_string())
    }
}

impl RequestDocument {
    /// Puts a letter, or that none is needed, into the form of version 1.
    pub fn of(letter: Option<&Letter>, language: Language) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            needed: letter.is_some(),
            why: letter.map(|letter| letter.why.as_str()),
            language: language.as_str(),
            subject: letter.map(|letter| letter.subject.clone()),
            body: letter.map(|letter| letter.body.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn full() -> Particulars {
        Particulars {
            name: Some("Jane Doe".to_owned()),
            from: Some("Robin Recruiter".to_owned()),
            deadline: NaiveDate::from_ymd_opt(2026, 12, 5),
        }
    }

    #[test]
    fn every_letter_is_whole_in_every_language() {
        for language in Language::ALL {
            for why in Why::ALL {
                let letter = Letter::write(*why, *language, &full());
                let text = letter.to_text();
                assert!(!text.contains(['{', '}']), "{text}");
                assert!(!text.contains("\n\n\n"), "{text}");
                for part in [
                    "Jane Doe,\n\n",
                    "Robin Recruiter\n",
                    "https://learn.microsoft.com",
                    "2026",
                ] {
                    assert!(letter.body.contains(part), "{part} is not in\n{text}");
                }
                assert!(letter.subject.chars().count() <= 75, "{}", letter.subject);
            }
        }
    }

    #[test]
    fn no_letter_accuses_or_says_du() {
        for why in Why::ALL {
            let english = Letter::write(*why, Language::English, &full()).to_text();
            let german = Letter::write(*why, Language::German, &full()).to_text();
            for word in ["fake", "forg", "fraud", "invalid", "cheat", "suspicious"] {
                assert!(!english.to_lowercase().contains(word), "{english}");
            }
            for word in ["fälsch", "betrug", "verdächtig", "ungültig"] {
                assert!(!german.to_lowercase().contains(word), "{german}");
            }
            let words = |word: &str| {
                german
                    .split(|c: char| !c.is_alphabetic())
                    .any(|w| w == word)
            };
            assert!(
                !["du", "dein", "deine", "dir", "dich"]
                    .iter()
                    .any(|word| words(word))
            );
            assert!(words("Sie") || words("Ihr") || words("Ihre"), "{german}");
        }
    }

    #[test]
    fn a_german_letter_goes_on_in_lower_case_after_the_greeting() {
        for why in Why::ALL {
            let letter = Letter::write(*why, Language::German, &Particulars::default());
            let text = letter.body.strip_prefix("Guten Tag,\n\n").unwrap();
            assert!(text.starts_with("vielen Dank"), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_name_never_adds_a_line_or_steers_a_terminal(name in "\\PC{0,20}[\\x00-\\x1f\\u{2028}\\u{202e}{}]{0,4}\\PC{0,20}") {
            let plain = Letter::write(Why::NoLink, Language::English, &Particulars::default());
            let named = Particulars { name: Some(name), ..Particulars::default() };
            let letter = Letter::write(Why::NoLink, Language::English, &named);
            prop_assert_eq!(letter.body.lines().count(), plain.body.lines().count());
            let steers = letter.body.contains(['\u{202e}', '\u{1b}', '\r']);
            prop_assert!(!steers);
        }
    }
}
