//! The `certificates` of JSON Resume (<https://jsonresume.org/schema>, read 2026-11-22).

use serde::Serialize;

use super::Shown;

/// A résumé that holds certificates alone, to be merged into another.
///
/// The format has no place for an end or a standing, so only what is valid stands in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Resume {
    certificates: Vec<Certificate>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Certificate {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    issuer: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

impl Resume {
    /// Takes what is valid of what is shown.
    pub fn of<'s>(shown: impl IntoIterator<Item = &'s Shown>) -> Self {
        let valid = shown.into_iter().filter(|shown| shown.tone().is_valid());
        let certificates = valid.map(|shown| Certificate {
            name: shown.title.clone(),
            date: shown.earned_on.map(|day| day.to_string()),
            issuer: "Microsoft",
            url: shown.link.clone(),
        });
        Self {
            certificates: certificates.collect(),
        }
    }
}
