//! What two runs are compared by.

use chrono::{DateTime, NaiveDate, SecondsFormat, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::lifecycle::Status;
use crate::verify::Verification;

/// What was found out of one row, as far as two runs are compared by it. What is unknown is
/// `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The headline.
    pub status: String,
    /// Whether it is in force.
    pub valid: Option<bool>,
    /// The credential's title.
    pub title: Option<String>,
    /// The holder as the issuer names them.
    pub holder: Option<String>,
    /// How well the holder agrees with the expected name.
    pub holder_match: String,
    /// Its end: an instant, or a day where the output keeps no more.
    pub expires_on: Option<String>,
    /// The codes of the findings, sorted, each once.
    pub findings: Vec<String>,
}

impl Facts {
    /// The facts of a result. Findings that were added to it later, such as a role's, are
    /// passed with it.
    pub fn of(one: &Verification<'_>) -> Self {
        let record = one.record.as_ref();
        let end = record.and_then(|record| record.expires.instant());
        let codes = one.findings.iter().map(|finding| finding.code().as_str());
        Self {
            status: one.standing.status.as_str().to_owned(),
            valid: one.standing.status.is_valid(),
            title: record.and_then(|record| record.title.clone()),
            holder: record
                .and_then(|record| record.holder.as_ref())
                .map(|holder| holder.name.clone()),
            holder_match: one.holder.grade().as_str().to_owned(),
            expires_on: end.map(|end| end.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
            findings: sorted(codes),
        }
    }

    /// Reads a result in the contract's form.
    ///
    /// # Errors
    /// What is missing or unknown, in words.
    pub fn of_json(result: &str) -> Result<Self, String> {
        let result: ResultRead = serde_json::from_str(result).map_err(|error| error.to_string())?;
        Self::of_result(result)
    }

    pub(super) fn of_result(result: ResultRead) -> Result<Self, String> {
        let codes = result.findings.iter().map(|finding| finding.code.as_str());
        let expires_on = result.credential.expires_on;
        Self {
            status: result.status,
            valid: result.valid,
            title: result.credential.title,
            holder: result.credential.holder,
            holder_match: result.holder_match.grade,
            expires_on,
            findings: sorted(codes),
        }
        .held()
    }

    /// Reads the cells of a table, by column.
    pub(super) fn of_cells<'c>(cell: impl Fn(&str) -> &'c str) -> Result<Self, String> {
        let some = |name| Some(cell(name)).filter(|text| !text.is_empty());
        let valid = match cell("valid").to_ascii_lowercase().as_str() {
            "" => None,
            "true" | "yes" | "1" => Some(true),
            "false" | "no" | "0" => Some(false),
            other => {
                return Err(format!(
                    "valid is {}; expected true, false or nothing",
                    quoted(other)
                ));
            }
        };
        let codes = cell("findings").split(';').map(str::trim);
        Self {
            status: cell("status").to_owned(),
            valid,
            title: some("title").map(str::to_owned),
            holder: some("holder").map(str::to_owned),
            holder_match: cell("holder_match").to_owned(),
            expires_on: some("expires_on").map(str::to_owned),
            findings: sorted(codes.filter(|code| !code.is_empty())),
        }
        .held()
    }

    /// Holds the words against those that there are.
    fn held(self) -> Result<Self, String> {
        if !Status::ALL.iter().any(|one| one.as_str() == self.status) {
            return Err(format!(
                "the status is {}, which is none",
                quoted(&self.status)
            ));
        }
        match &self.expires_on {
            Some(end) if End::read(end).is_none() => {
                Err(format!("expires_on is {}, which is no date", quoted(end)))
            }
            _ => Ok(self),
        }
    }

    /// When it ends.
    pub(crate) fn end(&self) -> Option<End> {
        self.expires_on.as_deref().and_then(End::read)
    }

    /// Whether it was told at all.
    pub(crate) fn is_determined(&self) -> bool {
        self.status != Status::Undetermined.as_str()
    }
}

fn quoted(text: &str) -> String {
    format!("{:?}", text.chars().take(40).collect::<String>())
}

fn sorted<'c>(codes: impl Iterator<Item = &'c str>) -> Vec<String> {
    let mut codes: Vec<_> = codes.map(str::to_owned).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// An end, as finely as an output keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Instant(DateTime<Utc>),
    Day(NaiveDate),
}

impl End {
    fn read(text: &str) -> Option<Self> {
        if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
            return Some(Self::Instant(instant.to_utc()));
        }
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
        Some(Self::Day(day))
    }

    pub(crate) fn day(self) -> NaiveDate {
        match self {
            Self::Instant(instant) => instant.date_naive(),
            Self::Day(day) => day,
        }
    }

    /// Compares as finely as both tell.
    pub(crate) fn order(self, other: Self) -> std::cmp::Ordering {
        match (self, other) {
            // Formats differ in the fractions that they keep.
            (Self::Instant(one), Self::Instant(other))
                if (one - other).abs() < TimeDelta::minutes(1) =>
            {
                std::cmp::Ordering::Equal
            }
            (Self::Instant(one), Self::Instant(other)) => one.cmp(&other),
            _ => self.day().cmp(&other.day()),
        }
    }
}

/// A result in the contract's form, as far as it is read again.
#[derive(Debug, Deserialize)]
pub(super) struct ResultRead {
    #[serde(default)]
    pub(super) input: String,
    pub(super) row: Option<RowOf>,
    pub(super) schema_version: Option<serde_json::Value>,
    status: String,
    valid: Option<bool>,
    credential: Credential,
    holder_match: HolderMatch,
    findings: Vec<Found>,
}

#[derive(Debug, Deserialize)]
pub(super) struct RowOf {
    pub(super) number: u64,
    #[serde(default)]
    pub(super) headline: bool,
    pub(super) columns: serde_json::Map<String, serde_json::Value>,
}

#[derive(Debug, Deserialize)]
struct Credential {
    title: Option<String>,
    holder: Option<String>,
    expires_on: Option<String>,
}

#[derive(Debug, Deserialize)]
struct HolderMatch {
    grade: String,
}

#[derive(Debug, Deserialize)]
struct Found {
    code: String,
}
