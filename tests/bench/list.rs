//! A list beside the least that could be done with it: `batch`, CSV to CSV with its
//! journal, and a bare loop of reqwest and `serde_json`, on the same server in the same run.
//!
//! `cargo bench --bench list` prints the rates and their ratio; `BONAFIDE_ROWS=1000000`
//! sets the length. On Linux it also prints the most memory that `batch` had.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a benchmark that cannot be set up should fail, and prints"
)]

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use futures_util::{StreamExt, stream};

/// Turns of each pair; the medians are compared.
const TURNS: usize = 5;

/// Requests under way at once.
const AT_ONCE: usize = 64;

fn main() {
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let rows = std::env::var("BONAFIDE_ROWS").map_or(20_000, |rows| rows.parse().unwrap());
    let turns = if rows > 100_000 { 1 } else { TURNS };
    let server = serve();
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("list.csv");
    std::fs::write(&list, candidates(rows)).unwrap();
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..turns {
        ours.push(batch(folder.path(), &list, server));
        bare.push(bare_loop(rows, server));
    }
    let (ours, bare) = (median(ours), median(bare));
    let rate = |time: Duration| f64::from(rows) / time.as_secs_f64();
    println!("batch of {rows}: {:.0} rows/s, {ours:?}", rate(ours));
    println!("bare loop of {rows}: {:.0} rows/s, {bare:?}", rate(bare));
    println!("ratio of the rates: {:.2}", rate(ours) / rate(bare));
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn candidates(rows: u32) -> String {
    let mut text = "id,name,link\n".to_owned();
    for row in 0..rows {
        let id = number(row);
        writeln!(text, "{row},Ingrid Solvang-Reyes,https://learn.microsoft.com/api/credentials/share/en-us/user-{row}/{id}?sharingId=C72B4F60A795D7E4").unwrap();
    }
    text
}

/// Sixteen hex digits, different for each row and in no order.
fn number(row: u32) -> String {
    format!(
        "{:016X}",
        u64::from(row + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    )
}

/// Runs the program as its users do, and says what it took.
fn batch(folder: &Path, list: &Path, server: SocketAddr) -> Duration {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_bonafide"))
        .args([
            "batch",
            "--rate",
            "none",
            "--as-of",
            "2026-11-22",
            "--fresh",
            "--concurrency",
        ])
        .arg(AT_ONCE.to_string())
        .arg("--learn-url")
        .arg(format!("http://{server}"))
        .arg("--data-dir")
        .arg(folder.join("data"))
        .arg("-o")
        .arg(folder.join("checked.csv"))
        .arg(list)
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap();
    let peak = watch_memory(&mut child);
    let time = start.elapsed();
    if let Some(kib) = peak {
        println!("  most memory of batch: {:.1} MiB", kib as f64 / 1024.0);
    }
    let rows = std::fs::read_to_string(list).unwrap().lines().count();
    let sheet = std::fs::File::open(folder.join("checked.csv")).unwrap();
    let sheet = std::io::BufRead::lines(std::io::BufReader::new(sheet));
    let active = sheet.filter(|line| line.as_ref().unwrap().contains(",active,true,"));
    assert_eq!(active.count(), rows - 1, "every row must be right");
    time
}

/// The peak of the resident set in KiB, where the system tells it.
fn watch_memory(child: &mut std::process::Child) -> Option<u64> {
    let status = format!("/proc/{}/status", child.id());
    let mut peak = None;
    loop {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        peak = kib.max(peak);
        if let Some(ended) = child.try_wait().unwrap() {
            assert_eq!(ended.code(), Some(0));
            return peak;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// The least that reads as many records: no list, no judgement, no sheet.
fn bare_loop(rows: u32, server: SocketAddr) -> Duration {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let start = Instant::now();
    let read = runtime.block_on(async {
        let client = reqwest::Client::new();
        stream::iter(0..rows)
            .map(|row| record(&client, server, row))
            .buffer_unordered(AT_ONCE)
            .count()
            .await
    });
    assert_eq!(read, rows as usize);
    start.elapsed()
}

async fn record(client: &reqwest::Client, server: SocketAddr, row: u32) -> serde_json::Value {
    let url = format!("http://{server}/api/credentials/{}", number(row));
    let body = client.get(url).send().await.unwrap().bytes().await.unwrap();
    serde_json::from_slice(&body).unwrap()
}

/// A server that gives every number a record in force.
fn serve() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for connection in listener.incoming() {
            let connection = connection.unwrap();
            std::thread::spawn(move || answer_all(connection));
        }
    });
    address
}

/// Answers request after request on one connection.
fn answer_all(mut connection: TcpStream) {
    connection.set_nodelay(true).unwrap();
    let (mut seen, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        while let Some(end) = seen.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&seen[..end]).into_owned();
            seen.drain(..end + 4);
            if connection.write_all(answer(&head).as_bytes()).is_err() {
                return;
            }
        }
        match connection.read(&mut buffer) {
            Ok(0) | Err(_) => return,
            Ok(read) => seen.extend_from_slice(&buffer[..read]),
        }
    }
}

fn answer(head: &str) -> String {
    const RECORD: &str = include_str!("../../fixtures/learn-credential/administrator-active.json");
    let path = head.split(' ').nth(1).unwrap_or_default();
    let id = path.rsplit('/').next().unwrap_or_default();
    let body = RECORD.replace(SAMPLE, id);
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// The number in the sample.
const SAMPLE: &str = "5D1E0C42A7B39F10";
