//! What only shows when rows are seen together.

use super::BatchError;
use super::scratch::{Other, Scratch, Stored};
use crate::finding::{Code, Finding};
use crate::verify::Verification;

/// Other rows that are looked at for each; a message names the first of them.
const MOST: u32 = 50;

/// Looks for the same credential with another candidate, and for two spellings of one.
pub(super) fn look(of: &Stored, scratch: &Scratch) -> Result<Vec<Finding>, BatchError> {
    let same_credential = scratch.same_credential(of, MOST)?;
    let mut same_person = scratch.same_person(of, MOST)?;
    let mut others = Vec::new();
    for other in same_credential {
        match of.person.is(&other.person) {
            Some(true) => same_person.push(other),
            Some(false) => others.push(other),
            None => {}
        }
    }
    same_person.retain(|other| {
        let name = other.person.name.as_ref();
        name.is_some() && of.person.name.is_some() && name != of.person.name.as_ref()
    });
    same_person.sort_unstable_by_key(|other| other.number);
    same_person.dedup_by_key(|other| other.number);
    Ok([duplicate(&others), spellings(&same_person)]
        .into_iter()
        .flatten()
        .collect())
}

/// Whether a finding about the row is one about this credential. A holder whom the issuer
/// names is not made doubtful by somebody else who uses the link.
pub(super) fn concerns(finding: &Finding, one: &Verification<'_>) -> bool {
    finding.code() != Code::DuplicateLink || !one.holder.grade().passes()
}

fn duplicate(others: &[Other]) -> Option<Finding> {
    let rows = rows(others)?;
    let message = format!(
        "Another candidate gives the same credential ({rows}): at most one of them is its holder."
    );
    Some(Finding::new(Code::DuplicateLink, message))
}

fn spellings(others: &[Other]) -> Option<Finding> {
    let rows = rows(others)?;
    let message = format!("The same person is written otherwise elsewhere ({rows}).");
    Some(Finding::new(Code::NameSpeltTwoWays, message))
}

/// `row 7`, `rows 7 and 9`, `rows 7, 9, 12 and more`.
fn rows(others: &[Other]) -> Option<String> {
    let numbers: Vec<_> = others
        .iter()
        .map(|other| other.number.to_string())
        .collect();
    Some(match &numbers[..] {
        [] => return None,
        [one] => format!("row {one}"),
        [a, b] => format!("rows {a} and {b}"),
        [a, b, c] => format!("rows {a}, {b} and {c}"),
        [a, b, c, ..] => format!("rows {a}, {b}, {c} and more"),
    })
}
