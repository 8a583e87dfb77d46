//! A table of GitHub's Markdown, in which no stranger's text becomes markup or a link.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::super::neutral;
use super::super::words;
use super::column::{Column, Value, own_names};
use super::note::Notes;
use super::{Closing, Heading, Sheet, SheetRow, mark};

/// The most characters of one cell.
const SHOWN: usize = 500;

/// What is written beside the input's own columns. `title` may be a link, to the genuine
/// address alone.
const COLUMNS: [Column; 8] = [
    Column::Outcome,
    Column::Status,
    Column::Title,
    Column::Holder,
    Column::HolderMatch,
    Column::ExpiresOn,
    Column::Findings,
    Column::NextStep,
];

pub(super) struct Markdown<W> {
    out: W,
    own: usize,
    columns: Vec<Column>,
    as_of: String,
    notes: Notes,
}

impl<W: Write> Markdown<W> {
    pub(super) fn open(heading: &Heading, mut out: W) -> io::Result<Self> {
        let mut columns = COLUMNS.to_vec();
        let added = Column::of_contract(heading);
        columns.extend(added.into_iter().filter(|column| {
            matches!(
                column,
                Column::Role
                    | Column::RoleMet
                    | Column::RoleMetBy
                    | Column::RoleMissing
                    | Column::Change
            )
        }));
        let own = own_names(&heading.columns, &columns);
        let mut header = String::from("| row |");
        let mut rule = String::from("\n|---:|");
        let ours = columns.iter().map(|column| column.name().to_owned());
        for name in own.into_iter().chain(ours) {
            let _ = write!(header, " {} |", escaped(&name));
            rule += "---|";
        }
        rule.push('\n');
        out.write_all((header + &rule).as_bytes())?;
        Ok(Self {
            out,
            own: heading.columns.len(),
            columns,
            as_of: words::instant(heading.as_of),
            notes: Notes::default(),
        })
    }
}

impl<W: Write + Send> Sheet for Markdown<W> {
    fn row(&mut self, row: &SheetRow<'_>) -> io::Result<()> {
        let mut line = format!("| {} |", row.number);
        for cell in row.own_cells(self.own) {
            let _ = write!(line, " {} |", escaped(cell));
        }
        for column in &self.columns {
            let _ = write!(line, " {} |", cell(*column, row));
        }
        line.push('\n');
        self.notes.see(row);
        self.out.write_all(line.as_bytes())
    }

    fn finish(mut self: Box<Self>, closing: &Closing) -> io::Result<()> {
        let mut end = format!("\n{}\n", closing.in_words(&self.as_of));
        let notes = self.notes.sentences();
        let gone = closing.gone.iter().map(|gone| format!("Gone: {gone}"));
        for line in notes.into_iter().chain(gone) {
            let _ = write!(end, "\n- {}", escaped(&line));
        }
        if end.contains("\n- ") {
            end.push('\n');
        }
        let _ = writeln!(end, "\n{}", mark::comment(&closing.totals));
        self.out.write_all(end.as_bytes())?;
        self.out.flush()
    }
}

fn cell(column: Column, row: &SheetRow<'_>) -> String {
    match column.value(row) {
        Value::Nothing => String::new(),
        Value::Word(word) if matches!(word, "failed" | "not determined") => format!("**{word}**"),
        Value::Word(word) => word.to_owned(),
        Value::Instant(text) => text.get(..10).unwrap_or(text).to_owned(),
        Value::Day(text) => text.to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Flag(is_so) => is_so.to_string(),
        Value::Text(codes) if column == Column::Findings => escaped(&codes.replace(';', "; ")),
        Value::Text(title) if column == Column::Title => match row.headline().genuine_link() {
            // It is made of parts that hold none of Markdown's characters.
            Some(link) => format!("[{}](<{link}>)", plain(&one_line(&title))),
            None => escaped(&title),
        },
        Value::Text(text) => escaped(&text),
    }
}

/// Text for a cell. A word that a renderer would turn into a link by itself is shown as
/// code, and code is never a link.
fn escaped(text: &str) -> String {
    let text = one_line(text);
    let words = text.split(' ').map(|word| {
        let lower = word.to_ascii_lowercase();
        if lower.contains("://") || lower.contains("www.") || lower.contains('@') {
            code(word)
        } else {
            plain(word)
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

fn one_line(text: &str) -> String {
    let text = neutral::document(text);
    let text = neutral::shortened(&text, SHOWN);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn plain(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | '#' | '!' => {
                safe.push('\\');
                safe.push(c);
            }
            _ => safe.push(c),
        }
    }
    safe
}

/// A code span with a fence longer than any inside.
fn code(text: &str) -> String {
    // A table ends its cell at any bar that has no backslash before it, in code too, and
    // renderers disagree on what becomes of the backslash.
    let text = text.replace('|', "\\u{7c}");
    let mut longest = 0;
    let mut run = 0;
    for c in text.chars() {
        run = if c == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat(longest + 1);
    let gap = if longest > 0 || text.ends_with('\\') {
        " "
    } else {
        ""
    };
    format!("{fence}{gap}{text}{gap}{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strangers_text_stays_text() {
        for (text, expected) in [
            ("Jane | Doe", "Jane \\| Doe"),
            ("a\r\nb\tc", "a b c"),
            ("<img src=x>", "&lt;img src=x&gt;"),
            ("[x](y)", "\\[x\\](y)"),
            ("a\\|b", "a\\\\\\|b"),
            ("*_`~$#!", "\\*\\_\\`\\~\\$\\#\\!"),
            ("https://a.example/?x=1&y", "`https://a.example/?x=1&y`"),
            ("WWW.a.example", "`WWW.a.example`"),
            ("j@x.example", "`j@x.example`"),
            ("https://a|b", "`https://a\\u{7c}b`"),
            ("`https://a``", "``` `https://a`` ```"),
            ("see *http://a b*", "see `*http://a` b\\*"),
            ("a\u{202e}b\0", "a\\\\u{202e}b\\\\u{0}"),
            ("", ""),
        ] {
            assert_eq!(escaped(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_long_cell_is_cut_and_says_so() {
        assert!(escaped(&"x".repeat(40_000)).ends_with("x… (40000 characters)"));
    }
}
