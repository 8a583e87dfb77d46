//! A workflow of GitHub Actions.
//!
//! The program's place on this machine means nothing there, and nor do its arguments.

use chrono::Timelike as _;

use super::{Every, Job};

pub(super) fn workflow(job: &Job) -> String {
    let (hour, minute) = (job.at.hour(), job.at.minute());
    let when = match job.every {
        Every::Hour => format!("{minute} * * * *"),
        Every::Day => format!("{minute} {hour} * * *"),
        Every::Weekday => format!("{minute} {hour} * * 1-5"),
        Every::Week => format!("{minute} {hour} * * 1"),
    };
    include_str!("workflow.yml").replace("{when}", &when)
}
