//! Holds a table to what every table must keep: the rules that a row can break while it
//! still reads.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::entry::{Entry, Expires, RetiresBasis, Stated};
use super::table::{self, Row};
use super::{Catalog, State, codes, title};

/// What is wrong with a row of a table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Flaw {
    /// The line in the file; the header is the first.
    pub line: u64,
    /// What is wrong, and of which certification.
    pub what: String,
}

/// The words that a row may rest on, each a source and how far it goes.
const SOURCES: [&str; 6] = [
    "official-page",
    "official-repo-2021",
    "official-repo-2021+catalogue-copy-2026-03",
    "catalogue-copy-2026-03",
    "transcript-data",
    "third-party",
];

/// What a note says where no date of retirement was found.
const NO_DATE: [&str; 2] = ["date not found", "date not known"];

/// Everything that is wrong with a table in the form of `certifications.csv`.
///
/// ```
/// let table = include_str!("certifications.csv");
/// assert_eq!(bonafide::catalog::flaws(table), []);
/// ```
pub fn flaws(table: &str) -> Vec<Flaw> {
    let (rows, mut flaws) = read(table);
    if rows.is_empty() && flaws.is_empty() {
        flaws.push(Flaw {
            line: 1,
            what: "the table holds no row".to_owned(),
        });
    }
    for one in &rows {
        let wrong = of_row(one);
        flaws.extend(wrong.into_iter().map(|what| one.flaw(what)));
    }
    flaws.extend(of_all(&rows));
    flaws.sort();
    flaws
}

/// A row that reads, with its line and its texts.
struct Line {
    number: u64,
    entry: Entry,
    row: Row,
}

impl Line {
    fn flaw(&self, what: impl std::fmt::Display) -> Flaw {
        let name = self.entry.slug().unwrap_or(self.entry.title());
        Flaw {
            line: self.number,
            what: format!("{name}: {what}"),
        }
    }
}

fn read(table: &str) -> (Vec<Line>, Vec<Flaw>) {
    let mut lines = Vec::new();
    let mut flaws = Vec::new();
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let headers = reader.headers().cloned().unwrap_or_default();
    for record in reader.records() {
        let read = record.map_err(|error| {
            let line = error.position().map_or(1, csv::Position::line);
            (line, error.to_string())
        });
        let read = read.and_then(|record| {
            let number = record.position().map_or(1, csv::Position::line);
            let row: Row = record
                .deserialize(Some(&headers))
                .map_err(|error| (number, error.to_string()))?;
            let entry = table::entry(row.clone()).map_err(|error| (number, error.to_string()))?;
            Ok(Line { number, entry, row })
        });
        match read {
            Ok(line) => lines.push(line),
            Err((line, what)) => flaws.push(Flaw { line, what }),
        }
    }
    (lines, flaws)
}

/// What a row says for itself.
fn of_row(line: &Line) -> Vec<String> {
    let rules = names(line).into_iter().chain(facts(line));
    let broken = rules.filter(|(holds, _)| !holds);
    let mut wrong: Vec<String> = broken.map(|(_, what)| what.to_owned()).collect();
    for exam in &line.entry.exams {
        if !matches!(&codes::find(exam)[..], [one] if one.code == *exam) {
            wrong.push(format!("{exam:?} is no code of an exam"));
        }
    }
    for exam in line.entry.exam_retirements.keys() {
        if !line.entry.exams.contains(exam) {
            wrong.push(format!(
                "exam_retirements holds {exam}, which is not one of its exams"
            ));
        }
    }
    wrong.extend(of_any_day(&line.entry));
    wrong
}

