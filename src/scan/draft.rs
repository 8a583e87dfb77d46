//! Puts lines together from the pieces that a format's reader meets.

use super::ScanError;
use super::text::{Anchor, Flow, Line, LineSort, MOST_ANCHORS, MOST_TEXT, Place, Text};

/// How deep paragraphs may stand inside each other, as text boxes do.
const DEEPEST: usize = 32;

/// A text in the making.
#[derive(Debug, Default)]
pub(super) struct Draft {
    text: Text,
    part: Option<String>,
    block: u32,
    number: u32,
    open: Vec<Open>,
    bytes: usize,
    anchors: usize,
    rows: usize,
}

/// A paragraph that is not ended.
#[derive(Debug, Default)]
struct Open {
    text: String,
    sort: LineSort,
    anchors: Vec<Anchor>,
    link: Option<(usize, String)>,
    number: Option<u32>,
}

impl Draft {
    pub(super) fn new() -> Self {
        Self {
            open: vec![Open::default()],
            ..Self::default()
        }
    }

    /// Begins another part, whose lines are counted afresh.
    pub(super) fn part(&mut self, name: Option<String>) {
        self.end_paragraph();
        self.part = name;
        self.number = 0;
    }

    fn current(&mut self) -> &mut Open {
        if self.open.is_empty() {
            self.open.push(Open::default());
        }
        self.open.last_mut().expect("one was just put there")
    }

    /// Adds text as it is.
    pub(super) fn push(&mut self, text: &str) {
        self.bytes += text.len();
        if self.bytes <= MOST_TEXT {
            self.current().text.push_str(text);
        }
    }

    /// Adds text in which white space is one space, as in HTML.
    pub(super) fn push_collapsed(&mut self, text: &str) {
        let mut folded = String::with_capacity(text.len());
        let mut spaced =
            self.current().text.ends_with(char::is_whitespace) || self.current().text.is_empty();
        for c in text.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
                if !spaced {
                    folded.push(' ');
                }
                spaced = true;
            } else {
                folded.push(c);
                spaced = false;
            }
        }
        self.push(&folded);
    }

    /// Begins a link.
    pub(super) fn open_link(&mut self, target: &str) {
        self.close_link();
        self.bytes += target.len();
        self.anchors += 1;
        if self.anchors > MOST_ANCHORS || self.bytes > MOST_TEXT {
            return;
        }
        let current = self.current();
        current.link = Some((current.text.len(), target.to_owned()));
    }

    /// Ends the link that is open, if one is.
    pub(super) fn close_link(&mut self) {
        let current = self.current();
        if let Some((start, target)) = current.link.take() {
            let range = start..current.text.len();
            current.anchors.push(Anchor { range, target });
        }
    }

    /// A link of a picture, which shows no text.
    pub(super) fn bare_link(&mut self, target: &str) {
        let outer = self.current().link.take();
        self.open_link(target);
        self.close_link();
        self.current().link = outer;
    }

    pub(super) fn set_sort(&mut self, sort: LineSort) {
        self.current().sort = sort;
    }

    /// The line of the source at which the text stands, where the format has such.
    pub(super) fn at_line(&mut self, number: u32) {
        let current = self.current();
        if current.number.is_none() {
            current.number = Some(number);
        }
    }

    /// Ends a line within a paragraph; an open link goes on in the next.
    pub(super) fn end_line(&mut self) {
        let open_link = self
            .current()
            .link
            .as_ref()
            .map(|(_, target)| target.clone());
        self.close_link();
        let done = std::mem::take(self.current());
        self.number += 1;
        let place = Place {
            part: self.part.clone(),
            page: None,
            line: Some(done.number.unwrap_or(self.number)),
        };
        let line = Line {
            text: done.text,
            place,
            block: self.block,
            sort: done.sort,
            flow: Flow::Ends,
            anchors: done.anchors,
        };
        if !line.is_blank() {
            self.text.lines.push(line);
        }
        if let Some(target) = open_link {
            self.current().link = Some((0, target));
        }
    }

    /// Ends a paragraph. Within a table's row the paragraphs stay together.
    pub(super) fn end_paragraph(&mut self) {
        self.close_link();
        self.end_line();
        if self.rows == 0 {
            self.block += 1;
        }
    }

    /// Begins a row of a table.
    pub(super) fn begin_row(&mut self) {
        self.end_paragraph();
        self.block += 1;
        self.rows += 1;
    }

    /// Ends a row of a table.
    pub(super) fn end_row(&mut self) {
        self.end_paragraph();
        self.rows = self.rows.saturating_sub(1);
        self.block += 1;
    }

    /// Begins a paragraph inside another one.
    pub(super) fn begin_inner(&mut self) {
        if self.open.len() < DEEPEST {
            self.open.push(Open::default());
        } else {
            self.end_paragraph();
        }
    }

    /// Ends a paragraph inside another one.
    pub(super) fn end_inner(&mut self) {
        self.end_paragraph();
        if self.open.len() > 1 {
            self.open.pop();
        }
    }

    /// A name in the document's description.
    pub(super) fn described(&mut self, name: String) {
        self.text.described.push(name);
    }

    /// The text.
    ///
    /// # Errors
    /// [`ScanError::Bomb`] where there is more of it than in any CV.
    pub(super) fn finish(mut self) -> Result<Text, ScanError> {
        while self.open.len() > 1 {
            self.end_inner();
        }
        self.end_paragraph();
        if self.bytes > MOST_TEXT {
            return Err(ScanError::Bomb("more than 16 MiB of text"));
        }
        if self.anchors > MOST_ANCHORS {
            return Err(ScanError::Bomb("more than 100,000 links"));
        }
        Ok(self.text)
    }
}
