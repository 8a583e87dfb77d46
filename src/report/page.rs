//! Lines of text fitted to a width.

use anstyle::Style;

use super::style::{self, Look};

/// Columns of the labels: with two before them, a SHA-256 in hex still fits into 80.
const LABEL: usize = 14;

/// Lines fitted to a width.
pub(super) struct Page {
    pub(super) look: Look,
    pub(super) text: String,
}

impl Page {
    pub(super) fn new(look: Look) -> Self {
        Self {
            look,
            text: String::new(),
        }
    }

    pub(super) fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    pub(super) fn gap(&mut self) {
        self.line("");
    }

    /// A word in colour, then a title that wraps under itself.
    pub(super) fn headline(&mut self, word: &str, painted: &str, title: &str) {
        let indent = word.chars().count() + 2;
        let wrapped = self.wrap(title, indent);
        self.line(&format!("{painted}  {}", wrapped.trim_start()));
    }

    pub(super) fn wrapped(&mut self, start: &str, text: &str) {
        let wrapped = self.wrap(text, start.chars().count());
        self.line(&format!("{start}{}", wrapped.trim_start()));
    }

    /// A label, then text that wraps in its own column.
    pub(super) fn field(&mut self, label: &str, text: &str) {
        let wrapped = self.wrap(text, LABEL + 2);
        self.line(&format!("  {label:<LABEL$}{}", wrapped.trim_start()));
    }

    pub(super) fn painted_field(&mut self, label: &str, style: Style, text: &str) {
        let wrapped = self.wrap(text, LABEL + 2);
        let label = self.look.paint(style, &format!("{label:<LABEL$}"));
        self.line(&format!("  {label}{}", wrapped.trim_start()));
    }

    pub(super) fn quiet_field(&mut self, label: &str, text: &str) {
        let wrapped = self.wrap(text, LABEL + 2);
        let line = format!("{label:<LABEL$}{}", wrapped.trim_start());
        let painted = self.look.paint(style::quiet(), &line);
        self.line(&format!("  {painted}"));
    }

    fn wrap(&self, text: &str, indent: usize) -> String {
        let indent = " ".repeat(indent);
        let options = textwrap::Options::new(self.look.width.max(40))
            .initial_indent(&indent)
            .subsequent_indent(&indent)
            // Addresses and digests stay whole, so that they can be copied.
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .break_words(false);
        textwrap::fill(text, options)
    }
}
