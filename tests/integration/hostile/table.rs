//! What a behaviour of the service must come to, and the way a table of them is held.

use std::path::PathBuf;
use std::sync::{LazyLock, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;
use tokio::runtime::Handle;
use tokio_rustls::rustls::ServerConfig;

use super::child::{self, Watched};
use crate::harness::{DAY, text};
use crate::raw_server::{RawServer, Step, send};

/// A record, asked for by a link that has no page.
pub(super) const RECORD: &str = "https://learn.microsoft.com/api/credentials/5D1E0C42A7B39F10";

/// The same with its page.
pub(super) const SHARED: &str = "https://learn.microsoft.com/api/credentials/share/en-us/ingrid/5D1E0C42A7B39F10?sharingId=C72B4F60A795D7E4";

/// A transcript.
pub(super) const TRANSCRIPT: &str =
    "https://learn.microsoft.com/en-us/users/ingrid/transcript/d8yjaq7hn04v2kx";

/// A Credly badge.
pub(super) const BADGE: &str = "https://www.credly.com/badges/4b0f8a52-9d13-4c67-a2e8-51c7d0f3b964";

/// What a run may take at the most, in MiB. A debug build that does nothing takes 46.
pub(super) const MEMORY: u64 = 128;

/// The same for a transcript, which may be eight times as long.
const TRANSCRIPT_MEMORY: u64 = 320;

/// The seconds that an answer is given where none should be needed: a busy machine has time.
pub(super) const PATIENT: u64 = 60;

/// What a run may take beyond its own time-outs. This tells a run that hangs from one that
/// ends, on a machine that is busy with other things; it is no measure of speed.
const MARGIN: Duration = Duration::from_mins(1);

/// With one retry and five redirects, nothing makes the program ask more often than this.
const REQUESTS: usize = 12;

/// How many runs are under way at once: most of them wait.
const AT_ONCE: usize = 6;

/// What a run must come to. Codes are `code` or `code/detail`; `not-the-issuer`, which
/// every answer from loopback has, is left out.
#[derive(Debug, Clone)]
pub(super) struct Expected {
    pub(super) codes: Vec<&'static str>,
    pub(super) exit: i32,
    pub(super) status: &'static str,
}

/// A result that could not be determined, for these reasons.
pub(super) fn undetermined(codes: &[&'static str]) -> Expected {
    Expected {
        codes: codes.to_vec(),
        exit: 3,
        status: "undetermined",
    }
}

/// A good answer was taken.
pub(super) fn active() -> Expected {
    Expected {
        codes: Vec::new(),
        exit: 0,
        status: "active",
    }
}

/// The answer ended early or was damaged.
pub(super) fn truncated() -> Expected {
    undetermined(&["unexpected-content/truncated"])
}

/// The connection broke, or what came over it was not HTTP.
pub(super) fn broken() -> Expected {
    undetermined(&["unreachable/connection"])
}

/// The body is no record.
pub(super) fn changed() -> Expected {
    undetermined(&["format-changed"])
}

/// How a connection is served.
enum Way {
    Plain,
    Blind,
    Tls(Box<ServerConfig>, String),
}

/// One thing that a service does, and what it must come to.
pub(super) struct Behaviour {
    name: String,
    scripts: Vec<Vec<Step>>,
    way: Way,
    link: &'static str,
    timeout: u64,
    day: Option<&'static str>,
    expected: Expected,
}

/// A row: the service answers every request by these steps.
pub(super) fn row(name: &str, script: Vec<Step>, expected: Expected) -> Behaviour {
    Behaviour {
        name: name.to_owned(),
        scripts: vec![script],
        way: Way::Plain,
        link: RECORD,
        timeout: PATIENT,
        day: Some(DAY),
        expected,
    }
}

impl Behaviour {
    /// Asks for something else.
    pub(super) fn of(mut self, link: &'static str) -> Self {
        self.link = link;
        self
    }

    /// Gives it so many seconds.
    pub(super) fn timeout(mut self, seconds: u64) -> Self {
        self.timeout = seconds;
        self
    }

    /// Answers the first connection by the first script, the second by this one.
    pub(super) fn then(mut self, script: Vec<Step>) -> Self {
        self.scripts.push(script);
        self
    }

    /// Judges by the machine's clock.
    pub(super) fn by_the_clock(mut self) -> Self {
        self.day = None;
        self
    }

    /// Answers the first bytes of a connection that should be TLS.
    pub(super) fn instead_of_tls(mut self) -> Self {
        self.way = Way::Blind;
        self
    }

    /// Answers behind TLS, to a program that trusts the authority in `pem`.
    pub(super) fn behind_tls(mut self, config: ServerConfig, pem: String) -> Self {
        self.way = Way::Tls(Box::new(config), pem);
        self
    }

    /// Puts it to the program.
    fn hold(self) -> Result<(), String> {
        let data = TempDir::new().unwrap();
        let scripts = self.scripts.clone();
        let mut ca_file = None;
        let (server, url) = RUNTIME.block_on(async {
            match &self.way {
                Way::Plain => {
                    let server = RawServer::start(scripts).await;
                    let url = server.uri();
                    (server, url)
                }
                Way::Blind => {
                    let server = RawServer::start_blind(scripts[0].clone()).await;
                    let url = server.tls_uri();
                    (server, url)
                }
                Way::Tls(config, pem) => {
                    let path = data.path().join("authority.pem");
                    std::fs::write(&path, pem).unwrap();
                    ca_file = Some(path);
                    let server = RawServer::start_tls(scripts, (**config).clone()).await;
                    let url = server.tls_uri();
                    (server, url)
                }
            }
        });
        let watched = self.run(&url, ca_file, &data)?;
        self.judge(&watched, &server.requests())
    }

    fn run(&self, url: &str, ca_file: Option<PathBuf>, data: &TempDir) -> Result<Watched, String> {
        let mut command = child::program();
        command
            .args(["verify", self.link, "--format", "json", "--rate", "none"])
            .args(["--retries", "1", "--learn-url", url, "--credly-url", url])
            .args(["--timeout", &format!("{}s", self.timeout)])
            .arg("--data-dir")
            .arg(data.path());
        if let Some(day) = self.day {
            command.args(["--as-of", day]);
        }
        if let Some(file) = ca_file {
            command.arg("--ca-file").arg(file);
        }
        // The record and its page have a time-out each.
        let limit = Duration::from_secs(2 * self.timeout) + MARGIN;
        child::watch(&mut command, limit)
    }

    fn judge(&self, watched: &Watched, requests: &[String]) -> Result<(), String> {
        let Watched { ran, peak } = watched;
        let said = format!("{}\n{}", shortened(&ran.stdout), shortened(&ran.stderr));
        let Ok(json) = serde_json::from_str::<serde_json::Value>(&ran.stdout) else {
            return Err(format!("exit {}, no document: {said}", ran.code));
        };
        let result = &json["results"][0];
        let found = (codes(result), ran.code, result["status"].as_str());
        let expected = &self.expected;
        if found != (expected.codes.clone(), expected.exit, Some(expected.status)) {
            return Err(format!("expected {expected:?}, found {found:?}: {said}"));
        }
        let memory = match self.link {
            TRANSCRIPT => TRANSCRIPT_MEMORY,
            _ => MEMORY,
        };
        if *peak > memory {
            return Err(format!("took {peak} MiB, of {memory}"));
        }
        if requests.len() > REQUESTS {
            return Err(format!("asked {} times", requests.len()));
        }
        let telling = ["cookie:", "referer:", "authorization:"];
        let tells = |head: &String| {
            let head = head.to_ascii_lowercase();
            telling.iter().any(|name| head.contains(name))
        };
        match requests.iter().find(|head| tells(head)) {
            Some(head) => Err(format!("said too much: {head}")),
            None => Ok(()),
        }
    }
}

/// The findings of a result that the service's behaviour made.
fn codes(result: &serde_json::Value) -> Vec<&str> {
    // The last ages with the day on which the tests run.
    const ALWAYS: [&str; 2] = ["not-the-issuer", "old-catalogue"];
    let findings = result["findings"].as_array().unwrap();
    let all = KNOWN.iter().copied();
    findings
        .iter()
        .map(|finding| {
            let code = finding["code"].as_str().unwrap();
            let whole = match finding["detail"].as_str() {
                Some(detail) => format!("{code}/{detail}"),
                None => code.to_owned(),
            };
            all.clone().find(|known| *known == whole).unwrap_or(code)
        })
        .filter(|code| !ALWAYS.contains(code))
        .collect()
}

/// The details that the table tells apart.
const KNOWN: [&str; 7] = [
    "unexpected-content/truncated",
    "unexpected-content/html",
    "unexpected-content/content-type",
    "unexpected-content/other-credential",
    "unexpected-content/no-title",
    "unreachable/connection",
    "unreachable/tls",
];

fn shortened(text: &str) -> &str {
    &text[..text.floor_char_boundary(2000)]
}

/// The servers of all rows live here, on a thread of their own.
pub(super) static RUNTIME: LazyLock<Handle> = LazyLock::new(|| {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let handle = runtime.handle().clone();
    thread::spawn(move || runtime.block_on(std::future::pending::<()>()));
    handle
});

/// Puts every row to the program, several at once, and tells of each that fails.
pub(super) fn hold(rows: Vec<Behaviour>) {
    let rows = Mutex::new(rows.into_iter());
    let next = || rows.lock().unwrap_or_else(PoisonError::into_inner).next();
    let failures = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some(row) = next() {
                    let name = row.name.clone();
                    if let Err(failure) = row.hold() {
                        failures.lock().unwrap().push(format!("{name}: {failure}"));
                    }
                }
            });
        }
    });
    let failures = failures.into_inner().unwrap();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

