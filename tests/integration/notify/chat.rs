//! Chats, webhooks and programs.

use std::time::{Duration, Instant};

use base64::Engine as _;
use bonafide::notify::{Channel, Lasting, Receipt, Recipient, SendError, test_message};
use bonafide::report::request::Language;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::Value;
use tempfile::TempDir;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use super::{channel, digest, secret, wait};
use crate::harness::text;
use crate::raw_server::{RawServer, Step, send};

/// What came of one digest, and what the service was asked.
struct Sent {
    result: Result<Receipt, SendError>,
    requests: Vec<Request>,
}

impl Sent {
    fn lasting(&self) -> Lasting {
        self.result.as_ref().unwrap_err().lasting()
    }

    fn said(&self) -> String {
        self.result.as_ref().unwrap_err().to_string()
    }
}

/// Sends through a channel whose service answers in that way at `/hook`, or at `/` as ntfy.
fn sent(kind: &str, answer: ResponseTemplate) -> Sent {
    wait(async {
        let server = MockServer::start().await;
        let at = if kind == "ntfy" { "/" } else { "/hook" };
        let mock = Mock::given(method("POST"))
            .and(path(at))
            .respond_with(answer);
        mock.mount(&server).await;
        let folder = TempDir::new().unwrap();
        let channel = on(&server.uri(), kind, &folder);
        let digest = digest("jane@example.com");
        let result = channel.send(&digest).await;
        let requests = server.received_requests().await.unwrap();
        Sent { result, requests }
    })
}

fn on(uri: &str, kind: &str, folder: &TempDir) -> Box<dyn Channel> {
    let url = secret(
        folder.path(),
        "url",
        &format!("{uri}/hook?sig=MARKED-SECRET-url"),
    );
    let toml = match kind {
        "ntfy" => {
            let topic = secret(folder.path(), "topic", "MARKED-SECRET-topic");
            let token = secret(folder.path(), "token", "MARKED-SECRET-token");
            format!("kind = \"ntfy\"\nserver = \"{uri}\"\ntopic = {topic}\ntoken = {token}")
        }
        "webhook" => {
            let key = secret(folder.path(), "key", "MARKED-SECRET-key");
            format!("kind = \"webhook\"\nurl = {url}\nsecret = {key}")
        }
        kind => format!("kind = \"{kind}\"\nurl = {url}"),
    };
    channel("room", &format!("{toml}\ntimeout = \"5s\""), folder.path())
}

