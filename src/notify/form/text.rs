//! Plain text: the body of a mail, and standard output.

use std::fmt::Write as _;

use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

use crate::notify::message::{Message, Section};
use crate::notify::words::Words;

/// Columns that every mail program shows.
const WIDTH: usize = 76;

/// Writes a message as text; lines end in LF. `attached` says that a calendar comes along.
pub(in crate::notify) fn write(message: &Message, words: &Words, attached: bool) -> String {
    let mut text = format!("{}\n\n{}\n", message.greeting, wrapped(&message.intro, ""));
    for section in &message.sections {
        text.push('\n');
        write_section(&mut text, section, words);
    }
    if attached {
        let _ = write!(text, "\n{}\n", wrapped(&words.calendar, ""));
    }
    let _ = write!(text, "\n-- \n{}\n", wrapped(&message.footer, ""));
    text
}

fn write_section(text: &mut String, section: &Section, words: &Words) {
    let title = format!("{}: {}", section.headline, section.title);
    let _ = writeln!(text, "* {}", wrapped(&title, "  "));
    let mut line = |said: &str| {
        let _ = writeln!(text, "  {}", wrapped(said, "  "));
    };
    if let Some(held_by) = &section.held_by {
        line(held_by);
    }
    if !section.fact.is_empty() {
        line(&section.fact);
    }
    line(&format!("{}: {}", words.what_to_do, section.todo));
    if let Some(link) = &section.credential {
        line(&format!("{}: {}", link.label, link.url));
    }
}

/// Wraps, and never breaks an address.
fn wrapped(text: &str, indent: &str) -> String {
    let options = Options::new(WIDTH - 2)
        .subsequent_indent(indent)
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    textwrap::fill(text, options)
}
