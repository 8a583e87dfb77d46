//! Reads a file of skill areas.

use std::collections::BTreeMap;
use std::ops::Range;

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;
use url::Url;

use super::super::code::Exam;
use super::{Area, SkillSet, words};

/// Areas of one exam; a study guide has three to eight.
const MOST_AREAS: usize = 100;

/// A file of skill areas that cannot be used, with the line of what is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{problem}", line.map_or_else(String::new, |line| format!("line {line}: ")))]
pub struct SkillsError {
    line: Option<usize>,
    problem: Problem,
}

impl SkillsError {
    /// The line of what is wrong, from 1.
    pub const fn line(&self) -> Option<usize> {
        self.line
    }
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
enum Problem {
    #[error("{0}")]
    Toml(String),
    #[error("the file holds no exam: expected a table such as [exam.AI-102]")]
    NoExam,
    #[error("expected the code of an exam, such as AI-102, found {0:?}")]
    NotACode(String),
    #[error("{0} is there twice")]
    Twice(Exam),
    #[error("{exam}: as_of: expected a day such as 2025-12-23, found {found}")]
    NotADay { exam: Exam, found: String },
    #[error("{exam}: expected areas, each under [[exam.{exam}.area]], found {found}")]
    Areas { exam: Exam, found: usize },
    #[error("{exam}: an area has no name")]
    NoName { exam: Exam },
    #[error("{exam}: {name:?} is the name of two areas")]
    SameName { exam: Exam, name: String },
    #[error(
        "{exam}: percent: expected the two ends of a range, such as [20, 25], within 0 to 100, \
         found {found:?}"
    )]
    NotARange { exam: Exam, found: Vec<i64> },
    #[error(
        "{exam}: the ranges make {low} to {high} % together, which leaves no room for 100; is an \
         area missing or a number mistyped?"
    )]
    NotAWhole { exam: Exam, low: u32, high: u32 },
    #[error("{exam}: {key}: expected an address that begins with https://, found {found:?}")]
    NotAnAddress {
        exam: Exam,
        key: &'static str,
        found: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    exam: BTreeMap<Spanned<String>, Spanned<Table>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    title: Option<String>,
    as_of: Spanned<Datetime>,
    source: Option<Spanned<String>>,
    #[serde(default)]
    area: Vec<Spanned<AreaTable>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AreaTable {
    name: Spanned<String>,
    #[serde(default)]
    aliases: Vec<Spanned<String>>,
    percent: Spanned<Vec<i64>>,
    modules: Option<Spanned<String>>,
}

pub(super) fn read(text: &str) -> Result<Vec<SkillSet>, SkillsError> {
    let file: File = toml::from_str(text).map_err(|error| SkillsError {
        line: error.span().map(|span| line_of(text, span.start)),
        problem: Problem::Toml(error.message().trim().replace('\n', ", ")),
    })?;
    let mut tables: Vec<_> = file.exam.into_iter().collect();
    // In the file's order, so that of two the later one is said to be wrong.
    tables.sort_by_key(|(_, table)| table.span().start);
    let mut sets: Vec<SkillSet> = Vec::new();
    for (code, table) in tables {
        let at = code.span();
        let Some(exam) = Exam::of_form(code.get_ref()) else {
            let found = code.into_inner().chars().take(40).collect();
            return Err(error(text, &at, Problem::NotACode(found)));
        };
        if sets.iter().any(|set| set.exam == exam) {
            return Err(error(text, &at, Problem::Twice(exam)));
        }
        sets.push(Reader { text, exam }.set(table)?);
    }
    if sets.is_empty() {
        return Err(SkillsError {
            line: None,
            problem: Problem::NoExam,
        });
    }
    Ok(sets)
}

fn error(text: &str, at: &Range<usize>, problem: Problem) -> SkillsError {
    SkillsError {
        line: Some(line_of(text, at.start)),
        problem,
    }
}

fn line_of(text: &str, at: usize) -> usize {
    let before = text.as_bytes().iter().take(at);
    before.filter(|byte| **byte == b'\n').count() + 1
}

/// Reads one exam.
struct Reader<'t> {
    text: &'t str,
    exam: Exam,
}

