//! A post to an address that is a secret.
//!
//! Only `https`, or `http` on loopback; no redirect is followed; an answer is read up to a
//! limit and no further; all of it takes no longer than it may. What is said of an address
//! is its host.

use std::path::PathBuf;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue, LOCATION, RETRY_AFTER};
use reqwest::{Client, Response, StatusCode, redirect};
use secrecy::{ExposeSecret as _, SecretString};
use url::{Host, Url};

use super::scrubbed::scrubbed;
use crate::notify::{Receipt, SendError};
use crate::report::neutral;
use crate::source;

const USER_AGENT: &str = concat!("bonafide/", env!("CARGO_PKG_VERSION"), " (reminders)");

/// The most octets of an answer that are read: what services say is a word or two.
const ANSWER_LIMIT: usize = 64 * 1024;

/// The time for one post, all of it.
const TIME: Duration = Duration::from_secs(30);

/// The time for reaching a host.
const LOOK_TIME: Duration = Duration::from_secs(10);

/// The most characters of an answer that are shown.
const SHOWN: usize = 200;

/// The longest that a service may ask to be left alone; more is taken as this.
const LONGEST_WAIT: Duration = Duration::from_hours(24);

/// How posts are made.
#[derive(Debug, Clone)]
pub(super) struct Post {
    timeout: Duration,
    ca_file: Option<PathBuf>,
}

/// What a service said to a post.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    /// As text, cut at the limit.
    pub(super) body: String,
    /// Whether it was longer than the limit.
    pub(super) is_cut: bool,
    /// Whether it is a page for people.
    pub(super) is_page: bool,
    host: String,
    retry_after: Option<Duration>,
}

impl Post {
    pub(super) fn new(timeout: Option<Duration>, ca_file: Option<PathBuf>) -> Self {
        Self {
            timeout: timeout.unwrap_or(TIME),
            ca_file,
        }
    }

    /// Posts `body`, and takes what comes back, whatever its status.
    pub(super) async fn send(
        &self,
        url: &Url,
        headers: HeaderMap,
        body: String,
    ) -> Result<Answer, SendError> {
        let host = host_of(url);
        let exchange = async {
            let request = self.client(url)?.post(url.clone()).headers(headers);
            let response = request
                .header(CONTENT_TYPE, "application/json; charset=utf-8")
                .body(body)
                .send()
                .await
                .map_err(|error| failed(error, &host))?;
            Answer::read(response, host.clone()).await
        };
        let in_time = tokio::time::timeout(self.timeout, exchange).await;
        in_time.unwrap_or_else(|_| {
            let time = humantime::format_duration(self.timeout);
            Err(SendError::passing(format!(
                "{host} did not answer within {time}"
            )))
        })
    }

    /// Reaches the host of an address, without a word of the address itself: any answer will
    /// do.
    pub(super) async fn reach(&self, url: &Url) -> Result<Receipt, SendError> {
        let host = host_of(url);
        let mut root = url.clone();
        root.set_path("/");
        root.set_query(None);
        root.set_fragment(None);
        let reached = async {
            let request = self.client(url)?.head(root);
            request.send().await.map_err(|error| failed(error, &host))
        };
        let time = self.timeout.min(LOOK_TIME);
        let in_time = tokio::time::timeout(time, reached).await;
        in_time.unwrap_or_else(|_| {
            let time = humantime::format_duration(time);
            Err(SendError::passing(format!(
                "{host} did not answer within {time}"
            )))
        })?;
        let answer = format!("{host} answers, and the secrets can be read");
        Ok(Receipt { answer })
    }

    fn client(&self, url: &Url) -> Result<Client, SendError> {
        let builder = source::client_builder()
            .user_agent(USER_AGENT)
            .redirect(redirect::Policy::none())
            .referer(false);
        let builder = match (&self.ca_file, url.scheme()) {
            // A proxy would carry what is for this machine off it, in the clear.
            (_, "http") => builder.no_proxy().tls_certs_only([]),
            (None, _) => builder.https_only(true),
            (Some(path), _) => {
                let certificates = source::certificates(path)
                    .map_err(|error| SendError::permanent(error.to_string()))?;
                builder.https_only(true).tls_certs_merge(certificates)
            }
        };
        builder
            .build()
            .map_err(|error| SendError::permanent(source::reason_of(&error)))
    }
}

