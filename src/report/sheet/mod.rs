//! A list of candidates with what was found out of each, as one document.
//!
//! Rows come one at a time, so that a list of any length costs no more memory than a short
//! one. Each format differs only in what differs: all are made of the contract's
//! [`ResultJson`], in which strangers' text is still as it was; a format neutralises it
//! for where it goes.

pub(super) mod cell;
mod column;
mod csv;
mod document;
mod format;
mod html;
mod human;
mod junit;
mod label;
pub mod mark;
mod markdown;
mod note;
mod role;
#[cfg(test)]
mod tests;
mod xlsx;

use std::io::{self, Read, Seek, Write};

use chrono::{DateTime, Utc};

use super::json::{ResultJson, Totals};
use super::style::Look;
use crate::lifecycle::Status;
pub(crate) use cell::guarded;
pub use cell::unguarded;
pub use column::plain_name;
pub use document::{BatchDocument, RowResult};
pub use format::SheetFormat;

/// A document that grows by rows.
///
/// An error of the outlet comes out with its own kind, so that a broken pipe can be told
/// from a full disk. After an error nothing more may be written.
pub trait Sheet: Send {
    /// Adds one row of the input.
    ///
    /// # Errors
    /// When it cannot be written.
    fn row(&mut self, row: &SheetRow<'_>) -> io::Result<()>;

    /// Writes what stands behind, or above, the rows. Without it the document is not whole.
    ///
    /// # Errors
    /// When it cannot be written.
    fn finish(self: Box<Self>, closing: &Closing) -> io::Result<()>;
}

/// Room for what must wait until the last row is known: a temporary file, or memory.
pub trait Spool: Read + Write + Seek + Send {}

impl<T: Read + Write + Seek + Send> Spool for T {}

/// Where a document goes.
#[allow(missing_debug_implementations, reason = "a writer has nothing to show")]
pub struct Outlet<'w> {
    /// Takes the document.
    pub out: Box<dyn Write + Send + 'w>,
    /// Holds the rows of those formats that say their totals first (html, junit).
    pub spool: Box<dyn Spool + 'w>,
    /// How the form for people looks.
    pub look: Look,
}

/// Begins a document.
///
/// All but `xlsx` hold one row in memory at most. `xlsx` writes its rows into temporary
/// files without a name, in the system's folder for such files, until the end.
///
/// # Errors
/// When its beginning cannot be written, or the format cannot hold so many columns.
pub fn open<'w>(
    format: SheetFormat,
    heading: &Heading,
    outlet: Outlet<'w>,
) -> io::Result<Box<dyn Sheet + 'w>> {
    let Outlet { out, spool, look } = outlet;
    Ok(match format {
        SheetFormat::Csv => Box::new(csv::Csv::open(heading, out)?),
        SheetFormat::Jsonl => Box::new(document::Lines::open(heading, out)),
        SheetFormat::Json => Box::new(document::Document::open(heading, out)?),
        SheetFormat::Xlsx => Box::new(xlsx::Xlsx::open(heading, out)?),
        SheetFormat::Html => Box::new(html::Html::open(heading, out, spool)),
        SheetFormat::Markdown => Box::new(markdown::Markdown::open(heading, out)?),
        SheetFormat::Junit => Box::new(junit::Junit::open(heading, out, spool)),
        SheetFormat::Human => Box::new(human::Human::open(heading, out, look)?),
    })
}

/// Copies what was held back behind what is written.
fn pour(spool: &mut dyn Spool, out: &mut dyn Write) -> io::Result<()> {
    spool.flush()?;
    spool.rewind()?;
    io::copy(spool, out).map(|_| ())
}

/// What is known before the first row.
#[derive(Debug, Clone)]
pub struct Heading {
    /// The headers of the input's own columns, in their order.
    pub columns: Vec<String>,
    /// The instant of judgement.
    pub as_of: DateTime<Utc>,
    /// Whether rows say what a role asks for.
    pub has_roles: bool,
    /// Whether rows say how they differ from an earlier output.
    pub has_changes: bool,
}

