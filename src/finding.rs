//! What a reviewer should know: the findings that every station may leave.
//!
//! A finding is not an error of the program. It has a stable [`Code`] that scripts
//! may hold on to, and a message for people. Each code has one [`Severity`], and the
//! severity decides what the finding does to the outcome: an [`Severity::Error`] means
//! that the credential is *not* what was required, anything less never turns a verdict.
//! `docs/findings.md` has a heading for every code; a test holds the two together.

use std::fmt;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing to do.
    Info,
    /// A person should look, or the answer is incomplete.
    Warning,
    /// The credential is not what was required.
    Error,
}

impl Severity {
    /// The word used in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Declares the codes once: variant, stable word, severity.
macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $word:literal, $severity:ident;)+) => {
        /// A stable name for one kind of finding.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code { $($(#[$doc])* $variant,)+ }

        impl Code {
            /// Every code, in the order of `docs/findings.md`.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word used in every output.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// Reads the word of [`Code::as_str`].
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.as_str() == word)
            }

            /// How much a finding of this code weighs, everywhere and always.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)+ }
            }
        }
    };
}

codes! {
    // The link.
    /// Junk around or inside the pasted text was removed.
    LinkCleaned = "link-cleaned", Info;
    /// The link was inside another service's redirect link.
    LinkWrapped = "link-wrapped", Info;
    /// The link said `http://`; `https://` is used.
    InsecureScheme = "insecure-scheme", Info;
    /// The host imitates Microsoft's or Credly's.
    LookalikeHost = "lookalike-host", Error;
    /// The host is neither Microsoft's nor Credly's.
    ForeignHost = "foreign-host", Error;
    /// The link carries a user name or password before its host.
    UserinfoInLink = "userinfo-in-link", Warning;
    /// The link names a port.
    PortInLink = "port-in-link", Warning;
    /// The text cannot be read as the link it seems to be.
    MalformedLink = "malformed-link", Warning;
    /// The link shows everyone their own page.
    OwnerOnlyLink = "owner-only-link", Warning;
    /// The link names no single credential.
    NoCredentialId = "no-credential-id", Warning;
    /// The transcript was not shared.
    PrivateTranscript = "private-transcript", Warning;
    /// The link or record is of a training achievement or other badge.
    NotACertification = "not-a-certification", Error;
    /// The link belongs to a service that was switched off.
    LegacyLink = "legacy-link", Warning;
    /// A link shortener hides the address.
    ShortenedLink = "shortened-link", Warning;
    /// Credly's copy of a Microsoft certification is not kept up to date.
    StaleIssuerCopy = "stale-issuer-copy", Warning;
    /// The text of a link shows another address than the link leads to.
    TextTargetMismatch = "text-target-mismatch", Error;

    // The fetch.
    /// The service does not know the credential.
    NotFound = "not-found", Error;
    /// The service wants a sign-in or refuses.
    AccessDenied = "access-denied", Warning;
    /// The service says that it was removed.
    Gone = "gone", Error;
    /// The service asked to wait longer than there was time.
    RateLimited = "rate-limited", Warning;
    /// The service failed.
    ServiceError = "service-error", Warning;
    /// No connection: name, network or TLS.
    Unreachable = "unreachable", Warning;
    /// No complete answer in time.
    TimedOut = "timed-out", Warning;
    /// The run was stopped before this was asked.
    NotAsked = "not-asked", Warning;
    /// The answer was larger than any true one.
    TooLarge = "too-large", Warning;
    /// The service sent the request to somewhere that is not followed.
    RedirectedAway = "redirected-away", Warning;
    /// The answer was not of the expected type or ended early.
    UnexpectedContent = "unexpected-content", Warning;
    /// The answer no longer has the known shape.
    FormatChanged = "format-changed", Warning;
    /// The answer's totals and lists disagree.
    PartialAnswer = "partial-answer", Warning;
    /// The answer did not come from the issuer's own host.
    NotTheIssuer = "not-the-issuer", Warning;
    /// Nothing says who answered: a file saved by hand.
    UnprovenEvidence = "unproven-evidence", Warning;
    /// The evidence is old on the day it is judged.
    StaleEvidence = "stale-evidence", Warning;
    /// This machine's clock and the service's disagree.
    ClockSkew = "clock-skew", Warning;

    // The record and its standing.
    /// No expiry is given where one is expected.
    ExpiryMissing = "expiry-missing", Warning;
    /// A date is there but cannot be read.
    DateUnreadable = "date-unreadable", Warning;
    /// The catalogue does not know the certification, or not whether it is retired.
    UnknownCertification = "unknown-certification", Warning;
    /// The issuer's status word is not a known one.
    UnknownStatus = "unknown-status", Warning;
    /// The issuer's status word and its dates disagree.
    StatusDisagrees = "status-disagrees", Warning;
    /// The earned date lies after the day of judgement.
    EarnedInFuture = "earned-in-future", Warning;
    /// The expiry lies before the earned date.
    ExpiryBeforeEarned = "expiry-before-earned", Warning;
    /// The time from earned to expiry is no whole number of terms.
    UnusualValidity = "unusual-validity", Info;
    /// The renewal window is open.
    RenewalOpen = "renewal-open", Info;
    /// The renewal window is open and the certification retires before it ends.
    LastChanceToRenew = "last-chance-to-renew", Warning;
    /// The renewal window would open after the certification's retirement.
    NeverRenewableAgain = "never-renewable-again", Warning;
    /// The certification will be retired.
    CertificationRetiring = "certification-retiring", Info;
    /// The certification is retired.
    CertificationRetired = "certification-retired", Warning;
    /// The record uses an old name of the certification.
    CertificationRenamed = "certification-renamed", Info;
    /// What is known of the certification is old on the day of judgement.
    OldCatalogue = "old-catalogue", Warning;
    /// The judgement rests on the user's own row, or on one of another host.
    OwnCatalogue = "own-catalogue", Warning;
    /// Only the title could be confirmed.
    TitleOnly = "title-only", Warning;

    // The list.
    /// The same credential is used by two candidates.
    DuplicateLink = "duplicate-link", Warning;
    /// Other rows write this person's name otherwise.
    NameSpeltTwoWays = "name-spelt-two-ways", Info;
    /// The row does not have the cells that the headers ask for.
    MalformedRow = "malformed-row", Warning;

    // The checks.
    /// The holder is someone else.
    HolderDifferent = "holder-different", Error;
    /// The holder may be the expected one; a person should look.
    HolderUncertain = "holder-uncertain", Warning;
    /// The service names no holder to compare with.
    HolderNotNamed = "holder-not-named", Warning;
    /// The credential is of another certification.
    CertificationDifferent = "certification-different", Error;
    /// Whether the credential is of the expected certification cannot be told.
    CertificationUncertain = "certification-uncertain", Warning;
    /// The credential is valid but not what `--require` asks for.
    RequirementUnmet = "requirement-unmet", Error;
    /// Whether the credential is what `--require` asks for cannot be told.
    RequirementUncertain = "requirement-uncertain", Warning;
    /// The credential ends before the day it must last until.
    ExpiresTooSoon = "expires-too-soon", Error;
    /// The person lacks something that the role asks for.
    RoleUnmet = "role-unmet", Error;
    /// Whether the person has what the role asks for cannot be told.
    RoleUncertain = "role-uncertain", Warning;
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The most characters of a message: strangers' text in it must not flood a report.
const MESSAGE_LIMIT: usize = 600;

/// One thing a reviewer should know.
///
/// ```
/// use bonafide::finding::{Code, Finding, Severity};
///
/// let finding = Finding::new(Code::InsecureScheme, "the link says http");
/// assert_eq!(finding.severity(), Severity::Info);
/// assert_eq!(finding.code().as_str(), "insecure-scheme");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Finding {
    code: Code,
    message: String,
    detail: Option<&'static str>,
}

impl Finding {
    /// Notes `code` with a sentence for people.
    ///
    /// The message may carry strangers' text as it is: every report neutralises it for
    /// where it goes. It must never carry a sharingId.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        let mut message = message.into();
        if let Some((end, _)) = message.char_indices().nth(MESSAGE_LIMIT) {
            message.truncate(end);
            message.push('…');
        }
        Self {
            code,
            message,
            detail: None,
        }
    }

    /// Adds a fixed word that tells cases of one code apart, such as `dns` and `tls`.
    #[must_use]
    pub fn with_detail(mut self, detail: &'static str) -> Self {
        self.detail = Some(detail);
        self
    }

    /// The same finding with another sentence.
    pub(crate) fn reworded(&self, reword: impl FnOnce(&str) -> String) -> Self {
        Self {
            detail: self.detail,
            ..Self::new(self.code, reword(&self.message))
        }
    }

    /// The stable code.
    pub fn code(&self) -> Code {
        self.code
    }

    /// The code's severity.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// The sentence for people.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The word that tells cases of one code apart, where there is one.
    pub fn detail(&self) -> Option<&'static str> {
        self.detail
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_own_word() {
        let mut words: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), Code::ALL.len());
    }
}
