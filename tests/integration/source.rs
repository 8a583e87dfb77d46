//! The I/O station against servers on loopback, good and bad.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up should fail"
)]

mod answers;
mod bodies;
mod cache;
mod redirects;
mod retries;
mod saved;
mod tls;

use std::time::Duration;

use bonafide::link::{BadgeId, CredentialId, ShareId, SharingId};
use bonafide::source::{BaseUrl, Live, Policy, Request};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

const ID: &str = "20170DBC5AC04E38";
const SHARING_ID: &str = "C72B4F60A795D7E4";
const RECORD: &str = r#"{"credentialId":"20170DBC5AC04E38","title":"Microsoft Certified: Azure AI Engineer Associate","expiresOn":"2027-05-14T23:59:59Z"}"#;

fn record() -> Request {
    Request::Credential(CredentialId::parse(ID).unwrap())
}

fn page() -> Request {
    Request::Page {
        path: format!("/api/credentials/share/en-us/buchheister/{ID}"),
        sharing_id: SharingId::parse(SHARING_ID),
    }
}

fn transcript() -> Request {
    Request::Transcript(ShareId::parse("d8yjaq7hn04v2kx").unwrap())
}

fn badge() -> Request {
    Request::CredlyBadge(BadgeId::parse("4b0f8a52-9d13-4c67-a2e8-51c7d0f3b964").unwrap())
}

/// A quick policy: everything at `uri`, short waits, no rate.
fn policy(uri: &str) -> Policy {
    let base = BaseUrl::parse(uri).unwrap();
    Policy::default()
        .with_learn_base(base.clone())
        .with_credly_base(base.clone())
        .with_open_badge_base(base)
        .with_backoff(Duration::from_millis(5))
        .with_rate(None)
}

fn live(uri: &str) -> Live {
    Live::new(policy(uri)).unwrap()
}

/// A server that answers everything with `answer`.
async fn server(answer: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    server
}

/// A server that answers with each of `answers` once, then with the last.
async fn series(answers: Vec<ResponseTemplate>) -> MockServer {
    let server = MockServer::start().await;
    let last = answers.len() - 1;
    for (at, answer) in answers.into_iter().enumerate() {
        let mock = Mock::given(any()).respond_with(answer);
        if at == last {
            mock.mount(&server).await;
        } else {
            mock.up_to_n_times(1).mount(&server).await;
        }
    }
    server
}

fn json(status: u16, body: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw(body, "application/json; charset=utf-8")
}

fn status(status: u16) -> ResponseTemplate {
    ResponseTemplate::new(status)
}

async fn count(server: &MockServer) -> usize {
    server.received_requests().await.unwrap().len()
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest as _, Sha256};
    hex::encode(Sha256::digest(bytes))
}

fn files_below(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().path())
        .flat_map(|path| {
            if path.is_dir() {
                files_below(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}
