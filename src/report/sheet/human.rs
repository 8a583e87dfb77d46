//! A table for people on a terminal: a line for each row, and beneath it what was found.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::super::neutral::{terminal, terminal_line};
use super::super::style::{self, Look};
use super::super::words;
use super::column::missing;
use super::label::Label;
use super::mark;
use super::note::Notes;
use super::{Closing, Heading, Sheet, SheetRow};
use crate::check::Outcome;

/// From this width on the title has a column of its own.
const WIDE: usize = 100;
/// Columns of the terminal for the row's number, the outcome, the status and the end.
const NUMBER: usize = 5;
const OUTCOME: usize = 14;
const STATUS: usize = 13;
const END: usize = 10;
/// What the lines beneath begin with.
const INDENT: &str = "       ";

pub(super) struct Human<W> {
    out: W,
    look: Look,
    label: Label,
    as_of: String,
    notes: Notes,
}

impl<W: Write> Human<W> {
    pub(super) fn open(heading: &Heading, out: W, look: Look) -> io::Result<Self> {
        let look = Look {
            width: look.width.max(70),
            ..look
        };
        let mut this = Self {
            out,
            look,
            label: Label::of(heading),
            as_of: words::instant(heading.as_of),
            notes: Notes::default(),
        };
        let mut line = format!(
            "{:>NUMBER$}  {}  {:<OUTCOME$}  {:<STATUS$}",
            "row",
            fitted("who", this.name_width()),
            "outcome",
            "status"
        );
        if let Some(width) = this.title_width() {
            let _ = write!(line, "  {}", fitted("title", width));
        }
        line += "  expires";
        let painted = this.look.paint(style::quiet(), &line);
        writeln!(this.out, "{painted}")?;
        Ok(this)
    }

    fn title_width(&self) -> Option<usize> {
        let others = NUMBER + OUTCOME + STATUS + END + 5 * 2;
        (self.look.width >= WIDE).then(|| self.look.width - others - self.name_width())
    }

    fn name_width(&self) -> usize {
        match self.look.width {
            wide if wide >= WIDE => 20,
            narrow => (narrow - NUMBER - OUTCOME - STATUS - END - 4 * 2).min(30),
        }
    }

    fn first_line(&self, row: &SheetRow<'_>) -> String {
        let one = row.headline();
        let (outcome, word) = match one.outcome {
            "passed" => (Outcome::Passed, "passed"),
            "failed" => (Outcome::Failed, "FAILED"),
            _ => (Outcome::Undetermined, "not determined"),
        };
        let name = terminal(self.label.find(row));
        let outcome_word = format!("{word:<OUTCOME$}");
        let status_word = format!("{:<STATUS$}", one.status);
        let mut line = format!(
            "{:>NUMBER$}  {}  {}  {}",
            row.number,
            fitted(&name, self.name_width()),
            self.look.paint(style::of_outcome(outcome), &outcome_word),
            self.look.paint(style::of_status(one.sort()), &status_word),
        );
        if let Some(width) = self.title_width() {
            let _ = write!(line, "  {}", fitted(&title(row), width));
        }
        let expires = one.credential.expires_on.as_deref();
        let _ = write!(
            line,
            "  {}",
            expires.and_then(|at| at.get(..10)).unwrap_or("-")
        );
        line
    }

    /// What does not stand in the first line: each begins a line of its own.
    fn beneath(&self, row: &SheetRow<'_>) -> Vec<String> {
        let one = row.headline();
        let mut lines = Vec::new();
        if self.title_width().is_none() && one.credential.title.is_some() {
            lines.push(title(row));
        }
        if !one.findings.is_empty() {
            let codes: Vec<_> = one.findings.iter().map(|finding| finding.code).collect();
            lines.push(codes.join(", "));
        }
        if let Some(role) = row.role {
            let missing = match missing(role).as_str() {
                "" => String::new(),
                missing => format!("; missing: {missing}"),
            };
            lines.push(format!("role {}: {}{missing}", role.name, role.state));
        }
        if let Some(change) = row.change.filter(|change| change.kind != "unchanged") {
            let message = match change.message.as_str() {
                "" => String::new(),
                message => format!(": {message}"),
            };
            lines.push(format!("{}{message}", change.kind));
        }
        let others = row.others().count();
        if others > 0 {
            let others = i64::try_from(others).unwrap_or(i64::MAX);
            let more = words::count(others, "more credential", "more credentials");
            lines.push(format!("{more} in the same transcript: see --format json"));
        }
        lines
    }

    fn wrapped(&self, text: &str, indent: &str) -> String {
        let options = textwrap::Options::new(self.look.width)
            .initial_indent(indent)
            .subsequent_indent(indent)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .word_separator(textwrap::WordSeparator::AsciiSpace);
        textwrap::fill(text, options) + "\n"
    }
}

impl<W: Write + Send> Sheet for Human<W> {
    fn row(&mut self, row: &SheetRow<'_>) -> io::Result<()> {
        let mut text = self.first_line(row).trim_end().to_owned() + "\n";
        for line in self.beneath(row) {
            text += &self.wrapped(&terminal_line(&line), INDENT);
        }
        self.notes.see(row);
        self.out.write_all(text.as_bytes())
    }

    fn finish(mut self: Box<Self>, closing: &Closing) -> io::Result<()> {
        let mut text = String::from("\n");
        let gone = closing.gone.iter().map(|gone| format!("Gone: {gone}"));
        let sentences = std::iter::once(closing.in_words(&self.as_of));
        let notes = self.notes.sentences();
        for line in sentences.chain(notes).chain(gone) {
            text += &self.wrapped(&terminal_line(&line), "");
        }
        // A line of its own: a later run reads it.
        text += &mark::sentence(&closing.totals);
        text.push('\n');
        self.out.write_all(text.as_bytes())?;
        self.out.flush()
    }
}

/// The title without the words that all have.
fn title(row: &SheetRow<'_>) -> String {
    let title = row.headline().credential.title.as_deref().unwrap_or("-");
    terminal(title.strip_prefix("Microsoft Certified: ").unwrap_or(title))
}

/// Text of exactly that many columns of the terminal.
fn fitted(text: &str, width: usize) -> String {
    use textwrap::core::display_width;
    let mut shown = text.to_owned();
    if display_width(&shown) > width {
        while display_width(&shown) >= width && shown.pop().is_some() {}
        shown.push('…');
    }
    let gap = width.saturating_sub(display_width(&shown));
    shown.extend(std::iter::repeat_n(' ', gap));
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_has_its_width_whatever_stands_in_it() {
        for text in [
            "",
            "Jane",
            "a name that is far too long",
            "山田太郎山田太郎",
            "e\u{301}e",
        ] {
            let shown = fitted(text, 10);
            assert_eq!(textwrap::core::display_width(&shown), 10, "{shown:?}");
        }
    }
}
