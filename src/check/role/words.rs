//! A role's answer in words.

use super::{Found, Near, RoleAnswer, Weighed};

/// Rows named beside one requirement; more are counted.
const MOST_NEAR: usize = 3;

pub(super) fn sentence(answer: &RoleAnswer) -> String {
    let parts = |of: fn(&Found) -> u8, rank: u8| {
        let chosen = answer.requirements.iter();
        chosen
            .filter(move |one| of(&one.found) == rank)
            .map(requirement)
    };
    // What is to be done comes first: a long message is cut at its end.
    let all: Vec<_> = (0..3).flat_map(|rank| parts(urgency, rank)).collect();
    format!("{}: {}.", answer.role, all.join("; "))
}

fn urgency(found: &Found) -> u8 {
    match found {
        Found::Missing { .. } => 0,
        Found::Open { .. } => 1,
        Found::Met { .. } => 2,
    }
}

fn requirement(one: &Weighed) -> String {
    match &one.found {
        Found::Missing { near } if near.is_empty() => format!("{} is missing", one.in_full),
        Found::Missing { near } => format!("{} is missing ({})", one.in_full, rows(near)),
        Found::Open { near } => format!("whether {} is met is open ({})", one.in_full, rows(near)),
        Found::Met { row, .. } => format!("{} is met by row {row}", one.wanted),
    }
}

fn rows(near: &[Near]) -> String {
    let named = near.iter().take(MOST_NEAR);
    let mut rows: Vec<_> = named
        .map(|near| format!("row {} {}", near.row, near.why))
        .collect();
    match near.len().saturating_sub(MOST_NEAR) {
        0 => {}
        1 => rows.push("and 1 more".to_owned()),
        more => rows.push(format!("and {more} more")),
    }
    rows.join(", ")
}

/// `a`, `a or b`, `a, b or c`.
pub(super) fn or_list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

pub(super) fn did_you_mean(suggestion: Option<&str>) -> String {
    suggestion.map_or_else(String::new, |name| format!("; did you mean {name}?"))
}
