//! The list as a table of CSV.

use crate::report::neutral;
use crate::report::sheet::guarded;
use crate::watch::{Entry, Label, RenewalPlan};

/// The columns, in their order. The first three are those of `batch`.
pub(super) const HEADERS: [&str; 10] = [
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
///
/// [`Importer`]: crate::watch::Importer
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