/// The good answer that the behaviours spoil: active on the day of the tests.
pub(super) fn good() -> String {
    let text = text("learn-credential/administrator-active.json");
    text.trim_end().to_owned()
}

/// The good answer with one more member.
pub(super) fn good_with(member: &[u8]) -> Vec<u8> {
    let good = good();
    let open = good.trim_end_matches('}').as_bytes();
    [open, b",", member, b"}"].concat()
}

/// A whole answer: status line, further header lines that end in CRLF, body. It says that
/// the connection is closed after it, or else a program that follows a redirect may ask on a
/// connection that is just being closed, which comes to `unreachable` by chance.
pub(super) fn answer(status: &str, lines: &str, body: &[u8]) -> Vec<Step> {
    let head = format!(
        "HTTP/1.1 {status}\r\n{lines}Connection: close\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    vec![Step::Send([head.as_bytes(), body].concat())]
}

/// A whole answer of JSON with status 200.
pub(super) fn json(body: &[u8]) -> Vec<Step> {
    answer("200 OK", "Content-Type: application/json\r\n", body)
}

/// The good answer's head without what says how long its body is, up to and without the
/// empty line.
pub(super) const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

/// An answer by its head, as it is given, and the good body.
pub(super) fn headed(lines: &str) -> Vec<Step> {
    vec![send(&format!("{HEAD}{lines}\r\n{}", good()))]
}
