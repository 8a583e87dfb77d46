//! A service on loopback that holds a record in force for every number, and fails as told.

use std::collections::HashMap;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What happens to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// The record.
    Record,
    /// 429 with so many seconds to wait.
    TooMany(u32),
    /// 500.
    Broken,
    /// The connection ends without an answer.
    Reset,
    /// The record, with a pause in its middle.
    Slow,
    /// The record, after so many milliseconds.
    Late(u64),
    /// 404.
    Missing,
}

/// Says what happens to the n-th request (from 1) for a path.
type Plan = fn(&str, u32) -> Fate;

/// The service. It runs until the test's process ends.
#[derive(Debug, Clone)]
pub(crate) struct Records {
    address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
}

#[derive(Debug, Default)]
struct Seen {
    asked: HashMap<String, u32>,
    answered: HashMap<String, u32>,
}

impl Records {
    /// Starts one on which nothing fails.
    pub(crate) fn start() -> Self {
        Self::with(|_, _| Fate::Record)
    }

    /// Starts one that fails by `plan`.
    pub(crate) fn with(plan: Plan) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let records = Self {
            address: listener.local_addr().unwrap(),
            seen: Arc::default(),
        };
        let seen = Arc::clone(&records.seen);
        std::thread::spawn(move || {
            for connection in listener.incoming() {
                let (connection, seen) = (connection.unwrap(), Arc::clone(&seen));
                std::thread::spawn(move || serve(connection, plan, &seen));
            }
        });
        records
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How often each path was asked for.
    pub(crate) fn asked(&self) -> HashMap<String, u32> {
        self.seen.lock().unwrap().asked.clone()
    }

    /// How often each path was answered with its whole record.
    pub(crate) fn answered(&self) -> HashMap<String, u32> {
        self.seen.lock().unwrap().answered.clone()
    }
}

/// Whose record a number is.
pub(crate) fn holder(number: &str) -> String {
    let letter = |at: usize| {
        let digit = number.as_bytes()[at] - b'0';
        char::from(b'a' + digit % 26)
    };
    let word: String = (8..16).map(letter).collect();
    format!("Ingrid {}-Reyes", word.to_uppercase())
}

fn serve(mut connection: TcpStream, plan: Plan, seen: &Mutex<Seen>) {
    let (mut text, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        while let Some(end) = text.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&text[..end]).into_owned();
            text.drain(..end + 4);
            let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
            if answer(&mut connection, &path, plan, seen).is_none() {
                return;
            }
        }
        match connection.read(&mut buffer) {
            Ok(0) | Err(_) => return,
            Ok(read) => text.extend_from_slice(&buffer[..read]),
        }
    }
}

/// Answers one request; `None` when the connection is over.
fn answer(connection: &mut TcpStream, path: &str, plan: Plan, seen: &Mutex<Seen>) -> Option<()> {
    let nth = {
        let mut seen = seen.lock().unwrap();
        let nth = seen.asked.entry(path.to_owned()).or_default();
        *nth += 1;
        *nth
    };
    let number = path.rsplit('/').next().unwrap_or_default();
    let record = record(number);
    let (first, second) = match plan(path, nth) {
        Fate::Record => (record, String::new()),
        Fate::Slow => {
            let (first, second) = record.split_at(record.len() - 40);
            (first.to_owned(), second.to_owned())
        }
        Fate::Late(wait) => {
            std::thread::sleep(Duration::from_millis(wait));
            (record, String::new())
        }
        Fate::TooMany(wait) => {
            let head = format!(
                "HTTP/1.1 429 Too Many Requests\r\nretry-after: {wait}\r\ncontent-length: 0\r\n\r\n"
            );
            return connection.write_all(head.as_bytes()).ok();
        }
        Fate::Broken => {
            let head = "HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n";
            return connection.write_all(head.as_bytes()).ok();
        }
        Fate::Missing => {
            let head = "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n";
            return connection.write_all(head.as_bytes()).ok();
        }
        Fate::Reset => return None,
    };
    connection.write_all(first.as_bytes()).ok()?;
    if !second.is_empty() {
        std::thread::sleep(Duration::from_millis(30));
        connection.write_all(second.as_bytes()).ok()?;
    }
    *seen
        .lock()
        .unwrap()
        .answered
        .entry(path.to_owned())
        .or_default() += 1;
    Some(())
}

fn record(number: &str) -> String {
    if let Some((code, _)) = number.split_once('?') {
        // Only a transcript is asked for with a query.
        let body = crate::harness::text("learn-transcript/full-active-and-historical.json");
        assert!(!code.is_empty());
        return answer_of(&body);
    }
    let body = crate::harness::text("learn-credential/administrator-active.json")
        .replace("5D1E0C42A7B39F10", number)
        .replace("Ingrid Solvang-Reyes", &holder(number));
    answer_of(&body)
}

fn answer_of(body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}
