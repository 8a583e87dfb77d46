//! What is this text? The first station: pasted text in, a judged [`Link`] out.
//!
//! Pure: nothing here fetches, so a wrapper such as a LinkedIn redirect is opened by
//! reading its address, and a shortened link stays closed. The request that a later
//! station makes is always rebuilt from the parts found here, never from the pasted text.
//!
//! ```
//! use bonafide::link::{Kind, judge};
//!
//! let link = judge("<learn.microsoft.com/api/credentials/share/en-us/Name-1234/20170DBC5AC04E38>");
//! assert_eq!(link.kind(), Kind::CredentialShare);
//! assert!(link.is_verifiable());
//! assert_eq!(link.credential_id().unwrap().as_str(), "20170DBC5AC04E38");
//! assert_eq!(link.findings()[0].code().as_str(), "link-cleaned");
//! ```
//!
//! What it does not do: it does not tell whether a credential exists or whose it is.

mod address;
mod bare;
mod build;
mod clean;
mod credly;
mod find;
mod holder;
mod host;
mod id;
mod kind;
mod learn;
mod lookalike;
mod markdown;
mod paste;
mod reading;
mod scheme;
#[cfg(test)]
mod tests;
mod text_target;
mod verdict;
mod wrapper;

pub(crate) use build::Part;
pub use id::{BadgeId, CredentialId, Locale, ShareId, SharingId};
pub use kind::Kind;

use crate::finding::{Code, Finding};
use paste::{Paste, Pasted};

/// Judges a pasted text: tidies it, finds its link, opens wrappers, tells whose host it
/// is and what its path names.
///
/// It never fails: what cannot be read is a [`Link`] of kind [`Kind::None`] or
/// [`Kind::Other`] with a finding that says why. It looks at no more than the first 8 KiB
/// of a text; a longer one gets a `malformed-link` finding and is not verifiable.
///
/// # Examples
///
/// A redirect is opened offline, and the link inside is judged afresh:
///
/// ```
/// use bonafide::finding::Code;
///
/// let link = bonafide::link::judge(
///     "https://www.linkedin.com/safety/go/?url=https%3A%2F%2Flearn.rnicrosoft.com%2Fusers%2Fa",
/// );
/// let codes: Vec<Code> = link.findings().iter().map(|finding| finding.code()).collect();
/// assert_eq!(codes, [Code::LinkWrapped, Code::LookalikeHost]);
/// assert!(!link.is_verifiable());
/// ```
pub fn judge(text: &str) -> Link {
    let paste = Paste::take(text);
    let mut reading = reading::read(paste.text());
    let visible = reading.take_visible();
    let link = reading.into_link();
    let link = match visible {
        Some(visible) => link.shown_as(&visible),
        None => link,
    };
    let link = match paste.cut_at() {
        None => link,
        Some(limit) => link.malformed(format!(
            "The text is longer than {limit} bytes, so only its beginning was read. \
             Paste the link alone."
        )),
    };
    Link {
        input: paste.into_input(),
        ..link
    }
}

/// Judges the target of a link that a document shows as `visible`.
///
/// Like [`judge`], with a `text-target-mismatch` finding where the text shows another
/// address than the one it leads to.
///
/// ```
/// use bonafide::finding::Code;
/// use bonafide::link::judge_shown;
///
/// let shown = "https://learn.microsoft.com/api/credentials/20170DBC5AC04E38";
/// let link = judge_shown(shown, "https://learn.microsoft.com/api/credentials/FF170DBC5AC04E38");
/// assert_eq!(link.findings()[0].code(), Code::TextTargetMismatch);
/// assert_eq!(judge_shown("my certificate", shown).findings(), []);
/// ```
pub fn judge_shown(visible: &str, target: &str) -> Link {
    judge(target).shown_as(visible)
}

/// Whether the issuer can be asked about exactly one thing that the link names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verifiability {
    /// The link names one thing at the issuer that can be asked for.
    Verifiable,
    /// The link names nothing that can be asked for.
    NotVerifiable,
}

/// A pasted text, judged.
///
/// Made by [`judge`] alone, so that every part of it has been held against its shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    input: Pasted,
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
    /// The place of a link where there is none, such as for an answer saved by hand. It
    /// is not verifiable, and says nothing of itself.
    pub fn absent() -> Self {
        Self::of(Kind::None)
    }

    /// A link of an earlier run, from its canonical form and what was found in the pasted
    /// text, which is not kept.
    pub(crate) fn recalled(canonical: Option<&str>, seen: Vec<Finding>) -> Self {
        let mut link = canonical.map_or_else(Self::absent, judge);
        let known = std::mem::replace(&mut link.findings, seen);
        link.findings.extend(known);
        link
    }

    /// Notes where the text that is shown for the link speaks of another address.
    fn shown_as(self, visible: &str) -> Self {
        let visible = Paste::take(visible);
        match text_target::mismatch(visible.text(), &self) {
            Some(finding) if !self.has(finding.code()) => {
                let message = finding.message().to_owned();
                self.note(finding.code(), message)
            }
            _ => self,
        }
    }

    /// What was pasted, byte for byte; of a text longer than 8 KiB, its first 8 KiB past
    /// the white space. May hold a sharingId: only the fields that the contract calls
    /// `input` may show it, and `Debug` does not.
    pub fn input(&self) -> &str {
        self.input.as_str()
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
    /// again gives the same kind, identifiers and canonical form. `None` where there is no
    /// genuine address to rebuild: a foreign, shortened or malformed link.
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
