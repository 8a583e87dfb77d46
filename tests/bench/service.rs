//! A service on loopback that has a record in force for every number.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};

/// Starts it; it goes on until the process ends.
pub(crate) fn start() -> SocketAddr {
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
    let mut words = head.split(' ');
    let (method, path) = (words.next(), words.next().unwrap_or_default());
    let id = path.rsplit('/').next().unwrap_or_default();
    let body = RECORD.replace(SAMPLE, id);
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    match method {
        Some("HEAD") => head,
        _ => head + &body,
    }
}

/// The number in the sample.
const SAMPLE: &str = "5D1E0C42A7B39F10";
