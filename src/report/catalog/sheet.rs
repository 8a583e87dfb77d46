//! Certifications as CSV.

use std::borrow::Cow;

use chrono::{DateTime, Utc};

use super::super::neutral;
use super::super::sheet::cell::guarded;
use super::row::RowJson;
use crate::catalog::{Catalog, Entry};

const COLUMNS: [&str; 20] = [
    "slug",
    "title",
    "former_titles",
    "aliases",
    "level",
    "exams",
    "state",
    "retires_on",
    "retires_basis",
    "replacement",
    "expires",
    "validity_months",
    "renewal_url",
    "known_on",
    "is_old",
    "confidence",
    "origin",
    "note",
    "exam_retirements",
    "carried_on_by",
];

/// Certifications as CSV with a header; several values of a cell are joined as in the
/// checked-in table.
///
/// # Errors
/// None that can happen: it is written to memory.
pub fn sheet(
    entries: &[&Entry],
    catalog: &Catalog,
    as_of: DateTime<Utc>,
) -> Result<String, csv::Error> {
    let mut out = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    out.write_record(COLUMNS)?;
    for entry in entries {
        let cells = cells(RowJson::of(entry, catalog, as_of.date_naive()));
        let cells =
            cells.map(|cell| guarded(Cow::Owned(neutral::data(&cell).into_owned())).into_owned());
        out.write_record(cells)?;
    }
    let bytes = out.into_inner().map_err(csv::IntoInnerError::into_error)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn cells(row: RowJson) -> [String; COLUMNS.len()] {
    let rule = match &row.expires_if_earned_from {
        Some(day) => format!("if-earned-on-or-after-{day}"),
        None => row.expires.to_owned(),
    };
    [
        row.slug.unwrap_or_default(),
        row.title,
        row.former_titles.join("|"),
        row.aliases.join(";"),
        row.level.to_owned(),
        row.exams.join(";"),
        row.state.to_owned(),
        row.retires_on.unwrap_or_default(),
        row.retires_basis.unwrap_or_default().to_owned(),
        row.replacement.join(";"),
        rule,
        row.validity_months
            .map(|months| months.to_string())
            .unwrap_or_default(),
        row.renewal_url.unwrap_or_default(),
        row.known_on,
        row.is_old.to_string(),
        row.confidence,
        row.origin.to_owned(),
        row.note.unwrap_or_default(),
        row.exam_retirements
            .iter()
            .map(|(exam, last)| format!("{exam}={last}"))
            .collect::<Vec<_>>()
            .join(";"),
        row.carried_on_by.unwrap_or_default(),
    ]
}
