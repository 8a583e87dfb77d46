//! Kept answers: confirmed, replaced, forgotten, and never trusted when damaged.

use std::fs;
use std::path::Path;
use std::time::Duration;

use bonafide::source::{Evidence, Origin, Source as _};
use wiremock::{Mock, MockServer};

use super::*;

const HOUR: Duration = Duration::from_hours(1);

fn cached(uri: &str, folder: &Path) -> Policy {
    policy(uri).with_cache(Some(folder.join("data/cache")))
}

async fn fetch(policy: Policy, request: &Request) -> Evidence {
    Live::new(policy).unwrap().fetch(request).await.unwrap()
}

/// A server that answers once in full, and 304 to whoever names the validator.
async fn confirming(validator: (&str, &str), condition: &'static str) -> MockServer {
    let server = MockServer::start().await;
    let date = "Sun, 22 Nov 2026 11:00:00 GMT";
    let value = validator.1.to_owned();
    let names_it = move |request: &wiremock::Request| {
        let named = request.headers.get(condition);
        named.is_some_and(|named| named.as_bytes() == value.as_bytes())
    };
    Mock::given(names_it)
        .respond_with(status(304).insert_header("date", date))
        .with_priority(1)
        .mount(&server)
        .await;
    let full = json(200, RECORD).insert_header(validator.0, validator.1);
    Mock::given(any()).respond_with(full).mount(&server).await;
    server
}

#[tokio::test]
async fn an_answer_that_still_holds_is_taken_from_the_cache() {
    for (name, value, condition) in [
        ("etag", "\"abc\"", "if-none-match"),
        (
            "last-modified",
            "Sat, 21 Nov 2026 10:00:00 GMT",
            "if-modified-since",
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let server = confirming((name, value), condition).await;
        let first = fetch(cached(&server.uri(), folder.path()), &record()).await;
        let second = fetch(cached(&server.uri(), folder.path()), &record()).await;

        assert_eq!(
            (first.origin, second.origin),
            (Origin::Network, Origin::Cache)
        );
        assert_eq!(second.body, RECORD.as_bytes());
        assert_eq!(second.sha256, first.sha256);
        assert!(second.fetched_at > first.fetched_at, "confirmed just now");
        assert_eq!(
            second.service_date.unwrap().to_rfc3339(),
            "2026-11-22T11:00:00+00:00"
        );
        assert_eq!(count(&server).await, 2);

        let third = fetch(
            cached(&server.uri(), folder.path()).with_max_age(HOUR),
            &record(),
        )
        .await;
        assert_eq!(
            third.fetched_at, second.fetched_at,
            "the confirmation was kept"
        );
        assert_eq!(count(&server).await, 2);
    }
}

#[tokio::test]
async fn a_changed_answer_replaces_the_kept_one() {
    let folder = tempfile::tempdir().unwrap();
    let server = series(vec![
        json(200, RECORD).insert_header("etag", "\"1\""),
        json(200, r#"{"title":"new"}"#).insert_header("etag", "\"2\""),
    ])
    .await;
    for body in [RECORD, r#"{"title":"new"}"#] {
        let evidence = fetch(cached(&server.uri(), folder.path()), &record()).await;
        assert_eq!(evidence.origin, Origin::Network);
        assert_eq!(evidence.body, body.as_bytes());
    }
    fetch(cached(&server.uri(), folder.path()), &record()).await;
    let last = server.received_requests().await.unwrap().pop().unwrap();
    assert_eq!(last.headers["if-none-match"], "\"2\"");
    assert_eq!(files_below(folder.path()).len(), 1);
}

#[tokio::test]
async fn a_young_answer_is_taken_without_asking() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(json(200, RECORD)).await;
    let policy = || cached(&server.uri(), folder.path()).with_max_age(HOUR);
    assert_eq!(fetch(policy(), &record()).await.origin, Origin::Network);
    assert_eq!(fetch(policy(), &record()).await.origin, Origin::Cache);
    assert_eq!(count(&server).await, 1);

    let strict = cached(&server.uri(), folder.path());
    assert_eq!(fetch(strict, &record()).await.origin, Origin::Network);
    assert_eq!(count(&server).await, 2);
}

#[tokio::test]
async fn a_page_is_asked_for_whatever_its_age() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(status(200).set_body_raw("<title>T</title>", "text/html")).await;
    let policy = || cached(&server.uri(), folder.path()).with_max_age(HOUR);
    fetch(policy(), &page()).await;
    assert_eq!(fetch(policy(), &page()).await.origin, Origin::Network);
    assert_eq!(count(&server).await, 2);
}

