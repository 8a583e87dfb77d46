//! A list of candidates with what was found out of each, as one document.
//!
//! Rows come one at a time, so that a list of any length costs no more memory than a short
//! one. Each format differs only in what differs: all are made of the contract's
//! [`ResultJson`], in which strangers' text is still as it was; a format neutralises it
//! for where it goes.

use chrono::{DateTime, Utc};

use super::json::{ResultJson, Totals};

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

impl SheetRow<'_> {
    /// The result that stands for the row.
    pub fn headline(&self) -> &ResultJson {
        &self.results[self.headline]
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
