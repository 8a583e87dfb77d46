//! Claims: exam codes and titles of certifications.

use std::ops::Range;

use crate::catalog::{Catalog, Entry, ExamCode, Written};

/// A certification that a text says somebody holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    text: String,
    sort: ClaimSort,
    titles: Vec<String>,
}

/// By what a certification is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimSort {
    /// The code of an exam.
    Exam,
    /// Its title.
    Title,
}

impl ClaimSort {
    /// The word used in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Exam => "exam",
            Self::Title => "title",
        }
    }
}

impl Claim {
    /// The code in its usual form, or the title as it is written there.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// By what the certification is named.
    pub fn sort(&self) -> ClaimSort {
        self.sort
    }

    /// The titles of the certifications meant; none for a code that the catalogue does not
    /// know.
    pub fn titles(&self) -> &[String] {
        &self.titles
    }

    fn of(text: &str, sort: ClaimSort, entries: &[&Entry]) -> Self {
        Self {
            text: text.split_whitespace().collect::<Vec<_>>().join(" "),
            sort,
            titles: entries
                .iter()
                .map(|entry| entry.title().to_owned())
                .collect(),
        }
    }
}

/// The one certification that several claims come to, as a title or an exam that the
/// catalogue knows.
///
/// Claims that contradict each other come to none: which of them a link is meant to prove
/// cannot be told, and a wrong guess would fail an honest candidate.
pub(super) fn come_to(claims: &[Claim]) -> Option<String> {
    let first = claims.iter().min_by_key(|claim| claim.titles.len())?;
    let shared = |title: &&String| claims.iter().all(|claim| claim.titles.contains(title));
    let shared: Vec<&String> = first.titles.iter().filter(shared).collect();
    match &shared[..] {
        [] => None,
        [only] => Some((*only).clone()),
        // Only an exam leads to several.
        _ => Some(first.text.clone()),
    }
}

/// The claims of a text with where they stand, those in `left_out` not counted, which is
/// sorted and does not overlap.
pub(super) fn find(
    text: &str,
    left_out: &[Range<usize>],
    catalog: &Catalog,
) -> Vec<(Range<usize>, Claim)> {
    let titles = catalog.titles_in(text).into_iter().map(|(range, entry)| {
        let claim = Claim::of(&text[range.clone()], ClaimSort::Title, &[entry]);
        (range, claim)
    });
    let exams = exams(text, catalog)
        .into_iter()
        .map(|ExamCode { range, code, .. }| {
            let found = catalog.find_exam(&code);
            (range, Claim::of(&code, ClaimSort::Exam, &found))
        });
    let free = |range: &Range<usize>| {
        let after = left_out.partition_point(|other| other.start < range.end);
        after == 0 || left_out[after - 1].end <= range.start
    };
    let mut claims: Vec<_> = titles
        .chain(exams)
        .filter(|(range, _)| free(range))
        .collect();
    claims.sort_by_key(|(range, _)| range.start);
    claims
}

/// The exams of a text: those that are known, or may be newer than the catalogue.
fn exams(text: &str, catalog: &Catalog) -> Vec<ExamCode> {
    let codes = Catalog::codes_in(text);
    let stands_free = |at: usize| {
        let Range { start, end } = codes[at].range.clone();
        let is_one_mark = |from: usize, to: usize| {
            let between = text.get(from..to);
            between.is_some_and(|between| between.chars().count() == 1)
        };
        let before = text[..start].chars().next_back();
        let after = text[end..].chars().next();
        let parts = |c: char| c.is_alphanumeric() || "-/+._".contains(c);
        let joins = |c: char| c.is_alphanumeric() || c == '-';
        let last = at.checked_sub(1).map(|at| codes[at].range.end);
        let next = codes.get(at + 1).map(|code| code.range.start);
        let follows = last.is_some_and(|last| is_one_mark(last, start));
        let leads = next.is_some_and(|next| is_one_mark(end, next));
        (follows || !before.is_some_and(parts)) && (leads || !after.is_some_and(joins))
    };
    let counts = |at: usize| {
        let ExamCode {
            range,
            code,
            written,
        } = &codes[at];
        let letters = &text[range.clone()];
        // "az-104" is how people write in mails; "Az-104" is nobody's.
        let one_case = letters == letters.to_uppercase() || letters == letters.to_lowercase();
        let known = || !catalog.find_exam(code).is_empty();
        match written {
            Written::Whole => one_case && (known() || catalog.may_be_newer_exam(code)),
            Written::Loose => false,
            // Behind a comma or a word it may be any number.
            Written::Short => text[..range.start].trim_end().ends_with(['/', '+', '&']) && known(),
        }
    };
    let places = (0..codes.len()).filter(|&at| counts(at) && stands_free(at));
    places.map(|at| codes[at].clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let found = find(text, &[], Catalog::embedded());
        found.into_iter().map(|(_, claim)| claim.text).collect()
    }

    #[test]
    fn codes_and_titles_are_found() {
        for (text, expected) in [
            ("AZ-104", &["AZ-104"][..]),
            (
                "(az-104), MB2-716; 70-483!",
                &["AZ-104", "MB2-716", "70-483"],
            ),
            ("AZ\u{2011}104 and AZ–305", &["AZ-104", "AZ-305"]),
            (
                "Azure Administrator Associate (AZ-104)",
                &["Azure Administrator Associate", "AZ-104"],
            ),
            // Several in one word.
            ("AZ-104/AZ-305", &["AZ-104", "AZ-305"]),
            ("AZ-104+AZ-305_AZ-500", &["AZ-104", "AZ-305", "AZ-500"]),
            ("AZ-104–AZ-305", &["AZ-104", "AZ-305"]),
            ("AZ-800/801", &["AZ-800", "AZ-801"]),
            ("AZ-104 & 305", &["AZ-104", "AZ-305"]),
            ("AZ-104, 900 points; 700/1000", &["AZ-104"]),
            ("AZ-104\u{a0}und AZ-305、", &["AZ-104", "AZ-305"]),
            // Newer than the catalogue.
            ("AZ-199", &["AZ-199"]),
            // No claims.
            ("+49 70-483-11, +49 70-483-111", &[]),
            ("courses/az-104/notes, az-104-notes.md", &[]),
            ("ISO-27001, MS 365, SC 300", &[]),
            ("ISO-270, RFC-822, X-104, AZ-1", &[]),
            ("XAZ-104 AZ-104a Az-104", &[]),
            ("2019-2024", &[]),
            ("", &[]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn claims_come_to_one_certification_or_to_none() {
        for (text, expected) in [
            (
                "AZ-104",
                Some("Microsoft Certified: Azure Administrator Associate"),
            ),
            (
                "Azure Administrator Associate (AZ-104)",
                Some("Microsoft Certified: Azure Administrator Associate"),
            ),
            ("AZ-104, AZ-305", None),
            ("Azure Solutions Architect Expert (AZ-104)", None),
            ("AZ-199", None),
            ("AZ-199, AZ-104", None),
            ("", None),
        ] {
            let claims = find(text, &[], Catalog::embedded());
            let claims: Vec<_> = claims.into_iter().map(|(_, claim)| claim).collect();
            assert_eq!(come_to(&claims).as_deref(), expected, "{text}");
        }
    }
}
