//! What is asked of the service for a link. Requests are rebuilt from a link's parts.

use url::Url;

use super::EvidenceKind;
use crate::link::{BadgeId, CredentialId, Kind, Link, ShareId, SharingId};

/// One thing to ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Request {
    /// The record of one credential.
    Credential(CredentialId),
    /// The page behind a share link, for its title.
    Page {
        /// The path below the host, without a query.
        path: String,
        /// Sent as the holder's link had it; never kept.
        sharing_id: Option<SharingId>,
    },
    /// A shared transcript.
    Transcript(ShareId),
    /// A Credly badge.
    CredlyBadge(BadgeId),
    /// An Open Badges assertion on Credly.
    OpenBadge(BadgeId),
}

impl Request {
    /// The first thing to ask for a verifiable link: record, transcript or badge.
    pub fn for_link(link: &Link) -> Option<Self> {
        if !link.is_verifiable() {
            return None;
        }
        match link.kind() {
            Kind::Transcript => link.share_id().cloned().map(Self::Transcript),
            Kind::CredlyBadge => link.badge_id().cloned().map(Self::CredlyBadge),
            Kind::OpenBadge => link.badge_id().cloned().map(Self::OpenBadge),
            _ => link.credential_id().cloned().map(Self::Credential),
        }
    }

    /// The page to ask for its title where the record cannot be had. `None` for a link
    /// that has no page of its own, such as a bare record address.
    pub fn page_for(link: &Link) -> Option<Self> {
        let id = link.credential_id()?;
        let user = link.user()?;
        let path = match link.kind() {
            Kind::CredentialShare => {
                let locale = link.locale().map_or("en-us", |locale| locale.as_str());
                format!("/api/credentials/share/{locale}/{user}/{id}")
            }
            Kind::CredentialPage => {
                let locale = link.locale().map_or("en-us", |locale| locale.as_str());
                format!("/{locale}/users/{user}/credentials/{id}")
            }
            _ => return None,
        };
        Some(Self::Page {
            path,
            sharing_id: link.sharing_id().cloned(),
        })
    }

    /// The kind of answer this asks for.
    pub fn kind(&self) -> EvidenceKind {
        match self {
            Self::Credential(_) => EvidenceKind::LearnCredential,
            Self::Page { .. } => EvidenceKind::LearnPage,
            Self::Transcript(_) => EvidenceKind::LearnTranscript,
            Self::CredlyBadge(_) => EvidenceKind::CredlyBadge,
            Self::OpenBadge(_) => EvidenceKind::OpenBadge,
        }
    }

    /// The path and query on the service's host, without the sharingId.
    ///
    /// Every part is an identifier of fixed alphabet or a path made by [`Request::page_for`],
    /// so nothing here needs escaping.
    pub fn path(&self) -> String {
        match self {
            Self::Credential(id) => format!("/api/credentials/{id}"),
            Self::Page { path, .. } => path.clone(),
            Self::Transcript(id) => format!("/api/profiles/transcript/share/{id}?locale=en-us"),
            Self::CredlyBadge(id) => format!("/badges/{id}.json"),
            Self::OpenBadge(id) => format!("/v1/obi/v2/badge_assertions/{id}"),
        }
    }

    /// The address on `base`, without the sharingId: for records, messages and files.
    ///
    /// # Errors
    /// When `base` cannot carry a path, such as `data:`.
    pub fn public_url(&self, base: &Url) -> Result<Url, url::ParseError> {
        base.join(&self.path())
    }
}