impl Reader<'_> {
    fn set(&self, table: Spanned<Table>) -> Result<SkillSet, SkillsError> {
        let at = table.span();
        let table = table.into_inner();
        let found = table.area.len();
        if !(1..=MOST_AREAS).contains(&found) {
            let exam = self.exam.clone();
            return Err(self.error(&at, Problem::Areas { exam, found }));
        }
        let mut areas: Vec<Area> = Vec::new();
        for area in table.area {
            let area = self.area(area.into_inner(), &areas)?;
            areas.push(area);
        }
        let sum = |of: fn(&Area) -> u8| areas.iter().map(|area| u32::from(of(area))).sum::<u32>();
        let (low, high) = (sum(Area::low), sum(Area::high));
        if !(low..=high).contains(&100) {
            let exam = self.exam.clone();
            return Err(self.error(&at, Problem::NotAWhole { exam, low, high }));
        }
        Ok(SkillSet {
            exam: self.exam.clone(),
            title: table.title,
            as_of: self.day(&table.as_of)?,
            source: self.address("source", table.source)?,
            areas,
        })
    }

    fn area(&self, table: AreaTable, others: &[Area]) -> Result<Area, SkillsError> {
        let exam = || self.exam.clone();
        let at = table.percent.span();
        let range = match table.percent.get_ref()[..] {
            [low, high] if low <= high => u8::try_from(low).ok().zip(u8::try_from(high).ok()),
            _ => None,
        };
        let Some((low, high)) = range.filter(|(_, high)| (1..=100).contains(high)) else {
            let found = table.percent.into_inner().into_iter().take(8).collect();
            return Err(self.error(
                &at,
                Problem::NotARange {
                    exam: exam(),
                    found,
                },
            ));
        };
        for name in std::iter::once(&table.name).chain(&table.aliases) {
            let wanted = words(name.get_ref());
            if wanted.is_empty() {
                return Err(self.error(&name.span(), Problem::NoName { exam: exam() }));
            }
            let mut taken = others.iter().flat_map(Area::names);
            if taken.any(|taken| words(taken) == wanted) {
                let name_of = name.get_ref().chars().take(80).collect();
                let problem = Problem::SameName {
                    exam: exam(),
                    name: name_of,
                };
                return Err(self.error(&name.span(), problem));
            }
        }
        Ok(Area {
            name: table.name.into_inner(),
            aliases: table.aliases.into_iter().map(Spanned::into_inner).collect(),
            low,
            high,
            modules: self.address("modules", table.modules)?,
        })
    }

    fn day(&self, as_of: &Spanned<Datetime>) -> Result<NaiveDate, SkillsError> {
        let found = as_of.get_ref().to_string();
        NaiveDate::parse_from_str(&found, "%Y-%m-%d").map_err(|_| {
            let exam = self.exam.clone();
            self.error(&as_of.span(), Problem::NotADay { exam, found })
        })
    }

    fn address(
        &self,
        key: &'static str,
        address: Option<Spanned<String>>,
    ) -> Result<Option<String>, SkillsError> {
        let Some(address) = address else {
            return Ok(None);
        };
        match Url::parse(address.get_ref()) {
            Ok(url) if url.scheme() == "https" && url.username().is_empty() => {
                Ok(Some(url.to_string()))
            }
            _ => {
                let found = address.get_ref().chars().take(80).collect();
                let exam = self.exam.clone();
                Err(self.error(&address.span(), Problem::NotAnAddress { exam, key, found }))
            }
        }
    }

    fn error(&self, at: &Range<usize>, problem: Problem) -> SkillsError {
        error(self.text, at, problem)
    }
}
