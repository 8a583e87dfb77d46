//! The bars of the chart of statuses.

use super::super::super::json::Totals;
use crate::lifecycle::Status;

/// The longest bar.
const LONGEST: u64 = 360;
/// From one bar to the next.
const STEP: usize = 26;

/// One bar with its words.
pub(super) struct Bar {
    pub(super) status: &'static str,
    pub(super) number: u64,
    pub(super) top: usize,
    pub(super) middle: usize,
    pub(super) length: u64,
    pub(super) end: u64,
}

/// One bar for each status, those without a row too.
pub(super) fn bars(totals: &Totals) -> Vec<Bar> {
    let most = Status::ALL.map(|status| totals.with(status));
    let most = most.into_iter().max().unwrap_or(0).max(1);
    let bar = |(at, status): (usize, Status)| {
        let number = totals.with(status);
        // A row among a million is still seen.
        let length = (number * LONGEST / most).max(u64::from(number > 0) * 2);
        Bar {
            status: status.as_str(),
            number,
            top: at * STEP + 3,
            middle: at * STEP + 17,
            length,
            end: 130 + length + 8,
        }
    };
    Status::ALL.into_iter().enumerate().map(bar).collect()
}
