//! How far a run is, for whoever watches: on a terminal only.

use std::io::{IsTerminal, stderr, stdout};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::say;
use super::settings::Settings;
use crate::batch::{Evaluated, headline};
use crate::lifecycle::Status;
use crate::report::json::Totals;

/// Waits longer than this are worth a word.
const WORTH_A_WORD: Duration = Duration::from_secs(5);

/// A bar on a terminal, and a line for each long wait anywhere.
pub(super) struct Progress {
    bar: ProgressBar,
    is_shown: bool,
    is_quiet: bool,
    /// Whether the document goes where the bar is drawn.
    shares_terminal: bool,
    is_waiting: AtomicBool,
}

impl Progress {
    /// For so many rows.
    pub(super) fn new(settings: &Settings, rows: u64) -> Self {
        let is_shown = stderr().is_terminal() && !settings.is_quiet();
        let target = if is_shown {
            ProgressDrawTarget::stderr_with_hz(8)
        } else {
            ProgressDrawTarget::hidden()
        };
        let style = ProgressStyle::with_template(
            "{bar:30} {human_pos} of {human_len}, {eta} left  {wide_msg}",
        );
        let bar = ProgressBar::with_draw_target(Some(rows), target)
            .with_style(style.expect("the template is fixed"));
        Self {
            bar,
            is_shown,
            is_quiet: settings.is_quiet(),
            shares_terminal: is_shown && stdout().is_terminal(),
            is_waiting: AtomicBool::new(false),
        }
    }

    /// One more row is through; `totals` counts them all by status.
    pub(super) fn row(&self, totals: &mut Totals, row: &Evaluated<'_>) {
        if self.is_shown {
            let results = &row.trip.verifications;
            let one = &results[headline(results)];
            totals.count(one.standing.status, one.outcome);
            self.bar.set_message(counts(totals));
            self.bar.inc(1);
        }
    }

    /// Does what may write to the same terminal.
    pub(super) fn beside<T>(&self, work: impl FnOnce() -> T) -> T {
        if self.shares_terminal {
            self.bar.suspend(work)
        } else {
            work()
        }
    }

    /// A service wants that nothing is asked for a while.
    pub(super) fn held(&self, wait: Option<Duration>) {
        let wait = wait.filter(|wait| *wait > WORTH_A_WORD);
        let was_waiting = self.is_waiting.swap(wait.is_some(), Ordering::Relaxed);
        if let Some(wait) = wait.filter(|_| !was_waiting && !self.is_quiet) {
            let wait = humantime::format_duration(Duration::from_secs(wait.as_secs() + 1));
            self.say(&format!(
                "The service asks to wait {wait}; going on by itself then, and slower."
            ));
        }
    }

    /// Says a line above the bar.
    pub(super) fn say(&self, text: &str) {
        self.bar.suspend(|| say(text));
    }

    /// Takes the bar away.
    pub(super) fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

fn counts(totals: &Totals) -> String {
    Status::ALL
        .iter()
        .map(|status| (status, totals.with(*status)))
        .filter(|(_, count)| *count > 0)
        .map(|(status, count)| format!("{count} {status}"))
        .collect::<Vec<_>>()
        .join(", ")
}
