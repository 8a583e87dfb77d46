//! Strangers' text for a public picture or page: one line of what can be seen.

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

use crate::report::neutral::is_plain;

/// Marks that may stand above one letter; more of them only hide what is around it.
const MARKS: usize = 3;

/// Text as one line without anything that hides, turns round or steers what stands beside
/// it: control characters, direction overrides, invisible characters and the private use
/// area are left out, white space becomes single spaces. Nothing is escaped.
///
/// ```
/// use bonafide::publish::clean::line;
///
/// assert_eq!(line(" Azure\u{202e}\n\u{0}Developer\u{200b} "), "Azure Developer");
/// ```
pub fn line(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut marks = 0;
    for c in text.chars() {
        let before = shown.chars().next_back();
        let c = if is_space(c) { ' ' } else { c };
        let is_wanted = match c {
            ' ' => before.is_some_and(|before| before != ' '),
            // The joiners of Persian and Indic words and of emoji.
            '\u{200c}' | '\u{200d}' => before.is_some_and(|before| !before.is_ascii()),
            c if is_mark(c) => marks < MARKS,
            c => is_plain(c),
        };
        if is_wanted {
            marks = if is_mark(c) { marks + 1 } else { 0 };
            shown.push(c);
        }
    }
    let end = shown.trim_end_matches([' ', '\u{200c}', '\u{200d}']).len();
    shown.truncate(end);
    shown
}

/// The same, cut to so many characters with an ellipsis for the last.
///
/// ```
/// use bonafide::publish::clean::line_within;
///
/// assert_eq!(line_within("Azure Developer", 8), "Azure D…");
/// assert_eq!(line_within("Azure", 8), "Azure");
/// ```
pub fn line_within(text: &str, characters: usize) -> String {
    let shown = line(text);
    match shown.char_indices().nth(characters) {
        None => shown,
        Some(_) => shortened(&shown, characters),
    }
}

/// The first characters of a text with an ellipsis for what is left out: never inside a
/// letter and its marks, and never before the ellipsis a space.
fn shortened(text: &str, characters: usize) -> String {
    let mut kept: Vec<char> = text.chars().take(characters.max(1)).collect();
    while let Some(last) = kept.pop() {
        if !is_mark(last) && last != '\u{200d}' {
            break;
        }
    }
    let kept: String = kept.into_iter().collect();
    format!("{}…", kept.trim_end_matches([' ', '\u{200c}', '\u{200d}']))
}

fn is_mark(c: char) -> bool {
    matches!(
        c.general_category(),
        GeneralCategory::NonspacingMark | GeneralCategory::EnclosingMark
    )
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_hides_or_turns_text_is_left_out() {
        for (text, shown) in [
            ("plain", "plain"),
            ("a\tb\r\n c", "a b c"),
            ("\u{202e}eoD oJ\u{202c}", "eoD oJ"),
            ("a\u{200b}b\u{feff}c\u{ad}d", "abcd"),
            ("a\u{2066}b\u{2069}", "ab"),
            ("\u{1b}[31mred", "[31mred"),
            ("می\u{200c}خواهم", "می\u{200c}خواهم"),
            ("a\u{200d}b", "ab"),
            ("👩\u{200d}💻", "👩\u{200d}💻"),
            (
                "e\u{301}\u{302}\u{303}\u{304}\u{305}x",
                "e\u{301}\u{302}\u{303}x",
            ),
            ("\u{fffe}\u{ffff}\u{e000}", ""),
            ("  ", ""),
        ] {
            assert_eq!(line(text), shown, "{text:?}");
        }
    }

    #[test]
    fn a_text_is_cut_between_letters() {
        assert_eq!(line_within("abcde\u{301}f", 6), "abcd…");
        assert_eq!(line_within("one two", 5), "one…");
        assert_eq!(line_within("長い題名です", 3), "長い…");
    }

    proptest! {
        #[test]
        fn a_line_stays_as_it_is_when_cleaned_again(text in "\\PC{0,40}|[\\x00-\\x1f\\u{202e}\\u{200d}a\\u{301} ]{0,40}") {
            let once = line(&text);
            prop_assert_eq!(line(&once), once.clone());
            let steers = |c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c);
            prop_assert!(!once.chars().any(steers));
            prop_assert!(line_within(&text, 7).chars().count() <= 7);
        }
    }
}
