//! Finds the codes of exams inside a running text.

use std::ops::Range;

use super::Catalog;

/// A word of a text that has the form of an exam's code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExamCode {
    /// Where it stands.
    pub range: Range<usize>,
    /// The code in its usual form, such as `AZ-104`.
    pub code: String,
    /// How it is written there.
    pub written: Written,
}

/// How the code of an exam is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// With its hyphen: `AZ-104`.
    Whole,
    /// Without one: `AZ104`, `AZ 104`.
    Loose,
    /// As the number alone, behind another of its series: `AZ-800/801`.
    Short,
}

/// What may stand between a code and another that is written as its number alone.
const BETWEEN: [&str; 11] = ["", "/", "+", "&", ",", ";", "|", "and", "or", "und", "oder"];

/// Words of the form `AZ-104`, `MB2-716` and `70-532`, and the looser ways to write them.
pub(super) fn find(text: &str) -> Vec<ExamCode> {
    let bytes = text.as_bytes();
    let mut found: Vec<ExamCode> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let digits = run(&bytes[at..], u8::is_ascii_digit);
        let end = at + digits;
        let ends = !bytes.get(end).is_some_and(u8::is_ascii_alphanumeric);
        if matches!(digits, 3 | 4) && ends {
            let code = with_series(text, at..end).or_else(|| shortened(text, at..end, &found));
            found.extend(code);
        }
        at = end.max(at + 1);
    }
    found
}

fn run(bytes: &[u8], of: impl Fn(&u8) -> bool) -> usize {
    bytes.iter().take_while(|byte| of(byte)).count()
}

/// The code that ends with the number at a place.
fn with_series(text: &str, number: Range<usize>) -> Option<ExamCode> {
    let before = text[..number.start].chars().next_back()?;
    let (end, written) = match before {
        c if is_dash(c) => (number.start - c.len_utf8(), Written::Whole),
        c if c.is_whitespace() => (number.start - c.len_utf8(), Written::Loose),
        _ => (number.start, Written::Loose),
    };
    let head = &text.as_bytes()[..end];
    let length = head
        .iter()
        .rev()
        .take_while(|byte| byte.is_ascii_alphanumeric())
        .count();
    let series = &text[end - length..end];
    let letters = series.bytes().all(|byte| byte.is_ascii_alphabetic());
    let links = BETWEEN.contains(&series.to_ascii_lowercase().as_str());
    let fits = matches!(length, 2 | 3) && (written == Written::Whole || letters && !links);
    fits.then(|| ExamCode {
        range: end - length..number.end,
        code: format!("{}-{}", series.to_ascii_uppercase(), &text[number]),
        written,
    })
}

/// The code of the series before it whose number alone stands at a place.
fn shortened(text: &str, number: Range<usize>, found: &[ExamCode]) -> Option<ExamCode> {
    let before = found.last()?;
    let between = &text[before.range.end..number.start];
    let (series, _) = before.code.split_once('-')?;
    let fits = !between.is_empty() && BETWEEN.contains(&between.trim());
    fits.then(|| ExamCode {
        code: format!("{series}-{}", &text[number.clone()]),
        range: number,
        written: Written::Short,
    })
}

/// The hyphen, and those that word processors make of it.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2014}' | '\u{2212}')
}

/// Whether a code is of a series of letters that has exams today, and so may be newer than
/// the catalogue.
pub(super) fn may_be_newer(code: &str, catalog: &Catalog) -> bool {
    let of_today = |code: &str| {
        let (series, number) = code.split_once('-')?;
        let letters = series.bytes().all(|byte| byte.is_ascii_alphabetic());
        (letters && number.len() == 3).then(|| series.to_ascii_uppercase())
    };
    let Some(series) = of_today(code) else {
        return false;
    };
    let mut exams = catalog.entries().flat_map(super::Entry::exams);
    exams.any(|exam| of_today(exam).as_ref() == Some(&series))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_however_they_are_written() {
        for (text, expected) in [
            ("AZ-104", &["AZ-104"][..]),
            (
                "(az-104), MB2-716; 70-483!",
                &["AZ-104", "MB2-716", "70-483"],
            ),
            (
                "AZ\u{2011}104+AZ–305/AZ\u{2212}500",
                &["AZ-104", "AZ-305", "AZ-500"],
            ),
            (
                "AZ-104_AZ-305-AZ-500.AZ-900",
                &["AZ-104", "AZ-305", "AZ-500", "AZ-900"],
            ),
            ("AZ104 and AZ 305", &["AZ-104", "AZ-305"]),
            (
                "AZ-800/801, 802 and 900",
                &["AZ-800", "AZ-801", "AZ-802", "AZ-900"],
            ),
            ("資格AZ-104と", &["AZ-104"]),
            ("XAZZ-104 AZ-104a AZ-10", &[]),
            ("2024", &[]),
            ("", &[]),
        ] {
            let found: Vec<String> = find(text).into_iter().map(|found| found.code).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn only_the_series_of_exams_have_newer_ones() {
        let newer = |code| may_be_newer(code, Catalog::embedded());
        for code in [
            "AZ-999", "MS-999", "DP-999", "SC-999", "PL-999", "MB-999", "AI-999", "AB-999",
            "GH-999",
        ] {
            assert!(newer(code), "{code}");
        }
        for code in [
            "ISO-270", "RFC-822", "ISO-2700", "CS-101", "AZ-1040", "70-999", "AZ",
        ] {
            assert!(!newer(code), "{code}");
        }
    }
}
