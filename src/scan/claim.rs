//! Claims: exam codes and titles of certifications.

use std::ops::Range;

use crate::catalog::{Catalog, Entry};

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
    let exams = exams(text).into_iter().filter_map(|(range, code)| {
        let found = catalog.find_exam(&code);
        let known = !found.is_empty();
        (known || looks_newer(&code)).then(|| (range, Claim::of(&code, ClaimSort::Exam, &found)))
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

/// Whether an unknown code has the form of today's exams.
fn looks_newer(code: &str) -> bool {
    const SERIES: [&str; 10] = ["AB", "AI", "AZ", "DP", "GH", "MB", "MD", "MS", "PL", "SC"];
    code.split_once('-')
        .is_some_and(|(series, number)| SERIES.contains(&series) && number.len() == 3)
}

/// Words of the form `AZ-104`, `MB2-716` and `70-532`, in their usual form.
fn exams(text: &str) -> Vec<(Range<usize>, String)> {
    let bytes = text.as_bytes();
    let is_word = |b: u8| b.is_ascii_alphanumeric() || b >= 0x80;
    let mut found = Vec::new();
    for (at, dash) in text.char_indices().filter(|(_, c)| is_dash(*c)) {
        let digits = |from: usize| {
            bytes[from..]
                .iter()
                .take_while(|b| b.is_ascii_digit())
                .count()
        };
        let after = at + dash.len_utf8();
        let end = after + digits(after);
        let series = bytes[..at]
            .iter()
            .rev()
            .take_while(|b| b.is_ascii_alphanumeric())
            .count();
        let start = at - series;
        let free_before =
            start == 0 || !(is_word(bytes[start - 1]) || b"-/+._".contains(&bytes[start - 1]));
        let free_after = bytes.get(end).is_none_or(|b| !(is_word(*b) || *b == b'-'));
        let fits = matches!(series, 2 | 3) && matches!(end - after, 3 | 4);
        // "az-104" is how people write in mails; "Az-104" is nobody's.
        let letters = &text[start..at];
        let one_case = letters == letters.to_uppercase() || letters == letters.to_lowercase();
        if free_before && free_after && fits && one_case {
            let code = format!("{}-{}", letters.to_uppercase(), &text[after..end]);
            found.push((start..end, code));
        }
    }
    found
}

/// The hyphen, and those that word processors make of it.
fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2013}')
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
            // Newer than the catalogue.
            ("AZ-199", &["AZ-199"]),
            // No claims.
            ("+49 70-483-11", &[]),
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
