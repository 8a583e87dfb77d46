//! The fields of one own row, each with its line.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use toml::Value;

use super::super::entry::{Expires, Level, RenewalPage, RetiresBasis, Stated, parse_day};
use super::super::{codes, table};
use super::say::{is_slug, kind, suggestion};
use super::{LastDay, Lines, Problem, Table};

/// Every field that a row may have.
const NAMES: [&str; 16] = [
    "title",
    "former_titles",
    "aliases",
    "level",
    "exams",
    "exam_retirements",
    "state",
    "retires_on",
    "retires_basis",
    "replacement",
    "expires",
    "validity_months",
    "renewable",
    "as_of",
    "source",
    "note",
];

/// The longest text: none of the shipped ones is half as long.
const LONGEST: usize = 300;

/// The longest that is said of one problem.
const LONGEST_SAID: usize = 500;

/// The most entries of a list.
const MOST: usize = 50;

/// What may stand as a state, each with what it means.
const STATES: &str = "active, retiring, retired, renamed or unknown";

/// What may stand as a rule of expiry.
const RULES: &str = "true, false, \"yes\", \"no\", \"no-unconfirmed\", \"unknown\" or \"if-earned-on-or-after-2025-09-02\"";

/// The fields of a row that were not read yet, and what was wrong with the others.
pub(super) struct Fields {
    line: usize,
    left: Vec<(String, usize, Value)>,
    problems: Vec<Problem>,
}

impl Fields {
    pub(super) fn of(lines: &Lines, line: usize, table: Table) -> Self {
        let field = |(name, value): (toml::Spanned<String>, toml::Spanned<Value>)| {
            let line = lines.at(value.span().start);
            (name.into_inner(), line, value.into_inner())
        };
        Self {
            line,
            left: table.into_iter().map(field).collect(),
            problems: Vec::new(),
        }
    }

    pub(super) fn problems(self) -> Vec<Problem> {
        self.problems
    }

