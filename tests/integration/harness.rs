//! What the tests of the program share: a clean environment, a fixed day, and a service
//! on loopback.

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

/// The day on which the tests judge.
pub(crate) const DAY: &str = "2026-11-22";

/// The link of the README.
pub(crate) const SHARE_LINK: &str = "https://learn.microsoft.com/api/credentials/share/en-us/buchheister/20170DBC5AC04E38?sharingId=C72B4F60A795D7E4";

/// The secret in it.
pub(crate) const SHARING_ID: &str = "C72B4F60A795D7E4";

/// The path of its record.
pub(crate) const RECORD_PATH: &str = "/api/credentials/20170DBC5AC04E38";

/// The path of its page.
pub(crate) const PAGE_PATH: &str = "/api/credentials/share/en-us/buchheister/20170DBC5AC04E38";

/// A file below `fixtures/`.
pub(crate) fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(name)
}

/// The text of a file below `fixtures/`.
pub(crate) fn text(name: &str) -> String {
    std::fs::read_to_string(fixture(name)).unwrap()
}

/// The program with nothing of this machine's environment.
pub(crate) fn bonafide() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bonafide"));
    command.env_clear();
    for name in ["PATH", "SystemRoot", "TEMP", "TMP", "LLVM_PROFILE_FILE"] {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    // A home that is not there and that nobody can make, not even root: nothing may be read
    // from or written to it.
    command.env("HOME", "/proc/no-home").env("NO_COLOR", "1");
    command
}

/// What a finished run left.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    /// The document as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}\n{}", self.stdout, self.stderr))
    }

    /// The codes of the findings of the first result.
    pub(crate) fn codes(&self) -> Vec<String> {
        codes(&self.json()["results"][0])
    }
}

/// The codes of a result's findings.
pub(crate) fn codes(result: &serde_json::Value) -> Vec<String> {
    let findings = result["findings"].as_array().unwrap();
    let code = |finding: &serde_json::Value| finding["code"].as_str().unwrap().to_owned();
    findings.iter().map(code).collect()
}

/// Runs the program to its end.
pub(crate) fn run(arguments: &[&str]) -> Ran {
    finish(bonafide().args(arguments))
}

/// Runs a prepared command to its end.
pub(crate) fn finish(command: &mut Command) -> Ran {
    let output = command.output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A service on loopback, with a data directory for the program that asks it.
pub(crate) struct Service {
    runtime: tokio::runtime::Runtime,
    server: MockServer,
    pub(crate) data: TempDir,
}

impl Service {
    pub(crate) fn start() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let server = runtime.block_on(MockServer::start());
        Self {
            runtime,
            server,
            data: TempDir::new().unwrap(),
        }
    }

    /// Answers `GET` of a path.
    pub(crate) fn answer(&self, at: &str, answer: ResponseTemplate) {
        let mock = Mock::given(method("GET"))
            .and(path(at))
            .respond_with(answer);
        self.runtime.block_on(mock.mount(&self.server));
    }

    /// Has the service answer as a mock says.
    pub(crate) fn mount(&self, mock: Mock) {
        self.runtime.block_on(mock.mount(&self.server));
    }

    /// Takes back every answer, and forgets what was asked.
    pub(crate) fn reset(&self) {
        self.runtime.block_on(self.server.reset());
    }

    /// What was posted, in order.
    pub(crate) fn posted(&self) -> Vec<wiremock::Request> {
        let requests = self.runtime.block_on(self.server.received_requests());
        let is_post = |request: &wiremock::Request| request.method.as_str() == "POST";
        requests
            .unwrap_or_default()
            .into_iter()
            .filter(is_post)
            .collect()
    }

    /// Answers `GET` of a path when the asker already holds the answer with that tag.
    pub(crate) fn answer_if(&self, tag: &str, at: &str, answer: ResponseTemplate) {
        let mock = Mock::given(method("GET"))
            .and(path(at))
            .and(header("if-none-match", tag))
            .respond_with(answer);
        self.runtime.block_on(mock.mount(&self.server));
    }

    /// Answers a path with JSON.
    pub(crate) fn json(&self, at: &str, body: &str) {
        self.answer(at, ok(body, "application/json; charset=utf-8"));
    }

    /// Answers a path with a page.
    pub(crate) fn page(&self, at: &str, body: &str) {
        self.answer(at, ok(body, "text/html; charset=utf-8"));
    }

    pub(crate) fn url(&self) -> String {
        self.server.uri()
    }

    /// The paths asked for, in order.
    pub(crate) fn asked(&self) -> Vec<String> {
        let requests = self.runtime.block_on(self.server.received_requests());
        let asked = requests.unwrap_or_default();
        asked
            .iter()
            .map(|request| request.url.path().to_owned())
            .collect()
    }

    /// `bonafide verify` against this service, with JSON out.
    pub(crate) fn verify(&self, arguments: &[&str]) -> Ran {
        finish(self.command().args(["--format", "json"]).args(arguments))
    }

    /// `bonafide verify` against this service, without a format.
    pub(crate) fn command(&self) -> Command {
        let mut command = bonafide();
        command
            .args(["verify", "--as-of", DAY, "--retries", "0", "--learn-url"])
            .arg(self.url())
            .arg("--credly-url")
            .arg(self.url())
            .arg("--data-dir")
            .arg(self.data.path());
        command
    }
}

fn ok(body: &str, content_type: &str) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw(body.to_owned(), content_type)
}
