//! What the issuer last said of a watched credential.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::catalog::Catalog;
use crate::lifecycle::{self, Standing};
use crate::link::CredentialId;
use crate::record::{Authority, CredentialKind, IssuerStatus, Listing, Record, When};

/// What is kept of a record: what its standing on any day follows from, and nothing of its
/// holder.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// The title, as given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) kind: Option<String>,
    /// The credential's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential_id: Option<String>,
    /// The certification number on transcripts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certification_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) earned: Option<DateTime<Utc>>,
    /// Until when it is valid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) status: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) historical: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) uid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) strange_type: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) copy: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) said_at: Option<DateTime<Utc>>,
}

impl Facts {
    /// What is kept of a record.
    pub fn of(record: &Record) -> Self {
        let kind =
            (record.kind != CredentialKind::Unknown).then(|| record.kind.as_str().to_owned());
        Self {
            title: record.title.clone(),
            kind,
            credential_id: record.credential_id.as_ref().map(ToString::to_string),
            certification_number: record.certification_number.clone(),
            earned: record.earned.instant(),
            expires: record.expires.instant(),
            status: record
                .status
                .as_ref()
                .map(|status| status.as_str().to_owned()),
            historical: record.listing == Listing::Historical,
            uid: record.uid.clone(),
            strange_type: record.strange_type.clone(),
            copy: record.authority == Authority::StaleCopy,
            said_at: record.said_at,
        }
    }

    /// Whether a transcript listed it among what is over.
    pub fn is_historical(&self) -> bool {
        self.historical
    }

    /// What they mean on a day.
    pub fn standing<'a>(&self, catalog: &'a Catalog, as_of: DateTime<Utc>) -> Standing<'a> {
        lifecycle::judge(&self.record(), catalog, as_of)
    }

    /// Whether what they mean on a day is not common knowledge: a row was used that only this
    /// catalogue has, or makes a difference.
    pub fn rest_on_own_rows(&self, catalog: &Catalog, as_of: DateTime<Utc>) -> bool {
        let Some(common) = catalog.common() else {
            return false;
        };
        let own = self.standing(catalog, as_of);
        let origin = own.known.origin();
        origin.is_some_and(|origin| !origin.is_common()) || own != self.standing(common, as_of)
    }

    fn record(&self) -> Record {
        let when = |instant: Option<DateTime<Utc>>| instant.map_or(When::Missing, When::At);
        let authority = if self.copy {
            Authority::StaleCopy
        } else {
            Authority::Issuer
        };
        Record {
            title: self.title.clone(),
            credential_id: self.credential_id.as_deref().and_then(CredentialId::parse),
            certification_number: self.certification_number.clone(),
            earned: when(self.earned),
            expires: when(self.expires),
            status: self.status.as_deref().map(IssuerStatus::parse),
            listing: if self.historical {
                Listing::Historical
            } else {
                Listing::Active
            },
            uid: self.uid.clone(),
            strange_type: self.strange_type.clone(),
            said_at: self.said_at,
            ..Record::blank(self.kind(), authority)
        }
    }

    fn kind(&self) -> CredentialKind {
        let word = self.kind.as_deref().unwrap_or_default();
        [
            CredentialKind::Certification,
            CredentialKind::AppliedSkill,
            CredentialKind::Exam,
            CredentialKind::Badge,
        ]
        .into_iter()
        .find(|kind| kind.as_str() == word)
        .unwrap_or(CredentialKind::Unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_has_the_standing_of_what_was_said() {
        let record = Record {
            title: Some("Microsoft Certified: Azure AI Engineer Associate".to_owned()),
            credential_id: CredentialId::parse("20170DBC5AC04E38"),
            expires: When::At("2027-01-11T23:59:59Z".parse().unwrap()),
            earned: When::At("2024-01-11T10:00:00Z".parse().unwrap()),
            status: Some(IssuerStatus::Active),
            uid: Some("certification.azure-ai-engineer".to_owned()),
            ..Record::blank(CredentialKind::Certification, Authority::Issuer)
        };
        let text = serde_json::to_string(&Facts::of(&record)).unwrap();
        let kept: Facts = serde_json::from_str(&text).unwrap();
        for day in [
            "2025-11-22T00:00:00Z",
            "2026-11-22T00:00:00Z",
            "2027-02-01T00:00:00Z",
        ] {
            let as_of = day.parse().unwrap();
            let said = lifecycle::judge(&record, Catalog::embedded(), as_of);
            assert_eq!(kept.standing(Catalog::embedded(), as_of), said, "{day}");
        }
    }
}
