//! The program as a child that is watched: how long it runs and how much memory it takes.

use std::io::{Read as _, Seek as _};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::table::PATIENT;
use crate::harness::{DAY, Ran, bonafide};

/// How often a running child is looked at.
const LOOK: Duration = Duration::from_millis(2);

/// The prepared program, for [`watch`].
pub(super) fn program() -> Command {
    let prepared = bonafide();
    let mut command = Command::new(prepared.get_program());
    command.env_clear();
    for (name, value) in prepared.get_envs() {
        if let Some(value) = value {
            command.env(name, value);
        }
    }
    command
}

/// A run that ended.
pub(super) struct Watched {
    pub(super) ran: Ran,
    /// The most memory that was resident at any time, in MiB; zero where this cannot be seen.
    pub(super) peak: u64,
}

/// Runs a command to its end.
///
/// # Errors
/// When it does not end by itself before `limit`: it is ended then.
pub(super) fn watch(command: &mut Command, limit: Duration) -> Result<Watched, String> {
    let mut out = tempfile::tempfile().unwrap();
    let mut err = tempfile::tempfile().unwrap();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(out.try_clone().unwrap())
        .stderr(err.try_clone().unwrap())
        .spawn()
        .unwrap();
    let started = Instant::now();
    let mut peak = 0;
    let status = loop {
        peak = peak.max(peak_of(&child));
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if started.elapsed() > limit {
            child.kill().unwrap();
            child.wait().unwrap();
            return Err(format!("still ran after {limit:?}"));
        }
        thread::sleep(LOOK);
    };
    let text = |file: &mut std::fs::File| {
        let mut text = String::new();
        file.rewind().unwrap();
        file.read_to_string(&mut text).unwrap();
        text
    };
    Ok(Watched {
        ran: Ran {
            code: status.code().unwrap_or(-1),
            stdout: text(&mut out),
            stderr: text(&mut err),
        },
        peak,
    })
}

/// Asks a service for a list of links, so many at once; the rows in their order.
///
/// # Errors
/// When the run does not end by itself.
pub(super) fn batch(
    service: &str,
    links: &[String],
    at_once: &str,
) -> Result<(Watched, Vec<serde_json::Value>), String> {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("links.txt");
    std::fs::write(&list, links.join("\n")).unwrap();
    let mut command = program();
    command
        .arg("batch")
        .arg(&list)
        .args(["--format", "jsonl", "--no-cache", "--rate", "none"])
        .args(["--retries", "0", "--concurrency", at_once])
        .args(["--timeout", &format!("{PATIENT}s")])
        .args(["--as-of", DAY, "--learn-url", service, "--data-dir"])
        .arg(folder.path());
    let watched = watch(&mut command, Duration::from_mins(3))?;
    let lines = watched.ran.stdout.lines();
    let rows = lines.map(|line| serde_json::from_str(line).unwrap());
    let rows: Vec<_> = rows.collect();
    if rows.len() == links.len() {
        Ok((watched, rows))
    } else {
        Err(format!("{} rows: {}", rows.len(), watched.ran.stderr))
    }
}

/// The high-water mark so far, which the kernel keeps for as long as the child runs.
#[cfg(target_os = "linux")]
fn peak_of(child: &Child) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id()));
    let line = |text: &str| {
        // For a moment after it was made, a child is still its parent, whose memory is large.
        text.lines().find(|line| *line == "Name:\tbonafide")?;
        let line = text.lines().find(|line| line.starts_with("VmHWM:"))?;
        line.split_whitespace().nth(1)?.parse::<u64>().ok()
    };
    status.ok().and_then(|text| line(&text)).unwrap_or(0) / 1024
}

#[cfg(not(target_os = "linux"))]
fn peak_of(_: &Child) -> u64 {
    0
}