    pub(super) fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }

    fn wrong(&mut self, line: usize, mut what: String) {
        // Whatever was found there is repeated, and may be long.
        if let Some((end, _)) = what.char_indices().nth(LONGEST_SAID) {
            what.truncate(end);
        }
        self.problems.push(Problem {
            line: Some(line),
            what,
        });
    }

    fn take(&mut self, name: &str) -> Option<(usize, Value)> {
        let at = self.left.iter().position(|(known, ..)| known == name)?;
        let (_, line, value) = self.left.swap_remove(at);
        Some((line, value))
    }

    pub(super) fn slug(&mut self, slug: &str) {
        if !is_slug(slug) {
            let what = format!(
                "{slug:?} is no slug: expected small letters, digits and -, as in addresses, such \
                 as azure-administrator"
            );
            self.wrong(self.line, what);
        }
    }

    pub(super) fn text(&mut self, name: &'static str) -> Option<String> {
        let (line, value) = self.take(name)?;
        match value {
            Value::String(text) => self.sound(name, line, &text),
            other => {
                self.wrong(
                    line,
                    format!("{name} holds {}; expected a text", kind(&other)),
                );
                None
            }
        }
    }

    fn sound(&mut self, name: &str, line: usize, text: &str) -> Option<String> {
        let text = text.trim();
        let problem = if text.is_empty() {
            "is empty; leave it out or say something"
        } else if text.chars().count() > LONGEST {
            "is longer than 300 characters"
        } else if text.contains(char::is_control) {
            "holds a line break or another control character"
        } else {
            return Some(text.to_owned());
        };
        self.wrong(line, format!("{name} {problem}"));
        None
    }

    /// A list of texts; a single text is a list of one.
    pub(super) fn list(&mut self, name: &'static str) -> Option<Vec<String>> {
        self.placed(name).map(|(_, list)| list)
    }

    fn placed(&mut self, name: &'static str) -> Option<(usize, Vec<String>)> {
        let (line, value) = self.take(name)?;
        let values = match value {
            Value::Array(values) => values,
            one => vec![one],
        };
        if values.len() > MOST {
            self.wrong(line, format!("{name} holds more than {MOST} entries"));
            return None;
        }
        let mut list = Vec::new();
        for value in values {
            match value {
                Value::String(text) => list.extend(self.sound(name, line, &text)),
                other => {
                    let found = kind(&other);
                    self.wrong(
                        line,
                        format!("{name} holds {found}; expected a list of texts"),
                    );
                }
            }
        }
        Some((line, list))
    }

    pub(super) fn slugs(&mut self, name: &'static str) -> Option<Vec<String>> {
        let (line, list) = self.placed(name)?;
        for slug in list.iter().filter(|slug| !is_slug(slug)) {
            let what = format!("{name}: {slug:?} is no slug, such as azure-administrator");
            self.wrong(line, what);
        }
        Some(list)
    }

    pub(super) fn exams(&mut self) -> Option<Vec<String>> {
        let (line, list) = self.placed("exams")?;
        let mut exams = Vec::new();
        for text in list {
            match &codes::find(&text)[..] {
                [one] if one.range == (0..text.len()) => exams.push(one.code.clone()),
                _ => self.wrong(
                    line,
                    format!("exams: {text:?} is no code of an exam, such as AZ-104"),
                ),
            }
        }
        Some(exams)
    }

    /// The last days of exams, as `{ PL-400 = 2026-10-30 }`.
    pub(super) fn exam_retirements(&mut self) -> Option<BTreeMap<String, NaiveDate>> {
        let (line, value) = self.take("exam_retirements")?;
        let Value::Table(table) = value else {
            let found = kind(&value);
            let what = format!(
                "exam_retirements holds {found}; expected the last day of each exam, such as \
                 {{ AZ-104 = 2026-06-30 }}"
            );
            self.wrong(line, what);
            return None;
        };
        let mut last_days = BTreeMap::new();
        for (exam, day) in table {
            let name = format!("exam_retirements: {exam:?}");
            match &codes::find(&exam)[..] {
                [one] if one.range == (0..exam.len()) => {
                    let day = self.day(&name, line, &day);
                    last_days.extend(day.map(|day| (one.code.clone(), day)));
                }
                _ => self.wrong(
                    line,
                    format!("{name} is no code of an exam, such as AZ-104"),
                ),
            }
        }
        Some(last_days)
    }

    fn word(&mut self, name: &'static str) -> Option<(usize, String)> {
        let line = self.left.iter().find(|(known, ..)| known == name)?.1;
        Some((line, self.text(name)?))
    }

    pub(super) fn level(&mut self) -> Option<Level> {
        let (line, word) = self.word("level")?;
        let level = Level::parse(&word);
        if level.is_none() {
            let words = Level::ALL.map(Level::as_str);
            let meant = suggestion(&word, &words);
            self.wrong(
                line,
                format!(
                    "level holds {word:?}{meant}; expected one of {}",
                    words.join(", ")
                ),
            );
        }
        level
    }

    pub(super) fn stated(&mut self) -> Option<Stated> {
        let (line, word) = self.word("state")?;
        let stated = table::stated(&word);
        if stated.is_none() {
            let words = ["active", "retiring", "retired", "renamed", "unknown"];
            let meant = suggestion(&word, &words);
            self.wrong(
                line,
                format!("state holds {word:?}{meant}; expected {STATES}"),
            );
        }
        stated
    }

    pub(super) fn basis(&mut self) -> Option<RetiresBasis> {
        let (line, word) = self.word("retires_basis")?;
        let basis = table::basis(&word);
        if basis.is_none() {
            let meant = suggestion(&word, &["certification", "exam"]);
            let what =
                format!("retires_basis holds {word:?}{meant}; expected certification or exam");
            self.wrong(line, what);
        }
        basis
    }

    pub(super) fn renewal_page(&mut self) -> Option<RenewalPage> {
        let (line, value) = self.take("renewable")?;
        let Value::Boolean(is_renewable) = value else {
            let found = kind(&value);
            let what = format!(
                "renewable holds {found}; expected true where the page for renewing it was seen, \
                 else false"
            );
            self.wrong(line, what);
            return None;
        };
        Some(if is_renewable {
            RenewalPage::Seen
        } else {
            RenewalPage::Missing
        })
    }

    pub(super) fn expires(&mut self) -> Option<Expires> {
        let months = self.months();
        let Some((line, value)) = self.take("expires") else {
            let (line, months) = months?;
            if months.is_some() {
                let what = "validity_months says how long, and nothing whether it expires; add \
                            expires = true";
                self.wrong(line, what.to_owned());
            }
            return None;
        };
        let word = match value {
            Value::Boolean(true) => "yes".to_owned(),
            Value::Boolean(false) => "no".to_owned(),
            Value::String(word) => word,
            other => {
                self.wrong(
                    line,
                    format!("expires holds {}; expected {RULES}", kind(&other)),
                );
                return None;
            }
        };
        let months = months.and_then(|(_, months)| months);
        let needs_months = word == "yes" || word.starts_with("if-");
        if needs_months && months.is_none() {
            let what = "expires says that it ends, and nothing after how long; add validity_months";
            self.wrong(line, what.to_owned());
            return None;
        }
        if !needs_months && months.is_some() {
            let what = "validity_months means nothing where it does not expire; leave it out";
            self.wrong(line, what.to_owned());
            return None;
        }
        let months = months.map(|months| months.to_string());
        let rule = table::expires(&word, months.as_deref().unwrap_or_default());
        if rule.is_none() {
            self.wrong(line, format!("expires holds {word:?}; expected {RULES}"));
        }
        rule
    }

    fn months(&mut self) -> Option<(usize, Option<i64>)> {
        let (line, value) = self.take("validity_months")?;
        let months = value
            .as_integer()
            .filter(|months| (1..=120).contains(months));
        if months.is_none() {
            let found = match &value {
                Value::Integer(months) => months.to_string(),
                other => kind(other).to_owned(),
            };
            let what = format!("validity_months holds {found}; expected 1 to 120");
            self.wrong(line, what);
        }
        Some((line, months))
    }

    /// A day, or an empty text that takes one back.
    pub(super) fn last_day(&mut self, name: &'static str) -> Option<LastDay> {
        let (line, value) = self.take(name)?;
        if value.as_str() == Some("") {
            return Some(LastDay::TakenBack);
        }
        self.day(name, line, &value).map(LastDay::On)
    }

    fn day(&mut self, name: &str, line: usize, value: &Value) -> Option<NaiveDate> {
        let text = match value {
            Value::Datetime(at) if at.time.is_none() => at.to_string(),
            Value::String(text) if text.len() == 10 => text.clone(),
            Value::String(text) => format!("{text:?}"),
            other => kind(other).to_owned(),
        };
        let day = parse_day(&text);
        if day.is_none() {
            self.wrong(
                line,
                format!("{name} holds {text}; expected a day such as 2026-06-30"),
            );
        }
        day
    }

    pub(super) fn known_on(&mut self) -> Option<NaiveDate> {
        let Some((line, value)) = self.take("as_of") else {
            let what = "as_of is missing: expected the day on which this was known to be true, \
                        such as 2026-11-22";
            self.wrong(self.line, what.to_owned());
            return None;
        };
        self.day("as_of", line, &value)
    }

    pub(super) fn nothing_is_left(&mut self) {
        for (name, line, _) in std::mem::take(&mut self.left) {
            let meant = suggestion(&name, &NAMES);
            let what = format!(
                "{name:?} is not known{meant}; expected {}",
                NAMES.join(", ")
            );
            self.wrong(line, what);
        }
    }
}
