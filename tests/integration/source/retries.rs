//! Which failures are tried again, how long is waited, and when it is too late.

use std::time::{Duration, Instant};

use bonafide::source::{Failure, Rate, Source as _};
use chrono::Utc;
use wiremock::MockServer;

use super::*;
use crate::raw_server::{RawServer, Step, send};

fn host(server: &MockServer) -> String {
    server.address().to_string()
}

fn asking_to_wait(code: u16, retry_after: &str) -> ResponseTemplate {
    status(code).insert_header("retry-after", retry_after)
}

#[tokio::test]
async fn a_passing_failure_is_tried_again() {
    for code in [408, 429, 500, 502, 503, 504] {
        let server = series(vec![status(code), status(code), json(200, RECORD)]).await;
        let evidence = live(&server.uri()).fetch(&record()).await.unwrap();
        assert_eq!(evidence.body, RECORD.as_bytes());
        assert_eq!(count(&server).await, 3, "{code}");
    }
}

#[tokio::test]
async fn a_lasting_failure_is_told_after_all_tries() {
    for code in [408, 500, 503] {
        let server = server(status(code)).await;
        let exchange = live(&server.uri()).fetch(&record()).await;
        let expected = Failure::ServiceError {
            host: host(&server),
            status: code,
        };
        assert_eq!(exchange, Err(expected));
        assert_eq!(count(&server).await, 4);
    }
    let server = server(status(429)).await;
    let live = Live::new(policy(&server.uri()).with_retries(1)).unwrap();
    let expected = Failure::RateLimited {
        host: host(&server),
        retry_after: None,
    };
    assert_eq!(live.fetch(&record()).await, Err(expected));
    assert_eq!(count(&server).await, 2);
}

#[tokio::test]
async fn other_failures_are_not_tried_again() {
    for code in [304, 501, 505] {
        let server = server(status(code)).await;
        let exchange = live(&server.uri()).fetch(&record()).await;
        let expected = Failure::ServiceError {
            host: host(&server),
            status: code,
        };
        assert_eq!(exchange, Err(expected));
        assert_eq!(count(&server).await, 1);
    }
}

#[tokio::test]
async fn the_wait_that_is_asked_for_is_kept_in_full() {
    for code in [429, 503] {
        let server = series(vec![asking_to_wait(code, "1"), json(200, RECORD)]).await;
        let started = Instant::now();
        live(&server.uri()).fetch(&record()).await.unwrap();
        assert!(started.elapsed() >= Duration::from_secs(1));
        assert_eq!(count(&server).await, 2);
    }
}

#[tokio::test]
async fn a_wait_given_as_a_date_is_kept_by_the_services_clock() {
    let answer = asking_to_wait(429, "Sun, 22 Nov 2020 10:00:01 GMT")
        .insert_header("date", "Sun, 22 Nov 2020 10:00:00 GMT");
    let server = series(vec![answer, json(200, RECORD)]).await;
    let started = Instant::now();
    live(&server.uri()).fetch(&record()).await.unwrap();
    assert!(started.elapsed() >= Duration::from_secs(1));
    assert_eq!(count(&server).await, 2);
}

#[tokio::test]
async fn a_wait_beyond_the_deadline_is_told_at_once() {
    let hour = Duration::from_hours(1);
    let date = httpdate::fmt_http_date(std::time::SystemTime::now() + hour);
    for text in ["3600", date.as_str()] {
        let server = server(asking_to_wait(429, text)).await;
        let started = Instant::now();
        let failure = live(&server.uri()).fetch(&record()).await.unwrap_err();
        assert!(started.elapsed() < Duration::from_secs(10));
        let Failure::RateLimited {
            retry_after: Some(wait),
            ..
        } = failure
        else {
            panic!("{failure:?}")
        };
        assert!(wait <= hour && wait > Duration::from_mins(59));
        assert_eq!(count(&server).await, 1);
    }
    let server = server(asking_to_wait(503, "3600")).await;
    let expected = Failure::ServiceError {
        host: host(&server),
        status: 503,
    };
    assert_eq!(live(&server.uri()).fetch(&record()).await, Err(expected));
    assert_eq!(count(&server).await, 1);
}

#[tokio::test]
async fn a_wait_that_means_nothing_is_no_wait() {
    for text in ["0", "Sun, 06 Nov 1994 08:49:37 GMT", "soon", "-5", "1.5"] {
        let server = series(vec![asking_to_wait(429, text), json(200, RECORD)]).await;
        live(&server.uri()).fetch(&record()).await.unwrap();
        assert_eq!(count(&server).await, 2, "{text}");
    }
}

#[tokio::test]
async fn without_retries_the_first_failure_is_told() {
    let server = server(asking_to_wait(429, "1")).await;
    let live = Live::new(policy(&server.uri()).with_retries(0)).unwrap();
    let retry_after = Some(Duration::from_secs(1));
    let expected = Failure::RateLimited {
        host: host(&server),
        retry_after,
    };
    assert_eq!(live.fetch(&record()).await, Err(expected));
    assert_eq!(count(&server).await, 1);
}

