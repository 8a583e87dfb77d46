//! JSON, version 1: the contract's own types, apart from the inner ones.
//!
//! Keys are only ever added within version 1. Instants are RFC 3339 in UTC, days
//! `YYYY-MM-DD`; what is unknown is null.

pub(super) mod link;
pub(super) mod result;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Serialize;

use super::words::rfc3339_second;
use super::{Redactor, neutral};
use crate::check::Outcome;
use crate::lifecycle::Status;
use crate::link::Link;
use crate::verify::Verification;
pub(in crate::report) use link::LinkJson;
pub use result::ResultJson;

/// The version of the documents written here.
pub const SCHEMA_VERSION: u8 = 1;

/// What `inspect --format json` writes.
#[derive(Debug, Serialize, JsonSchema)]
pub struct InspectDocument {
    /// Always 1.
    #[schemars(extend("const" = 1))]
    schema_version: u8,
    /// One for each text given, in order.
    links: Vec<LinkJson>,
}

/// What `verify --format json` writes.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ResultDocument {
    /// Always 1.
    #[schemars(extend("const" = 1))]
    schema_version: u8,
    /// The instant of judgement, in UTC.
    #[schemars(extend("format" = "date-time"))]
    as_of: String,
    /// One for each credential.
    results: Vec<ResultJson>,
    /// How many of what.
    summary: Totals,
}

/// How many results there are of what.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Totals {
    /// All results.
    pub total: u64,
    /// By status.
    pub active: u64,
    /// By status.
    pub needs_renewal: u64,
    /// By status.
    pub expired: u64,
    /// By status.
    pub retired: u64,
    /// By status.
    pub revoked: u64,
    /// By status.
    pub undetermined: u64,
    /// By outcome.
    pub passed: u64,
    /// By outcome.
    pub failed: u64,
    /// By outcome: neither passed nor failed.
    pub not_determined: u64,
}

impl Totals {
    /// How many results have a status.
    pub const fn with(&self, status: Status) -> u64 {
        match status {
            Status::Active => self.active,
            Status::NeedsRenewal => self.needs_renewal,
            Status::Expired => self.expired,
            Status::Retired => self.retired,
            Status::Revoked => self.revoked,
            Status::Undetermined => self.undetermined,
        }
    }

    /// Counts one result.
    pub fn count(&mut self, status: Status, outcome: Outcome) {
        self.total += 1;
        *match status {
            Status::Active => &mut self.active,
            Status::NeedsRenewal => &mut self.needs_renewal,
            Status::Expired => &mut self.expired,
            Status::Retired => &mut self.retired,
            Status::Revoked => &mut self.revoked,
            Status::Undetermined => &mut self.undetermined,
        } += 1;
        *match outcome {
            Outcome::Passed => &mut self.passed,
            Outcome::Failed => &mut self.failed,
            Outcome::Undetermined => &mut self.not_determined,
        } += 1;
    }

    /// How many have each outcome, in words for people.
    pub(super) const fn of_outcomes(&self) -> [(&'static str, u64); 3] {
        [
            ("passed", self.passed),
            ("failed", self.failed),
            ("not determined", self.not_determined),
        ]
    }
}

impl InspectDocument {
    /// Puts judged links into the contract's form.
    pub fn of(links: &[Link]) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            links: links.iter().map(LinkJson::of).collect(),
        }
    }
}

impl ResultDocument {
    /// Takes out of every result what names somebody; `expected` is the name that the
    /// holders were held against.
    pub fn redact(&mut self, redactor: &Redactor, expected: Option<&str>) {
        for one in &mut self.results {
            redactor.result(one, expected);
        }
    }

    /// Puts results into the contract's form.
    pub fn of(results: &[Verification<'_>], as_of: DateTime<Utc>) -> Self {
        let mut summary = Totals::default();
        for one in results {
            summary.count(one.standing.status, one.outcome);
        }
        Self {
            schema_version: SCHEMA_VERSION,
            as_of: rfc3339_second(as_of),
            results: results.iter().map(ResultJson::of).collect(),
            summary,
        }
    }
}

/// A document as indented JSON text with a line break at its end.
///
/// # Panics
/// Never: the documents here are made of strings, numbers and lists.
pub fn text(document: &impl Serialize) -> String {
    let mut text =
        serde_json::to_string_pretty(document).expect("strings, numbers and lists serialise");
    text.push('\n');
    neutral::json(&text)
}
