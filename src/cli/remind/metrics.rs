//! What Prometheus is told, in its text format (version 0.0.4, read on 2026-11-22).
//!
//! Instants are absolute, so that an alarm needs no run to become true. Nobody is named: an
//! entry is its number.

use std::fmt::Write as _;

use crate::watch::{Outcome, Run, RunOutcome, Store, StoreError};

/// The document.
pub(super) fn text(store: &Store, run: &Run, outcome: &Outcome) -> Result<String, StoreError> {
    let (_, last_good) = store.last_runs()?;
    let mut text = String::new();
    head(
        &mut text,
        "last_run_timestamp_seconds",
        "When people were last looked after.",
    );
    line(
        &mut text,
        "last_run_timestamp_seconds",
        "",
        run.at.timestamp(),
    );
    head(
        &mut text,
        "last_success_timestamp_seconds",
        "When that last ended well.",
    );
    if let Some(good) = last_good {
        line(
            &mut text,
            "last_success_timestamp_seconds",
            "",
            good.at.timestamp(),
        );
    }
    head(
        &mut text,
        "source_up",
        "Whether the issuer answered in the last run that asked.",
    );
    let is_up = run.outcome != RunOutcome::Blind;
    line(&mut text, "source_up", "", i64::from(is_up));
    head(
        &mut text,
        "links_looked_at",
        "Links that the last run was to look at, and of how many it had an answer.",
    );
    line(
        &mut text,
        "links_looked_at",
        "answer=\"any\"",
        count(run.looked),
    );
    line(
        &mut text,
        "links_looked_at",
        "answer=\"had\"",
        count(run.answered),
    );
    head(
        &mut text,
        "messages_sent",
        "Messages that the last run sent.",
    );
    line(&mut text, "messages_sent", "", count(run.sent));
    head(
        &mut text,
        "messages_failed",
        "Messages that no channel took in the last run.",
    );
    line(
        &mut text,
        "messages_failed",
        "",
        count(outcome.failed.len() as u64),
    );
    head(&mut text, "credentials", "Watched credentials by status.");
    for (status, number) in &outcome.statuses {
        line(
            &mut text,
            "credentials",
            &format!("status=\"{status}\""),
            count(*number),
        );
    }
    head(
        &mut text,
        "credentials_due",
        "Watched credentials by the step that they are at, told of or not.",
    );
    for (step, number) in &outcome.due {
        line(
            &mut text,
            "credentials_due",
            &format!("step=\"{step}\""),
            count(*number),
        );
    }
    head(
        &mut text,
        "expires_timestamp_seconds",
        "When a watched credential ends.",
    );
    store.each(|watched| {
        let expires = watched.facts.as_ref().and_then(|facts| facts.expires);
        if let Some(expires) = expires {
            let labels = format!(
                "entry=\"{}\",credential=\"{}\"",
                watched.entry.id,
                plain(&watched.key)
            );
            line(
                &mut text,
                "expires_timestamp_seconds",
                &labels,
                expires.timestamp(),
            );
        }
        Ok::<_, StoreError>(())
    })?;
    Ok(text)
}

fn head(text: &mut String, name: &str, help: &str) {
    let _ = writeln!(
        text,
        "# HELP bonafide_{name} {help}\n# TYPE bonafide_{name} gauge"
    );
}

fn line(text: &mut String, name: &str, labels: &str, value: i64) {
    let labels = if labels.is_empty() {
        String::new()
    } else {
        format!("{{{labels}}}")
    };
    let _ = writeln!(text, "bonafide_{name}{labels} {value}");
}

fn count(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A stranger's text as the value of a label.
fn plain(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || " -_.:".contains(c);
    text.chars()
        .map(|c| if is_plain(c) { c } else { '_' })
        .collect()
}
