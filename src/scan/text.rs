//! A document as all formats leave it: lines of text with the links in them.

use std::ops::Range;

/// The most bytes of text of one document.
pub(super) const MOST_TEXT: usize = 16 * 1024 * 1024;

/// The most links of one document.
pub(super) const MOST_ANCHORS: usize = 100_000;

/// Where something stands in a document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Place {
    /// Which part, where there are several: `header`, or the name of an attachment.
    pub part: Option<String>,
    /// The page, from 1, where the format has pages.
    pub page: Option<u32>,
    /// The line, from 1: of the text or the page, or the paragraph of a text document.
    pub line: Option<u32>,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let page = self.page.map(|page| format!("page {page}"));
        let line = self.line.map(|line| format!("line {line}"));
        let parts: Vec<String> = [self.part.clone(), page, line]
            .into_iter()
            .flatten()
            .collect();
        f.write_str(&parts.join(", "))
    }
}

/// A document's text.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub(super) lines: Vec<Line>,
    /// Names in the document's own description: its author, its title.
    pub(super) described: Vec<String>,
}

/// One line.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) place: Place,
    /// Lines of one paragraph or table row share a number.
    pub(super) block: u32,
    pub(super) sort: LineSort,
    pub(super) flow: Flow,
    pub(super) anchors: Vec<Anchor>,
}

/// What a line is in the document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum LineSort {
    #[default]
    Plain,
    /// A heading.
    Heading,
    /// The first line of a list's item.
    Item,
}

/// Whether a word may go on in the next line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Flow {
    /// The line ends where its author ended it.
    #[default]
    Ends,
    /// The line may be broken for its width.
    MayGoOn,
}

/// A link with the text that is shown for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Anchor {
    pub(super) range: Range<usize>,
    pub(super) target: String,
}

impl Line {
    /// Whether nothing can be seen of the line.
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty() && self.anchors.is_empty()
    }
}

/// Marks that begin an item of a list.
pub(super) const BULLETS: &[char] = &[
    '•', '·', '▪', '●', '○', '■', '◦', '‣', '➢', '✓', '*', '-', '–',
];

/// Whether a line of plain text begins an item of a list.
pub(super) fn is_item(text: &str) -> bool {
    let text = text.trim_start();
    let mut letters = text.chars();
    let bullet = letters.next().is_some_and(|c| BULLETS.contains(&c));
    bullet && letters.next().is_some_and(char::is_whitespace)
}