/// Whether a rule holds, and what is wrong where it does not.
type Rule = (bool, &'static str);

fn names(line: &Line) -> [Rule; 5] {
    let (entry, row) = (&line.entry, &line.row);
    let slug = entry.slug();
    [
        (!entry.title.trim().is_empty(), "it has no title"),
        (
            SOURCES.contains(&row.confidence.as_str()),
            "its confidence is not one of the known sources",
        ),
        (slug.is_none_or(super::yours::is_slug), "its slug is none"),
        (
            slug.is_none_or(|slug| row.uid == format!("certification.{slug}")),
            "its uid is not certification. and its slug",
        ),
        (
            matches!(row.uid_basis.as_str(), "observed" | "derived") || slug.is_none(),
            "its uid_basis is neither observed nor derived",
        ),
    ]
}

fn facts(line: &Line) -> [Rule; 5] {
    let (entry, row) = (&line.entry, &line.row);
    let has_day = entry.retires_on.is_some();
    let is_over = matches!(entry.stated, Stated::Retired | Stated::Retiring);
    let says_so = NO_DATE.iter().any(|words| row.note.contains(words));
    let ends = matches!(
        entry.expires,
        Expires::After { .. } | Expires::IfEarnedFrom { .. }
    );
    [
        (
            !is_over || has_day || says_so,
            "it is retired or retiring without a day, and its note does not say \"date not found\"",
        ),
        (
            has_day == (entry.retires_basis != RetiresBasis::None),
            "retires_on and retires_basis do not stand together",
        ),
        (
            !has_day || is_over,
            "it has a day of retirement, and its state is neither retired nor retiring",
        ),
        (
            ends != row.validity_months.is_empty(),
            "expires and validity_months do not stand together",
        ),
        (
            entry.stated != Stated::Replaced || !entry.replacement.is_empty(),
            "it is renamed or superseded, and no replacement carries it on",
        ),
    ]
}

/// States that do not follow one another as the days go by: what is over stays over, and
/// changes on the day after the one that is given.
fn of_any_day(entry: &Entry) -> Option<String> {
    let rank = |day: NaiveDate| match entry.state_on(day) {
        State::Unknown => 0,
        State::Current => 1,
        State::Retiring(_) => 2,
        State::Retired(_) => 3,
    };
    let turning = [entry.retires_on, Some(entry.known_on)];
    let mut days: Vec<NaiveDate> = turning
        .into_iter()
        .flatten()
        .flat_map(|day| [day.pred_opt(), Some(day), day.succ_opt()])
        .flatten()
        .collect();
    days.sort_unstable();
    let goes_back = days.windows(2).any(|pair| rank(pair[0]) > rank(pair[1]));
    let is_exact = entry.retires_on.is_none_or(|last| {
        let after = last.succ_opt().unwrap_or(last);
        !matches!(entry.state_on(last), State::Retired(_))
            && matches!(entry.state_on(after), State::Retired(_))
    });
    (goes_back || !is_exact).then(|| "its state and its days do not agree".to_owned())
}

/// What rows say together.
fn of_all(lines: &[Line]) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    let slugs: BTreeSet<&str> = lines.iter().filter_map(|line| line.entry.slug()).collect();
    let mut seen = BTreeMap::new();
    let mut once = |kind: &str, name: String, line: &Line| -> Option<Flaw> {
        let first = *seen
            .entry((kind.to_owned(), name.clone()))
            .or_insert(line.number);
        (first != line.number)
            .then(|| line.flaw(format!("{kind} {name:?} stands in line {first} too")))
    };
    for line in lines {
        let entry = &line.entry;
        flaws.extend(once("the uid", line.row.uid.clone(), line));
        for name in entry.slug.iter().chain(&entry.aliases) {
            flaws.extend(once("the slug", name.clone(), line));
        }
        if !entry.is_replaced() {
            flaws.extend(once("the title", title::key(&entry.title), line));
        }
        for slug in &entry.replacement {
            if Some(slug.as_str()) == entry.slug() {
                flaws.push(line.flaw("it replaces itself"));
            } else if !slugs.contains(slug.as_str()) {
                flaws.push(line.flaw(format!("its replacement {slug} is no row")));
            }
        }
    }
    flaws.extend(exams_twice(lines));
    let catalog = Catalog::of(lines.iter().map(|line| line.entry.clone()).collect());
    flaws.extend(circles(lines, &catalog));
    flaws.extend(exams_left_behind(lines, &catalog));
    flaws
}

/// Exams that lead to two certifications at one time, as far as the table knows of a time:
/// from its newest day on.
fn exams_twice(lines: &[Line]) -> Vec<Flaw> {
    let Some(day) = lines.iter().map(|line| line.entry.known_on).max() else {
        return Vec::new();
    };
    let is_offered =
        |entry: &Entry| matches!(entry.state_on(day), State::Current | State::Retiring(_));
    let mut first: BTreeMap<&str, u64> = BTreeMap::new();
    let mut flaws = Vec::new();
    for line in lines.iter().filter(|line| is_offered(&line.entry)) {
        for exam in line.entry.exams_left_on(day) {
            let other = *first.entry(exam).or_insert(line.number);
            if other != line.number {
                flaws.push(line.flaw(format!(
                    "the exam {exam} leads to the one in line {other} at the same time"
                )));
            }
        }
    }
    flaws
}

/// Rows that carry one another on in a circle.
fn circles(lines: &[Line], catalog: &Catalog) -> Vec<Flaw> {
    let ends_replaced = |line: &&Line| {
        let slug = line.entry.slug().unwrap_or_default();
        let found = catalog.find_slug(slug);
        line.entry.is_replaced() && found.is_some_and(|found| found.entry.is_replaced())
    };
    let round = lines.iter().filter(ends_replaced);
    round
        .map(|line| line.flaw("what carries it on leads to no certification that is offered"))
        .collect()
}

/// Exams of a name that was given up: what carries it on has them too, or they are gone. Else
/// the one exam would be taken for the other.
fn exams_left_behind(lines: &[Line], catalog: &Catalog) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    for line in lines.iter().filter(|line| line.entry.is_replaced()) {
        let carrying = catalog.carrying_on(&line.entry);
        for exam in &line.entry.exams {
            let has_end = line.entry.exam_retirements.contains_key(exam);
            if !has_end && !carrying.exams.contains(exam) {
                flaws.push(line.flaw(format!(
                    "{exam} leads to no certification that carries it on, and has no last day"
                )));
            }
        }
    }
    flaws
}

#[cfg(test)]
mod tests;
