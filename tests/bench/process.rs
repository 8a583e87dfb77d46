//! Programs that are run to their end, and what they took.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// What a program took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Took {
    /// From its start to its end.
    pub(crate) time: Duration,
    /// The peak of its resident set in KiB; 0 where the system does not tell.
    pub(crate) kib: u64,
}

/// The program that is measured.
pub(crate) fn bonafide() -> Command {
    Command::new(env!("CARGO_BIN_EXE_bonafide"))
}

/// Runs a command, silently, to an end that `is_well` takes for one.
pub(crate) fn run(command: &mut Command, is_well: impl Fn(i32) -> bool) -> Took {
    let start = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let (code, kib) = wait(&mut child);
    let time = start.elapsed();
    assert!(is_well(code), "{command:?} ended with {code}");
    Took { time, kib }
}

/// How long a command takes, without looking at its memory meanwhile.
pub(crate) fn time(command: &mut Command) -> Duration {
    let start = Instant::now();
    let ended = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    let time = start.elapsed();
    assert!(ended.unwrap().success(), "{command:?}");
    time
}

/// Whether a program is installed.
pub(crate) fn is_here(name: &str) -> bool {
    which::which(name).is_ok()
}

fn wait(child: &mut Child) -> (i32, u64) {
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    loop {
        peak = peak.max(high_water(&status).unwrap_or_default());
        if let Some(ended) = child.try_wait().unwrap() {
            return (ended.code().unwrap_or(-1), peak);
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn high_water(status: &str) -> Option<u64> {
    let text = std::fs::read_to_string(status).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}
