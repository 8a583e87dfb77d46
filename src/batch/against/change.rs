//! How a row differs from what it was.

use std::cmp::Ordering;

use super::identity::is_pseudonym;
use super::index::Before;
use crate::batch::previous::Facts;
use crate::report::sheet::ChangeJson;

/// The sort of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChangeKind {
    /// It was not in the earlier output.
    New,
    /// Nothing that is compared differs.
    Unchanged,
    /// It was in force and has expired.
    NewlyExpired,
    /// It is in force, until a later day than before.
    Renewed,
    /// Something else differs.
    Changed,
    /// It is no longer in the list.
    Gone,
}

impl ChangeKind {
    /// The word used in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Unchanged => "unchanged",
            Self::NewlyExpired => "newly-expired",
            Self::Renewed => "renewed",
            Self::Changed => "changed",
            Self::Gone => "gone",
        }
    }
}

/// How a row differs from the earlier output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The sort.
    pub kind: ChangeKind,
    /// What was and what is; empty where nothing differs. Strangers' text is in it as it is.
    pub message: String,
}

impl From<&Change> for ChangeJson {
    fn from(change: &Change) -> Self {
        Self {
            kind: change.kind.as_str(),
            message: change.message.clone(),
        }
    }
}

/// Judges what a row was against what it is.
///
/// With `pseudonyms` an earlier holder may be named in clear: that it differs is all that is
/// said of it.
pub(super) fn judge(before: Option<&Before>, now: &Facts, pseudonyms: bool) -> Change {
    let Some(Before {
        facts: before,
        is_same_link,
    }) = before
    else {
        return Change {
            kind: ChangeKind::New,
            message: "Not in the earlier output.".to_owned(),
        };
    };
    let mut said = differences(before, now, pseudonyms);
    let later = end_order(before, now) == Some(Ordering::Less);
    let is_the_same = *is_same_link
        && before.holder_match == now.holder_match
        && !holder_differs(before, now)
        && before.title == now.title;
    let kind = if before.valid == Some(true) && now.status == "expired" {
        ChangeKind::NewlyExpired
    } else if later && now.valid == Some(true) && is_the_same {
        ChangeKind::Renewed
    } else if said.is_empty() && *is_same_link {
        ChangeKind::Unchanged
    } else {
        ChangeKind::Changed
    };
    if !is_same_link {
        said.push("another link for the same certification".to_owned());
    }
    let mut message = said.join("; ");
    if !message.is_empty() {
        message.push('.');
    }
    Change { kind, message }
}

/// Everything that differs, in words, the weightiest first.
fn differences(before: &Facts, now: &Facts, pseudonyms: bool) -> Vec<String> {
    let some = |text: &Option<String>| text.clone().unwrap_or_else(|| "unknown".to_owned());
    let valid = |valid: Option<bool>| match valid {
        Some(true) => "yes",
        Some(false) => "no",
        None => "unknown",
    };
    let end = |facts: &Facts| {
        facts
            .end()
            .map_or("none".to_owned(), |end| end.day().to_string())
    };
    let ends_differ = end_order(before, now).map_or_else(
        || before.end().is_some() != now.end().is_some(),
        |order| order != Ordering::Equal,
    );
    let holders = holder_differs(before, now);
    let pairs = [
        (
            before.status != now.status,
            "status",
            before.status.clone(),
            now.status.clone(),
        ),
        (
            before.valid != now.valid,
            "valid",
            valid(before.valid).to_owned(),
            valid(now.valid).to_owned(),
        ),
        (ends_differ, "ends", end(before), end(now)),
        (
            before.title != now.title,
            "title",
            some(&before.title),
            some(&now.title),
        ),
        (holders, "holder", some(&before.holder), some(&now.holder)),
        (
            before.holder_match != now.holder_match,
            "holder_match",
            before.holder_match.clone(),
            now.holder_match.clone(),
        ),
    ];
    let differing = pairs.into_iter().filter(|(differs, ..)| *differs);
    let mut said: Vec<_> = differing
        .map(|(_, what, was, is)| match what {
            "holder" if pseudonyms => "holder changed".to_owned(),
            _ => format!("{what}: {was} → {is}"),
        })
        .collect();
    said.extend(findings(before, now));
    said
}

/// Pseudonyms cannot be compared with names.
fn holder_differs(before: &Facts, now: &Facts) -> bool {
    let is_hidden = |facts: &Facts| facts.holder.as_deref().is_some_and(is_pseudonym);
    before.holder != now.holder && is_hidden(before) == is_hidden(now)
}

fn end_order(before: &Facts, now: &Facts) -> Option<Ordering> {
    Some(before.end()?.order(now.end()?))
}

fn findings(before: &Facts, now: &Facts) -> Option<String> {
    let less = |one: &Facts, other: &Facts| -> Vec<String> {
        let codes = one
            .findings
            .iter()
            .filter(|code| !other.findings.contains(code));
        codes.cloned().collect()
    };
    let (came, went) = (less(now, before), less(before, now));
    let list = |what: &str, codes: &[String]| match codes {
        [] => None,
        codes => Some(format!("{what} {}", codes.join(", "))),
    };
    let parts = [list("new", &came), list("no longer", &went)];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("findings: {}", parts.join(", ")))
}
