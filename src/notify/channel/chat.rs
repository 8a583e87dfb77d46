//! Rooms of people: Teams, Slack, ntfy.

use reqwest::StatusCode;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use url::Url;

use super::http::{self, Answer, Post};
use super::secret::Secret;
use crate::notify::form::{ntfy, slack, teams};
use crate::notify::message::Message;
use crate::notify::words::Words;
use crate::notify::{Channel, Digest, Receipt, SendError, Sending};

/// A workflow of Microsoft Teams.
#[derive(Debug)]
pub(super) struct Teams {
    pub(super) name: String,
    pub(super) url: Secret,
    pub(super) post: Post,
}

impl Teams {
    async fn tell(&self, digest: &Digest) -> Result<Receipt, SendError> {
        let secret = self.url.get().await?;
        let url = teams_address(secret)?;
        let post = teams::write(&Message::of(digest, &self.name), digest.language);
        let answer = self.post.send(&url, HeaderMap::new(), post).await?;
        taken_by_teams(&answer, secret)?;
        let answer = answer.status.to_string();
        Ok(Receipt { answer })
    }
}

/// 202 is success. A flow that answers for itself may say 200, with nothing or with JSON;
/// what else comes with 200 is an error page or an error in words.
fn taken_by_teams(answer: &Answer, secret: &SecretString) -> Result<(), SendError> {
    let is_silent = answer.body.trim().is_empty()
        || (!answer.is_cut && serde_json::from_str::<Value>(&answer.body).is_ok());
    match answer.status {
        StatusCode::ACCEPTED => Ok(()),
        status if status.is_success() && is_silent && !answer.is_page => Ok(()),
        status if status.is_success() => Err(answer.unexpected("202", &[secret])),
        _ => Err(answer.refusal(&[secret])),
    }
}

/// Takes the addresses of workflows, old (`….logic.azure.com/workflows/…`) and new
/// (`….api.powerplatform.com/…/workflows/…`), and any other that stands in for them.
fn teams_address(secret: &SecretString) -> Result<Url, SendError> {
    let url = http::address(secret)?;
    let host = url.host_str().unwrap_or_default();
    if host.ends_with(".webhook.office.com") || host == "outlook.office.com" {
        return Err(SendError::permanent(
            "expected the address of a Teams workflow, found one of an Office 365 connector, \
             which Microsoft has retired; make a workflow in Teams and use its address",
        ));
    }
    let is_workflow =
        host.ends_with(".logic.azure.com") || host.ends_with(".api.powerplatform.com");
    let is_signed = url
        .query_pairs()
        .any(|(key, value)| key == "sig" && !value.is_empty());
    if is_workflow && !is_signed {
        return Err(SendError::permanent(
            "expected the whole address of the Teams workflow, found one without its sig=…; \
             copy it again to its end",
        ));
    }
    Ok(url)
}

impl Channel for Teams {
    fn name(&self) -> &str {
        &self.name
    }

    fn split(&self, digest: &Digest) -> Vec<usize> {
        teams::split(digest)
    }

    fn send<'a>(&'a self, digest: &'a Digest) -> Sending<'a> {
        Box::pin(self.tell(digest))
    }

    fn look(&self) -> Sending<'_> {
        Box::pin(async {
            let url = teams_address(self.url.get().await?)?;
            self.post.reach(&url).await
        })
    }
}

/// An incoming webhook of Slack.
#[derive(Debug)]
pub(super) struct Slack {
    pub(super) name: String,
    pub(super) url: Secret,
    pub(super) post: Post,
}

impl Slack {
    async fn tell(&self, digest: &Digest) -> Result<Receipt, SendError> {
        let secret = self.url.get().await?;
        let url = http::address(secret)?;
        let words = Words::of(digest.language);
        let post = slack::write(&Message::of(digest, &self.name), words);
        let answer = self.post.send(&url, HeaderMap::new(), post).await?;
        match answer.status {
            StatusCode::OK if answer.body.trim() == "ok" => Ok(Receipt {
                answer: "ok".to_owned(),
            }),
            status if status.is_success() => Err(answer.unexpected("the word ok", &[secret])),
            _ => Err(answer.refusal(&[secret])),
        }
    }
}

impl Channel for Slack {
    fn name(&self) -> &str {
        &self.name
    }

    fn split(&self, digest: &Digest) -> Vec<usize> {
        slack::split(digest)
    }

    fn send<'a>(&'a self, digest: &'a Digest) -> Sending<'a> {
        Box::pin(self.tell(digest))
    }

    fn look(&self) -> Sending<'_> {
        Box::pin(async {
            let url = http::address(self.url.get().await?)?;
            self.post.reach(&url).await
        })
    }
}

/// A topic of an ntfy server.
#[derive(Debug)]
pub(super) struct Ntfy {
    pub(super) name: String,
    pub(super) server: Option<String>,
    pub(super) topic: Secret,
    pub(super) token: Option<Secret>,
    pub(super) post: Post,
}

impl Ntfy {
    fn server(&self) -> Result<Url, SendError> {
        let server = self.server.as_deref().unwrap_or("https://ntfy.sh");
        http::address(&SecretString::from(server))
    }

    async fn tell(&self, digest: &Digest) -> Result<Receipt, SendError> {
        let url = self.server()?;
        let topic = self.topic.get().await?;
        let mut secrets = vec![topic];
        let mut headers = HeaderMap::new();
        if let Some(token) = &self.token {
            let token = token.get().await?;
            secrets.push(token);
            headers.insert(AUTHORIZATION, bearer(token)?);
        }
        let message = Message::of(digest, &self.name);
        let words = Words::of(digest.language);
        let post = ntfy::write(&message, words, topic.expose_secret(), &digest.key);
        let post = post.ok_or_else(|| {
            let items = digest.items.len();
            SendError::permanent(format!("expected one credential in a push, found {items}"))
        })?;
        let answer = self.post.send(&url, headers, post).await?;
        let answer = taken_by_ntfy(&answer, &secrets)?;
        Ok(Receipt { answer })
    }
}

/// The server answers with the message that it took, as JSON with an id.
fn taken_by_ntfy(answer: &Answer, secrets: &[&SecretString]) -> Result<String, SendError> {
    if !answer.status.is_success() {
        return Err(answer.refusal(secrets));
    }
    let taken: Option<Value> = serde_json::from_str(&answer.body).ok();
    let id = taken.as_ref().and_then(|taken| taken["id"].as_str());
    match id {
        Some(id) => Ok(crate::report::neutral::terminal(id)),
        None => Err(answer.unexpected("the message that was taken", secrets)),
    }
}

fn bearer(token: &SecretString) -> Result<HeaderValue, SendError> {
    let value = HeaderValue::from_str(&format!("Bearer {}", token.expose_secret()));
    let mut value = value.map_err(|_| {
        SendError::permanent("expected an access token, found one that cannot stand in a header")
    })?;
    value.set_sensitive(true);
    Ok(value)
}

impl Channel for Ntfy {
    fn name(&self) -> &str {
        &self.name
    }

    fn split(&self, digest: &Digest) -> Vec<usize> {
        ntfy::split(digest)
    }

    fn send<'a>(&'a self, digest: &'a Digest) -> Sending<'a> {
        Box::pin(self.tell(digest))
    }

    fn look(&self) -> Sending<'_> {
        Box::pin(async {
            self.topic.get().await?;
            if let Some(token) = &self.token {
                bearer(token.get().await?)?;
            }
            self.post.reach(&self.server()?).await
        })
    }
}
