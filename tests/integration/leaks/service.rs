//! A service that knows what it was asked and says so, in one of many ways.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What the service does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weather {
    /// It answers as it should.
    Fine,
    /// It refuses, and repeats the request.
    Echo,
    /// It answers as it should in form, and repeats the request as titles and names.
    Titles,
    /// It sends on to another place, with all that it was told.
    Redirect,
    /// It breaks off.
    Silent,
}

pub(crate) const WEATHERS: [Weather; 5] = [
    Weather::Fine,
    Weather::Echo,
    Weather::Titles,
    Weather::Redirect,
    Weather::Silent,
];

/// A server of HTTP on one port and of SMTP on another.
pub(crate) struct Service {
    pub(crate) http: u16,
    pub(crate) smtp: u16,
    asked: Arc<AtomicUsize>,
}

impl Service {
    pub(crate) fn open(weather: Weather) -> Self {
        let asked = Arc::new(AtomicUsize::new(0));
        let listen = |session: fn(&TcpStream, Weather)| {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let port = listener.local_addr().unwrap().port();
            let asked = Arc::clone(&asked);
            std::thread::spawn(move || {
                for stream in listener.incoming().flatten() {
                    asked.fetch_add(1, Ordering::Relaxed);
                    let _ = stream.set_nodelay(true);
                    std::thread::spawn(move || session(&stream, weather));
                }
            });
            port
        };
        let (http, smtp) = (listen(http), listen(smtp));
        Self { http, smtp, asked }
    }

    /// How often somebody connected.
    pub(crate) fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }
}

fn http(stream: &TcpStream, weather: Weather) {
    let mut reader = BufReader::new(stream);
    loop {
        let (mut head, mut length) = (String::new(), 0);
        loop {
            let mut line = String::new();
            if !matches!(reader.read_line(&mut line), Ok(1..)) {
                return;
            }
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            if line == "\r\n" {
                break;
            }
            head += &line;
        }
        let mut body = vec![0; length];
        if reader.read_exact(&mut body).is_err() {
            return;
        }
        let answer = answer(weather, &head, &String::from_utf8_lossy(&body));
        let mut out = stream;
        if answer.is_empty() || out.write_all(answer.as_bytes()).is_err() {
            return;
        }
    }
}

fn answer(weather: Weather, head: &str, body: &str) -> String {
    let target = head.split(' ').nth(1).unwrap_or_default();
    let path = target.split('?').next().unwrap_or_default();
    let whole = |status: &str, more: &str, kind: &str, body: &str| {
        format!(
            "HTTP/1.1 {status}\r\n{more}content-type: {kind}\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    match weather {
        Weather::Silent => String::new(),
        Weather::Redirect => {
            let location = format!("location: https://evil.example{target}\r\n");
            whole("302 Found", &location, "text/plain", &repeated(target))
        }
        Weather::Echo => whole(
            "400 Bad Request",
            "",
            "text/plain",
            &repeated(&format!("{target} {head} {body}")),
        ),
        Weather::Fine => whole(
            "200 OK",
            "etag: \"1\"\r\n",
            kind_of(path),
            &good(path, "Microsoft Certified: Azure Administrator Associate"),
        ),
        // Only the page is asked with the secret, and only where there is no record.
        Weather::Titles if path.starts_with("/api/credentials/") && !path.contains("/share/") => {
            whole("404 Not Found", "", "text/plain", &repeated(target))
        }
        Weather::Titles => whole(
            "200 OK",
            "etag: \"1\"\r\n",
            kind_of(path),
            &good(path, &repeated(target)),
        ),
    }
}

/// A text as it is, in small and in capital letters, and in an address.
fn repeated(text: &str) -> String {
    let text = text.replace(['\r', '\n', '"', '<'], " ");
    let encoded = percent_encoding::utf8_percent_encode(&text, percent_encoding::NON_ALPHANUMERIC);
    format!(
        "{text} {} {} {encoded}",
        text.to_lowercase(),
        text.to_uppercase()
    )
}

fn kind_of(path: &str) -> &'static str {
    if path.contains("/share/") && !path.contains("/transcript/") {
        "text/html"
    } else if path.starts_with("/api") || path.starts_with("/badges") || path == "/" {
        "application/json"
    } else {
        "text/plain"
    }
}

fn good(path: &str, title: &str) -> String {
    match path {
        "/" => r#"{"id":"Xt4a","event":"message"}"#.to_owned(),
        "/api/catalog/" => format!(
            r#"{{"certifications":[{{"uid":"certification.azure-x","title":"{title} Expert"}}],"mergedCertifications":[],"exams":[]}}"#
        ),
        path if path.contains("/transcript/") => format!(
            r#"{{"userName":"{title}","certificationData":{{"activeCertifications":[{{"name":"{title}","certificationNumber":"AAAAAA-AAAAAA","status":"Active","expiration":"2026-12-01T23:59:59Z"}}],"historicalCertifications":[]}}}}"#
        ),
        path if path.contains("/share/") => {
            format!(
                r#"<html><head><meta property="og:title" content="{title}"></head><body>{title}</body></html>"#
            )
        }
        path if path.starts_with("/api/") => {
            format!(
                r#"{{"title":"{title}","userDisplayName":"Jane Doe","expiresOn":"2026-12-01T23:59:59Z"}}"#
            )
        }
        _ => "ok".to_owned(),
    }
}

fn smtp(stream: &TcpStream, weather: Weather) {
    let mut reader = BufReader::new(stream);
    let say = |text: &str| {
        let mut out = stream;
        let _ = out.write_all(format!("{text}\r\n").as_bytes());
    };
    if weather == Weather::Silent {
        return;
    }
    say("220 localhost");
    let (mut is_mail, mut line) = (false, String::new());
    while matches!(reader.read_line(&mut line), Ok(1..)) {
        let text = line.trim_end().to_owned();
        line.clear();
        match (is_mail, text.as_str()) {
            (true, ".") => {
                is_mail = false;
                say("250 taken");
            }
            (true, _) => {}
            (false, text) if text.starts_with("EHLO") => {
                say("250-localhost\r\n250 AUTH PLAIN LOGIN");
            }
            (false, text) if text.starts_with("AUTH") && weather == Weather::Fine => {
                say("235 come in");
            }
            (false, text) if text.starts_with("AUTH") => say(&format!("535 {}", repeated(text))),
            (false, "DATA") => {
                is_mail = true;
                say("354 go on");
            }
            (false, "QUIT") => return say("221 bye"),
            _ => say("250 fine"),
        }
    }
}
