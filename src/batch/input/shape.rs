//! What a text holds: rows of cells, JSON lines, or links.

use crate::link::{self, Kind};

use super::delimiter::{self, Guess};
use super::error::Fault;
use super::lines::decode;

/// How a text is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Behind a header line, with a line `sep=…` before it or not.
    Delimited { delimiter: u8, has_sep_line: bool },
    /// An object on each line.
    JsonLines,
    /// A link on each line.
    Links,
}

/// Whether a sample is all there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    Whole,
    Beginning,
}

/// Tells the shape of a text from its beginning.
pub(super) fn tell(sample: &[u8], extent: Extent) -> Result<Shape, Fault> {
    refuse_binary(sample)?;
    let sample = match extent {
        Extent::Whole => sample,
        Extent::Beginning => whole_lines(sample),
    };
    let text = decode(sample);
    let mut lines = text.split(['\r', '\n']);
    let Some(first) = lines.find(|line| !line.trim().is_empty()) else {
        return match extent {
            Extent::Whole => Err(Fault::Empty),
            Extent::Beginning => Ok(delimited(b',')),
        };
    };
    if let Some(delimiter) = delimiter::named(first) {
        return Ok(Shape::Delimited {
            delimiter,
            has_sep_line: true,
        });
    }
    let next = lines.find(|line| !line.trim().is_empty());
    match first.trim_start().as_bytes() {
        [b'{', ..] if first.trim() == "{" => Err(Fault::JsonSpread),
        [b'{', ..] => Ok(Shape::JsonLines),
        [b'[', ..] if is_array(first, next) => Err(Fault::JsonArray),
        _ => markup(first).map_or_else(|| rows_or_links(&text, sample, first), Err),
    }
}

const fn delimited(delimiter: u8) -> Shape {
    Shape::Delimited {
        delimiter,
        has_sep_line: false,
    }
}

fn rows_or_links(text: &str, sample: &[u8], first: &str) -> Result<Shape, Fault> {
    let guess = delimiter::guess(sample);
    if guess.known > 0 || link::judge(first).kind() == Kind::None {
        return Ok(delimited(guess.delimiter));
    }
    if is_table(guess) {
        let line = text
            .lines()
            .take_while(|line| line.trim().is_empty())
            .count();
        return Err(Fault::NoHeaders {
            line: line as u64 + 1,
        });
    }
    Ok(Shape::Links)
}

/// Whether every row has as many cells, and more than one.
const fn is_table(guess: Guess) -> bool {
    guess.cells > 1 && guess.rows > 1 && guess.even == 1000
}

/// The lines that are all there; the last one may have been cut.
fn whole_lines(sample: &[u8]) -> &[u8] {
    match memchr::memrchr2(b'\r', b'\n', sample) {
        Some(last) => &sample[..last],
        None => sample,
    }
}

fn is_array(first: &str, next: Option<&str>) -> bool {
    let inside = first.trim_start()[1..].trim_start();
    let begins = if inside.is_empty() {
        next.map_or("", str::trim_start)
    } else {
        inside
    };
    begins.starts_with(['{', '[', '"']) || inside.starts_with(']')
}

fn markup(first: &str) -> Option<Fault> {
    let start: String = first.trim_start().chars().take(9).collect();
    let start = start.to_ascii_lowercase();
    let is_markup = ["<!doctype", "<html", "<?xml", "<table", "<head", "<meta"]
        .iter()
        .any(|tag| start.starts_with(tag));
    is_markup.then_some(Fault::Format {
        what: "HTML or XML",
        todo: "open it in a spreadsheet program and save it as XLSX or CSV",
    })
}

/// UTF-16 without a byte order mark has a zero byte beside every Latin letter.
fn refuse_binary(sample: &[u8]) -> Result<(), Fault> {
    const LOOKED_AT: usize = 1024;
    let start = &sample[..sample.len().min(LOOKED_AT)];
    let zeros = |odd: usize| {
        let bytes = start.iter().skip(odd).step_by(2);
        bytes.filter(|byte| **byte == 0).count()
    };
    match (zeros(0), zeros(1)) {
        (0, 0) if memchr::memchr(0, sample).is_none() => Ok(()),
        (0, many) | (many, 0) if many * 8 > start.len() => Err(Fault::Utf16),
        _ => Err(Fault::NotText),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Result<Shape, String> {
        tell(text.as_bytes(), Extent::Whole).map_err(|fault| fault.to_string())
    }

    const LINK: &str = "https://learn.microsoft.com/api/credentials/share/en-us/a/F41008EF3A8CBCE4";

    #[test]
    fn shapes_are_told_by_what_a_text_holds() {
        for (text, shape) in [
            ("name,link\n", delimited(b',')),
            ("link\nhttps://a.example/\n", delimited(delimiter::NONE)),
            ("Wer\nJane\n", delimited(delimiter::NONE)),
            ("{\"link\":1}\n", Shape::JsonLines),
            ("\n  {\"link\":1}", Shape::JsonLines),
            (LINK, Shape::Links),
            (&format!("\n{LINK}\n{LINK}\n"), Shape::Links),
            (&format!("- {LINK}\nnote\n"), Shape::Links),
            (&format!("[Jane]({LINK})\n"), Shape::Links),
            (&format!("<{LINK}>\n"), Shape::Links),
            (&format!("{LINK}?a=1,2\n{LINK}\n"), Shape::Links),
            (
                "learn.microsoft.com/api/credentials/F41008EF3A8CBCE4",
                Shape::Links,
            ),
            (
                "sep=;\nname;link\n",
                Shape::Delimited {
                    delimiter: b';',
                    has_sep_line: true,
                },
            ),
        ] {
            assert_eq!(told(text), Ok(shape), "{text:?}");
        }
    }

    #[test]
    fn what_is_no_list_says_what_to_do() {
        for (text, part) in [
            ("", "is empty"),
            (" \n\r\n", "is empty"),
            ("[{\"link\":1}]", "JSON array"),
            ("[\n {\"link\":1}\n]", "JSON array"),
            ("{\n \"link\": 1\n}", "several lines"),
            ("<html><table>", "HTML or XML"),
            ("l\0i\0n\0k\0\n\0", "UTF-16"),
            ("\0l\0i\0n\0k\0\n", "UTF-16"),
            ("link\n\0\0\0", "zero bytes"),
            (
                &format!("\n{LINK},Jane\n{LINK},John\n"),
                "line 2 holds a link",
            ),
        ] {
            let error = told(text).unwrap_err();
            assert!(error.contains(part), "{text:?}: {error}");
        }
    }

    #[test]
    fn a_line_that_the_sample_cuts_is_not_judged() {
        let text = "name;link\na;b\nc;d;e;f,,";
        assert_eq!(
            tell(text.as_bytes(), Extent::Beginning).unwrap(),
            delimited(b';')
        );
    }
}
