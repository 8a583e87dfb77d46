//! PDF: the text of each page by line, and the link annotations laid over it.
//!
//! The library parses and unfolds; which glyphs make a line, and which of them a link
//! covers, is told here.

mod font;
mod ink;
mod lines;
mod pages;
mod show;

use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::{Document, Error, LoadOptions, Object};

use super::ScanError;
use super::text::Text;
use lines::Lines;

/// What this format is called in messages.
const WHAT: &str = "a PDF";

/// The most bytes that one stream may unfold into. Each byte may become an object of some
/// dozens, and the streams of a CV that are not pictures have less than one million.
const LARGEST_STREAM: usize = 8 * 1024 * 1024;

/// The most streams of objects, which are all unfolded at the beginning. Each holds some
/// hundred objects.
const MOST_OBJECT_STREAMS: usize = 256;

/// How many characters of a page in a hundred may be unreadable.
const UNREADABLE: usize = 50;

pub(super) fn read(bytes: &[u8]) -> Result<Text, ScanError> {
    stumbling(|| read_document(bytes))
}

/// The parser is a stranger's and what it reads a stranger's too: should it stumble, one file
/// is damaged, and the run goes on.
fn stumbling(read: impl FnOnce() -> Result<Text, ScanError>) -> Result<Text, ScanError> {
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(ScanError::damaged(WHAT, "it cannot be taken apart")))
}

fn read_document(bytes: &[u8]) -> Result<Text, ScanError> {
    let document = open(bytes)?;
    let pages = pages::all(&document)?;
    let mut lines = Lines::default();
    let mut budget = show::Budget::default();
    for (page, number) in pages.iter().zip(1..) {
        let glyphs = show::glyphs(&document, page, &mut budget)?;
        lines.page(number, &glyphs, &pages::links(&document, page));
    }
    let mut text = lines.into_text();
    text.described = description(&document);
    check_readable(&text)?;
    Ok(text)
}

fn open(bytes: &[u8]) -> Result<Document, ScanError> {
    if memchr::memmem::find_iter(bytes, b"/ObjStm").count() > MOST_OBJECT_STREAMS {
        return Err(ScanError::Bomb("more than 256 streams of objects"));
    }
    let options = LoadOptions {
        max_decompressed_size: Some(LARGEST_STREAM),
        ..LoadOptions::default()
    };
    let document =
        Document::load_mem_with_options(bytes, options).map_err(|error| match error {
            Error::InvalidPassword | Error::Decryption(_) => ScanError::Encrypted,
            Error::Decompress(_) => ScanError::Bomb("a stream of more than 8 MiB"),
            other => ScanError::damaged(WHAT, other),
        })?;
    // The empty password was tried: many a PDF is only protected against changes.
    if document.is_encrypted() {
        return Err(ScanError::Encrypted);
    }
    Ok(document)
}

/// The author and the title in the document's description.
fn description(document: &Document) -> Vec<String> {
    let info = document
        .trailer
        .get_deref(b"Info", document)
        .and_then(Object::as_dict);
    let Ok(info) = info else {
        return Vec::new();
    };
    let named = |key: &[u8]| {
        let value = info.get_deref(key, document).ok()?;
        lopdf::decode_text_string(value).ok()
    };
    [&b"Author"[..], b"Title"]
        .into_iter()
        .filter_map(named)
        .collect()
}

/// A scanned page has no text, and a font without names gives signs that mean nothing.
fn check_readable(text: &Text) -> Result<(), ScanError> {
    let letters = || text.lines.iter().flat_map(|line| line.text.chars());
    let seen = letters().filter(|c| !c.is_whitespace()).count();
    let lost = letters().filter(|c| *c == '\u{fffd}').count();
    let linked = text.lines.iter().any(|line| !line.anchors.is_empty());
    if !linked && lost * 100 >= seen * UNREADABLE {
        return Err(ScanError::NoText);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parser_that_panics_costs_its_file_and_no_more() {
        let read = stumbling(|| panic!("a parser met what it did not expect"));
        assert!(matches!(read, Err(ScanError::Damaged { .. })), "{read:?}");
    }
}
