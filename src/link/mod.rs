//! What is this text? The first station: pasted text in, a judged [`Link`] out.
//!
//! Pure: nothing here fetches, so a wrapper such as a LinkedIn redirect is opened by
//! reading its address, and a shortened link stays closed. The request that a later
//! station makes is always rebuilt from the parts found here, never from the pasted text.

mod id;

pub use id::{BadgeId, CredentialId, Locale, ShareId, SharingId};

use crate::finding::Finding;

/// What a pasted text turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Kind {
    /// `/api/credentials/share/{locale}/{user}/{id}`: what holders share.
    CredentialShare,
    /// `/{locale}/users/{user}/credentials/{id}`: the page a share link ends on.
    CredentialPage,
    /// `/api/credentials/{id}`: the record itself.
    CredentialApi,
    /// `/users/me/…`: shows everyone their own page.
    OwnerPage,
    /// `/users/{user}/credentials/certification/{slug}`: a certification, no credential.
    CertificationPage,
    /// `/users/{user}/credentials`: the list of a holder.
    CredentialsList,
    /// `/users/{user}`: a profile.
    Profile,
    /// A shared transcript.
    Transcript,
    /// A transcript that was not shared.
    TranscriptPrivate,
    /// A training badge or trophy.
    Achievement,
    /// The transcript tool that was switched off.
    LegacyTranscript,
    /// A badge on Credly.
    CredlyBadge,
    /// An Open Badges assertion on Credly.
    OpenBadge,
    /// A shortened link, which cannot be resolved offline.
    Shortened,
    /// A URL that is none of these.
    Other,
    /// No URL at all.
    None,
}

impl Kind {
    /// The word used in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CredentialShare => "credential-share",
            Self::CredentialPage => "credential-page",
            Self::CredentialApi => "credential-api",
            Self::OwnerPage => "owner-page",
            Self::CertificationPage => "certification-page",
            Self::CredentialsList => "credentials-list",
            Self::Profile => "profile",
            Self::Transcript => "transcript",
            Self::TranscriptPrivate => "transcript-private",
            Self::Achievement => "achievement",
            Self::LegacyTranscript => "legacy-transcript",
            Self::CredlyBadge => "credly-badge",
            Self::OpenBadge => "open-badge",
            Self::Shortened => "shortened",
            Self::Other => "other",
            Self::None => "none",
        }
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whether a link carries a sharingId, as far as it can be read.
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

impl Link {
    /// The place of a link where there is none, such as for an answer saved by hand.
    pub fn absent() -> Self {
        unimplemented!()
    }
}

/// Stand-in.
pub fn judge(_text: &str) -> Link {
    unimplemented!()
}
