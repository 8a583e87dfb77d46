//! Pairs of figures, measured in turns, and the table of them.

use std::fmt::Display;
use std::time::{Duration, Instant};

/// What a figure is held to.
#[derive(Clone, Copy)]
pub(crate) enum Aim {
    /// No more than that.
    AtMost(f64),
    /// No less than that.
    AtLeast(f64),
    /// It is only said.
    None,
}

/// The rows so far.
#[derive(Default)]
pub(crate) struct Table {
    rows: Vec<[String; 4]>,
}

impl Table {
    /// Adds a figure with its peer's, their ratio and what it is held to.
    pub(crate) fn row(
        &mut self,
        (what, ours): (&str, impl Display),
        (peer, theirs): (&str, impl Display),
        ratio: f64,
        aim: Aim,
    ) {
        let said = match aim {
            Aim::AtMost(most) => format!("<= {most} {}", verdict(ratio <= most)),
            Aim::AtLeast(least) => format!(">= {least} {}", verdict(ratio >= least)),
            Aim::None => String::new(),
        };
        let ours = format!("{what}: {ours}");
        let theirs = format!("{peer}: {theirs}");
        self.rows.push([format!("{ratio:.2}"), said, ours, theirs]);
    }

    /// Says of a peer that it is not here.
    pub(crate) fn without(&mut self, peer: &str, how: &str) {
        self.rows.push(["-", "", peer, how].map(str::to_owned));
    }

    /// Prints the rows under each other.
    pub(crate) fn print(&self) {
        println!("{:>7}  {:<14} {:<54} beside", "ratio", "aim", "measured");
        for [ratio, aim, ours, theirs] in &self.rows {
            println!("{ratio:>7}  {aim:<14} {ours:<54} {theirs}");
        }
    }
}

fn verdict(is_met: bool) -> &'static str {
    if is_met { "met" } else { "MISSED" }
}

/// The median times of two things that are done in turns.
pub(crate) fn in_turns<A, B>(
    turns: usize,
    mut one: impl FnMut() -> A,
    mut other: impl FnMut() -> B,
) -> (Duration, Duration) {
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for _ in 0..turns {
        first.push(time(&mut one));
        second.push(time(&mut other));
    }
    (median(first), median(second))
}

/// How long something takes.
pub(crate) fn time<T>(run: &mut impl FnMut() -> T) -> Duration {
    let start = Instant::now();
    std::hint::black_box(run());
    start.elapsed()
}

/// The one in the middle.
pub(crate) fn median<T: Ord + Copy>(mut all: Vec<T>) -> T {
    all.sort_unstable();
    all[all.len() / 2]
}

/// How many times as long the first is.
pub(crate) fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}
