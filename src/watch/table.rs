//! The list as a table: written as CSV, and read from any list that `batch` reads.

use crate::batch::input::{Columns, Row};
use crate::link;
use crate::report::neutral;
use crate::report::sheet::{guarded, unguarded};
use crate::watch::{Details, Entry, EntryId, Label, RenewalPlan, TrackedLink};

/// The columns, in their order. The first three are those of `batch`.
const HEADERS: [&str; 10] = [
    "link",
    "name",
    "email",
    "lead",
    "labels",
    "language",
    "channels",
    "note",
    "snoozed_until",
    "will_not_renew",
];

/// Writes entries as CSV that `batch` and [`Importer`] read.
pub fn to_csv(entries: &[Entry]) -> Vec<u8> {
    let header = HEADERS.map(str::to_owned).to_vec();
    let records = std::iter::once(header).chain(entries.iter().map(record));
    in_memory(records)
}

fn in_memory(records: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut out = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for record in records {
        let cells = record
            .iter()
            .map(|cell| guarded(neutral::data(cell)).into_owned());
        out.write_record(cells.map(String::into_bytes))
            .expect("memory takes every record");
    }
    out.into_inner().expect("memory takes every record")
}

fn record(entry: &Entry) -> Vec<String> {
    let details = &entry.details;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let labels: Vec<&str> = details.labels.iter().map(Label::as_str).collect();
    let mail = |mail: &Option<crate::watch::MailAddress>| {
        mail.as_ref().map(ToString::to_string).unwrap_or_default()
    };
    let language = details
        .language
        .map(|language| language.as_str().to_owned());
    let snoozed = entry.snoozed_until.map(|day| day.to_string());
    let will_not = entry.plan == RenewalPlan::LetEnd;
    vec![
        entry.link.to_string(),
        text(&details.name),
        mail(&details.owner),
        mail(&details.lead),
        labels.join(";"),
        language.unwrap_or_default(),
        details.channels.join(";"),
        text(&details.note),
        snoozed.unwrap_or_default(),
        if will_not {
            "yes".to_owned()
        } else {
            String::new()
        },
    ]
}

/// Reads entries from the rows of a list.
#[derive(Debug)]
pub struct Importer<'c> {
    columns: &'c Columns,
    /// Where each of [`HEADERS`] stands.
    places: Vec<Option<usize>>,
}

impl<'c> Importer<'c> {
    /// For a list with these headers; `columns` find what every list has.
    pub fn new(headers: &[String], columns: &'c Columns) -> Self {
        let place = |name: &&str| {
            let same = |header: &String| header.trim().replace(' ', "_").eq_ignore_ascii_case(name);
            headers.iter().position(same)
        };
        Self {
            columns,
            places: HEADERS.iter().map(place).collect(),
        }
    }

    /// Reads a row.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn entry(&self, row: &Row) -> Result<Entry, String> {
        let candidate = self.columns.candidate(row);
        let judged = link::judge(candidate.link);
        let Some(link) = TrackedLink::of(&judged) else {
            let why = judged.findings().last();
            return Err(why.map_or_else(|| "no link".to_owned(), |why| why.message().to_owned()));
        };
        let owner = candidate
            .email
            .map(|mail| unguarded(mail.trim()).parse())
            .transpose();
        let lead = self
            .cell(row, "lead")
            .map(|mail| unguarded(mail).parse())
            .transpose();
        let labels = parts(self.cell(row, "labels")).map(str::parse).collect();
        let language = self.cell(row, "language").map(|tag| {
            let known = crate::report::request::Language::of_locale(tag);
            known.ok_or_else(|| "expected a language such as en or de".to_owned())
        });
        let snoozed_until = self.cell(row, "snoozed_until").map(|day| {
            day.parse()
                .map_err(|_| "expected a day such as 2026-11-22 in snoozed_until".to_owned())
        });
        let will_not = self.cell(row, "will_not_renew").is_some_and(says_yes);
        Ok(Entry {
            id: EntryId(0),
            link,
            details: Details {
                name: candidate.name.map(|name| unguarded(name.trim()).to_owned()),
                owner: owner.map_err(|error: crate::watch::MailAddressError| error.to_string())?,
                lead: lead
                    .map_err(|error: crate::watch::MailAddressError| format!("lead: {error}"))?,
                labels: Result::map_err(labels, |error: crate::watch::LabelError| {
                    error.to_string()
                })?,
                language: language.transpose()?,
                channels: parts(self.cell(row, "channels"))
                    .map(str::to_owned)
                    .collect(),
                note: self
                    .cell(row, "note")
                    .map(|note| unguarded(note).to_owned()),
            },
            snoozed_until: snoozed_until.transpose()?,
            plan: if will_not {
                RenewalPlan::LetEnd
            } else {
                RenewalPlan::Renew
            },
        })
    }

    fn cell<'r>(&self, row: &'r Row, name: &str) -> Option<&'r str> {
        let at = HEADERS.iter().position(|header| *header == name)?;
        let cell = row.cells.get(self.places[at]?)?.trim();
        (!cell.is_empty()).then_some(cell)
    }
}

fn parts(cell: Option<&str>) -> impl Iterator<Item = &str> {
    let parts = cell.unwrap_or_default().split([';', ',']);
    parts.map(str::trim).filter(|part| !part.is_empty())
}

fn says_yes(cell: &str) -> bool {
    ["yes", "true", "1", "x", "ja"]
        .iter()
        .any(|yes| cell.eq_ignore_ascii_case(yes))
}