fn taken(kind: &str) -> ResponseTemplate {
    match kind {
        "teams" => ResponseTemplate::new(202),
        "slack" => ResponseTemplate::new(200).set_body_string("ok"),
        "ntfy" => ResponseTemplate::new(200).set_body_string(r#"{"id":"Xt4a","event":"message"}"#),
        _ => ResponseTemplate::new(204),
    }
}

const KINDS: [&str; 4] = ["teams", "slack", "ntfy", "webhook"];

fn json(request: &Request) -> Value {
    serde_json::from_slice(&request.body).unwrap()
}

fn holds(schema: &str, instance: &Value) {
    let schema: Value = serde_json::from_str(schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<_> = validator
        .iter_errors(instance)
        .map(|error| error.to_string())
        .collect();
    assert!(errors.is_empty(), "{errors:?}\n{instance:#}");
}

#[test]
fn a_digest_is_taken_by_each() {
    for kind in KINDS {
        let sent = sent(kind, taken(kind));
        assert!(sent.result.is_ok(), "{kind}: {:?}", sent.result);
        assert_eq!(sent.requests.len(), 1);
        let body = json(&sent.requests[0]).to_string();
        for part in [
            "30. November 2026",
            "https://learn.microsoft.com/credentials/renew/",
        ] {
            assert!(body.contains(part), "{kind} lacks {part}: {body}");
        }
    }
}

#[test]
fn what_teams_and_slack_are_sent_is_as_published() {
    let card = json(&sent("teams", taken("teams")).requests[0]);
    holds(&text("notify/adaptive-card-1.4.schema.json"), &card);
    let blocks = json(&sent("slack", taken("slack")).requests[0]);
    holds(&text("notify/slack.schema.json"), &blocks);
}

#[test]
fn ntfy_is_given_its_token_and_topic() {
    let sent = sent("ntfy", taken("ntfy"));
    let request = &sent.requests[0];
    assert_eq!(
        request.headers["authorization"],
        "Bearer MARKED-SECRET-token"
    );
    assert_eq!(json(request)["topic"], "MARKED-SECRET-topic");
    assert_eq!(sent.result.unwrap().answer, "Xt4a");
}

#[test]
fn a_webhook_is_signed_over_key_time_and_body() {
    let sent = sent("webhook", taken("webhook"));
    let request = &sent.requests[0];
    let header = |name: &str| request.headers[name].to_str().unwrap().to_owned();
    let key = digest("").key;
    assert_eq!(header("webhook-id"), key.as_str());
    assert_eq!(header("idempotency-key"), key.as_str());
    let now = chrono::Utc::now().timestamp();
    let timestamp = header("webhook-timestamp");
    assert!((now - timestamp.parse::<i64>().unwrap()).abs() < 60);
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(b"MARKED-SECRET-key").unwrap();
    mac.update(format!("{key}.{timestamp}.").as_bytes());
    mac.update(&request.body);
    let signature = base64::engine::general_purpose::STANDARD.encode(mac.finalize().into_bytes());
    assert_eq!(header("webhook-signature"), format!("v1,{signature}"));
    let document = json(request);
    assert_eq!(document["schema_version"], 1);
    assert_eq!(document["key"], key.as_str());
    assert_eq!(document["items"][0]["step"], "days-left");
    assert_eq!(document["items"][0]["days_left"], 8);
    assert_eq!(document["recipient"]["addresses"][0], "jane@example.com");
    let schema = crate::harness::run(&["schema", "digest"]);
    assert_eq!(schema.code, 0, "{}", schema.stderr);
    holds(&schema.stdout, &document);
}

#[test]
fn a_page_with_200_is_a_failure() {
    let page = "<!DOCTYPE html><html><body>Sign in to continue</body></html>";
    for kind in KINDS {
        let sent = sent(
            kind,
            ResponseTemplate::new(200).set_body_raw(page, "text/html"),
        );
        assert_eq!(sent.lasting(), Lasting::Passing, "{kind}");
        assert!(
            sent.said().contains("a page for people"),
            "{kind}: {}",
            sent.said()
        );
    }
}

#[test]
fn words_of_failure_with_200_are_a_failure() {
    let words = "Webhook message delivery failed with error: HTTP error 429";
    for kind in ["teams", "slack", "ntfy"] {
        let sent = sent(kind, ResponseTemplate::new(200).set_body_string(words));
        assert!(
            sent.said().contains("delivery failed"),
            "{kind}: {}",
            sent.said()
        );
    }
}

#[test]
fn refusals_are_permanent_and_a_busy_service_is_not() {
    for kind in KINDS {
        let refused = sent(
            kind,
            ResponseTemplate::new(404).set_body_string("no_service"),
        );
        assert_eq!(refused.lasting(), Lasting::Permanent, "{kind}");
        assert!(
            refused.said().contains("404: no_service"),
            "{}",
            refused.said()
        );
        let busy = ResponseTemplate::new(429).insert_header("retry-after", "120");
        let busy = sent(kind, busy);
        assert_eq!(busy.lasting(), Lasting::Passing, "{kind}");
        let wait = busy.result.unwrap_err().retry_after();
        assert_eq!(wait, Some(Duration::from_mins(2)));
        assert_eq!(
            sent(kind, ResponseTemplate::new(503)).lasting(),
            Lasting::Passing
        );
    }
}

#[test]
fn a_redirect_is_not_followed() {
    for kind in KINDS {
        let to = "https://evil.example/steal?with=MARKED-SECRET";
        let sent = sent(
            kind,
            ResponseTemplate::new(302).insert_header("location", to),
        );
        assert_eq!(sent.lasting(), Lasting::Permanent, "{kind}");
        assert!(
            sent.said().contains("sends on to evil.example"),
            "{}",
            sent.said()
        );
        assert!(!sent.said().contains("MARKED"), "{}", sent.said());
    }
}

#[test]
fn an_endless_answer_is_cut_off() {
    for kind in KINDS {
        let said = wait(async {
            let head =
                send("HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\nconnection: close\r\n\r\n");
            let flood = Step::Flood(b"ok ".repeat(8192));
            let server = RawServer::start(vec![vec![head, flood]]).await;
            let folder = TempDir::new().unwrap();
            let started = Instant::now();
            let result = on(&server.uri(), kind, &folder)
                .send(&digest("a@example.com"))
                .await;
            assert!(started.elapsed() < Duration::from_secs(4), "{kind}");
            result.map_or_else(|error| error.to_string(), |receipt| receipt.answer)
        });
        assert!(said.chars().count() < 400, "{kind}: {said}");
    }
}

#[test]
fn a_service_that_never_answers_costs_its_time_and_no_more() {
    let error = wait(async {
        let server = RawServer::start(vec![vec![Step::Wait(Duration::from_mins(1))]]).await;
        let folder = TempDir::new().unwrap();
        let url = secret(folder.path(), "url", &server.uri());
        let toml = format!("kind = \"slack\"\nurl = {url}\ntimeout = \"300ms\"");
        let slack = channel("room", &toml, folder.path());
        slack.send(&digest("a@example.com")).await.unwrap_err()
    });
    assert_eq!(error.lasting(), Lasting::Passing);
    assert!(
        error.to_string().contains("did not answer within 300ms"),
        "{error}"
    );
}

#[test]
fn addresses_that_cannot_be_right_are_refused_before_anything_is_sent() {
    let cases = [
        (
            "teams",
            "https://contoso.webhook.office.com/webhookb2/x",
            "retired",
        ),
        (
            "teams",
            "https://prod-1.westeurope.logic.azure.com:443/workflows/x/triggers/manual",
            "sig=",
        ),
        (
            "teams",
            "https://x.environment.api.powerplatform.com/powerautomate/x",
            "sig=",
        ),
        ("slack", "http://hooks.slack.example/MARKED-SECRET", "https"),
        ("webhook", "MARKED-SECRET", "https"),
        ("webhook", "file:///etc/passwd", "https"),
    ];
    for (kind, address, said) in cases {
        let folder = TempDir::new().unwrap();
        let url = secret(folder.path(), "url", address);
        let room = channel(
            "room",
            &format!("kind = \"{kind}\"\nurl = {url}"),
            folder.path(),
        );
        let error = wait(room.send(&digest("a@example.com"))).unwrap_err();
        assert_eq!(error.lasting(), Lasting::Permanent);
        assert!(error.to_string().contains(said), "{error}");
        assert!(!error.to_string().contains("MARKED"), "{error}");
    }
}

#[test]
fn a_test_message_says_that_it_is_one() {
    let body = wait(async {
        let server = MockServer::start().await;
        let answer = ResponseTemplate::new(202);
        Mock::given(method("POST"))
            .respond_with(answer)
            .mount(&server)
            .await;
        let folder = TempDir::new().unwrap();
        let room = on(&server.uri(), "teams", &folder);
        let at = "2026-11-22T08:00:00Z".parse().unwrap();
        test_message(&*room, Recipient::default(), Language::English, at)
            .await
            .unwrap();
        let requests = server.received_requests().await.unwrap();
        json(&requests[0])
    });
    holds(&text("notify/adaptive-card-1.4.schema.json"), &body);
    assert!(body.to_string().contains("This is a test."), "{body}");
    assert!(body.to_string().contains("the channel room"), "{body}");
}

#[cfg(unix)]
#[test]
fn a_program_is_given_the_digest_and_judged_by_its_exit() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("a file");
    let run = |script: &str, more: &str| {
        let toml = format!(
            "kind = \"command\"\ncommand = [\"/bin/sh\", \"-c\", '''{script}''', \"sh\", \"{}\"]\n{more}",
            out.display()
        );
        wait(channel("own", &toml, folder.path()).send(&digest("a@example.com")))
    };
    run("cat > \"$1\"", "").unwrap();
    let document: Value = serde_json::from_slice(&std::fs::read(&out).unwrap()).unwrap();
    assert_eq!(document["schema_version"], 1);
    assert!(
        document["text"]
            .as_str()
            .unwrap()
            .contains("Was zu tun ist")
    );
    let failed = run(
        "echo one >&2; printf 'no \\033[31mphone\\n' >&2; exit 3",
        "",
    )
    .unwrap_err();
    assert_eq!(failed.lasting(), Lasting::Passing);
    assert!(
        failed.to_string().contains("no \\u{1b}[31mphone"),
        "{failed}"
    );
    // It need not read what it is given, and may say more than anybody reads.
    run("exit 0", "").unwrap();
    run("head -c 3000000 /dev/zero >&2", "").unwrap();
    let slow = run("sleep 60", "timeout = \"200ms\"").unwrap_err();
    assert!(
        slow.to_string().contains("took longer than 200ms"),
        "{slow}"
    );
    let toml = "kind = \"command\"\ncommand = [\"/nonexistent/program\"]";
    let missing = wait(channel("own", toml, folder.path()).send(&digest("a@example.com")));
    assert_eq!(missing.unwrap_err().lasting(), Lasting::Permanent);
}
