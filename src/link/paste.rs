//! The pasted text itself: how much of it is read and kept.

use std::fmt;

use super::clean::is_invisible;

/// The most bytes of a text that are read. The longest real link seen, a LinkedIn
/// redirect, has under 600.
const LIMIT: usize = 8 * 1024;

/// What was pasted. It may hold a sharingId, so `Debug` is redacted.
#[derive(Clone, PartialEq, Eq, Default)]
pub(super) struct Pasted(String);

impl Pasted {
    /// The text, for the fields that the contract calls `input`.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Pasted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pasted(redacted)")
    }
}

/// A pasted text, held to [`LIMIT`].
pub(super) struct Paste<'a> {
    given: &'a str,
    text: &'a str,
    length: Length,
}

/// Whether all of a text is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Length {
    Whole,
    Cut,
}

impl<'a> Paste<'a> {
    /// Takes the text without the white space and invisible characters around it, up to
    /// the limit.
    pub(super) fn take(given: &'a str) -> Self {
        let trimmed = given.trim_matches(|c: char| c.is_whitespace() || is_invisible(c));
        let text = prefix(trimmed);
        let whole = text.len() == trimmed.len();
        // Invisible characters at the ends of a short text are junk worth a finding.
        let text = if given.len() <= LIMIT { given } else { text };
        Self {
            given,
            text,
            length: if whole { Length::Whole } else { Length::Cut },
        }
    }

    /// The text to read.
    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    /// The limit, where the text was longer.
    pub(super) fn cut_at(&self) -> Option<usize> {
        (self.length == Length::Cut).then_some(LIMIT)
    }

    /// What is kept as the link's input.
    pub(super) fn into_input(self) -> Pasted {
        let kept = if self.given.len() <= LIMIT {
            self.given
        } else {
            self.text
        };
        Pasted(kept.to_owned())
    }
}

/// The longest beginning of whole characters within the limit.
fn prefix(text: &str) -> &str {
    &text[..text.floor_char_boundary(LIMIT)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_between_characters() {
        let text = "é".repeat(LIMIT);
        let paste = Paste::take(&text);
        assert_eq!(paste.cut_at(), Some(LIMIT));
        assert!(paste.text().len() <= LIMIT);
        assert_eq!(paste.into_input().as_str().len(), LIMIT);
    }

    #[test]
    fn white_space_does_not_count() {
        let text = format!("{}https://a.example/", " ".repeat(10 * LIMIT));
        let paste = Paste::take(&text);
        assert_eq!(paste.cut_at(), None);
        assert_eq!(paste.into_input().as_str(), "https://a.example/");
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(
            format!("{:?}", Pasted("secret".to_owned())),
            "Pasted(redacted)"
        );
    }
}
