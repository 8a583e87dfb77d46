//! The words of the status page, one file for each language.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use crate::publish::Language;

/// Everything that a language's file holds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PageWords {
    date: String,
    months: [String; 12],
    pub(super) title: String,
    pub(super) about: String,
    pub(super) checked: String,
    pub(super) checked_mixed: String,
    pub(super) now: String,
    pub(super) past: String,
    pub(super) none: String,
    pub(super) earned: String,
    pub(super) valid_until: String,
    pub(super) valid_endless: String,
    pub(super) ended: String,
    pub(super) renewal: String,
    pub(super) renewal_from: String,
    pub(super) renewal_open: String,
    pub(super) renewal_impossible: String,
    pub(super) exam: String,
    pub(super) last_check: String,
    pub(super) holder: String,
    pub(super) holder_confirmed: String,
    pub(super) holder_unnamed: String,
    pub(super) verify: String,
    pub(super) verify_credly: String,
    pub(super) verify_which: String,
    pub(super) badge: String,
    pub(super) badge_which: String,
    kind: BTreeMap<String, String>,
    pub(super) pill: BTreeMap<String, String>,
    pub(super) note: Notes,
    pub(super) timeline: TimelineWords,
    pub(super) feed: FeedWords,
    pub(super) foot: Foot,
}

/// Sentences on a card.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Notes {
    pub(super) retired: String,
    pub(super) holder_different: String,
    pub(super) holder_uncertain: String,
    pub(super) holder_not_compared: String,
    pub(super) no_end: String,
    pub(super) kept: String,
    pub(super) unconfirmed: String,
    pub(super) past: String,
    pub(super) past_pill: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TimelineWords {
    pub(super) title: String,
    pub(super) about: String,
    pub(super) period: String,
    pub(super) unknown_start: String,
    pub(super) no_end: String,
    pub(super) legend_valid: String,
    pub(super) legend_noted: String,
    pub(super) legend_window: String,
    pub(super) legend_past: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FeedWords {
    pub(super) title: String,
    pub(super) link: String,
    pub(super) data: String,
    pub(super) removed: String,
    pub(super) added: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Foot {
    pub(super) what: String,
    pub(super) made: String,
}

impl PageWords {
    pub(super) fn of(language: Language) -> &'static Self {
        static ENGLISH: LazyLock<PageWords> = LazyLock::new(|| read(include_str!("words.en.toml")));
        static GERMAN: LazyLock<PageWords> = LazyLock::new(|| read(include_str!("words.de.toml")));
        match language {
            Language::English => &ENGLISH,
            Language::German => &GERMAN,
        }
    }

    /// A day as people write it.
    pub(super) fn date(&self, day: NaiveDate) -> String {
        self.date
            .replace("{day}", &day.day().to_string())
            .replace("{month}", &self.months[day.month0() as usize])
            .replace("{year}", &day.year().to_string())
    }

    /// Words with a day in them.
    pub(super) fn on(&self, words: &str, day: NaiveDate) -> String {
        words.replace("{day}", &self.date(day))
    }

    /// The sort of credential.
    pub(super) fn kind(&self, kind: &str) -> &str {
        self.kind
            .get(kind)
            .or_else(|| self.kind.get("unknown"))
            .map_or("", String::as_str)
    }
}

fn read(file: &str) -> PageWords {
    toml::from_str(file).expect("a test reads the words of every language")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(value: &toml::Value, path: &str, found: &mut BTreeMap<String, String>) {
        match value {
            toml::Value::String(text) => {
                found.insert(path.to_owned(), text.clone());
            }
            toml::Value::Table(table) => {
                for (key, value) in table {
                    texts(value, &format!("{path}.{key}"), found);
                }
            }
            _ => {}
        }
    }

    fn places(file: &str) -> BTreeMap<String, Vec<String>> {
        let mut found = BTreeMap::new();
        texts(&toml::from_str(file).unwrap(), "", &mut found);
        let braces = |text: String| {
            let mut places: Vec<_> = text
                .split('{')
                .skip(1)
                .map(|rest| rest.split('}').next().unwrap().to_owned())
                .collect();
            places.sort();
            places
        };
        let each = found.into_iter();
        each.map(|(path, text)| (path, braces(text))).collect()
    }

    #[test]
    fn every_language_has_the_same_texts_with_the_same_places() {
        let english = places(include_str!("words.en.toml"));
        assert_eq!(english, places(include_str!("words.de.toml")));
    }

    #[test]
    fn a_day_reads_as_people_write_it() {
        let day = "2027-03-05".parse().unwrap();
        assert_eq!(PageWords::of(Language::English).date(day), "5 March 2027");
        assert_eq!(PageWords::of(Language::German).date(day), "5. März 2027");
    }
}
