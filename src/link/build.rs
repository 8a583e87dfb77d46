//! How the other files of this station put a [`Link`] together.

use super::paste::Pasted;
use super::{Code, Finding, Kind, Link, Locale, SharingId, Verifiability};

/// The beginning of every rebuilt address on Learn.
pub(super) const LEARN: &str = "https://learn.microsoft.com";

impl Link {
    /// Starts a link of a kind with nothing known of it.
    pub(super) fn of(kind: Kind) -> Self {
        Self {
            input: Pasted::default(),
            kind,
            canonical: None,
            user: None,
            locale: None,
            credential_id: None,
            share_id: None,
            badge_id: None,
            slug: None,
            sharing_id: None,
            verifiability: Verifiability::NotVerifiable,
            findings: Vec::new(),
        }
    }

    /// Adds a finding, unless one of its code is there.
    pub(super) fn note(mut self, code: Code, message: impl Into<String>) -> Self {
        if !self.has(code) {
            self.findings.push(Finding::new(code, message));
        }
        self
    }

    /// Whether a finding of the code is there.
    pub(super) fn has(&self, code: Code) -> bool {
        self.findings.iter().any(|finding| finding.code() == code)
    }

    /// Says that the text cannot be read as what it seems to be. No request is rebuilt
    /// from such a link.
    pub(super) fn malformed(self, message: impl Into<String>) -> Self {
        let mut link = self.note(Code::MalformedLink, message);
        link.canonical = None;
        link.verifiability = Verifiability::NotVerifiable;
        link
    }

    /// Says what the address is when rebuilt from its parts.
    pub(super) fn rebuilt(mut self, canonical: String) -> Self {
        self.canonical = Some(canonical);
        self
    }

    /// Says that the issuer can be asked for it.
    pub(super) fn verifiable(mut self) -> Self {
        self.verifiability = Verifiability::Verifiable;
        self
    }

    pub(super) fn with_user(mut self, user: Option<String>) -> Self {
        self.user = user;
        self
    }

    pub(super) fn with_locale(mut self, locale: Option<Locale>) -> Self {
        self.locale = locale;
        self
    }

    pub(super) fn with_sharing_id(mut self, sharing_id: Option<SharingId>) -> Self {
        self.sharing_id = sharing_id;
        self
    }
}
