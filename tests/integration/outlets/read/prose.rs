//! Markdown, `AsciiDoc` and reStructuredText.

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag};

use super::{Reading, harmless};

/// Markdown with every extension that a renderer may have.
pub(crate) fn markdown(document: &[u8]) -> Reading {
    let mut reading = Reading::loose();
    let mut said = String::new();
    let options = Options::all() - Options::ENABLE_SMART_PUNCTUATION;
    for event in Parser::new_ext(harmless(document), options) {
        let text = match event {
            Event::Text(text) | Event::Code(text) => text,
            Event::SoftBreak | Event::HardBreak => CowStr::Borrowed(" "),
            other => {
                reading.frame("text");
                reading.say(std::mem::take(&mut said));
                reading.frame(match other {
                    Event::Start(Tag::Link { dest_url, .. }) => format!("link {dest_url}"),
                    Event::Start(Tag::Image { dest_url, .. }) => format!("image {dest_url}"),
                    other => format!("{other:?}"),
                });
                continue;
            }
        };
        said += &text;
    }
    assert!(said.is_empty());
    reading
}

/// Inline pictures of `AsciiDoc`: `image:address["said",link="link"]`, one a line, in which no
/// character of what is said has a meaning of its own.
pub(crate) fn asciidoc(document: &[u8]) -> Reading {
    let mut reading = Reading::default();
    for line in harmless(document).split_terminator('\n') {
        let (address, rest) = line
            .strip_prefix("image:")
            .unwrap()
            .split_once("[\"")
            .unwrap();
        let (said, rest) = rest.split_once('"').unwrap();
        let is_plain = |c: char| !c.is_ascii_punctuation() || "-,&#;".contains(c);
        assert!(said.chars().all(is_plain), "mark-up in {said}");
        reading.frame(format!("{address} {rest}"));
        reading.say(numbered(said));
    }
    reading
}

/// Text with `&#NUMBER;` read.
fn numbered(text: &str) -> String {
    let mut parts = text.split("&#");
    let mut shown = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (number, rest) = part.split_once(';').unwrap();
        shown.push(char::from_u32(number.parse().unwrap()).unwrap());
        shown += rest;
    }
    shown
}

/// `image` directives of reStructuredText: the options of each stand in lines of their own,
/// and what is behind `:alt:` is taken as it is.
pub(crate) fn restructured(document: &[u8]) -> Reading {
    let mut reading = Reading::default();
    for block in harmless(document).trim_end_matches('\n').split("\n\n") {
        let mut lines = block.split('\n');
        reading.frame(lines.next().unwrap());
        reading.say(lines.next().unwrap().strip_prefix("   :alt: ").unwrap());
        reading.frame.extend(lines.map(str::to_owned));
    }
    reading
}

/// Addresses, one a line: each has its parts, and only values of its query are said.
pub(crate) fn addresses(document: &[u8]) -> Reading {
    let mut reading = Reading::default();
    for line in harmless(document).split_terminator('\n') {
        let url = url::Url::parse(line).unwrap();
        assert_eq!(url.as_str(), line, "an address that is read as another");
        reading.frame(format!(
            "{}{}",
            url.origin().ascii_serialization(),
            url.path()
        ));
        assert_eq!(url.fragment(), None);
        for (name, value) in url.query_pairs() {
            reading.frame(name);
            reading.say(value);
        }
    }
    reading
}
