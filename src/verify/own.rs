//! Says of a verdict that it rests on the user's own rows, and what it would be without.

use super::{Terms, Verification};
use crate::catalog::RowOrigin;
use crate::check::Expectation;
use crate::finding::{Code, Finding};

/// Weighs by the whole catalogue; where that has rows which are not common knowledge, also
/// without them, and notes where they were used or made any difference: a row may matter
/// that is not the certification's own.
pub(super) fn beside_common<'a>(
    terms: &Terms<'a, '_>,
    weigh: impl Fn(&Terms<'a, '_>) -> Vec<Verification<'a>>,
) -> Vec<Verification<'a>> {
    let mut own = weigh(terms);
    let Some(common) = terms.catalog.common() else {
        return own;
    };
    let expected = commonly(terms.expected);
    let without = weigh(&Terms {
        catalog: common,
        as_of: terms.as_of,
        expected: &expected,
    });
    let are_as_many = own.len() == without.len();
    for (at, one) in own.iter_mut().enumerate() {
        let origin = one.standing.known.origin();
        let is_of_such_a_row = origin.is_some_and(|origin| !origin.is_common());
        let other = without.get(at).filter(|_| are_as_many);
        let noted = match other {
            Some(other) if is_of_such_a_row || differ(one, other) => finding(one, other, origin),
            Some(_) => continue,
            None => Finding::new(
                Code::OwnCatalogue,
                "This rests on your own catalogue. Without it there would be other results.",
            ),
        };
        one.note(noted);
    }
    own
}

/// What is expected, without what own rows make of it.
fn commonly(expected: &Expectation) -> Expectation {
    let mut expected = expected.clone();
    if let Some(wanted) = &mut expected.certification
        && let Some(common) = wanted.by_common_knowledge()
    {
        *wanted = common;
    }
    expected
}

fn differ(one: &Verification<'_>, other: &Verification<'_>) -> bool {
    let facts = |one: &Verification<'_>| {
        let (standing, known) = (&one.standing, &one.standing.known);
        let names = |entry: &crate::catalog::Entry| {
            let exams = entry.exams().to_vec();
            (entry.title().to_owned(), entry.level(), exams)
        };
        let successors = standing.successors.iter();
        let successors: Vec<_> = successors
            .map(|one| (names(one.entry), one.state, one.exam().map(str::to_owned)))
            .collect();
        (
            (one.outcome, standing.status, standing.state, standing.kind),
            (known.entry().map(names), successors),
            one.findings.clone(),
        )
    };
    one.record != other.record
        || facts(one) != facts(other)
        || one.standing.renewal != other.standing.renewal
}

fn finding(
    own: &Verification<'_>,
    without: &Verification<'_>,
    origin: Option<RowOrigin>,
) -> Finding {
    let title = own.standing.known.entry().map(crate::catalog::Entry::title);
    let whose = match origin {
        Some(RowOrigin::Elsewhere) => "a catalogue of another host than Microsoft's",
        _ => "your own catalogue",
    };
    let of = title.map_or_else(String::new, |title| format!(" for {title}"));
    let said =
        |one: &Verification<'_>| format!("{}, {}", one.outcome.as_str(), one.standing.status);
    let (with, without) = (said(own), said(without));
    let message = if with == without {
        format!("This rests on {whose}{of}. Without it the verdict is the same: {without}.")
    } else {
        format!("This rests on {whose}{of}. Without it the verdict is: {without}.")
    };
    Finding::new(Code::OwnCatalogue, message)
}
