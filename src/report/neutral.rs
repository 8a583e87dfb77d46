//! Makes strangers' text harmless for the place it goes to.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

pub use crate::steering::json;

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

/// Like [`terminal`] for a whole sentence of ours that holds strangers' text: nothing is
/// cut, and it stays one line.
pub fn terminal_line(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest
            .char_indices()
            .nth(SHOWN)
            .map_or(rest.len(), |(at, _)| at);
        shown.push_str(&terminal(&rest[..end]));
        rest = &rest[end..];
    }
    shown
}

/// Like [`terminal_line`] for a text of ours with line breaks of its own, which stay.
pub fn terminal_lines(text: &str) -> String {
    let lines = text.split('\n').map(terminal_line);
    lines.collect::<Vec<_>>().join("\n")
}

/// Text for a document that people read: like [`terminal_line`], but line breaks and tabs
/// stay. Nothing is cut.
///
/// ```
/// use bonafide::report::neutral::document;
///
/// assert_eq!(document("Jane\r\nDoe\u{0}"), "Jane\nDoe\\u{0}");
/// ```
pub fn document(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    let mut before = ' ';
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            '\r' if letters.peek() == Some(&'\n') => {}
            '\r' => shown.push('\n'),
            '\n' | '\t' => shown.push(c),
            _ if is_plain(c) || is_joiner(c, before) => shown.push(c),
            _ => shown.extend(c.escape_unicode()),
        }
        before = c;
    }
    Cow::Owned(shown)
}

/// Whether a character is seen where it stands, and turns nothing around.
pub(crate) fn is_plain(c: char) -> bool {
    !matches!(
        c.general_category(),
        GeneralCategory::Control
            | GeneralCategory::Format
            | GeneralCategory::LineSeparator
            | GeneralCategory::ParagraphSeparator
            | GeneralCategory::PrivateUse
            | GeneralCategory::Unassigned
            | GeneralCategory::Surrogate
    )
}

/// Text for a file of data that programs read again: only control characters and direction
/// overrides are shown as `\u{…}`; all else, line breaks included, stays as it was.
///
/// ```
/// use bonafide::report::neutral::data;
///
/// assert_eq!(data("a\u{1b}[2J\r\nb\u{202e}"), "a\\u{1b}[2J\r\nb\\u{202e}");
/// ```
pub fn data(text: &str) -> Cow<'_, str> {
    let is_harmless = |byte: u8| (b' '..=b'~').contains(&byte);
    if text.bytes().all(is_harmless) || !text.chars().any(rewrites) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if rewrites(c) {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// What makes a screen show something else than what is there.
fn rewrites(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Cuts what is longer than `limit` characters, and says how long it was.
///
/// ```
/// use bonafide::report::neutral::shortened;
///
/// assert_eq!(shortened("abcdef", 3), "abc… (6 characters)");
/// assert_eq!(shortened("abc", 3), "abc");
/// ```
pub fn shortened(text: &str, limit: usize) -> Cow<'_, str> {
    match text.char_indices().nth(limit) {
        None => Cow::Borrowed(text),
        Some((at, _)) => {
            let mut shown = text[..at].to_owned();
            let _ = write!(shown, "… ({} characters)", text.chars().count());
            Cow::Owned(shown)
        }
    }
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
