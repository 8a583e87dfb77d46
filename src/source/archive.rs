//! The format of saved evidence: what its file holds, word for word.
//!
//! Written by [`save`](super::save) and read by [`Saved::load`](super::Saved::load). Keys
//! are only ever added within a version.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::envelope::{Envelope, Flaw};
use super::recording::Asked;
use super::{EvidenceKind, Failure, Origin};

/// The version that is written and read.
pub(super) const VERSION: u32 = 1;

/// A file as it is written.
#[derive(Debug, Serialize)]
pub(super) struct Written {
    pub(super) bonafide_evidence: u32,
    pub(super) program: String,
    pub(super) link: Option<String>,
    pub(super) exchanges: Vec<Entry>,
}

/// A file as it is read: the exchanges one by one, so that each can name its own flaw.
#[derive(Debug, Deserialize)]
pub(super) struct Read<'a> {
    #[serde(default)]
    pub(super) link: Option<String>,
    #[serde(borrow)]
    pub(super) exchanges: Vec<&'a RawValue>,
}

/// One exchange.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Entry {
    Answer(Box<Envelope>),
    None(NoAnswer),
}

/// One thing asked that had no answer.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct NoAnswer {
    kind: String,
    url: String,
    #[serde(flatten)]
    why: Why,
    at: DateTime<Utc>,
}

/// A [`Failure`] in words.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "failure", rename_all = "kebab-case")]
enum Why {
    NameNotResolved {
        host: String,
    },
    NotConnected {
        host: String,
        reason: String,
    },
    Tls {
        host: String,
        reason: String,
    },
    TimedOut {
        host: String,
        after_ms: u64,
    },
    RateLimited {
        host: String,
        retry_after_ms: Option<u64>,
    },
    ServiceError {
        host: String,
        status: u16,
    },
    TooLarge {
        host: String,
        limit: u64,
    },
    Truncated {
        host: String,
    },
    RedirectedAway {
        host: String,
        to: String,
    },
    NotAsked {
        host: String,
    },
}

impl Entry {
    /// Puts an exchange into words; a failure was seen at `now`.
    pub(super) fn write(asked: &Asked, now: DateTime<Utc>) -> Self {
        match &asked.exchange {
            Ok(evidence) => Self::Answer(Box::new(Envelope::seal(evidence))),
            Err(failure) => Self::None(NoAnswer {
                kind: asked.kind.as_str().to_owned(),
                url: asked.url.clone(),
                why: Why::from(failure.clone()),
                at: now,
            }),
        }
    }

    /// Reads an exchange back, as one that came by `origin`.
    pub(super) fn read(text: &str, origin: Origin) -> Result<Asked, Flaw> {
        #[derive(Deserialize)]
        struct Peek {
            failure: Option<serde::de::IgnoredAny>,
        }
        let unreadable = |error: serde_json::Error| format!("expected an exchange, found {error}");
        let peek: Peek = serde_json::from_str(text).map_err(unreadable)?;
        if peek.failure.is_none() {
            let envelope: Envelope = serde_json::from_str(text).map_err(unreadable)?;
            let evidence = envelope.open(origin)?;
            return Ok(Asked {
                kind: evidence.kind,
                url: evidence.url.clone(),
                exchange: Ok(evidence),
            });
        }
        let entry: NoAnswer = serde_json::from_str(text).map_err(unreadable)?;
        Ok(Asked {
            kind: EvidenceKind::parse(&entry.kind).ok_or_else(|| {
                format!("expected a known kind of answer, found `{}`", entry.kind)
            })?,
            url: entry.url,
            exchange: Err(Failure::from(entry.why)),
        })
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

impl From<Failure> for Why {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::NameNotResolved { host } => Self::NameNotResolved { host },
            Failure::NotConnected { host, reason } => Self::NotConnected { host, reason },
            Failure::Tls { host, reason } => Self::Tls { host, reason },
            Failure::TimedOut { host, after } => Self::TimedOut {
                host,
                after_ms: millis(after),
            },
            Failure::RateLimited { host, retry_after } => Self::RateLimited {
                host,
                retry_after_ms: retry_after.map(millis),
            },
            Failure::ServiceError { host, status } => Self::ServiceError { host, status },
            Failure::TooLarge { host, limit } => Self::TooLarge { host, limit },
            Failure::Truncated { host } => Self::Truncated { host },
            Failure::RedirectedAway { host, to } => Self::RedirectedAway { host, to },
            Failure::NotAsked { host } => Self::NotAsked { host },
        }
    }
}

impl From<Why> for Failure {
    fn from(why: Why) -> Self {
        match why {
            Why::NameNotResolved { host } => Self::NameNotResolved { host },
            Why::NotConnected { host, reason } => Self::NotConnected { host, reason },
            Why::Tls { host, reason } => Self::Tls { host, reason },
            Why::TimedOut { host, after_ms } => Self::TimedOut {
                host,
                after: Duration::from_millis(after_ms),
            },
            Why::RateLimited {
                host,
                retry_after_ms,
            } => Self::RateLimited {
                host,
                retry_after: retry_after_ms.map(Duration::from_millis),
            },
            Why::ServiceError { host, status } => Self::ServiceError { host, status },
            Why::TooLarge { host, limit } => Self::TooLarge { host, limit },
            Why::Truncated { host } => Self::Truncated { host },
            Why::RedirectedAway { host, to } => Self::RedirectedAway { host, to },
            Why::NotAsked { host } => Self::NotAsked { host },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_failure_is_read_back_as_it_was() {
        let host = || "learn.microsoft.com".to_owned();
        let word = || "unknown issuer".to_owned();
        let after = Duration::from_millis(1500);
        let failures = [
            Failure::NameNotResolved { host: host() },
            Failure::NotConnected {
                host: host(),
                reason: word(),
            },
            Failure::Tls {
                host: host(),
                reason: word(),
            },
            Failure::TimedOut {
                host: host(),
                after,
            },
            Failure::RateLimited {
                host: host(),
                retry_after: Some(after),
            },
            Failure::RateLimited {
                host: host(),
                retry_after: None,
            },
            Failure::ServiceError {
                host: host(),
                status: 503,
            },
            Failure::TooLarge {
                host: host(),
                limit: 2_097_152,
            },
            Failure::Truncated { host: host() },
            Failure::RedirectedAway {
                host: host(),
                to: "https://login.live.com".to_owned(),
            },
            Failure::NotAsked { host: host() },
        ];
        for failure in failures {
            let asked = Asked {
                kind: EvidenceKind::LearnPage,
                url: "https://learn.microsoft.com/x".to_owned(),
                exchange: Err(failure),
            };
            let text = serde_json::to_string(&Entry::write(&asked, Utc::now())).unwrap();
            assert_eq!(Entry::read(&text, Origin::Evidence), Ok(asked), "{text}");
        }
    }
}
