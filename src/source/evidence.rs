//! What the service answered, and when: the material that everything later is judged on.

use std::fmt;

use chrono::{DateTime, Utc};

/// Which service and format an answer comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EvidenceKind {
    /// `/api/credentials/{id}` on Microsoft Learn, JSON.
    LearnCredential,
    /// The page behind a share link on Microsoft Learn, HTML.
    LearnPage,
    /// `/api/profiles/transcript/share/{id}` on Microsoft Learn, JSON.
    LearnTranscript,
    /// `/badges/{uuid}.json` on Credly, JSON.
    CredlyBadge,
    /// An Open Badges 2.0 assertion on Credly, JSON.
    OpenBadge,
}

impl EvidenceKind {
    /// Reads the word of [`EvidenceKind::as_str`].
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == word)
    }

    /// Every kind.
    pub const ALL: &'static [Self] = &[
        Self::LearnCredential,
        Self::LearnPage,
        Self::LearnTranscript,
        Self::CredlyBadge,
        Self::OpenBadge,
    ];

    /// The word used in every output and in saved evidence.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LearnCredential => "learn-credential",
            Self::LearnPage => "learn-page",
            Self::LearnTranscript => "learn-transcript",
            Self::CredlyBadge => "credly-badge",
            Self::OpenBadge => "open-badge",
        }
    }
}

/// By which way an answer reached this run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Origin {
    /// Asked for just now.
    Network,
    /// Kept from an earlier run, and confirmed by the service or young enough.
    Cache,
    /// Read from saved evidence.
    Evidence,
    /// Ships inside the program.
    Demo,
}

impl Origin {
    /// Reads the word of [`Origin::as_str`].
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Network, Self::Cache, Self::Evidence, Self::Demo]
            .into_iter()
            .find(|origin| origin.as_str() == word)
    }

    /// The word used in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::Cache => "cache",
            Self::Evidence => "evidence",
            Self::Demo => "demo",
        }
    }
}

/// Who answered.
///
/// For saved evidence this is what the file says; it proves no more than the file does.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Answerer {
    /// Microsoft's own host, or Credly's for a Credly badge.
    Issuer,
    /// Another host that the run was pointed at, by its name and port.
    Other(String),
    /// Nothing says who: an answer that someone saved by hand.
    Unknown,
}

/// One complete HTTP answer, kept as it was received.
///
/// `Debug` shows the size of the body and not its text, which names people.
#[derive(Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The service and format.
    pub kind: EvidenceKind,
    /// The address asked, rebuilt from the link's parts; never with a sharingId. For an
    /// answer saved by hand that does not name its address, `file:` and the file's name.
    pub url: String,
    /// Who answered.
    pub answerer: Answerer,
    /// The HTTP status of the last hop: 200, or 401, 403, 404, 410 or another refusal.
    pub status: u16,
    /// The `Content-Type`, as sent.
    pub content_type: Option<String>,
    /// When the answer was received, or confirmed by a 304, by the clock of the machine
    /// that asked. `None` where nothing says, as for an answer saved by hand.
    pub fetched_at: Option<DateTime<Utc>>,
    /// The service's `Date`, where it sent a readable one.
    pub service_date: Option<DateTime<Utc>>,
    /// SHA-256 of the body as received after decompression, lower-case hex.
    pub sha256: String,
    /// The body, at most 2 MiB (16 MiB for a transcript). The sharingId is taken out of a
    /// page, and in kept evidence some personal data too; `sha256` stays that of what was
    /// received.
    pub body: Vec<u8>,
    /// How it reached this run.
    pub origin: Origin,
}

impl fmt::Debug for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Evidence")
            .field("kind", &self.kind)
            .field("url", &self.url)
            .field("answerer", &self.answerer)
            .field("status", &self.status)
            .field("content_type", &self.content_type)
            .field("fetched_at", &self.fetched_at)
            .field("service_date", &self.service_date)
            .field("sha256", &self.sha256)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .field("origin", &self.origin)
            .finish()
    }
}

/// Why there is no answer to keep.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// The host's name could not be resolved.
    #[error("the name {host} could not be resolved")]
    NameNotResolved {
        /// The host asked for.
        host: String,
    },
    /// No connection could be made, or it broke before an answer.
    #[error("no connection to {host}: {reason}")]
    NotConnected {
        /// The host asked for.
        host: String,
        /// The innermost cause.
        reason: String,
    },
    /// The secure connection could not be trusted.
    #[error("the secure connection to {host} failed: {reason}")]
    Tls {
        /// The host asked for.
        host: String,
        /// The innermost cause.
        reason: String,
    },
    /// The time ran out before a complete answer.
    #[error("no complete answer from {host} within {}", humantime::format_duration(*.after))]
    TimedOut {
        /// The host asked for.
        host: String,
        /// The time that was given.
        after: std::time::Duration,
    },
    /// The service asked to wait longer than the time given (429).
    #[error("{host} asks to wait {}", wait(*.retry_after))]
    RateLimited {
        /// The host asked for.
        host: String,
        /// How long it asked to wait, where it said.
        retry_after: Option<std::time::Duration>,
    },
    /// The service failed (5xx), also after retries.
    #[error("{host} answered with status {status}")]
    ServiceError {
        /// The host asked for.
        host: String,
        /// The HTTP status.
        status: u16,
    },
    /// The body was larger than any true answer.
    #[error("the answer of {host} is larger than {} MiB", limit >> 20)]
    TooLarge {
        /// The host asked for.
        host: String,
        /// The limit in bytes.
        limit: u64,
    },
    /// The body ended early or could not be decompressed.
    #[error("the answer of {host} ended early or is damaged")]
    Truncated {
        /// The host asked for.
        host: String,
    },
    /// A redirect led somewhere that is not followed, or there were too many.
    #[error("{host} redirected to {to}, which is not followed")]
    RedirectedAway {
        /// The host asked for.
        host: String,
        /// Scheme, host and port it led to, or what was wrong with it; no path, no query.
        to: String,
    },
    /// The run ended before it was asked.
    #[error("the run was stopped before {host} was asked")]
    NotAsked {
        /// The host that was to be asked.
        host: String,
    },
}

/// How long a service asks to wait, in words.
fn wait(retry_after: Option<std::time::Duration>) -> String {
    match retry_after {
        Some(time) => format!(
            "{}, longer than there is time",
            humantime::format_duration(time)
        ),
        None => "before the next request".to_owned(),
    }
}

/// What came of one request: an answer, or the reason why there is none.
pub type Exchange = Result<Evidence, Failure>;
