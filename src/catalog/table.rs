//! Reads the table that ships with the program.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;

use super::entry::{
    Entry, Expires, Level, RenewalPage, RetiresBasis, RowOrigin, Stated, parse_day,
};

/// The table, as it is checked in.
pub(super) const TABLE: &str = include_str!("certifications.csv");

/// Why a row cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum RowError {
    #[error("the row cannot be read: {0}")]
    Csv(#[from] csv::Error),
    #[error("{name}: {column} holds {value:?}, which is not one of its words")]
    Word {
        name: String,
        column: &'static str,
        value: String,
    },
}

/// The texts of a row.
#[derive(Clone, Deserialize)]
pub(super) struct Row {
    slug: String,
    pub(super) uid: String,
    pub(super) uid_basis: String,
    title: String,
    former_titles: String,
    aliases: String,
    level: String,
    exams: String,
    #[serde(default)]
    exam_retirements: String,
    state: String,
    retires_on: String,
    retires_basis: String,
    replacement: String,
    expires: String,
    pub(super) validity_months: String,
    renewable: String,
    pub(super) confidence: String,
    as_of: String,
    pub(super) note: String,
}

/// Reads every row of a table with a header.
pub(super) fn read(table: &str) -> Result<Vec<Entry>, RowError> {
    csv::Reader::from_reader(table.as_bytes())
        .deserialize::<Row>()
        .map(|row| entry(row?))
        .collect()
}

/// What a row says.
pub(super) fn entry(row: Row) -> Result<Entry, RowError> {
    let wrong = |column, value: &str| RowError::Word {
        name: match row.slug.as_str() {
            "" => row.title.clone(),
            slug => slug.to_owned(),
        },
        column,
        value: value.to_owned(),
    };
    let day = |column, value: &str| parse_day(value).ok_or_else(|| wrong(column, value));
    Ok(Entry {
        level: Level::parse(&row.level).ok_or_else(|| wrong("level", &row.level))?,
        stated: stated(&row.state).ok_or_else(|| wrong("state", &row.state))?,
        retires_on: optional(&row.retires_on)
            .map(|text| day("retires_on", text))
            .transpose()?,
        retires_basis: basis(&row.retires_basis)
            .ok_or_else(|| wrong("retires_basis", &row.retires_basis))?,
        expires: expires(&row.expires, &row.validity_months)
            .ok_or_else(|| wrong("expires", &row.expires))?,
        renewal_page: page(&row.renewable).ok_or_else(|| wrong("renewable", &row.renewable))?,
        known_on: day("as_of", &row.as_of)?,
        former_titles: list(&row.former_titles, '|'),
        aliases: list(&row.aliases, ';'),
        exams: list(&row.exams, ';'),
        exam_retirements: exam_retirements(&row.exam_retirements)
            .ok_or_else(|| wrong("exam_retirements", &row.exam_retirements))?,
        replacement: list(&row.replacement, ';'),
        slug: optional(&row.slug).map(str::to_owned),
        note: optional(&row.note).map(str::to_owned),
        confidence: row.confidence,
        origin: RowOrigin::Shipped,
        title: row.title,
    })
}

fn optional(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn list(text: &str, separator: char) -> Vec<String> {
    text.split(separator)
        .filter_map(optional)
        .map(str::to_owned)
        .collect()
}

/// Reads `AI-900=2026-06-30`, several separated by `;`.
fn exam_retirements(text: &str) -> Option<BTreeMap<String, NaiveDate>> {
    let one = |text: String| {
        let (exam, day) = text.split_once('=')?;
        Some((exam.to_owned(), parse_day(day)?))
    };
    list(text, ';').into_iter().map(one).collect()
}

pub(super) fn stated(word: &str) -> Option<Stated> {
    Some(match word {
        "active" => Stated::Active,
        "retiring" => Stated::Retiring,
        "retired" => Stated::Retired,
        "renamed" | "superseded" => Stated::Replaced,
        "uncertain" | "unknown" => Stated::Unknown,
        _ => return None,
    })
}

pub(super) fn basis(word: &str) -> Option<RetiresBasis> {
    Some(match word {
        "certification" => RetiresBasis::Certification,
        "exam" => RetiresBasis::Exam,
        "" => RetiresBasis::None,
        _ => return None,
    })
}

pub(super) fn page(word: &str) -> Option<RenewalPage> {
    Some(match word {
        "yes" => RenewalPage::Seen,
        "page-404-when-last-seen" => RenewalPage::Missing,
        "" => RenewalPage::Unknown,
        _ => return None,
    })
}

pub(super) fn expires(word: &str, months: &str) -> Option<Expires> {
    let months = || months.parse().ok();
    Some(match word {
        "yes" => Expires::After { months: months()? },
        "no" => Expires::Never,
        "no-unconfirmed" => Expires::NeverUnconfirmed,
        "unknown" => Expires::Unknown,
        _ => Expires::IfEarnedFrom {
            day: earned_from(word)?,
            months: months()?,
        },
    })
}

fn earned_from(word: &str) -> Option<NaiveDate> {
    parse_day(word.strip_prefix("if-earned-on-or-after-")?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read_whole() {
        assert_eq!(read(TABLE).unwrap().len(), 179);
    }

    #[test]
    fn last_days_of_exams_are_read() {
        let read = exam_retirements("AI-900=2026-06-30;AZ-800=2026-09-30").unwrap();
        assert_eq!(read["AI-900"], "2026-06-30".parse().unwrap());
        assert_eq!(read.len(), 2);
        assert!(exam_retirements("").unwrap().is_empty());
        for wrong in ["AI-900", "AI-900=soon", "AI-900=2026-06-30;x"] {
            assert_eq!(exam_retirements(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_wrong_word_is_an_error_that_names_its_row_and_column() {
        let header = TABLE.lines().next().unwrap();
        let row = TABLE.lines().nth(1).unwrap().replace("active", "actve");
        let error = read(&format!("{header}\n{row}\n")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "ai-agent-builder-associate: state holds \"actve\", which is not one of its words"
        );
    }
}
