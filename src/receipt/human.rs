//! What `receipt check` says to people.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};

use super::check::Checked;
use super::differ::Difference;
use super::document::{self, Entry};
use super::format::ResultEntry;
use super::read::Contents;
use super::signature::Signed;
use super::{Judged, compose};
use crate::check::Outcome;
use crate::report::Look;
use crate::report::neutral::{terminal, terminal_line};

/// The most results of one receipt that are shown in full.
const SHOWN: usize = 12;

/// Says what was found of each receipt, and of all where they are several.
pub fn checked(entries: &[Entry], today: DateTime<Utc>, look: Look) -> String {
    let mut text = String::new();
    for entry in entries {
        let _ = writeln!(text, "{}", terminal_line(&entry.file));
        match &entry.checked {
            Ok(checked) => one(&mut text, checked, today, look),
            Err(why) => line(&mut text, "not readable", why, look),
        }
        text.push('\n');
    }
    if entries.len() > 1 {
        let sound = entries
            .iter()
            .filter(|entry| entry.checked.as_ref().is_ok_and(Checked::is_sound));
        let passed = entries.iter().filter(|entry| {
            let outcome = entry.checked.as_ref().map(Checked::outcome);
            outcome == Ok(Outcome::Passed)
        });
        let _ = writeln!(
            text,
            "{} receipts: {} sound, {} passed",
            entries.len(),
            sound.count(),
            passed.count()
        );
    }
    text
}

fn one(text: &mut String, checked: &Checked, today: DateTime<Utc>, look: Look) {
    line(text, "verdict", &verdict(checked), look);
    line(text, "signature", &signature(&checked.signed), look);
    let (Ok(contents), Some(again)) = (&checked.contents, &checked.again) else {
        return;
    };
    if let Some(notice) = compose::notice(&contents.asked) {
        line(text, "note", &notice, look);
    }
    line(
        text,
        "made",
        &format!("{} by {}", second(contents.made_at), contents.program),
        look,
    );
    let address = contents.asked_about.address.as_deref();
    line(
        text,
        "link",
        address.unwrap_or("no genuine address in what was pasted"),
        look,
    );
    line(text, "required", &required(contents), look);
    for result in contents.results.iter().take(SHOWN) {
        line(text, "recorded", &said(result), look);
    }
    if let Some(more) = contents
        .results
        .len()
        .checked_sub(SHOWN)
        .filter(|more| *more > 0)
    {
        line(text, "", &format!("and {more} more"), look);
    }
    judged_again(text, contents, again, look);
    if again.now.is_ok() {
        let today_says = today_says(&contents.results, &again.today);
        line(
            text,
            "today",
            &format!("on {}, {today_says}", today.date_naive()),
            look,
        );
    }
}

fn verdict(checked: &Checked) -> String {
    let (state, why) = document::state(checked);
    match (state, why) {
        ("altered", Some(why)) => format!("ALTERED: {why}"),
        ("bad-signature", Some(why)) => format!("BAD SIGNATURE: {why}"),
        (_, Some(why)) => format!("failed: {why}"),
        _ if !checked.is_confirmed() => {
            format!("not confirmed: {}", outcome(checked.outcome()))
        }
        _ => format!(
            "the recorded outcome is confirmed: {}",
            outcome(checked.outcome())
        ),
    }
}

const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Passed => "passed",
        Outcome::Failed => "failed",
        Outcome::Undetermined => "not determined",
    }
}

fn signature(signed: &Signed) -> String {
    match signed {
        Signed::Not => "none: anyone could have written this file".to_owned(),
        Signed::By {
            key,
            principals: Some(who),
        } => format!("good, by {who} ({key})"),
        Signed::By {
            key,
            principals: None,
        } => format!("good, by the key {key}"),
        Signed::ByUnknown { key } => format!(
            "made by the key {key}, whose it is nobody said: not verified \
             (--allowed-signers, --public-key)"
        ),
        Signed::Bad { key: Some(key), .. } => format!("does not count; by the key {key}"),
        Signed::Bad { key: None, .. } => "does not count".to_owned(),
    }
}

fn required(contents: &Contents) -> String {
    let requirement = &contents.requirement;
    let mut parts = vec![
        format!("as of {}", second(requirement.as_of)),
        requirement.require.clone(),
    ];
    parts.extend(requirement.name.iter().map(|name| format!("holder {name}")));
    parts.extend(
        requirement
            .certification
            .iter()
            .map(|it| format!("certification {it}")),
    );
    parts.extend(requirement.valid_until.map(|day| format!("through {day}")));
    parts.join(", ")
}

fn said(result: &ResultEntry) -> String {
    let title = result.title.as_deref().unwrap_or("no credential");
    format!("{}: {}, {}", result.outcome, result.status, terminal(title))
}

fn judged_again(text: &mut String, contents: &Contents, again: &Judged, look: Look) {
    match &again.now {
        Err(why) => line(text, "judged again", &format!("cannot be: {why}"), look),
        Ok(_) if again.differences.is_empty() => {
            line(text, "judged again", "the same in everything", look);
        }
        Ok(_) => {
            for difference in again.differences.iter().take(SHOWN * 2) {
                line(
                    text,
                    "differs",
                    &differs(difference, contents.results.len()),
                    look,
                );
            }
        }
    }
}

fn differs(difference: &Difference, results: usize) -> String {
    let of = match difference.result {
        Some(result) if results > 1 => format!("result {result}, "),
        _ => String::new(),
    };
    let said = |value: &serde_json::Value| match value {
        serde_json::Value::Null => "nothing".to_owned(),
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    format!(
        "{of}{}: {} recorded, {} now",
        difference.what,
        said(&difference.recorded),
        said(&difference.now)
    )
}

/// What the same evidence says today, beside what was recorded.
fn today_says(recorded: &[ResultEntry], today: &[ResultEntry]) -> String {
    let words = |all: &[ResultEntry]| -> Vec<String> {
        all.iter()
            .map(|one| format!("{}, {}", one.outcome, one.status))
            .collect()
    };
    let (recorded, today) = (words(recorded), words(today));
    if recorded == today {
        return "the same evidence comes to the same".to_owned();
    }
    let shown: Vec<_> = today.iter().take(SHOWN).map(String::as_str).collect();
    format!("the same evidence comes to: {}", shown.join("; "))
}

fn second(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M:%S UTC").to_string()
}

/// One line with its label; a long one goes on below itself.
fn line(text: &mut String, label: &str, said: &str, look: Look) {
    const INDENT: usize = 16;
    let said = terminal_line(said);
    let width = look.width.max(INDENT * 2);
    let first = format!("  {label:<14}");
    let rest = " ".repeat(INDENT);
    let options = textwrap::Options::new(width)
        .initial_indent(&first)
        .subsequent_indent(&rest)
        .break_words(false);
    let _ = writeln!(text, "{}", textwrap::fill(&said, options));
}
