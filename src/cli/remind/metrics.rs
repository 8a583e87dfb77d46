//! What Prometheus is told, in its text format (version 0.0.4; from knowledge, not read afresh).
//!
//! Instants are absolute, so that an alarm needs no run to become true. Nobody is named: an
//! entry is its number.

use std::fmt::Write as _;

use chrono::NaiveTime;

use crate::watch::{Outcome, Run, RunOutcome, Store, StoreError};

/// The document.
pub(super) fn text(store: &Store, run: &Run, outcome: &Outcome) -> Result<String, StoreError> {
    let mut page = Page(String::new());
    page.of_runs(run, store.last_runs()?.1.as_ref());
    page.of_outcome(run, outcome);
    page.head(
        "expires_timestamp_seconds",
        "When a watched credential ends, as last known.",
    );
    let mut lost = Vec::new();
    store.each(|watched| {
        let key = plain(&watched.key);
        let labels = format!("entry=\"{}\",credential=\"{key}\"", watched.entry.id);
        if let Some(expires) = watched.facts.as_ref().and_then(|facts| facts.expires) {
            page.line("expires_timestamp_seconds", &labels, expires.timestamp());
        }
        if let Some(since) = watched.history.lost_since() {
            let since = since.and_time(NaiveTime::MIN).and_utc().timestamp();
            lost.push((labels, since));
        }
        Ok::<_, StoreError>(())
    })?;
    page.head(
        "not_verifiable_since_timestamp_seconds",
        "Since when a watched credential cannot be verified: its end is the last that was known.",
    );
    for (labels, since) in lost {
        page.line("not_verifiable_since_timestamp_seconds", &labels, since);
    }
    Ok(page.0)
}

struct Page(String);

impl Page {
    fn of_runs(&mut self, run: &Run, last_good: Option<&Run>) {
        self.one(
            "last_run_timestamp_seconds",
            "When people were last looked after.",
            run.at.timestamp(),
        );
        if let Some(good) = last_good {
            self.one(
                "last_success_timestamp_seconds",
                "When that last ended well.",
                good.at.timestamp(),
            );
        }
        self.one(
            "source_up",
            "Whether the issuer answered, in the last run that had something to ask.",
            i64::from(run.outcome != RunOutcome::Blind),
        );
        self.head(
            "links_looked_at",
            "Links that the last run was to look at, and of how many it had an answer.",
        );
        self.line("links_looked_at", "answer=\"any\"", count(run.looked));
        self.line("links_looked_at", "answer=\"had\"", count(run.answered));
    }

    fn of_outcome(&mut self, run: &Run, outcome: &Outcome) {
        let failed = outcome.failed.len() as u64;
        self.one(
            "messages_sent",
            "Messages that the last run sent.",
            count(run.sent),
        );
        self.one(
            "messages_failed",
            "Messages that no channel took in the last run.",
            count(failed),
        );
        self.head("credentials", "Watched credentials by status.");
        for (status, number) in &outcome.statuses {
            self.line(
                "credentials",
                &format!("status=\"{status}\""),
                count(*number),
            );
        }
        self.head(
            "credentials_due",
            "Watched credentials by the step that they are at, told of or not.",
        );
        for (step, number) in &outcome.due {
            self.line(
                "credentials_due",
                &format!("step=\"{step}\""),
                count(*number),
            );
        }
    }

    fn one(&mut self, name: &str, help: &str, value: i64) {
        self.head(name, help);
        self.line(name, "", value);
    }

    fn head(&mut self, name: &str, help: &str) {
        let _ = writeln!(
            self.0,
            "# HELP bonafide_{name} {help}\n# TYPE bonafide_{name} gauge"
        );
    }

    fn line(&mut self, name: &str, labels: &str, value: i64) {
        let labels = match labels {
            "" => String::new(),
            labels => format!("{{{labels}}}"),
        };
        let _ = writeln!(self.0, "bonafide_{name}{labels} {value}");
    }
}

fn count(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A stranger's text as the value of a label.
fn plain(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || " -_.:".contains(c);
    let plain = |c| if is_plain(c) { c } else { '_' };
    text.chars().map(plain).collect()
}