fn failed(error: reqwest::Error, host: &str) -> SendError {
    let reason = source::reason_of(&error.without_url());
    SendError::passing(format!(
        "cannot reach {host}: {}",
        neutral::terminal(&reason)
    ))
}

impl Answer {
    async fn read(mut response: Response, host: String) -> Result<Self, SendError> {
        let status = response.status();
        let headers = response.headers();
        if status.is_redirection() {
            let to = headers.get(LOCATION).and_then(|to| to.to_str().ok());
            let to = to.and_then(|to| response.url().join(to).ok());
            let to = to.map_or_else(|| "nowhere".to_owned(), |to| host_of(&to));
            return Err(SendError::permanent(format!(
                "{host} sends on to {to}, which is not followed; use the address it leads to"
            )));
        }
        let is_html = headers.get(CONTENT_TYPE).is_some_and(is_html);
        let retry_after = headers.get(RETRY_AFTER).and_then(seconds);
        let (octets, is_cut) = bounded(&mut response, &host).await?;
        let body = String::from_utf8_lossy(&octets).into_owned();
        let start = body.trim_start().get(..14).unwrap_or_default();
        let is_page = is_html
            || start.eq_ignore_ascii_case("<!doctype html")
            || start.to_ascii_lowercase().starts_with("<html");
        Ok(Self {
            status,
            body,
            is_cut,
            is_page,
            host,
            retry_after,
        })
    }

    /// That the service refused, as it said it.
    pub(super) fn refusal(&self, secrets: &[&SecretString]) -> SendError {
        let status = self.status.as_u16();
        let said = format!("{} answered {status}{}", self.host, self.quoted(secrets));
        if matches!(status, 408 | 425 | 429 | 500..) {
            SendError::passing(said).not_before(self.retry_after)
        } else {
            SendError::permanent(said)
        }
    }

    /// That the service said yes in a way that it does not say yes.
    pub(super) fn unexpected(&self, expected: &str, secrets: &[&SecretString]) -> SendError {
        SendError::passing(format!(
            "expected {expected} from {}, found {}{}",
            self.host,
            self.status.as_u16(),
            self.quoted(secrets)
        ))
    }

    /// What the service said, harmless, short and without a secret.
    pub(super) fn said(&self, secrets: &[&SecretString]) -> String {
        let scrubbed = scrubbed(&self.body, secrets);
        let start: String = scrubbed.trim().chars().take(SHOWN).collect();
        neutral::terminal(&start)
    }

    fn quoted(&self, secrets: &[&SecretString]) -> String {
        if self.is_page {
            return " with a page for people".to_owned();
        }
        match self.said(secrets) {
            said if said.is_empty() => String::new(),
            said => format!(": {said}"),
        }
    }
}

fn is_html(kind: &HeaderValue) -> bool {
    let kind = kind.as_bytes().to_ascii_lowercase();
    kind.starts_with(b"text/html") || kind.starts_with(b"application/xhtml")
}

fn seconds(header: &HeaderValue) -> Option<Duration> {
    let seconds = header.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds).min(LONGEST_WAIT))
}

async fn bounded(response: &mut Response, host: &str) -> Result<(Vec<u8>, bool), SendError> {
    let mut body = Vec::new();
    while body.len() <= ANSWER_LIMIT {
        match response.chunk().await {
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => return Ok((body, false)),
            Err(error) => return Err(failed(error, host)),
        }
    }
    body.truncate(ANSWER_LIMIT);
    Ok((body, true))
}

/// Reads a secret address.
///
/// # Errors
/// When it is none, or could be listened in on; without a word of it.
pub(super) fn address(secret: &SecretString) -> Result<Url, SendError> {
    let url = Url::parse(secret.expose_secret().trim());
    let url = url.map_err(|_| SendError::permanent("expected an https address, found none"))?;
    let is_local = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => {
            return Err(SendError::permanent(
                "expected an https address, found none",
            ));
        }
    };
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_local => Ok(url),
        _ => Err(SendError::permanent(
            "expected an https address (http on this machine alone): the address is a secret, \
             and would be sent in the clear",
        )),
    }
}

/// The host, with the port where it is not the scheme's own.
fn host_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or("an unnamed host");
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}