#[tokio::test]
async fn refusals_oddities_and_what_must_not_be_kept_are_not() {
    let tagged = |answer: ResponseTemplate| answer.insert_header("etag", "\"1\"");
    for answer in [
        tagged(json(404, "{}")),
        tagged(json(200, "{")),
        tagged(json(200, r#"{"title":"a","title":"b"}"#)),
        tagged(json(200, "<html>sign in</html>")),
        tagged(json(200, RECORD)).insert_header("cache-control", "private, no-store"),
        json(200, RECORD),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let server = server(answer).await;
        fetch(cached(&server.uri(), folder.path()), &record()).await;
        assert_eq!(files_below(folder.path()), Vec::<std::path::PathBuf>::new());
    }
}

#[tokio::test]
async fn a_refusal_makes_the_kept_answer_forgotten_and_an_outage_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let server = series(vec![
        json(200, RECORD).insert_header("etag", "\"1\""),
        status(501),
        json(404, "{}"),
    ])
    .await;
    let policy = || cached(&server.uri(), folder.path());
    fetch(policy(), &record()).await;
    let outage = Live::new(policy()).unwrap().fetch(&record()).await;
    assert!(
        outage.is_err(),
        "a kept answer never stands in for a missing one"
    );
    assert_eq!(files_below(folder.path()).len(), 1);
    assert_eq!(fetch(policy(), &record()).await.status, 404);
    assert_eq!(files_below(folder.path()).len(), 0);
}

#[tokio::test]
async fn a_damaged_file_is_ignored_and_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(json(200, RECORD).insert_header("etag", "\"1\"")).await;
    let policy = || cached(&server.uri(), folder.path()).with_max_age(HOUR);
    fetch(policy(), &record()).await;
    let file = files_below(folder.path()).pop().unwrap();
    let good = fs::read_to_string(&file).unwrap();

    let damaged = [
        String::new(),
        "{".to_owned(),
        good[..good.len() / 2].to_owned(),
        good.replace("Azure AI Engineer", "Azure DevOps Engineer"),
        good.replace("\"bonafide_cache\":1", "\"bonafide_cache\":2"),
        good.replace("\"status\":200", "\"status\":404"),
        good.replace("learn-credential", "learn-transcript"),
        good.replace(
            "20170DBC5AC04E38\",\"answerer",
            "20170DBC5AC04E39\",\"answerer",
        ),
    ];
    for (at, text) in damaged.into_iter().enumerate() {
        assert_ne!(text, good, "{at}");
        fs::write(&file, text).unwrap();
        let evidence = fetch(policy(), &record()).await;
        assert_eq!(evidence.origin, Origin::Network, "{at}");
        assert_eq!(evidence.body, RECORD.as_bytes());
        assert_eq!(
            fetch(policy(), &record()).await.origin,
            Origin::Cache,
            "{at}"
        );
    }
}

#[tokio::test]
async fn a_transcript_is_kept_without_what_no_check_needs() {
    let folder = tempfile::tempdir().unwrap();
    let body = r#"{"modulesCompleted":[{"uid":"learn.secret"}],"contactEmail":"a@example.com","certificationData":{"mcid":"9900001","legalName":"A B"}}"#;
    let server = server(json(200, body)).await;
    let policy = || cached(&server.uri(), folder.path()).with_max_age(HOUR);
    assert_eq!(fetch(policy(), &transcript()).await.body, body.as_bytes());
    let kept = fetch(policy(), &transcript()).await;
    assert_eq!(
        kept.body,
        br#"{"modulesCompleted":[],"certificationData":{"legalName":"A B"}}"#
    );
    assert_eq!(kept.sha256, sha256(body.as_bytes()));
}

#[tokio::test]
async fn a_cache_that_cannot_be_written_fails_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let server = server(json(200, RECORD).insert_header("etag", "\"1\"")).await;
    let policy = policy(&server.uri()).with_cache(Some(file.join("cache")));
    assert_eq!(fetch(policy, &record()).await.body, RECORD.as_bytes());
}

#[cfg(unix)]
#[tokio::test]
async fn the_cache_is_its_owners_alone_and_follows_no_links() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let folder = tempfile::tempdir().unwrap();
    let server = server(json(200, RECORD).insert_header("etag", "\"1\"")).await;
    let policy = || cached(&server.uri(), folder.path()).with_max_age(HOUR);
    fetch(policy(), &record()).await;
    let file = files_below(folder.path()).pop().unwrap();
    assert_eq!(mode(&file), 0o600);
    assert_eq!(mode(file.parent().unwrap()), 0o700);

    let outside = folder.path().join("outside");
    fs::rename(&file, &outside).unwrap();
    symlink(&outside, &file).unwrap();
    let before = fs::read(&outside).unwrap();
    assert_eq!(fetch(policy(), &record()).await.origin, Origin::Network);
    assert_eq!(fs::read(&outside).unwrap(), before);
    assert!(fs::symlink_metadata(&file).unwrap().is_file());
}
