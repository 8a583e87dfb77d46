//! Every command, as it runs with secrets.

use super::desk::link;

/// A command and what it is run with.
pub(crate) struct Row {
    /// As it is typed.
    pub(crate) command: &'static str,
    /// `LINK` stands for a link with its key, `SERVICE` for the address of the service.
    pub(crate) arguments: &'static [&'static str],
    /// The exit codes that it may end with.
    pub(crate) codes: &'static [i32],
    /// What it may echo.
    pub(crate) echo: Echo,
}

/// What standard output may hold of what was given.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Echo {
    /// Nothing.
    Nothing,
    /// JSON members called `input`, and the columns of a list.
    Json,
    /// The columns of a list, which are in the first record.
    Columns,
    /// The columns of a list, where the whole link stands as it was given.
    Link,
}

impl Echo {
    /// A document without what it may echo.
    pub(crate) fn without_given(self, document: &[u8]) -> Vec<u8> {
        match self {
            Self::Nothing => document.to_vec(),
            Self::Json => {
                let lines = serde_json::Deserializer::from_slice(document).into_iter();
                let lines = lines.map(|line| without_input(line.unwrap()).to_string());
                lines.collect::<Vec<_>>().join("\n").into_bytes()
            }
            Self::Columns => without_columns(document),
            Self::Link => {
                let text = String::from_utf8_lossy(document);
                let text = [1, 2].iter().fold(text.into_owned(), |text, number| {
                    text.replace(&link(*number), "")
                });
                text.into_bytes()
            }
        }
    }
}

fn without_input(mut json: serde_json::Value) -> serde_json::Value {
    match &mut json {
        serde_json::Value::Object(members) => {
            members.retain(|name, _| name != "input" && name != "columns");
            for value in members.values_mut() {
                *value = without_input(value.take());
            }
        }
        serde_json::Value::Array(items) => {
            for item in items {
                *item = without_input(item.take());
            }
        }
        _ => {}
    }
    json
}

fn without_columns(document: &[u8]) -> Vec<u8> {
    let mut left = Vec::new();
    for record in csv::Reader::from_reader(document).records() {
        // The list has two columns.
        for cell in record.unwrap().iter().skip(2) {
            left.extend_from_slice(cell.as_bytes());
            left.push(b'\n');
        }
    }
    left
}

const ANY: &[i32] = &[0, 1, 3];
const REFUSED: &[i32] = &[2];
const ALL: &[i32] = &[0, 1, 2, 3];

const fn row(
    command: &'static str,
    arguments: &'static [&'static str],
    codes: &'static [i32],
) -> Row {
    Row {
        command,
        arguments,
        codes,
        echo: Echo::Nothing,
    }
}

