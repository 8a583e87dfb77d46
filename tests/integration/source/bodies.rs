//! Bodies that are too long, too short or damaged.

use bonafide::source::{Failure, Source as _};

use super::*;
use crate::raw_server::{RawServer, Step, send};
use crate::wire::{brotli, gzip};

const MIB: usize = 1024 * 1024;

fn encoded(encoding: &str, body: Vec<u8>) -> ResponseTemplate {
    status(200)
        .set_body_raw(body, "application/json")
        .insert_header("content-encoding", encoding)
}

#[tokio::test]
async fn compressed_answers_are_unpacked_before_they_are_hashed() {
    for answer in [
        encoded("gzip", gzip(RECORD.as_bytes())),
        encoded("br", brotli(RECORD.as_bytes())),
    ] {
        let server = server(answer).await;
        let evidence = live(&server.uri()).fetch(&record()).await.unwrap();
        assert_eq!(evidence.body, RECORD.as_bytes());
        assert_eq!(evidence.sha256, sha256(RECORD.as_bytes()));
        let requests = server.received_requests().await.unwrap();
        let accepted = requests[0].headers["accept-encoding"].to_str().unwrap();
        assert!(
            accepted.contains("gzip") && accepted.contains("br"),
            "{accepted}"
        );
    }
}

#[tokio::test]
async fn an_answer_is_taken_up_to_its_limit_and_no_further() {
    for (request, limit) in [(record(), 2 * MIB), (transcript(), 16 * MIB)] {
        for (size, fits) in [(limit, true), (limit + 1, false)] {
            let server = server(status(200).set_body_bytes(vec![b' '; size])).await;
            let exchange = live(&server.uri()).fetch(&request).await;
            assert_eq!(exchange.is_ok(), fits, "{size}");
            if let Err(failure) = exchange {
                let host = server.address().to_string();
                assert_eq!(
                    failure,
                    Failure::TooLarge {
                        host,
                        limit: limit as u64
                    }
                );
            }
            assert_eq!(count(&server).await, 1, "not asked again");
        }
    }
}

#[tokio::test]
async fn a_small_answer_that_unpacks_to_a_huge_one_is_dropped() {
    let huge = vec![b' '; 8 * MIB];
    let packed = gzip(&huge);
    assert!(packed.len() < 100_000);
    for answer in [encoded("gzip", packed), encoded("br", brotli(&huge))] {
        let server = server(answer).await;
        let exchange = live(&server.uri()).fetch(&record()).await;
        assert!(
            matches!(exchange, Err(Failure::TooLarge { .. })),
            "{exchange:?}"
        );
    }
}

#[tokio::test]
async fn an_endless_answer_is_dropped() {
    let head = send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    let chunk = format!("1000\r\n{}\r\n", " ".repeat(0x1000)).into_bytes();
    let server = RawServer::start(vec![vec![head, Step::Flood(chunk)]]).await;
    let exchange = live(&server.uri()).fetch(&record()).await;
    assert!(
        matches!(exchange, Err(Failure::TooLarge { .. })),
        "{exchange:?}"
    );
}

#[tokio::test]
async fn an_answer_cut_short_is_asked_for_again_and_never_passes_as_whole() {
    let gzip_cut = {
        let whole = gzip(RECORD.as_bytes());
        let cut = whole[..whole.len() - 6].to_vec();
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n",
            cut.len()
        );
        vec![send(&head), Step::Send(cut)]
    };
    let brotli_cut = {
        let whole = brotli(RECORD.as_bytes());
        let cut = whole[..whole.len() / 2].to_vec();
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: {}\r\n\r\n",
            cut.len()
        );
        vec![send(&head), Step::Send(cut)]
    };
    let scripts = [
        vec![send(
            "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{\"title\":\"T\"}",
        )],
        vec![send(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nd\r\n{\"title\":\"T\"}\r\n",
        )],
        vec![
            send("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{\"title\":\"T\"}"),
            Step::Wait(Duration::from_millis(100)),
            Step::Reset,
        ],
        vec![send(
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\nnot gzip!",
        )],
        gzip_cut,
        brotli_cut,
    ];
    for (at, script) in scripts.into_iter().enumerate() {
        let server = RawServer::start(vec![script.clone()]).await;
        let live = Live::new(policy(&server.uri()).with_retries(1)).unwrap();
        let host = server.host();
        assert_eq!(
            live.fetch(&record()).await,
            Err(Failure::Truncated { host }),
            "{at}"
        );
        assert_eq!(server.requests().len(), 2, "{at}");

        let whole = format!(
            "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{RECORD}",
            RECORD.len()
        );
        let server = RawServer::start(vec![script, vec![send(&whole)]]).await;
        let evidence = super::live(&server.uri()).fetch(&record()).await.unwrap();
        assert_eq!(evidence.body, RECORD.as_bytes());
    }
}
