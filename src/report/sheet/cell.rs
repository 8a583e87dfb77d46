//! Makes a cell harmless for programs that take some texts for formulas.

use std::borrow::Cow;

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// Puts an apostrophe before what a spreadsheet would run: text that begins with one of
/// `= + - @`, also their full-width forms and behind white space or invisible characters,
/// or with a tab or a carriage return. [`unguarded`] is its exact inverse.
pub(in crate::report) fn guarded(text: Cow<'_, str>) -> Cow<'_, str> {
    if is_formula(&text) {
        Cow::Owned(format!("'{text}"))
    } else {
        text
    }
}

/// The cell as it was before it was made harmless for a spreadsheet.
///
/// ```
/// use bonafide::report::sheet::unguarded;
///
/// assert_eq!(unguarded("'=1+1"), "=1+1");
/// assert_eq!(unguarded("'s-Gravenhage"), "'s-Gravenhage");
/// ```
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'')
        .filter(|text| is_formula(text))
        .unwrap_or(cell)
}

/// Whether a spreadsheet might run it. Apostrophes before it do not count, so that a guard
/// that was given can be told from one that was put here.
pub(super) fn is_formula(text: &str) -> bool {
    match text.bytes().next() {
        None => return false,
        Some(first) if first.is_ascii_alphanumeric() => return false,
        Some(_) => {}
    }
    let text = text.trim_start_matches('\'');
    text.starts_with(['\t', '\r'])
        || text
            .trim_start_matches(is_unseen)
            .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

fn is_unseen(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c.general_category(),
            GeneralCategory::Control | GeneralCategory::Format
        )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_gets_an_apostrophe() {
        for text in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\tx",
            "\rx",
            " =1",
            "\n=1",
            "\u{a0}=1",
            "\u{200b}=1",
            "\u{feff}@x",
            "＝1",
            "＋1",
            "－1",
            "＠x",
            "　＝1",
            "'=1",
            "=cmd|' /C calc'!A0",
        ] {
            assert_eq!(guarded(text.into()), format!("'{text}"), "{text:?}");
        }
    }

    #[test]
    fn what_is_harmless_stays() {
        for text in [
            "",
            " ",
            "Jane Doe",
            "O'Brien",
            "'s-Gravenhage",
            "a=b",
            "1-2",
            "(+1)",
            "https://x.example/?a=b",
            "Ōe -",
            "–dash",
        ] {
            assert_eq!(guarded(text.into()), text);
        }
    }

    proptest! {
        #[test]
        fn what_was_guarded_reads_as_it_was(text in "['= +\\-@\\ta-c＝]{0,6}|\\PC*") {
            let cell = guarded(text.as_str().into());
            prop_assert_eq!(unguarded(&cell), text.as_str());
            prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']));
        }
    }
}
