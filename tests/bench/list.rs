//! A list beside the least that could be done with it: `batch`, CSV to CSV with its
//! journal, and a bare loop of reqwest and `serde_json`, on the same service.
//!
//! `BONAFIDE_ROWS=1000000` sets the length.

use std::net::SocketAddr;
use std::path::Path;

use futures_util::{StreamExt, stream};
use tokio_rustls::rustls::crypto::ring;

use crate::process::{self, Took};
use crate::table::{Aim, Table, in_turns, median, ratio};
use crate::{candidates, service};

/// Requests under way at once.
pub(crate) const AT_ONCE: usize = 64;

pub(crate) fn measure(table: &mut Table) {
    let rows = candidates::rows();
    let service = service::start();
    let folder = tempfile::tempdir().unwrap();
    candidates::write_list(&folder.path().join("list.csv"), rows);
    let mut took = Vec::new();
    let (ours, bare) = in_turns(
        candidates::turns(),
        || took.push(batch(folder.path(), service)),
        || bare_loop(rows, service),
    );
    let rate = |time: std::time::Duration| f64::from(rows) / time.as_secs_f64();
    let said = |time| format!("{:.0} rows/s", rate(time));
    table.row(
        (&format!("batch of {rows}"), said(ours)),
        ("loop of reqwest and serde_json", said(bare)),
        ratio(bare, ours),
        Aim::AtLeast(0.8),
    );
    let mib = median(took.iter().map(|took| took.kib).collect()) as f64 / 1024.0;
    table.row(
        (&format!("batch of {rows}, memory"), format!("{mib:.1} MiB")),
        ("bound", "64 MiB"),
        mib / 64.0,
        Aim::AtMost(1.0),
    );
}

/// Runs the program as its users do, on `list.csv` of a folder, and says what it took.
pub(crate) fn batch(folder: &Path, service: SocketAddr) -> Took {
    let list = folder.join("list.csv");
    let sheet = folder.join("checked.csv");
    let took = process::run(
        process::bonafide()
            .args(["batch", "--rate", "none", "--as-of", "2026-11-22"])
            .args(["--fresh", "--concurrency", &AT_ONCE.to_string()])
            .args(["--learn-url", &format!("http://{service}")])
            .arg("--data-dir")
            .arg(folder.join("data"))
            .arg("-o")
            .args([&sheet, &list]),
        |code| code == 0,
    );
    let lines = |path| std::fs::read_to_string(path).unwrap();
    let (rows, sheet) = (lines(&list), lines(&sheet));
    let active = sheet.lines().filter(|line| line.contains(",active,true,"));
    assert_eq!(
        active.count(),
        rows.lines().count() - 1,
        "every row must be right"
    );
    took
}

/// The least that reads as many records: no list, no judgement, no sheet.
fn bare_loop(rows: u32, service: SocketAddr) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let read = runtime.block_on(async {
        // A client asks for it even where nothing is encrypted.
        drop(ring::default_provider().install_default());
        let client = reqwest::Client::new();
        stream::iter(0..rows)
            .map(|row| record(&client, service, row))
            .buffer_unordered(AT_ONCE)
            .count()
            .await
    });
    assert_eq!(read, rows as usize);
}

async fn record(client: &reqwest::Client, service: SocketAddr, row: u32) -> serde_json::Value {
    let url = candidates::address(service, row);
    let body = client.get(url).send().await.unwrap().bytes().await.unwrap();
    serde_json::from_slice(&body).unwrap()
}
