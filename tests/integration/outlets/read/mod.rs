//! Documents as parsers of their formats read them.

mod chat;
mod data;
mod lines;
mod mail;
mod markup;
mod prose;
mod schedule;

pub(crate) use chat::*;
pub(crate) use data::*;
pub(crate) use lines::*;
pub(crate) use mail::*;
pub(crate) use markup::*;
pub(crate) use prose::*;
pub(crate) use schedule::*;

/// What a document is made of, and what it says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Reading {
    /// What no stranger has a say in: elements, addresses, headers, keys, lines.
    pub(crate) frame: Vec<String>,
    /// Texts, in their order.
    pub(crate) said: Vec<String>,
    /// Whether white space means nothing in it.
    pub(crate) is_loose: bool,
}

impl Reading {
    /// Of a format in which white space means nothing.
    pub(crate) fn loose() -> Self {
        Self {
            is_loose: true,
            ..Self::default()
        }
    }
}

impl Reading {
    /// With every part put through a function.
    pub(crate) fn map(self, change: impl Fn(&String) -> String) -> Self {
        Self {
            frame: self.frame.iter().map(&change).collect(),
            said: self.said.iter().map(&change).collect(),
            is_loose: self.is_loose,
        }
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.is_loose |= other.is_loose;
        self.frame.extend(other.frame);
        self.said.extend(other.said);
    }

    pub(crate) fn frame(&mut self, part: impl Into<String>) {
        self.frame.push(part.into());
    }

    pub(crate) fn say(&mut self, text: impl Into<String>) {
        self.said.push(masked(&text.into()));
    }
}

/// Whether a screen would obey a character, or show what is around it in another order.
pub(crate) fn steers(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text of a document in which nothing steers a screen.
pub(crate) fn harmless(document: &[u8]) -> &str {
    let text = std::str::from_utf8(document).expect("the document is UTF-8");
    if let Some(at) = text.find(steers) {
        let from = text[..at]
            .char_indices()
            .rev()
            .nth(40)
            .map_or(0, |(at, _)| at);
        let part: String = text[from..].chars().take(80).collect();
        panic!("a screen would obey {part:?}");
    }
    text
}

/// A text without what changes from run to run: digests and instants.
pub(crate) fn masked(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let hex = rest.bytes().take_while(u8::is_ascii_hexdigit).count();
        if hex == 64 {
            shown.push_str("DIGEST");
            rest = &rest[64..];
        } else if let Some(uuid) = rest.strip_prefix("urn:uuid:") {
            // It follows from the title.
            shown.push_str("UUID");
            rest = &uuid[36..];
        } else if let Some(length) = instant(rest) {
            shown.push_str("INSTANT");
            rest = rest[length..].trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
        } else {
            let end = if hex > 1 { hex } else { c.len_utf8() };
            shown.push_str(&rest[..end]);
            rest = &rest[end..];
        }
    }
    shown
}

/// How long an instant is that a text begins with, as it is written or part of a file's name.
fn instant(text: &str) -> Option<usize> {
    let fits = |(byte, form): (u8, u8)| match form {
        b'd' => byte.is_ascii_digit(),
        b'T' => matches!(byte, b'T' | b' '),
        other => byte == other,
    };
    let is = |form: &&str| text.len() > form.len() && text.bytes().zip(form.bytes()).all(fits);
    ["dddd-dd-ddTdd:dd:dd", "dddd-dd-ddTddddddZ"]
        .iter()
        .find(|form| is(form))
        .map(|form| form.len())
}
