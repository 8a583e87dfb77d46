//! How the other files of this station put a [`Link`] together.

use super::paste::{Paste, Pasted};
use super::{Code, Finding, Kind, Link, Locale, SharingId, Verifiability};

/// The beginning of every rebuilt address on Learn.
pub(super) const LEARN: &str = "https://learn.microsoft.com";

/// A part of a link that its holder can be told by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// The user segment.
    User,
    /// A rebuilt address.
    Address,
    /// Any other text.
    Text,
}

impl Link {
    /// The same judgement in other words, for an output that names nobody: `say` rewrites
    /// each part that a holder can be told by. A transcript's number is left out.
    pub(crate) fn in_other_words(&self, input: &str, say: impl Fn(Part, &str) -> String) -> Self {
        let part = |part, text: &Option<String>| text.as_deref().map(|text| say(part, text));
        Self {
            input: Paste::take(input).into_input(),
            canonical: part(Part::Address, &self.canonical),
            user: part(Part::User, &self.user),
            slug: part(Part::Text, &self.slug),
            share_id: None,
            findings: self
                .findings
                .iter()
                .map(|finding| finding.reworded(|text| say(Part::Text, text)))
                .collect(),
            ..self.clone()
        }
    }

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
