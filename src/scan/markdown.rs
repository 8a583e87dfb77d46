//! Markdown: links inline, by reference and in angle brackets, and HTML among them.

use html5gum::{Token, Tokenizer};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::draft::Draft;
use super::text::{LineSort, MOST_TEXT, Text};
use super::{ScanError, html, plain};

pub(super) fn read(bytes: &[u8]) -> Result<Text, ScanError> {
    let text = plain::decode(bytes);
    if text.len() > MOST_TEXT {
        return Err(ScanError::Bomb("more than 16 MiB of text"));
    }
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut draft = Draft::new();
    let mut lines = LineCount::new(&text);
    for (event, range) in Parser::new_ext(&text, options).into_offset_iter() {
        if matches!(
            event,
            Event::Text(_) | Event::Code(_) | Event::InlineHtml(_)
        ) {
            draft.at_line(lines.of(range.start));
        }
        read_event(&mut draft, event);
    }
    draft.finish()
}

fn read_event(draft: &mut Draft, event: Event<'_>) {
    match event {
        Event::Start(tag) => start(draft, &tag),
        Event::End(tag) => end(draft, tag),
        Event::Text(text) | Event::Code(text) => push_lines(draft, &text),
        Event::Html(markup) | Event::InlineHtml(markup) => read_markup(draft, &markup),
        Event::SoftBreak | Event::HardBreak => draft.end_line(),
        _ => {}
    }
}

/// A block of code is one text with line breaks in it.
fn push_lines(draft: &mut Draft, text: &str) {
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            draft.end_line();
        }
        draft.push(line);
    }
}

/// Markup inside the text comes a tag at a time.
fn read_markup(draft: &mut Draft, markup: &str) {
    for token in Tokenizer::new(markup).map_while(Result::ok) {
        match token {
            Token::StartTag(tag) => html::start(draft, &tag),
            Token::EndTag(tag) => html::end(draft, &tag.name),
            Token::String(text) => draft.push_collapsed(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
}

fn start(draft: &mut Draft, tag: &Tag<'_>) {
    match tag {
        Tag::Link { dest_url, .. } => draft.open_link(dest_url),
        Tag::Heading { .. } => draft.set_sort(LineSort::Heading),
        Tag::Item => {
            draft.end_paragraph();
            draft.set_sort(LineSort::Item);
        }
        Tag::TableHead | Tag::TableRow => draft.begin_row(),
        Tag::TableCell => draft.push(" "),
        _ => {}
    }
}

fn end(draft: &mut Draft, tag: TagEnd) {
    match tag {
        TagEnd::Link => draft.close_link(),
        TagEnd::TableHead | TagEnd::TableRow => draft.end_row(),
        TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::CodeBlock => {
            draft.end_paragraph();
        }
        _ => {}
    }
}

/// Counts lines up to places that mostly go forward.
struct LineCount<'a> {
    text: &'a str,
    at: usize,
    line: u32,
}

impl<'a> LineCount<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            line: 1,
        }
    }

    fn of(&mut self, at: usize) -> u32 {
        if let Some(passed) = self.text.as_bytes().get(self.at..at) {
            let breaks = memchr::memchr_iter(b'\n', passed).count();
            self.line += u32::try_from(breaks).unwrap_or(u32::MAX);
            self.at = at;
        }
        self.line
    }
}
