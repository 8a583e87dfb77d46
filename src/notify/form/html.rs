//! The HTML body of a mail. Everything is escaped by the template.

use askama::Template;

use crate::notify::message::{Message, Section, Tone};
use crate::notify::words::Words;
use crate::report::request::Language;

#[derive(Debug, Template)]
#[template(path = "notify/form/mail.html", config = "src/notify/form/askama.toml")]
struct Mail<'m> {
    language: &'static str,
    message: &'m Message,
    words: &'m Words,
    attached: bool,
}

impl Mail<'_> {
    /// A colour beside the words that say the same; readable on white and on black.
    fn colour(section: &Section) -> &'static str {
        match section.tone {
            Tone::Good => "#1a7f37",
            Tone::Calm => "#0a66c2",
            Tone::Soon => "#b35900",
            Tone::Grave => "#cf222e",
        }
    }
}

/// Writes a message as HTML. `attached` says that a calendar comes along.
pub(in crate::notify) fn write(
    message: &Message,
    language: Language,
    attached: bool,
) -> Result<String, askama::Error> {
    let mail = Mail {
        language: language.as_str(),
        message,
        words: Words::of(language),
        attached,
    };
    mail.render()
}
