//! What is wrong with a configuration, and where.
//!
//! The line itself is never shown, as TOML errors would by themselves: a secret may stand
//! in it, in spite of everything.

use std::ops::Range;

use toml::de::Error;

/// Says an error: its line, what is wrong, and what may have been meant.
pub(super) fn said(error: &Error, text: &str) -> String {
    said_at(error.span(), error.message(), text)
}

/// Says what is wrong at a place: its line, what is wrong, and what may have been meant.
pub(super) fn said_at(place: Option<Range<usize>>, message: &str, text: &str) -> String {
    let before = place.and_then(|place| text.get(..place.start));
    let message = message.replace('\n', " ");
    let place = before.map_or_else(String::new, |before| {
        let line = before.matches('\n').count();
        let key = text.lines().nth(line).and_then(key);
        let key = key.map_or_else(String::new, |key| format!(" ({key})"));
        format!("line {}{key}: ", line + 1)
    });
    match meant(&message) {
        Some(word) => format!("{place}{message}; did you mean `{word}`?"),
        None => format!("{place}{message}"),
    }
}

/// The key that a line sets: what stands before the first equals sign, if it needs no quotes.
fn key(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    (!key.is_empty() && key.chars().all(is_plain)).then_some(key)
}

/// The known word that is most like the unknown one.
fn meant(message: &str) -> Option<&str> {
    let is_unknown = ["unknown field", "unknown variant", "unknown channel"];
    if !is_unknown.iter().any(|start| message.starts_with(start)) {
        return None;
    }
    // Words stand in backticks: the unknown one first, then what was expected.
    let mut words = message.split('`').skip(1).step_by(2);
    let unknown = words.next()?;
    crate::report::meant::meant(unknown, words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant_is_offered() {
        let cases = [
            (
                "unknown field `pasword`, expected one of `host`, `password`",
                Some("password"),
            ),
            (
                "unknown variant `smpt`, expected one of `smtp`, `slack`",
                Some("smtp"),
            ),
            (
                "unknown field `zzz`, expected one of `host`, `password`",
                None,
            ),
            ("invalid type: string \"a\", expected u16", None),
        ];
        for (message, word) in cases {
            assert_eq!(meant(message), word, "{message}");
        }
    }
}
