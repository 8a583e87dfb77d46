//! What counts as an answer, and what is sent to get it.

use std::fmt::Write as _;
use std::io;
use std::sync::{Arc, Mutex};

use bonafide::source::{Answerer, EvidenceKind, Origin, Source as _};
use wiremock::matchers::{header, method, path, query_param};
use wiremock::{Mock, MockServer};

use super::*;

#[tokio::test]
async fn a_record_becomes_evidence() {
    let answer = json(200, RECORD).insert_header("date", "Sun, 22 Nov 2026 10:00:00 GMT");
    let server = server(answer).await;
    let before = chrono::Utc::now();
    let evidence = live(&server.uri()).fetch(&record()).await.unwrap();

    assert_eq!(evidence.kind, EvidenceKind::LearnCredential);
    assert_eq!(
        evidence.url,
        format!("{}/api/credentials/{ID}", server.uri())
    );
    assert_eq!(
        evidence.answerer,
        Answerer::Other(server.address().to_string())
    );
    assert_eq!(evidence.status, 200);
    assert_eq!(
        evidence.content_type.as_deref(),
        Some("application/json; charset=utf-8")
    );
    assert_eq!(
        evidence.service_date.unwrap().to_rfc3339(),
        "2026-11-22T10:00:00+00:00"
    );
    assert!((before..=chrono::Utc::now()).contains(&evidence.fetched_at.unwrap()));
    assert_eq!(evidence.body, RECORD.as_bytes());
    assert_eq!(evidence.sha256, sha256(RECORD.as_bytes()));
    assert_eq!(evidence.origin, Origin::Network);
}

#[tokio::test]
async fn refusals_are_answers_and_are_asked_for_once() {
    for code in [400, 401, 403, 404, 410, 451] {
        let server = server(json(code, r#"{"errorCode":"x"}"#)).await;
        let evidence = live(&server.uri()).fetch(&record()).await.unwrap();
        assert_eq!(evidence.status, code);
        assert_eq!(evidence.body, br#"{"errorCode":"x"}"#);
        assert_eq!(count(&server).await, 1, "{code}");
    }
}

#[tokio::test]
async fn the_request_says_who_asks_and_for_what() {
    let agent = concat!(
        "bonafide/",
        env!("CARGO_PKG_VERSION"),
        " (credential verification)"
    );
    let server = MockServer::start().await;
    for (at, accept) in [
        (format!("/api/credentials/{ID}"), "application/json"),
        (
            format!("/api/credentials/share/en-us/buchheister/{ID}"),
            "text/html",
        ),
        (
            "/api/profiles/transcript/share/d8yjaq7hn04v2kx".to_owned(),
            "application/json",
        ),
    ] {
        Mock::given(method("GET"))
            .and(path(at))
            .and(header("accept", accept))
            .and(header("user-agent", agent))
            .respond_with(json(200, RECORD))
            .expect(1)
            .mount(&server)
            .await;
    }
    let live = live(&server.uri());
    for request in [record(), page(), transcript()] {
        assert_eq!(live.fetch(&request).await.unwrap().status, 200);
    }
    for request in server.received_requests().await.unwrap() {
        assert!(!request.headers.contains_key("referer"));
        assert!(!request.headers.contains_key("cookie"));
    }
}

#[tokio::test]
async fn cookies_are_never_sent_back() {
    let server = server(json(200, RECORD).insert_header("set-cookie", "a=b; Path=/")).await;
    let live = live(&server.uri());
    live.fetch(&record()).await.unwrap();
    live.fetch(&record()).await.unwrap();
    for request in server.received_requests().await.unwrap() {
        assert!(!request.headers.contains_key("cookie"));
    }
}

/// A page that repeats the holder's key in every way.
fn telling_page() -> String {
    let mut page = String::from("<html><title>T</title>");
    write!(page, "<a href='?sharingId={SHARING_ID}'>{SHARING_ID}</a>").unwrap();
    write!(page, "<i data-x='sharingId%3D{SHARING_ID}'>").unwrap();
    write!(
        page,
        "<script>{{\"k\":\"{}\"}}</script>",
        SHARING_ID.to_lowercase()
    )
    .unwrap();
    page
}

#[tokio::test]
async fn the_sharing_id_is_sent_with_the_page_and_kept_nowhere() {
    let server = MockServer::start().await;
    let body = telling_page();
    Mock::given(query_param("sharingId", SHARING_ID))
        .respond_with(
            status(200)
                .set_body_raw(body.clone(), "text/html")
                .insert_header("etag", "\"1\""),
        )
        .expect(1)
        .mount(&server)
        .await;
    let folder = tempfile::tempdir().unwrap();
    let policy = policy(&server.uri()).with_cache(Some(folder.path().join("cache")));
    let live = Live::new(policy).unwrap();
    let recording = bonafide::source::Recording::new(&live);
    let evidence = recording.fetch(&page()).await.unwrap();

    assert_eq!(evidence.sha256, sha256(body.as_bytes()));
    let text = String::from_utf8(evidence.body.clone())
        .unwrap()
        .to_uppercase();
    assert!(!text.contains(SHARING_ID), "{text}");
    assert!(text.contains("<TITLE>T</TITLE>"));
    let asked = recording.into_asked();
    assert!(!format!("{:?} {evidence:?} {asked:?} {live:?}", page()).contains(SHARING_ID));
    bonafide::source::save(folder.path(), None, &asked, chrono::Utc::now()).unwrap();
    let files = files_below(folder.path());
    assert_eq!(files.len(), 2);
    for file in files {
        let text = std::fs::read_to_string(file).unwrap().to_uppercase();
        assert!(!text.contains(SHARING_ID), "{text}");
    }
}

#[tokio::test]
async fn the_log_names_no_query_and_no_sharing_id() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::DEBUG)
        .with_writer(move || writer.clone())
        .finish();
    // For all threads: a subscriber of one thread misses events whose first use was on
    // another. The lines of other tests name other hosts.
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let to = format!("/en-us/users/u/credentials/{ID}?sharingId={SHARING_ID}");
    let server = series(vec![
        status(503),
        status(302).insert_header("location", to.as_str()),
        status(404),
    ])
    .await;
    live(&server.uri()).fetch(&page()).await.unwrap();
    live(&server.uri()).fetch(&transcript()).await.unwrap();

    let host = server.address().to_string();
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let ours: Vec<&str> = text
        .lines()
        .filter(|line| line.contains(" bonafide: ") && line.contains(&host))
        .collect();
    for word in ["request", "retry", "redirect"] {
        assert!(
            ours.iter().any(|line| line.contains(word)),
            "{word} in {text}"
        );
    }
    for line in ours {
        assert!(!line.contains(SHARING_ID) && !line.contains('?'), "{line}");
        assert!(
            !line.contains("sharingId") && !line.contains("locale="),
            "{line}"
        );
    }
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
