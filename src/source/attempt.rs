//! One try: a request, the redirects it leads through, and the answer at their end.

use chrono::{DateTime, Utc};
use reqwest::header::{
    ACCEPT, CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue,
    IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED,
};
use reqwest::{Response, StatusCode};
use serde::{Deserialize, Serialize};
use url::Url;

use super::base::host_of;
use super::client::Clients;
use super::pace::Pace;
use super::retry::{self, Again, Fault};
use super::{EvidenceKind, Failure, Policy, Request, body, fault, redirect, scrub};

/// What the service gave to ask later whether an answer still holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Validators {
    /// The `ETag`.
    pub(super) etag: Option<String>,
    /// The `Last-Modified`.
    pub(super) last_modified: Option<String>,
}

impl Validators {
    /// Takes what can be sent back byte for byte: a service that confirms anything else
    /// was not asked about it.
    fn of(headers: &HeaderMap) -> Self {
        let plain = |name| Some(headers.get(name)?.to_str().ok()?.to_owned());
        Self {
            etag: plain(ETAG),
            last_modified: plain(LAST_MODIFIED),
        }
    }

    /// Whether there is nothing to ask with.
    pub(super) fn is_empty(&self) -> bool {
        self.etag.is_none() && self.last_modified.is_none()
    }

    fn conditions(&self) -> HeaderMap {
        let pairs = [
            (IF_NONE_MATCH, &self.etag),
            (IF_MODIFIED_SINCE, &self.last_modified),
        ];
        let value = |text: &String| HeaderValue::from_str(text).ok();
        pairs
            .into_iter()
            .filter_map(|(name, text)| Some((name, text.as_ref().and_then(value)?)))
            .collect()
    }
}

/// What the service said in the end.
#[derive(Debug)]
pub(super) enum Answer {
    /// A whole answer.
    Fresh(Fresh),
    /// The kept answer still holds.
    NotModified {
        /// The service's `Date`.
        service_date: Option<DateTime<Utc>>,
    },
}

/// A whole answer, as it was received.
#[derive(Debug)]
pub(super) struct Fresh {
    pub(super) status: u16,
    pub(super) content_type: Option<String>,
    pub(super) service_date: Option<DateTime<Utc>>,
    pub(super) validators: Validators,
    /// Whether the service forbids to keep it.
    pub(super) no_store: bool,
    pub(super) body: Vec<u8>,
}

/// Everything that a try needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attempt<'a> {
    pub(super) way: Way<'a>,
    pub(super) request: &'a Request,
    /// The validators of the kept answer, where there is one.
    pub(super) kept: Option<&'a Validators>,
}

/// How requests of one kind travel.
#[derive(Debug, Clone, Copy)]
pub(super) struct Way<'a> {
    pub(super) policy: &'a Policy,
    pub(super) clients: &'a Clients,
    pub(super) pace: &'a Pace,
    pub(super) kind: EvidenceKind,
}

