//! The words of messages, a file for each language.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use super::{Reader, Step};
use crate::report::request::Language;

/// Everything that a language's file holds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    date: String,
    months: [String; 12],
    days_one: String,
    days_many: String,
    pub(super) greeting: String,
    pub(super) greeting_named: String,
    pub(super) intro_holder: String,
    pub(super) intro_lead: String,
    pub(super) subject: String,
    pub(super) subject_of: String,
    pub(super) subject_more: String,
    pub(super) untitled: String,
    pub(super) held_by: String,
    pub(super) your_own: String,
    pub(super) own_catalogue: String,
    pub(super) what_to_do: String,
    pub(super) renewal_page: String,
    pub(super) credential_page: String,
    pub(super) calendar: String,
    pub(super) calendar_file: String,
    pub(super) footer: String,
    pub(super) test_subject: String,
    pub(super) test_text: String,
    steps: BTreeMap<String, StepWords>,
    /// What is said instead where the link cannot be verified, and what is known of it may no
    /// longer be so.
    unverified: BTreeMap<String, StepWords>,
    todo: BTreeMap<String, TodoWords>,
}

/// What is said of one kind of step.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StepWords {
    pub(super) headline: String,
    pub(super) fact: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TodoWords {
    holder: Vec<String>,
    lead: Vec<String>,
}

/// What there is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Todo {
    Renew,
    RenewLater,
    EarnAgain,
    Look,
    Nothing,
    AskIssuer,
    ShareAgain,
    ShareOrRenew,
    ShareIfRenewed,
}

impl Todo {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Renew => "renew",
            Self::RenewLater => "renew-later",
            Self::EarnAgain => "earn-again",
            Self::Look => "look",
            Self::Nothing => "nothing",
            Self::AskIssuer => "ask-issuer",
            Self::ShareAgain => "share-again",
            Self::ShareOrRenew => "share-or-renew",
            Self::ShareIfRenewed => "share-if-renewed",
        }
    }
}

impl Words {
    pub(super) fn of(language: Language) -> &'static Self {
        static ENGLISH: LazyLock<Words> =
            LazyLock::new(|| read(include_str!("words/words.en.toml")));
        static GERMAN: LazyLock<Words> =
            LazyLock::new(|| read(include_str!("words/words.de.toml")));
        match language {
            Language::English => &ENGLISH,
            Language::German => &GERMAN,
        }
    }

    /// A day in the reader's form.
    pub(super) fn day(&self, day: NaiveDate) -> String {
        let filling = [
            ("day", day.day().to_string()),
            ("month", self.months[day.month0() as usize].clone()),
            ("year", day.year().to_string()),
        ];
        fill(&self.date, &filling).unwrap_or_else(|| day.to_string())
    }

    /// `1 day`, `3 days`.
    pub(super) fn days(&self, count: i64) -> String {
        let text = if count == 1 {
            &self.days_one
        } else {
            &self.days_many
        };
        text.replace("{count}", &count.to_string())
    }

    /// What is said of a step, and of one of a credential whose link cannot be verified.
    pub(super) fn step(&self, step: Step, is_unverified: bool) -> &StepWords {
        let unverified = self.unverified.get(step.word()).filter(|_| is_unverified);
        let words = unverified.or_else(|| self.steps.get(step.word()));
        words.expect("a test looks for every step in every language")
    }

    pub(super) fn todo(&self, todo: Todo, reader: Reader) -> &[String] {
        let words = self.todo.get(todo.as_str());
        let words = words.expect("a test looks for everything to do in every language");
        match reader {
            Reader::Holder => &words.holder,
            Reader::TeamLead => &words.lead,
        }
    }
}

/// Puts what is known into a text; `None` where it asks for something that is not.
///
/// What is put in is never read as a name in braces again.
pub(super) fn fill(text: &str, known: &[(&str, String)]) -> Option<String> {
    let mut filled = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        let (_, value) = known.iter().find(|(known, _)| *known == name)?;
        filled.push_str(before);
        filled.push_str(value);
        rest = after;
    }
    filled.push_str(rest);
    Some(filled)
}

fn read(file: &str) -> Words {
    toml::from_str(file).expect("a test reads the words of every language")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODOS: [Todo; 9] = [
        Todo::Renew,
        Todo::RenewLater,
        Todo::EarnAgain,
        Todo::Look,
        Todo::Nothing,
        Todo::AskIssuer,
        Todo::ShareAgain,
        Todo::ShareOrRenew,
        Todo::ShareIfRenewed,
    ];

    #[test]
    fn every_language_has_words_for_everything_and_no_more() {
        for language in Language::ALL {
            let words = Words::of(*language);
            assert_eq!(words.steps.len(), 11);
            for name in words.steps.keys() {
                let step = match name.as_str() {
                    "days-left" => Some(Step::DaysLeft(1)),
                    name => Step::parse(name),
                };
                let said = words.step(step.unwrap(), false);
                assert!(!said.headline.is_empty());
            }
            assert_eq!(words.todo.len(), TODOS.len());
            for todo in TODOS {
                for reader in [Reader::Holder, Reader::TeamLead] {
                    let last = words.todo(todo, reader).last().unwrap();
                    // The last one asks for nothing that may be unknown.
                    assert!(fill(last, &[("holder", String::new())]).is_some(), "{last}");
                }
            }
        }
    }

    #[test]
    fn every_language_has_its_own_words() {
        let (english, german) = (Words::of(Language::English), Words::of(Language::German));
        for (ones, others) in [
            (&english.steps, &german.steps),
            (&english.unverified, &german.unverified),
        ] {
            assert!(ones.keys().eq(others.keys()));
            for (name, words) in ones {
                assert!(english.steps.contains_key(name), "{name}");
                assert_ne!(words.headline, others[name].headline);
                assert_eq!(words.fact.len(), others[name].fact.len(), "{name}");
            }
        }
        for todo in TODOS {
            for reader in [Reader::Holder, Reader::TeamLead] {
                let (one, other) = (english.todo(todo, reader), german.todo(todo, reader));
                assert_eq!(one.len(), other.len());
                assert_ne!(one, other);
            }
        }
    }

    #[test]
    fn what_is_put_in_is_not_read_again() {
        let known = [("a", "{b}".to_owned()), ("b", "x".to_owned())];
        assert_eq!(fill("{a} {b}", &known).unwrap(), "{b} x");
        assert_eq!(fill("{c}", &known), None);
        assert_eq!(fill("{", &known), None);
    }

    #[test]
    fn days_are_written_as_the_reader_writes_them() {
        let day = "2027-05-14".parse().unwrap();
        assert_eq!(Words::of(Language::English).day(day), "14 May 2027");
        assert_eq!(Words::of(Language::German).day(day), "14. Mai 2027");
    }
}
