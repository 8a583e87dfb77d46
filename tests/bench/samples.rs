//! What is measured.

use bonafide::source::{Answerer, Evidence, EvidenceKind, Origin};
use chrono::{DateTime, Utc};

pub(crate) const LINK: &str = "https://learn.microsoft.com/api/credentials/share/en-us/buchheister/20170DBC5AC04E38?sharingId=C72B4F60A795D7E4";

/// The size of a transcript with many modules, in bytes.
const TRANSCRIPT: usize = 600_000;

pub(crate) fn as_of() -> DateTime<Utc> {
    "2026-11-22T00:00:00Z".parse().unwrap()
}

pub(crate) fn record() -> Evidence {
    let body = include_bytes!("../../fixtures/learn-credential/ai-engineer-retired.json");
    evidence(EvidenceKind::LearnCredential, body.to_vec())
}

/// The long sample with its modules repeated until it is as large as the largest seen.
pub(crate) fn transcript() -> Evidence {
    let text = include_str!("../../fixtures/learn-transcript/full-active-and-historical.json");
    let mut transcript: serde_json::Value = serde_json::from_str(text).unwrap();
    let modules = transcript["modulesCompleted"].as_array().unwrap().clone();
    let each = serde_json::to_vec(&modules).unwrap().len();
    let many: Vec<_> = modules
        .iter()
        .cycle()
        .take(modules.len() * TRANSCRIPT / each)
        .cloned()
        .collect();
    transcript["modulesCompleted"] = many.into();
    evidence(
        EvidenceKind::LearnTranscript,
        serde_json::to_vec(&transcript).unwrap(),
    )
}

fn evidence(kind: EvidenceKind, body: Vec<u8>) -> Evidence {
    Evidence {
        kind,
        url: String::new(),
        answerer: Answerer::Issuer,
        status: 200,
        content_type: Some("application/json".to_owned()),
        fetched_at: None,
        service_date: None,
        sha256: String::new(),
        received_bytes: None,
        body,
        origin: Origin::Network,
    }
}

/// How many rows [`list`] has.
pub(crate) const ROWS: usize = 20_000;

/// A list of candidates as CSV.
pub(crate) fn list() -> std::sync::Arc<[u8]> {
    let mut text = String::from("name,link,exam,email\n");
    for row in 0..ROWS {
        let line = format!("\"Doe, Jane\",{LINK}&row={row},AZ-104,jane{row}@example.com\n");
        text.push_str(&line);
    }
    text.into_bytes().into()
}

/// Reads all rows of a list.
pub(crate) fn rows_of_list(list: &std::sync::Arc<[u8]>) -> usize {
    use bonafide::batch::input::{Options, Source, open};
    let source = Source::Stream(Box::new(std::io::Cursor::new(std::sync::Arc::clone(list))));
    let list = open(source, &Options::default()).unwrap();
    list.map(|row| row.unwrap().cells.len()).sum()
}

/// Reads the same rows with the CSV crate alone.
pub(crate) fn rows_of_csv(list: &[u8]) -> usize {
    let mut reader = csv::Reader::from_reader(list);
    let mut row = csv::StringRecord::new();
    let mut cells = 0;
    while reader.read_record(&mut row).unwrap() {
        cells += row.len();
    }
    cells
}