impl Way<'_> {
    /// Goes from an address through its redirects to the answer at their end, of which only
    /// the head was read. `paid` says that the first request has already waited for its turn.
    pub(super) async fn walk(
        &self,
        mut url: Url,
        conditions: &HeaderMap,
        paid: bool,
    ) -> Result<(Response, String), Fault> {
        for hop in 0..=redirect::LIMIT {
            if !(paid && hop == 0) {
                // The deadline of the request bounds this wait.
                let turn = self.pace.turn(self.policy.timeout()).await;
                turn.map_err(|wait| Self::too_fast(&url, wait))?;
            }
            let response = self.send(&url, conditions).await?;
            if !redirect::is_redirect(response.status()) {
                return Ok((response, host_of(&url)));
            }
            let follows = |to: &Url| self.policy.follows(self.kind, to);
            url = redirect::target(&url, response.headers(), follows)
                .map_err(|to| redirected(&url, to))?;
            tracing::debug!(target: "bonafide", host = host_of(&url), "redirect");
        }
        Err(redirected(
            &url,
            format!("more than {} addresses", redirect::LIMIT),
        ))
    }

    /// Whether the answer is one; if not, its fault, which also sets the pace.
    pub(super) fn weigh(&self, response: &Response, host: &str) -> Result<(), Fault> {
        let (status, headers) = (response.status(), response.headers());
        let Some(fault) = Fault::of_status(status, headers, host) else {
            self.pace.well();
            return Ok(());
        };
        if status == StatusCode::TOO_MANY_REQUESTS {
            self.pace.too_fast(retry::retry_after(headers));
        }
        Err(fault)
    }

    fn too_fast(url: &Url, wait: std::time::Duration) -> Fault {
        let failure = Failure::RateLimited {
            host: host_of(url),
            retry_after: Some(wait),
        };
        Fault::new(failure, Again::Never)
    }

    async fn send(&self, url: &Url, conditions: &HeaderMap) -> Result<Response, Fault> {
        let host = host_of(url);
        let client = match url.scheme() {
            "http" => self.clients.plain(),
            _ => self.clients.secure(),
        };
        let client = client.map_err(|reason| {
            let (host, reason) = (host.clone(), reason.to_owned());
            Fault::new(Failure::Tls { host, reason }, Again::Never)
        })?;
        let sent = client
            .get(url.clone())
            .header(ACCEPT, accepted(self.kind))
            .headers(conditions.clone())
            .send()
            .await;
        let status = sent
            .as_ref()
            .ok()
            .map(|response| response.status().as_u16());
        let path = scrub::without_sharing_id(url.path());
        tracing::debug!(target: "bonafide", host, path, status, "request");
        sent.map_err(|error| fault::of_error(error, &host))
    }
}

impl Attempt<'_> {
    /// Follows the request to its end. `paid` says that the first one to be sent has
    /// already waited for its turn.
    pub(super) async fn run(&self, paid: bool) -> Result<Answer, Fault> {
        let conditions = self.kept.map(Validators::conditions).unwrap_or_default();
        let (response, host) = self.way.walk(self.start()?, &conditions, paid).await?;
        self.answer(response, &host).await
    }

    /// The address to ask, with the sharingId where there is one.
    fn start(&self) -> Result<Url, Fault> {
        let base = self.way.policy.base(self.request.kind());
        let mut url = self
            .request
            .public_url(base.as_url())
            .ok()
            .filter(|url| base.covers(url))
            .ok_or_else(|| redirected(base.as_url(), "an unreadable address".to_owned()))?;
        if let Request::Page {
            sharing_id: Some(id),
            ..
        } = self.request
        {
            url.query_pairs_mut().append_pair("sharingId", id.reveal());
        }
        Ok(url)
    }

    async fn answer(&self, response: Response, host: &str) -> Result<Answer, Fault> {
        let status = response.status();
        let headers = response.headers();
        let service_date = retry::service_date(headers);
        if status == StatusCode::NOT_MODIFIED && self.kept.is_some() {
            return Ok(Answer::NotModified { service_date });
        }
        self.way.weigh(&response, host)?;
        Ok(Answer::Fresh(Fresh {
            status: status.as_u16(),
            content_type: text(headers, &CONTENT_TYPE),
            service_date,
            validators: Validators::of(headers),
            no_store: text(headers, &CACHE_CONTROL)
                .is_some_and(|it| it.to_ascii_lowercase().contains("no-store")),
            body: body::read(response, host, body::limit(self.request.kind())).await?,
        }))
    }
}

pub(super) fn redirected(from: &Url, to: String) -> Fault {
    let host = host_of(from);
    Fault::new(Failure::RedirectedAway { host, to }, Again::Never)
}

fn accepted(kind: EvidenceKind) -> HeaderValue {
    HeaderValue::from_static(match kind {
        EvidenceKind::LearnPage => "text/html",
        _ => "application/json",
    })
}

pub(super) fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let value = headers.get(name)?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
}
