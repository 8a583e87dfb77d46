//! `bonafide data export`.

use chrono::{SecondsFormat, Utc};
use serde::Serialize;
use serde_json::Value;

use super::{places, who};
use crate::cli::args::Export;
use crate::cli::exit::Exit;
use crate::cli::output;
use crate::report::json;
use crate::source::without_sharing_id;
use crate::store::{Certainty, DataDir, Hit, search};

#[derive(Serialize)]
struct Document {
    schema_version: u8,
    exported_at: String,
    /// Who was asked about.
    person: String,
    entries: Vec<Entry>,
    /// Files of this program's that could not be read.
    unreadable: Vec<String>,
}

#[derive(Serialize)]
struct Entry {
    sort: &'static str,
    file: String,
    /// The line of a journal, or the entry of the list of watched credentials: both hold many
    /// people's.
    line: Option<u64>,
    written_at: Option<String>,
    certainty: &'static str,
    /// What it was found by.
    basis: &'static str,
    document: Value,
}

pub(super) fn run(args: &Export, data: &DataDir) -> anyhow::Result<Exit> {
    let found = search(&places(data)?, &who(&args.person)?);
    let is_open = !found.unreadable.is_empty()
        || found
            .hits
            .iter()
            .any(|hit| hit.basis.certainty() == Certainty::Possible);
    let document = Document {
        schema_version: json::SCHEMA_VERSION,
        exported_at: Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true),
        person: without_sharing_id(&args.person),
        entries: found.hits.into_iter().map(entry).collect(),
        unreadable: found
            .unreadable
            .iter()
            .map(|path| path.display().to_string())
            .collect(),
    };
    output::write(args.output.as_deref(), json::text(&document).as_bytes())?;
    Ok(if is_open {
        Exit::Undetermined
    } else {
        Exit::Success
    })
}

fn entry(hit: Hit) -> Entry {
    Entry {
        sort: hit.item.sort.as_str(),
        file: hit.item.path.display().to_string(),
        line: hit.line,
        written_at: hit
            .item
            .written_at
            .map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true)),
        certainty: hit.basis.certainty().as_str(),
        basis: hit.basis.as_str(),
        document: hit.document,
    }
}