#[tokio::test]
async fn slow_headers_and_slow_bodies_run_out_of_time() {
    let after = Duration::from_millis(300);
    let long = Step::Wait(Duration::from_secs(30));
    let drip = std::iter::repeat_n([send(" "), Step::Wait(Duration::from_millis(50))], 600);
    let mut slow_body = vec![send("HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n")];
    slow_body.extend(drip.flatten());
    for script in [
        vec![long.clone()],
        vec![send("HTTP/1.1 200 OK\r\nContent-Le"), long.clone()],
        vec![send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"), long],
        slow_body,
    ] {
        let server = RawServer::start(vec![script]).await;
        let live = Live::new(policy(&server.uri()).with_timeout(after)).unwrap();
        let started = Instant::now();
        let exchange = live.fetch(&record()).await;
        let host = server.host();
        assert_eq!(exchange, Err(Failure::TimedOut { host, after }));
        assert!(started.elapsed() >= after && started.elapsed() < Duration::from_secs(10));
    }
}

#[tokio::test]
async fn a_retry_that_would_come_too_late_is_not_waited_for() {
    let server = server(status(503)).await;
    let policy = policy(&server.uri())
        .with_timeout(Duration::from_secs(5))
        .with_backoff(Duration::from_mins(1));
    let started = Instant::now();
    let exchange = Live::new(policy).unwrap().fetch(&record()).await;
    assert!(matches!(
        exchange,
        Err(Failure::ServiceError { status: 503, .. })
    ));
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn a_refused_connection_is_told_with_its_cause() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = closed.local_addr().unwrap();
    drop(closed);
    let failure = live(&format!("http://{address}"))
        .fetch(&page())
        .await
        .unwrap_err();
    let Failure::NotConnected { host, reason } = &failure else {
        panic!("{failure:?}")
    };
    assert_eq!(host, &address.to_string());
    assert!(reason.to_lowercase().contains("refused"), "{reason}");
    assert!(!failure.to_string().contains(SHARING_ID));
}

#[tokio::test]
async fn a_connection_that_breaks_before_an_answer_is_tried_again() {
    let whole = format!(
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{RECORD}",
        RECORD.len()
    );
    for broken in [vec![Step::Reset], vec![], vec![send("garbage\r\n\r\n")]] {
        let server = RawServer::start(vec![broken.clone(), vec![send(&whole)]]).await;
        live(&server.uri()).fetch(&record()).await.unwrap();
        assert_eq!(server.requests().len(), 2);

        let server = RawServer::start(vec![broken]).await;
        let failure = live(&server.uri()).fetch(&page()).await.unwrap_err();
        assert!(
            matches!(failure, Failure::NotConnected { .. }),
            "{failure:?}"
        );
        assert!(!format!("{failure:?}").contains("http://"), "{failure:?}");
        assert_eq!(server.requests().len(), 4);
    }
}

#[tokio::test]
async fn a_name_that_does_not_exist_is_told() {
    let failure = live("https://does-not-exist.invalid")
        .fetch(&record())
        .await;
    let host = "does-not-exist.invalid".to_owned();
    assert_eq!(failure, Err(Failure::NameNotResolved { host }));
}

#[tokio::test]
async fn the_rate_lets_a_first_few_pass_and_then_slows() {
    let server = server(json(200, RECORD)).await;
    let two = std::num::NonZeroU32::new(2).unwrap();
    let policy = policy(&server.uri())
        .with_concurrency(two)
        .with_rate(Some(Rate::per_second(two)));
    let live = Live::new(policy).unwrap();
    let started = Instant::now();
    for _ in 0..4 {
        live.fetch(&record()).await.unwrap();
    }
    // Two at once, and half a second for each further one.
    assert!(started.elapsed() >= Duration::from_millis(900));
}

#[tokio::test]
async fn no_more_requests_than_allowed_are_under_way_at_once() {
    let slow = json(200, RECORD).set_delay(Duration::from_millis(300));
    let server = server(slow).await;
    let one = std::num::NonZeroU32::MIN;
    // The wait for a turn is longer than the timeout, and does not count.
    let policy = policy(&server.uri())
        .with_concurrency(one)
        .with_timeout(Duration::from_secs(1));
    let live = Live::new(policy).unwrap();
    let started = Instant::now();
    let request = record();
    let fetches = (0..5).map(|_| live.fetch(&request));
    let exchanges = futures_util::future::join_all(fetches).await;
    assert!(exchanges.iter().all(Result::is_ok), "{exchanges:?}");
    assert!(started.elapsed() >= Duration::from_millis(1500));
    assert!(exchanges[0].as_ref().unwrap().fetched_at.unwrap() <= Utc::now());
}
