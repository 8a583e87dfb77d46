//! Redirects are followed to the same service alone, five times at most.

use bonafide::source::{Failure, Source as _};
use wiremock::matchers::path;
use wiremock::{Mock, MockServer};

use super::*;

fn redirect(to: &str) -> ResponseTemplate {
    status(302).insert_header("location", to)
}

/// A server where the record is reached after `hops` redirects.
async fn chain(hops: usize) -> MockServer {
    let mut answers: Vec<_> = (0..hops)
        .map(|hop| redirect(&format!("/hop/{hop}")))
        .collect();
    answers.push(json(200, RECORD));
    series(answers).await
}

#[tokio::test]
async fn five_redirects_are_followed_and_six_are_not() {
    let server = chain(5).await;
    let evidence = live(&server.uri()).fetch(&record()).await.unwrap();
    assert_eq!(evidence.body, RECORD.as_bytes());
    assert_eq!(
        evidence.url,
        format!("{}/api/credentials/{ID}", server.uri())
    );

    let server = chain(6).await;
    let failure = live(&server.uri()).fetch(&record()).await.unwrap_err();
    let host = server.address().to_string();
    let to = "more than 5 addresses".to_owned();
    assert_eq!(failure, Failure::RedirectedAway { host, to });
    assert_eq!(count(&server).await, 6);
}

#[tokio::test]
async fn a_loop_ends() {
    let server = server(redirect(&format!("/api/credentials/{ID}"))).await;
    let exchange = live(&server.uri()).fetch(&record()).await;
    assert!(
        matches!(exchange, Err(Failure::RedirectedAway { .. })),
        "{exchange:?}"
    );
    assert_eq!(count(&server).await, 6);
}

#[tokio::test]
async fn a_relative_location_is_taken_from_the_page_it_stands_on() {
    let server = MockServer::start().await;
    Mock::given(path(format!("/api/credentials/{ID}")))
        .respond_with(redirect("../moved/x?a=b"))
        .mount(&server)
        .await;
    Mock::given(path("/api/moved/x"))
        .respond_with(json(200, RECORD))
        .expect(1)
        .mount(&server)
        .await;
    live(&server.uri()).fetch(&record()).await.unwrap();
}

#[tokio::test]
async fn other_places_are_named_and_not_visited() {
    let elsewhere = server(json(200, RECORD)).await;
    let port = elsewhere.address().port();
    let places = [
        (elsewhere.uri() + "/x?sharingId=1", elsewhere.uri()),
        (
            format!("http://localhost:{port}/"),
            format!("http://localhost:{port}"),
        ),
        (
            "https://evil.example/a?b=c#d".to_owned(),
            "https://evil.example".to_owned(),
        ),
        ("file:///etc/passwd".to_owned(), "file:".to_owned()),
        (
            "https://login.microsoftonline.com/common/oauth2?x=y".to_owned(),
            "https://login.microsoftonline.com".to_owned(),
        ),
        (
            "https://login.live.com/".to_owned(),
            "https://login.live.com".to_owned(),
        ),
    ];
    for (location, to) in places {
        let server = server(redirect(&location)).await;
        let failure = live(&server.uri()).fetch(&page()).await.unwrap_err();
        let host = server.address().to_string();
        assert_eq!(failure, Failure::RedirectedAway { host, to });
        assert_eq!(count(&server).await, 1);
    }
    assert_eq!(count(&elsewhere).await, 0);
}

#[tokio::test]
async fn a_redirect_without_an_address_is_no_answer() {
    let server = server(status(301)).await;
    let exchange = live(&server.uri()).fetch(&record()).await;
    let host = server.address().to_string();
    let to = "no address".to_owned();
    assert_eq!(exchange, Err(Failure::RedirectedAway { host, to }));
}

#[tokio::test]
async fn credly_may_send_from_one_of_its_hosts_to_the_other() {
    let api = server(json(200, r#"{"data":{}}"#)).await;
    let www = server(redirect(&format!("{}/x", api.uri()))).await;
    let policy = policy(&www.uri()).with_open_badge_base(BaseUrl::parse(&api.uri()).unwrap());
    let live = Live::new(policy).unwrap();
    assert_eq!(live.fetch(&badge()).await.unwrap().body, br#"{"data":{}}"#);
    assert!(live.fetch(&record()).await.is_err(), "Learn may not");
}

#[tokio::test]
async fn a_page_path_cannot_lead_to_another_host() {
    let elsewhere = server(json(200, RECORD)).await;
    let server = server(json(200, RECORD)).await;
    let request = Request::Page {
        path: format!("//{}/x", elsewhere.address()),
        sharing_id: None,
    };
    let exchange = live(&server.uri()).fetch(&request).await;
    assert!(
        matches!(exchange, Err(Failure::RedirectedAway { .. })),
        "{exchange:?}"
    );
    assert_eq!(count(&elsewhere).await, 0);
}
