//! The user's own rows: a TOML file that adds certifications or corrects known ones.
//!
//! A table such as `[certification.azure-administrator]` names only what differs, under the
//! names of the shipped table's columns. Everything that is wrong is found at once, each
//! with its line.

mod apply;
mod field;
mod say;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;
use toml::{Spanned, Value};

use super::entry::{Entry, Expires, Level, RenewalPage, RetiresBasis, Stated};
use field::Fields;
pub(super) use say::is_slug;

/// The user's own rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Yours {
    rows: Vec<Correction>,
}

/// A row of the user's, as far as it says anything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Correction {
    line: usize,
    slug: String,
    title: Option<String>,
    former_titles: Option<Vec<String>>,
    aliases: Option<Vec<String>>,
    level: Option<Level>,
    exams: Option<Vec<String>>,
    exam_retirements: Option<BTreeMap<String, NaiveDate>>,
    stated: Option<Stated>,
    retires_on: Option<LastDay>,
    retires_basis: Option<RetiresBasis>,
    replacement: Option<Vec<String>>,
    expires: Option<Expires>,
    renewal_page: Option<RenewalPage>,
    known_on: NaiveDate,
    source: Option<String>,
    note: Option<String>,
}

/// What a row says of the last day of its certification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LastDay {
    On(NaiveDate),
    /// The one that was known is wrong.
    TakenBack,
}

/// What is wrong with a file of own rows, all of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", listed(.problems))]
pub struct YoursError {
    problems: Vec<Problem>,
}

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Problem {
    line: Option<usize>,
    what: String,
}

/// The most problems that are said at once: who has more has another file in hand.
const SAID: usize = 20;

fn listed(problems: &[Problem]) -> String {
    let line = |problem: &Problem| match problem.line {
        Some(line) => format!("line {line}: {}", problem.what),
        None => problem.what.clone(),
    };
    let mut said: Vec<_> = problems.iter().take(SAID).map(line).collect();
    if problems.len() > SAID {
        said.push(format!("and {} more", problems.len() - SAID));
    }
    said.join("\n")
}

impl YoursError {
    fn of(mut problems: Vec<Problem>) -> Self {
        problems.sort();
        Self { problems }
    }

    /// The lines with something wrong, where they are known.
    pub fn lines(&self) -> impl Iterator<Item = usize> {
        self.problems.iter().filter_map(|problem| problem.line)
    }
}

/// The most rows of a file: many times what exists.
const MOST: usize = 1000;

type Table = BTreeMap<Spanned<String>, Spanned<Value>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    certification: BTreeMap<Spanned<String>, Spanned<Table>>,
}

impl Yours {
    /// Reads a file of own rows.
    ///
    /// # Errors
    /// When it is no TOML or a row says something that cannot be; the message has a line for
    /// each problem.
    ///
    /// ```
    /// use bonafide::catalog::{Catalog, RowOrigin, Yours};
    ///
    /// let text = r#"
    /// [certification.azure-administrator]
    /// retires_on = 2027-06-30
    /// as_of = 2026-11-20
    /// source = "mail from Microsoft"
    /// "#;
    /// let yours = Yours::parse(text).unwrap();
    /// let catalog = Catalog::with(None, Some(&yours)).unwrap();
    /// let found = catalog.find_exam("AZ-104")[0];
    /// assert_eq!(found.origin(), RowOrigin::Yours);
    /// ```
    pub fn parse(text: &str) -> Result<Self, YoursError> {
        let lines = Lines::of(text);
        let file: File = toml::from_str(text).map_err(|error| {
            let line = error.span().map(|span| lines.at(span.start));
            let what = error.message().to_owned();
            YoursError::of(vec![Problem { line, what }])
        })?;
        if file.certification.len() > MOST {
            let what = format!(
                "the file holds {} certifications; expected at most {MOST}",
                file.certification.len()
            );
            return Err(YoursError::of(vec![Problem { line: None, what }]));
        }
        let mut rows = Vec::new();
        let mut problems = Vec::new();
        for (slug, table) in file.certification {
            let line = lines.at(slug.span().start);
            let mut fields = Fields::of(&lines, line, table.into_inner());
            let row = correction(slug.into_inner(), line, &mut fields);
            problems.extend(fields.problems());
            rows.extend(row);
        }
        if problems.is_empty() {
            rows.sort_by_key(|row| row.line);
            Ok(Self { rows })
        } else {
            Err(YoursError::of(problems))
        }
    }

    /// How many certifications it is about.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The slugs that it is about, in the order of the file.
    pub fn slugs(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().map(|row| row.slug.as_str())
    }

    /// Adds and corrects rows.
    pub(super) fn merge(&self, entries: &mut Vec<Entry>) -> Result<(), YoursError> {
        apply::merge(&self.rows, entries)
    }
}

fn correction(slug: String, line: usize, fields: &mut Fields) -> Option<Correction> {
    fields.slug(&slug);
    let row = Correction {
        line,
        slug,
        title: fields.text("title"),
        former_titles: fields.list("former_titles"),
        aliases: fields.slugs("aliases"),
        level: fields.level(),
        exams: fields.exams(),
        exam_retirements: fields.exam_retirements(),
        stated: fields.stated(),
        retires_on: fields.last_day("retires_on"),
        retires_basis: fields.basis(),
        replacement: fields.slugs("replacement"),
        expires: fields.expires(),
        renewal_page: fields.renewal_page(),
        source: fields.text("source"),
        note: fields.text("note"),
        known_on: fields.known_on().unwrap_or_default(),
    };
    fields.nothing_is_left();
    fields.is_sound().then_some(row)
}

/// Where the lines of a file end, so that each place is found at once.
struct Lines {
    ends: Vec<usize>,
    last: usize,
}

impl Lines {
    fn of(text: &str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self {
            ends: ends.map(|(at, _)| at).collect(),
            last: text.lines().count().max(1),
        }
    }

    /// The line of a place; one behind the end is on the last.
    fn at(&self, place: usize) -> usize {
        let before = self.ends.partition_point(|end| *end < place);
        (before + 1).min(self.last)
    }
}
