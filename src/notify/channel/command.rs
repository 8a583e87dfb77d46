//! A program of one's own, given the digest as JSON on its standard input.

use std::collections::BTreeSet;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use percent_encoding::percent_decode_str;
use secrecy::SecretString;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use url::Url;

use super::scrubbed::scrubbed;
use super::settings;
use crate::notify::{Channel, Digest, Receipt, SendError, Sending, document};
use crate::report::neutral;

const TIME: Duration = Duration::from_secs(30);

/// The most octets of what it complains that are read.
const COMPLAINT_LIMIT: u64 = 64 * 1024;

/// A program and how long it may take.
#[derive(Debug)]
pub(super) struct Command {
    pub(super) name: String,
    pub(super) settings: settings::Command,
    /// Environment variables that it does not get: they hold the secrets of others.
    pub(super) without: BTreeSet<String>,
}

impl Command {
    async fn tell(&self, digest: &Digest) -> Result<Receipt, SendError> {
        let (program, arguments) = self
            .settings
            .command
            .split_first()
            .ok_or(SendError::permanent("expected a program, found none"))?;
        let mut command = tokio::process::Command::new(program);
        for name in &self.without {
            command.env_remove(name);
        }
        let mut child = command
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| {
                SendError::permanent(format!("{program} cannot be started: {error}"))
            })?;
        let body = document(digest, &self.name);
        let mut stdin = child.stdin.take().expect("it was just piped");
        let stderr = child.stderr.take().expect("it was just piped");
        let mut complaint = Vec::new();
        let run = async {
            let give = async {
                // A program that does not read to the end is judged by its exit code.
                let _ = stdin.write_all(body.as_bytes()).await;
                drop(stdin);
            };
            let hear = async {
                let mut heard = stderr.take(COMPLAINT_LIMIT);
                let _ = heard.read_to_end(&mut complaint).await;
                // The rest is let go, so that a full pipe does not hold the program up.
                let _ = tokio::io::copy(heard.get_mut(), &mut tokio::io::sink()).await;
            };
            let ((), (), ended) = tokio::join!(give, hear, child.wait());
            ended
        };
        let time = self.settings.timeout.unwrap_or(TIME);
        match tokio::time::timeout(time, run).await {
            Ok(Ok(status)) => judged(program, status, &complaint),
            Ok(Err(error)) => Err(SendError::passing(format!(
                "{program} cannot be awaited: {error}"
            ))),
            Err(_) => Err(SendError::passing(format!(
                "{program} took longer than {} and was ended",
                humantime::format_duration(time)
            ))),
        }
    }

    /// Whether the program is there to be started.
    fn found(&self) -> Result<Receipt, SendError> {
        let program = self.settings.command.first().map_or("", String::as_str);
        let found = which::which(program).map_err(|_| {
            SendError::permanent(format!("{program} is no program that can be started"))
        })?;
        let answer = format!("{} can be started", found.display());
        Ok(Receipt { answer })
    }
}

fn judged(program: &str, status: ExitStatus, complaint: &[u8]) -> Result<Receipt, SendError> {
    if status.success() {
        let answer = status.to_string();
        return Ok(Receipt { answer });
    }
    let complaint = String::from_utf8_lossy(complaint);
    let last = complaint.lines().rfind(|line| !line.trim().is_empty());
    let passwords = proxy_passwords();
    let passwords: Vec<_> = passwords.iter().collect();
    let last = last.map_or_else(String::new, |line| {
        format!(": {}", neutral::terminal(&scrubbed(line, &passwords)))
    });
    // Why it failed is not known, so it is tried again.
    Err(SendError::passing(format!(
        "{program} ended with {status}{last}"
    )))
}

/// The passwords of proxies, which a program is left to reach the network with, and may repeat.
fn proxy_passwords() -> Vec<SecretString> {
    let is_proxy = |name: &str| name.to_ascii_lowercase().ends_with("_proxy");
    let proxies = std::env::vars_os().filter_map(|(name, value)| {
        let name = name.into_string().ok().filter(|name| is_proxy(name));
        name.and(value.into_string().ok())
    });
    let passwords = proxies.filter_map(|proxy| {
        let url = Url::parse(&proxy).ok()?;
        let password = percent_decode_str(url.password()?)
            .decode_utf8_lossy()
            .into_owned();
        Some([
            SecretString::from(password),
            SecretString::from(url.password()?),
        ])
    });
    passwords.flatten().collect()
}

impl Channel for Command {
    fn name(&self) -> &str {
        &self.name
    }

    fn send<'a>(&'a self, digest: &'a Digest) -> Sending<'a> {
        Box::pin(self.tell(digest))
    }

    fn look(&self) -> Sending<'_> {
        Box::pin(std::future::ready(self.found()))
    }
}
