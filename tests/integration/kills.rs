//! Runs that are killed at moments that nobody chose: how often, and when.
//!
//! A few kills in each run of the tests; `BONAFIDE_KILLS=500 cargo test kill` for many. The
//! moments follow from a fixed seed, and what they hit from the machine.

use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// How often runs of one command are killed.
pub(crate) fn rounds() -> u32 {
    let number = std::env::var("BONAFIDE_KILLS");
    number.map_or(25, |number| {
        number.parse().expect("BONAFIDE_KILLS is a number")
    })
}

/// Moments within a time, one after the other.
#[derive(Debug)]
pub(crate) struct Moments {
    state: u64,
    within: Duration,
}

impl Moments {
    pub(crate) fn within(within: Duration) -> Self {
        Self {
            state: 2026,
            within,
        }
    }

    /// As many others in another time.
    pub(crate) fn of(&mut self, within: Duration) {
        self.within = within;
    }

    pub(crate) fn next(&mut self) -> Duration {
        // Knuth's numbers of MMIX.
        let next = self.state.wrapping_mul(6_364_136_223_846_793_005);
        self.state = next.wrapping_add(1_442_695_040_888_963_407);
        let thousandth = u32::try_from((self.state >> 33) % 1_000).unwrap();
        self.within * thousandth / 1_000
    }
}

/// Starts a prepared command as a process that can be killed.
pub(crate) fn start(prepared: &assert_cmd::Command, arguments: &[&str]) -> Child {
    let mut command = Command::new(prepared.get_program());
    let envs = prepared.get_envs();
    command
        .args(prepared.get_args())
        .args(arguments)
        .env_clear()
        .envs(envs.filter_map(|(name, value)| Some((name, value?))))
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if let Some(folder) = prepared.get_current_dir() {
        command.current_dir(folder);
    }
    command.spawn().unwrap()
}

/// Kills a run at a moment, unless it has ended by then.
pub(crate) fn kill_at(moment: Duration, mut child: Child) -> Option<ExitStatus> {
    let until = Instant::now() + moment;
    loop {
        if let Some(ended) = child.try_wait().unwrap() {
            return Some(ended);
        }
        let now = Instant::now();
        if now >= until {
            break;
        }
        std::thread::sleep((until - now).min(Duration::from_millis(2)));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    None
}
