//! Any other webhook: the digest as JSON, signed as Standard Webhooks has it: `v1,` and the
//! Base64 of the signature over `id.timestamp.body` (<https://www.standardwebhooks.com>, a
//! stored copy read on 2026-11-22), so that receivers find a library.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::Utc;
use hmac::{Hmac, KeyInit as _, Mac as _};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::Sha256;

use super::http::{self, Post};
use super::secret::Secret;
use crate::notify::{Channel, Digest, Receipt, SendError, Sending, document};

/// A webhook, and the key that what it is sent is signed with.
#[derive(Debug)]
pub(super) struct Webhook {
    pub(super) name: String,
    pub(super) url: Secret,
    pub(super) key: Option<Secret>,
    pub(super) post: Post,
}

impl Webhook {
    async fn tell(&self, digest: &Digest) -> Result<Receipt, SendError> {
        let secret = self.url.get().await?;
        let url = http::address(secret)?;
        let mut secrets = vec![secret];
        let body = document(digest, &self.name);
        let key = digest.key.as_str();
        let timestamp = Utc::now().timestamp().to_string();
        let mut headers = HeaderMap::new();
        headers.insert(HeaderName::from_static("webhook-id"), word(key));
        headers.insert(HeaderName::from_static("idempotency-key"), word(key));
        headers.insert(
            HeaderName::from_static("webhook-timestamp"),
            word(&timestamp),
        );
        if let Some(signer) = &self.key {
            let signer = signer.get().await?;
            secrets.push(signer);
            let signature = sign(signer, &format!("{key}.{timestamp}.{body}"))?;
            headers.insert(
                HeaderName::from_static("webhook-signature"),
                word(&signature),
            );
        }
        let answer = self.post.send(&url, headers, body).await?;
        if !answer.status.is_success() {
            return Err(answer.refusal(&secrets));
        }
        if answer.is_page {
            return Err(answer.unexpected("an answer of a webhook", &secrets));
        }
        Ok(Receipt {
            answer: format!("{} {}", answer.status.as_u16(), answer.said(&secrets)),
        })
    }
}

/// `v1,` and the signature. A key that begins with `whsec_` is Base64, any other is taken
/// as it is.
fn sign(key: &SecretString, signed: &str) -> Result<String, SendError> {
    let key = key.expose_secret();
    let octets = match key.strip_prefix("whsec_") {
        Some(encoded) => STANDARD.decode(encoded).map_err(|_| {
            SendError::permanent("expected Base64 behind whsec_ in the webhook's secret")
        })?,
        None => key.as_bytes().to_vec(),
    };
    let mut mac = Hmac::<Sha256>::new_from_slice(&octets)
        .map_err(|_| SendError::permanent("the webhook's secret cannot be used as a key"))?;
    mac.update(signed.as_bytes());
    Ok(format!(
        "v1,{}",
        STANDARD.encode(mac.finalize().into_bytes())
    ))
}

fn word(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).expect("keys, numbers and Base64 are visible ASCII")
}

impl Channel for Webhook {
    fn name(&self) -> &str {
        &self.name
    }

    fn send<'a>(&'a self, digest: &'a Digest) -> Sending<'a> {
        Box::pin(self.tell(digest))
    }

    fn look(&self) -> Sending<'_> {
        Box::pin(async {
            let url = http::address(self.url.get().await?)?;
            if let Some(key) = &self.key {
                sign(key.get().await?, "")?;
            }
            self.post.reach(&url).await
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification's reference libraries, made again with Python's
    /// `hmac`.
    #[test]
    fn a_signature_is_the_specifications() {
        let key = SecretString::from("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        let signed = "msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{\"test\": 2432232314}";
        assert_eq!(
            sign(&key, signed).unwrap(),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
        );
    }
}
