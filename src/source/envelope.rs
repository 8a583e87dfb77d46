//! How an answer is written into a file, in the cache as in saved evidence.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::body::sha256;
use super::{Answerer, Evidence, EvidenceKind, Origin, reduce};

/// One answer in its kept form.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Answer")]
pub(crate) struct Envelope {
    /// The service and format.
    kind: String,
    /// The address asked, without the sharingId.
    url: String,
    /// Who answered; null where nothing says.
    answerer: Option<Who>,
    /// The HTTP status.
    status: u16,
    /// The `Content-Type`, as sent.
    content_type: Option<String>,
    /// When it was received.
    fetched_at: Option<DateTime<Utc>>,
    /// The service's own clock then.
    service_date: Option<DateTime<Utc>>,
    /// SHA-256 of the body as it was received.
    sha256: String,
    /// Bytes of the body as it was received; absent where that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    received_bytes: Option<u64>,
    /// Bytes of the body as it is kept.
    bytes: u64,
    /// SHA-256 of the body as it is kept.
    kept_sha256: String,
    /// The body as it is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    /// The same in Base64, where it is no UTF-8 text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    body_base64: Option<String>,
    /// The body is left out, since it cannot be told what it holds.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    withheld: bool,
}

#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Answerer")]
enum Who {
    /// Microsoft's own host, or Credly's for a Credly badge.
    Issuer,
    /// Another host, by its name and port.
    Other(String),
}

/// What is wrong with an envelope, in words that end "expected …, found …".
pub(crate) type Flaw = String;

impl Envelope {
    /// Puts what may be kept of `evidence` into an envelope.
    pub(super) fn seal(evidence: &Evidence) -> Self {
        let reduced = reduce::reduced(evidence.kind, &evidence.body);
        let withheld = reduced.is_none();
        let kept = reduced.unwrap_or_default();
        let mut envelope = Self {
            kind: evidence.kind.as_str().to_owned(),
            url: evidence.url.clone(),
            answerer: match &evidence.answerer {
                Answerer::Issuer => Some(Who::Issuer),
                Answerer::Other(host) => Some(Who::Other(host.clone())),
                Answerer::Unknown => None,
            },
            status: evidence.status,
            content_type: evidence.content_type.clone(),
            fetched_at: evidence.fetched_at,
            service_date: evidence.service_date,
            sha256: evidence.sha256.clone(),
            received_bytes: evidence.received_bytes,
            bytes: kept.len() as u64,
            kept_sha256: sha256(&kept),
            body: None,
            body_base64: None,
            withheld,
        };
        match String::from_utf8(kept) {
            Ok(_) if withheld => {}
            Ok(text) => envelope.body = Some(text),
            Err(error) => envelope.body_base64 = Some(STANDARD.encode(error.as_bytes())),
        }
        envelope
    }

    /// Whether the body had to be left out.
    pub(super) fn is_withheld(&self) -> bool {
        self.withheld
    }

    /// Takes the answer out again, if nothing was changed since.
    pub(super) fn open(self, origin: Origin) -> Result<Evidence, Flaw> {
        let kind = EvidenceKind::parse(&self.kind)
            .ok_or_else(|| format!("expected a known kind of answer, found `{}`", self.kind))?;
        if !(200..500).contains(&self.status) {
            return Err(format!(
                "expected a status of 200 to 499, found {}",
                self.status
            ));
        }
        let body = self.contents()?;
        if sha256(&body) != self.kept_sha256 || body.len() as u64 != self.bytes {
            return Err(format!(
                "expected a body with the SHA-256 {}, found {}",
                self.kept_sha256,
                sha256(&body)
            ));
        }
        if self.sha256.len() != 64 || !self.sha256.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err("expected a SHA-256 of 64 hex digits, found something else".to_owned());
        }
        Ok(Evidence {
            kind,
            url: self.url,
            answerer: match self.answerer {
                Some(Who::Issuer) => Answerer::Issuer,
                Some(Who::Other(host)) => Answerer::Other(host),
                None => Answerer::Unknown,
            },
            status: self.status,
            content_type: self.content_type,
            fetched_at: self.fetched_at,
            service_date: self.service_date,
            sha256: self.sha256,
            received_bytes: self.received_bytes,
            body,
            origin,
        })
    }

    fn contents(&self) -> Result<Vec<u8>, Flaw> {
        match (&self.body, &self.body_base64, self.withheld) {
            (Some(text), None, false) => Ok(text.clone().into_bytes()),
            (None, Some(code), false) => STANDARD
                .decode(code)
                .map_err(|_| "expected Base64 in body_base64, found something else".to_owned()),
            (None, None, true) => Ok(Vec::new()),
            _ => Err(
                "expected one of body, body_base64 and withheld, found none or several".to_owned(),
            ),
        }
    }
}