const fn echoing(command: &'static str, arguments: &'static [&'static str], echo: Echo) -> Row {
    Row {
        command,
        arguments,
        codes: ANY,
        echo,
    }
}

/// What the runs of reminders need.
pub(crate) const IMPORT: Row = row("track import", &["given/track.csv"], ANY);

pub(crate) const ROWS: &[Row] = &[
    row("demo", &["--format", "json"], ANY),
    echoing(
        "inspect",
        &["LINK", "xLINK", "--format", "json"],
        Echo::Json,
    ),
    row(
        "inspect",
        &["LINK", "https://evil.example/?next=LINK", "<LINK>"],
        ANY,
    ),
    row(
        "verify",
        &[
            "LINK",
            "--learn-url",
            "SERVICE",
            "--retries",
            "0",
            "--save-evidence",
            "evidence",
            "--receipt",
            "receipts",
        ],
        ANY,
    ),
    echoing(
        "verify",
        &[
            "LINK",
            "--learn-url",
            "SERVICE",
            "--retries",
            "0",
            "--format",
            "json",
            "--max-age",
            "1h",
        ],
        Echo::Json,
    ),
    row("verify", &["LINK", "--retries", "0"], ANY),
    row(
        "verify",
        &[
            "LINK",
            "--learn-url",
            "https://127.0.0.1:9",
            "--retries",
            "0",
        ],
        ANY,
    ),
    row(
        "verify",
        &[
            "LINK",
            "--learn-url",
            "http://127.0.0.1:9",
            "--retries",
            "0",
        ],
        ANY,
    ),
    row(
        "verify",
        &[
            "LINK",
            "--learn-url",
            "https://jo:Mk12learnUserinfo@mirror.example",
        ],
        REFUSED,
    ),
    row(
        "verify",
        &[
            "LINK",
            "--credly-url",
            "https://jo:Mk13credlyUserinfo@mirror.example",
        ],
        REFUSED,
    ),
    row("verify", &["LINK", "--config", "given/learn.toml"], REFUSED),
    row("verify", &["LINK", "--evidence", "LINK"], REFUSED),
    row("verify", &["--evidence", "LINK"], REFUSED),
    row("verify", &["--as-on", "LINK"], REFUSED),
    row(
        "verify",
        &[
            "LINK",
            "--expect-name",
            "LINK",
            "--expect-certification",
            "LINK",
            "--learn-url",
            "SERVICE",
            "--retries",
            "0",
        ],
        ALL,
    ),
    echoing(
        "batch",
        &[
            "given/list.csv",
            "--learn-url",
            "SERVICE",
            "--retries",
            "0",
            "--format",
            "json",
            "--receipt",
            "receipts",
        ],
        Echo::Json,
    ),
    echoing(
        "batch",
        &[
            "given/list.csv",
            "--learn-url",
            "SERVICE",
            "--retries",
            "0",
            "--format",
            "jsonl",
        ],
        Echo::Json,
    ),
    echoing(
        "batch",
        &[
            "given/list.csv",
            "--learn-url",
            "SERVICE",
            "--retries",
            "0",
            "--format",
            "csv",
        ],
        Echo::Columns,
    ),
    echoing(
        "batch",
        &[
            "given/list.csv",
            "--learn-url",
            "SERVICE",
            "--retries",
            "0",
            "--format",
            "html",
        ],
        Echo::Link,
    ),
    echoing(
        "batch",
        &[
            "given/list.csv",
            "--learn-url",
            "SERVICE",
            "--retries",
            "0",
            "--format",
            "markdown",
        ],
        Echo::Link,
    ),
    row(
        "batch",
        &[
            "given/list.csv",
            "--learn-url",
            "SERVICE",
            "--retries",
            "0",
            "--format",
            "junit",
        ],
        ANY,
    ),
    row(
        "batch",
        &[
            "given/list.csv",
            "--learn-url",
            "SERVICE",
            "--retries",
            "0",
            "--format",
            "human",
        ],
        ANY,
    ),
    row(
        "batch",
        &[
            "given/list.csv",
            "--roles",
            "given/roles.toml",
            "--role",
            "LINK",
        ],
        REFUSED,
    ),
    row("batch", &["LINK"], REFUSED),
    row(
        "receipt sign",
        &["receipts", "--key", "given/list.csv"],
        REFUSED,
    ),
    row("receipt check", &["receipts", "--format", "json"], ANY),
    row("receipt check", &["receipts"], ANY),
    row(
        "request",
        &[
            "https://learn.microsoft.com/en-us/users/x/transcript?sharingId=5EC2E7A1D0C0FFEE",
            "--name",
            "Jane Doe",
        ],
        ANY,
    ),
    row("request", &["LINK", "--format", "json"], ANY),
    row("scan", &["given/cv.html", "--format", "human"], ANY),
    echoing(
        "scan",
        &[
            "given/cv.html",
            "--verify",
            "--learn-url",
            "SERVICE",
            "--retries",
            "0",
            "--format",
            "json",
            "--receipt",
            "receipts",
        ],
        Echo::Json,
    ),
    row(
        "scan",
        &[
            "given/cv.html",
            "--verify",
            "--learn-url",
            "SERVICE",
            "--retries",
            "0",
        ],
        ANY,
    ),
    row(
        "badge",
        &[
            "LINK",
            "--learn-url",
            "SERVICE",
            "--retries",
            "0",
            "-o",
            "badge.svg",
        ],
        ANY,
    ),
    row(
        "badge",
        &[
            "LINK",
            "--learn-url",
            "SERVICE",
            "--retries",
            "0",
            "--card",
            "-o",
            "badges",
        ],
        ALL,
    ),
    row(
        "badge",
        &[
            "LINK",
            "--learn-url",
            "SERVICE",
            "--retries",
            "0",
            "--format",
            "markdown",
            "--dir",
            "pictures",
        ],
        ANY,
    ),
    row(
        "badge",
        &[
            "LINK",
            "--learn-url",
            "SERVICE",
            "--retries",
            "0",
            "--json-ld",
        ],
        ANY,
    ),
    row(
        "badge",
        &[
            "LINK",
            "--learn-url",
            "SERVICE",
            "--retries",
            "0",
            "--linkedin",
        ],
        ANY,
    ),
    row("badge", &["LINK", "--update", "LINK"], REFUSED),
    row(
        "page",
        &[
            "given/page.toml",
            "-o",
            "site",
            "--learn-url",
            "SERVICE",
            "--retries",
            "0",
        ],
        ANY,
    ),
    row(
        "track add",
        &[
            "LINK",
            "--learn-url",
            "SERVICE",
            "--retries",
            "0",
            "--owner",
            "jane@example.com",
            "--note",
            "LINK",
        ],
        ANY,
    ),
    row("track add", &["LINK", "--owner", "LINK"], REFUSED),
    row("track add", &["LINK", "--label", "LINK"], REFUSED),
    row(
        "track add",
        &["LINK", "--channel", "LINK", "--config", "given/config.toml"],
        REFUSED,
    ),
    IMPORT,
    row("track list", &["--format", "json"], ANY),
    row("track list", &[], ANY),
    row("track export", &[], ANY),
    row("track snooze", &["1", "--will-not-renew"], ALL),
    row("track snooze", &["1", "--wake"], ALL),
    row("calendar", &["-o", "out.ics"], ANY),
    row(
        "remind",
        &[
            "--config",
            "given/config.toml",
            "--learn-url",
            "SERVICE",
            "--retries",
            "0",
            "--dry-run",
        ],
        ANY,
    ),
    row(
        "remind",
        &[
            "--config",
            "given/config.toml",
            "--learn-url",
            "SERVICE",
            "--retries",
            "0",
            "--metrics",
            "out.prom",
        ],
        ANY,
    ),
    row(
        "remind",
        &[
            "--config",
            "given/config.toml",
            "--learn-url",
            "SERVICE",
            "--retries",
            "0",
        ],
        ANY,
    ),
    row(
        "remind",
        &[
            "--config",
            "given/config.toml",
            "--test",
            "mail",
            "--to",
            "jane@example.com",
        ],
        ANY,
    ),
    row(
        "remind",
        &["--config", "given/config.toml", "--test", "own"],
        ANY,
    ),
    row(
        "remind",
        &["--config", "given/config.toml", "--test", "proxies"],
        ANY,
    ),
    row("remind", &["--config", "given/bad.toml"], REFUSED),
    row("remind", &["--config", "given/worse.toml"], REFUSED),
    row(
        "doctor",
        &["--config", "given/config.toml", "--learn-url", "SERVICE"],
        ANY,
    ),
    row(
        "doctor",
        &[
            "--config",
            "given/config.toml",
            "--format",
            "json",
            "--send-test",
            "--to",
            "jane@example.com",
        ],
        ANY,
    ),
    row(
        "schedule",
        &["--config", "given/config.toml", "--kind", "cron"],
        ANY,
    ),
    row(
        "schedule",
        &["--config", "given/config.toml", "--kind", "systemd-user"],
        ANY,
    ),
    row(
        "schedule",
        &[
            "--config",
            "given/config.toml",
            "--kind",
            "windows-task",
            "-o",
            "tasks",
        ],
        ALL,
    ),
    row("catalog list", &["--text", "LINK"], ANY),
    row("catalog show", &["LINK"], ALL),
    row("catalog tree", &["LINK"], ALL),
    row("catalog check", &["--format", "json"], ALL),
    row(
        "catalog update",
        &["--learn-url", "SERVICE", "--retries", "0", "--yes"],
        ALL,
    ),
    row("exam retake", &["--exam", "LINK"], ALL),
    row("exam score", &["LINK"], REFUSED),
    row("exam skills", &["LINK"], ALL),
    row("exam skills", &["AI-102", "--report", "LINK=low"], ALL),
    row(
        "exam plan",
        &["LINK", "--learn-url", "SERVICE", "--retries", "0"],
        ANY,
    ),
    echoing(
        "exam plan",
        &[
            "LINK",
            "--learn-url",
            "SERVICE",
            "--retries",
            "0",
            "--format",
            "json",
        ],
        Echo::Json,
    ),
    row("data show", &[], ANY),
    row("data export", &["--person", "LINK"], ANY),
    row("data export", &["--person", "JaneDoe-1"], ANY),
    row("data purge", &["--person", "LINK", "--dry-run"], ANY),
    row("data purge", &["--person", "LINK"], ANY),
    row("track remove", &["1"], ALL),
    row("schema", &["result"], ANY),
    row("schema", &["LINK"], REFUSED),
    row("completions", &["bash"], ANY),
    row("man", &["LINK"], REFUSED),
    row("man", &["verify"], ANY),
];
