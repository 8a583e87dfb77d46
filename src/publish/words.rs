//! The words of badges and pages, one file for each language.

use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::Deserialize;

use super::Language;

/// Everything that a language's file holds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub(super) untitled: String,
    pub(super) said: Said,
    pub(super) unproven: UnprovenWords,
    pub(super) label: Labels,
}

/// What is said of a credential's standing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Said {
    pub(super) valid_until: String,
    pub(super) valid_endless: String,
    pub(super) renewal_open: String,
    pub(super) renewal_unclear: String,
    pub(super) renew_by: String,
    pub(super) retired: String,
    pub(super) retired_until: String,
    pub(super) expired: String,
    pub(super) expired_on: String,
    pub(super) revoked: String,
    pub(super) not_as_required: String,
    pub(super) unverified: String,
    pub(super) unconfirmed_since: String,
    pub(super) checked: String,
}

/// Why a credential is unverified, each a sentence.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnprovenWords {
    pub(super) no_answer: String,
    pub(super) not_known_to_issuer: String,
    pub(super) not_the_issuer: String,
    pub(super) file_by_hand: String,
    pub(super) sample: String,
    pub(super) not_kept_up_to_date: String,
    pub(super) own_catalogue: String,
    pub(super) link: String,
    pub(super) for_a_person: String,
    pub(super) cannot_be_told: String,
    pub(super) before_the_answer: String,
    pub(super) clocks_apart: String,
}

/// Names of facts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "each is named after the fact")]
pub struct Labels {
    pub title: String,
    pub holder: String,
    pub earned: String,
    pub valid_until: String,
    pub renewal: String,
    pub renewal_from: String,
    pub status: String,
    pub exam: String,
    pub exams: String,
    pub id: String,
    pub verify: String,
}

impl Words {
    /// The words of a language.
    pub fn of(language: Language) -> &'static Self {
        static ENGLISH: LazyLock<Words> = LazyLock::new(|| read(include_str!("words.en.toml")));
        static GERMAN: LazyLock<Words> = LazyLock::new(|| read(include_str!("words.de.toml")));
        match language {
            Language::English => &ENGLISH,
            Language::German => &GERMAN,
        }
    }

    /// The names of facts.
    pub fn labels(&self) -> &Labels {
        &self.label
    }

    /// The word for what could not be verified.
    pub fn unverified(&self) -> &str {
        &self.said.unverified
    }

    /// "checked 2026-11-22".
    pub fn checked(&self, day: NaiveDate) -> String {
        fill(&self.said.checked, day)
    }
}

/// Puts a day into words.
pub(super) fn fill(words: &str, day: NaiveDate) -> String {
    words.replace("{day}", &day.to_string())
}

fn read(file: &str) -> Words {
    toml::from_str(file).expect("a test reads the words of every language")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_the_same_places_to_fill() {
        let places = |language| {
            let words = Words::of(language);
            let text = toml::from_str::<toml::Table>(match language {
                Language::English => include_str!("words.en.toml"),
                Language::German => include_str!("words.de.toml"),
            });
            let said = text.unwrap()["said"].as_table().unwrap().clone();
            assert_eq!(said["unverified"].as_str(), Some(words.unverified()));
            said.into_iter()
                .map(|(name, words)| {
                    let words = words.as_str().unwrap().to_owned();
                    (
                        name,
                        ["{day}", "{deadline}", "{said}"].map(|place| words.matches(place).count()),
                    )
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(places(Language::English), places(Language::German));
    }
}