/// One row of the input with what was found out of it.
#[derive(Debug)]
pub struct SheetRow<'a> {
    /// Its number: the first data row is 1.
    pub number: u64,
    /// The cells of the input's own columns; where there are fewer than headers, the rest
    /// are empty.
    pub cells: &'a [String],
    /// What was found out, one for each credential and at least one.
    pub results: &'a [ResultJson],
    /// Which of the results stands for the row where a row has one line.
    pub headline: usize,
    /// What the row's person has of the role they are held against.
    pub role: Option<&'a RoleJson>,
    /// How the row differs from the earlier output.
    pub change: Option<&'a ChangeJson>,
}

impl<'a> SheetRow<'a> {
    /// The result that stands for the row.
    pub fn headline(&self) -> &'a ResultJson {
        &self.results[self.headline]
    }

    /// The results beside the headline, in their order.
    fn others(&self) -> impl Iterator<Item = &'a ResultJson> + use<'a> {
        let headline = self.headline;
        let others = self.results.iter().enumerate();
        others.filter_map(move |(at, one)| (at != headline).then_some(one))
    }

    /// As many of the input's own cells as there are headers.
    fn own_cells(&self, headers: usize) -> impl Iterator<Item = &'a str> + use<'a> {
        let cells = self.cells;
        (0..headers).map(move |at| cells.get(at).map_or("", String::as_str))
    }
}

impl ResultJson {
    /// The status as a type, so that formats name each.
    fn sort(&self) -> Status {
        let mut all = Status::ALL.into_iter();
        all.find(|status| status.as_str() == self.status)
            .unwrap_or(Status::Undetermined)
    }

    /// The outcome for people.
    fn verdict(&self) -> &'static str {
        match self.outcome {
            "undetermined" => "not determined",
            other => other,
        }
    }

    /// The genuine link, where there is one: rebuilt from its parts, never the text pasted.
    fn genuine_link(&self) -> Option<&str> {
        const ISSUERS: [&str; 2] = ["https://learn.microsoft.com/", "https://www.credly.com/"];
        let canonical = self.link.canonical.as_deref()?;
        let is_known = ISSUERS.iter().any(|issuer| canonical.starts_with(issuer));
        (self.link.verifiable && is_known).then_some(canonical)
    }
}

/// What a person has of a role.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct RoleJson {
    /// The role's name.
    pub name: String,
    /// Whether the person meets it.
    #[schemars(extend("enum" = ["met", "undetermined", "unmet"]))]
    pub state: &'static str,
    /// What is met, and by which credential.
    pub met_by: Vec<MetJson>,
    /// What is missing, in words such as `AZ-305` or `AZ-104 or SC-300`.
    pub missing: Vec<String>,
    /// What cannot be told, in the same words.
    pub open: Vec<String>,
}

/// One requirement of a role that is met.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct MetJson {
    /// The requirement.
    pub wanted: String,
    /// The credential's title.
    pub title: String,
    /// The row in which it stands.
    pub row: u64,
}

/// How a row differs from an earlier output.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct ChangeJson {
    /// The sort of change.
    #[schemars(extend("enum" = ["new", "unchanged", "newly-expired", "renewed", "changed", "gone"]))]
    pub kind: &'static str,
    /// What was and what is, in words.
    pub message: String,
}

/// What is known after the last row.
#[derive(Debug, Clone, Default)]
pub struct Closing {
    /// How many rows of what, by their headlines.
    pub totals: Totals,
    /// Rows of the earlier output that are no longer there, in words.
    pub gone: Vec<String>,
}

impl Closing {
    /// How many rows of what, in two sentences.
    fn in_words(&self, as_of: &str) -> String {
        let totals = &self.totals;
        let listed = |counts: &[(&str, u64)]| {
            let present = counts.iter().filter(|(_, number)| *number > 0);
            let texts: Vec<_> = present
                .map(|(word, number)| format!("{number} {word}"))
                .collect();
            if texts.is_empty() {
                "none".to_owned()
            } else {
                texts.join(", ")
            }
        };
        let rows = if totals.total == 1 { "row" } else { "rows" };
        format!(
            "{} {rows} as of {as_of}: {}. Statuses: {}.",
            totals.total,
            listed(&totals.of_outcomes()),
            listed(&Status::ALL.map(|status| (status.as_str(), totals.with(status)))),
        )
    }
}
