//! The kinds of text that a holder may paste.

use std::fmt;

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

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
