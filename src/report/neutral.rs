//! Makes strangers' text harmless for the place it goes to.

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// The most characters of one stranger's text that are shown on a terminal.
const SHOWN: usize = 200;

/// Makes text harmless on a terminal: escape codes, other control characters, direction
/// overrides and invisible characters are shown as `\u{…}`, white space as plain spaces,
/// and what is long is cut.
///
/// ```
/// use bonafide::report::neutral::terminal;
///
/// assert_eq!(terminal("Jo\u{1b}[31m Doe"), "Jo\\u{1b}[31m Doe");
/// assert_eq!(terminal("\u{202e}eoD oJ"), "\\u{202e}eoD oJ");
/// ```
pub fn terminal(text: &str) -> String {
    let mut shown = String::with_capacity(text.len().min(SHOWN));
    let mut before = ' ';
    for (at, c) in text.chars().enumerate() {
        if at == SHOWN {
            shown.push('…');
            break;
        }
        match c.general_category() {
            GeneralCategory::Format if is_joiner(c, before) => shown.push(c),
            GeneralCategory::Control if matches!(c, '\t' | '\n' | '\r') => shown.push(' '),
            GeneralCategory::SpaceSeparator => shown.push(' '),
            GeneralCategory::Control
            | GeneralCategory::Format
            | GeneralCategory::LineSeparator
            | GeneralCategory::ParagraphSeparator
            | GeneralCategory::PrivateUse
            | GeneralCategory::Unassigned
            | GeneralCategory::Surrogate => shown.extend(c.escape_unicode()),
            _ => shown.push(c),
        }
        before = c;
    }
    shown
}

/// The joiners of Persian and Indic names and of emoji: harmless behind another script's
/// letter, where they belong.
fn is_joiner(c: char, before: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
        && !before.is_ascii()
        && before.general_category() != GeneralCategory::Format
}

/// Like [`terminal`] for whole sentences and paragraphs of ours that hold strangers' text:
/// nothing is cut, and line breaks stay.
pub fn terminal_lines(text: &str) -> String {
    let pieces = text.split('\n').map(|line| {
        let mut shown = String::with_capacity(line.len());
        let mut rest = line;
        while !rest.is_empty() {
            let end = rest
                .char_indices()
                .nth(SHOWN)
                .map_or(rest.len(), |(at, _)| at);
            shown.push_str(&terminal(&rest[..end]));
            rest = &rest[end..];
        }
        shown
    });
    pieces.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn nothing_that_steers_a_terminal_is_left(text in "\\PC*|[\\x00-\\x1f\\u{7f}-\\u{9f}\\u{200b}-\\u{202e}a]*") {
            let shown = terminal(&text);
            let steers = |c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c);
            prop_assert!(!shown.chars().any(steers));
        }
    }

    #[test]
    fn long_text_is_cut() {
        assert_eq!(terminal(&"x".repeat(10_000)).chars().count(), SHOWN + 1);
    }
}
