//! A line of a crontab.

use chrono::Timelike as _;

use super::{Every, Job, NAME};

/// What stands around our lines, so that they are found again.
fn mark(which: &str) -> String {
    format!("# {NAME} {which}")
}

/// The job's lines, marks included.
pub(super) fn lines(job: &Job) -> String {
    let (hour, minute) = (job.at.hour(), job.at.minute());
    let when = match job.every {
        Every::Hour => format!("{minute} * * * *"),
        Every::Day => format!("{minute} {hour} * * *"),
        Every::Weekday => format!("{minute} {hour} * * 1-5"),
        Every::Week => format!("{minute} {hour} * * 1"),
    };
    let command: Vec<_> = job.words().map(quoted).collect();
    format!(
        "{}\n# A run that is missed while the machine is off is not made up for; the next one tells.\n\
         {when} {}\n{}\n",
        mark("begin"),
        command.join(" "),
        mark("end")
    )
}

/// A word for the shell, in which cron would take a percent sign for a line break. The
/// backslash goes when cron reads the line, before the shell does.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''")).replace('%', r"\%")
}

/// A crontab with these lines of ours in the place of any earlier ones.
pub fn added(crontab: &str, lines: &str) -> String {
    let mut text = removed(crontab);
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text + lines
}

/// A crontab without our lines. All others stay as they are.
pub fn removed(crontab: &str) -> String {
    let (begin, end) = (mark("begin"), mark("end"));
    let has_end = |rest: &str| rest.lines().any(|line| line.trim() == end);
    let mut kept = String::with_capacity(crontab.len());
    let mut rest = crontab;
    let mut inside = false;
    while !rest.is_empty() {
        let at = rest.find('\n').map_or(rest.len(), |at| at + 1);
        let (line, after) = rest.split_at(at);
        // A beginning without its end is somebody's edit: nothing may vanish behind it.
        if !inside && line.trim() == begin && has_end(after) {
            inside = true;
        } else if inside {
            inside = line.trim() != end;
        } else {
            kept.push_str(line);
        }
        rest = after;
    }
    kept
}

/// Our lines in a crontab, without their marks.
pub fn own(crontab: &str) -> Option<&str> {
    let (_, rest) = crontab.split_once(&mark("begin"))?;
    let (own, _) = rest.split_once(&mark("end"))?;
    Some(own)
}
