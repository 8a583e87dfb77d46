//! What is this text? The first station: pasted text in, a judged [`Link`] out.
//!
//! Pure: nothing here fetches, so a wrapper such as a LinkedIn redirect is opened by
//! reading its address, and a shortened link stays closed. The request that a later
//! station makes is always rebuilt from the parts found here, never from the pasted text.

mod id;
mod kind;

pub use id::{BadgeId, CredentialId, Locale, ShareId, SharingId};
pub use kind::Kind;

use crate::finding::Finding;

/// Whether the issuer can be asked about exactly one thing that the link names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verifiability {
    /// The link names one thing at the issuer that can be asked for.
    Verifiable,
    /// The link names nothing that can be asked for.
    NotVerifiable,
}

/// A pasted text, judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    input: String,
    kind: Kind,
    canonical: Option<String>,
    user: Option<String>,
    locale: Option<Locale>,
    credential_id: Option<CredentialId>,
    share_id: Option<ShareId>,
    badge_id: Option<BadgeId>,
    slug: Option<String>,
    sharing_id: Option<SharingId>,
    verifiability: Verifiability,
    findings: Vec<Finding>,
}

impl Link {
    /// What was pasted, byte for byte. May hold a sharingId: only the fields that the
    /// contract calls `input` may show it.
    pub fn input(&self) -> &str {
        &self.input
    }

    /// What the text is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Whether the issuer can be asked about exactly one credential, transcript or badge.
    pub fn is_verifiable(&self) -> bool {
        self.verifiability == Verifiability::Verifiable
    }

    /// The link rebuilt from its parts, without sharingId or other parameters; judging it
    /// again gives the same kind, parts and canonical form. `None` where there is no
    /// genuine address to rebuild.
    pub fn canonical(&self) -> Option<&str> {
        self.canonical.as_deref()
    }

    /// The user segment as written. Not known to be checked by the service: never proof
    /// of the holder.
    pub fn user(&self) -> Option<&str> {
        self.user.as_deref()
    }

    /// The presentational language tag.
    pub fn locale(&self) -> Option<&Locale> {
        self.locale.as_ref()
    }

    /// The credential's number.
    pub fn credential_id(&self) -> Option<&CredentialId> {
        self.credential_id.as_ref()
    }

    /// The shared transcript's number.
    pub fn share_id(&self) -> Option<&ShareId> {
        self.share_id.as_ref()
    }

    /// The Credly badge's number.
    pub fn badge_id(&self) -> Option<&BadgeId> {
        self.badge_id.as_ref()
    }

    /// The catalogue's name of the certification, where the link has it.
    pub fn slug(&self) -> Option<&str> {
        self.slug.as_deref()
    }

    /// The holder's sharing key, where the link carries a readable one.
    pub fn sharing_id(&self) -> Option<&SharingId> {
        self.sharing_id.as_ref()
    }

    /// What a reviewer should know of the link itself.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }
}
