//! Which format a file is: by its content first, by the end of its name second.

use super::error::Sort;
use super::{ScanError, plain};

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Portable Document Format.
    Pdf,
    /// Office Open XML, as Word writes it.
    Docx,
    /// A web page.
    Html,
    /// Markdown.
    Markdown,
    /// Plain text.
    Text,
    /// A mail, with what is attached to it.
    Mail,
}

impl Format {
    /// The word used in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Html => "html",
            Self::Markdown => "markdown",
            Self::Text => "text",
            Self::Mail => "mail",
        }
    }
}

/// How much of a file is looked at.
const HEAD: usize = 4096;

const AS_DOCX: &str = "save it as DOCX or PDF, or ask for one";
const AS_ORIGINAL: &str = "ask for the original document";

/// Tells the format.
pub(super) fn tell(name: &str, bytes: &[u8]) -> Result<Format, ScanError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ScanError::Empty);
    }
    let head = &bytes[..bytes.len().min(HEAD)];
    let has = |start: &[u8]| head.starts_with(start);
    // Readers of PDF take it with other bytes in front.
    let pdf = head.windows(5).take(1024).any(|five| five == b"%PDF-");
    if pdf && !is_mail(head) {
        return Ok(Format::Pdf);
    }
    if has(b"PK\x03\x04") {
        return archive(name, bytes);
    }
    if has(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Err(compound(bytes));
    }
    if has(b"{\\rtf") {
        return Err(unsupported("an RTF document", AS_DOCX, Sort::Document));
    }
    if is_picture(head) {
        return Err(unsupported("a picture", AS_ORIGINAL, Sort::Other));
    }
    text(name, bytes, head)
}

fn unsupported(what: &'static str, advice: &'static str, sort: Sort) -> ScanError {
    ScanError::Unsupported { what, advice, sort }
}

/// What an archive is, by the names of its entries, which stand in it as they are.
fn archive(name: &str, bytes: &[u8]) -> Result<Format, ScanError> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let holds = |name: &[u8]| contains(bytes, name);
    let lower = name.to_ascii_lowercase();
    let named = [".docx", ".docm", ".dotx"]
        .iter()
        .any(|end| lower.ends_with(end));
    if holds(b"word/") && holds(b".xml") || named {
        Ok(Format::Docx)
    } else if contains(head, b"opendocument.text") {
        Err(unsupported("an OpenDocument text", AS_DOCX, Sort::Document))
    } else if contains(head, b"opendocument") || holds(b"xl/") || holds(b"ppt/") {
        let what = "a table or a presentation";
        Err(unsupported(what, "save it as PDF", Sort::Other))
    } else {
        let advice = "unpack it and scan the folder";
        Err(unsupported("an archive", advice, Sort::Other))
    }
}

/// Old Office documents, and newer ones behind a password.
fn compound(bytes: &[u8]) -> ScanError {
    let wide = |name: &str| -> Vec<u8> { name.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    if contains(bytes, &wide("EncryptedPackage")) {
        ScanError::Encrypted
    } else if contains(bytes, &wide("WordDocument")) {
        unsupported("an old Word document (.doc)", AS_DOCX, Sort::Document)
    } else {
        unsupported("an old Office file", AS_DOCX, Sort::Document)
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    memchr::memmem::find(bytes, part).is_some()
}

fn is_picture(head: &[u8]) -> bool {
    let starts: [&[u8]; 7] = [
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"II*\0",
        b"MM\0*",
        b"BM",
        b"\0\0\x01\0",
    ];
    let riff = head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP");
    let heif = head.get(4..8) == Some(b"ftyp");
    // "BM" may begin a text as well.
    let bitmap = |start: &[u8]| start != b"BM" || head.contains(&0);
    let known = |start: &&[u8]| head.starts_with(start) && bitmap(start);
    riff || heif || starts.iter().any(known)
}

fn text(name: &str, bytes: &[u8], head: &[u8]) -> Result<Format, ScanError> {
    if plain::is_binary(bytes) {
        return Err(unsupported("no document", AS_ORIGINAL, Sort::Other));
    }
    let extension = name
        .rsplit_once('.')
        .map(|(_, end)| end.to_ascii_lowercase());
    let start = plain::decode_start(head);
    let lower = start.trim_start().to_ascii_lowercase();
    let html = lower.starts_with("<!doctype html")
        || lower.starts_with("<html")
        || lower.contains("<body");
    Ok(match extension.as_deref() {
        _ if is_mail(head) => Format::Mail,
        _ if html => Format::Html,
        Some("eml") => Format::Mail,
        Some("html" | "htm" | "xhtml") if lower.contains('<') => Format::Html,
        Some("md" | "markdown") => Format::Markdown,
        _ if has_markdown_link(bytes) => Format::Markdown,
        _ => Format::Text,
    })
}

/// Whether a text begins with the header lines of a mail.
fn is_mail(head: &[u8]) -> bool {
    const HEADERS: [&str; 10] = [
        "from:",
        "to:",
        "subject:",
        "date:",
        "mime-version:",
        "received:",
        "return-path:",
        "message-id:",
        "content-type:",
        "delivered-to:",
    ];
    let start = plain::decode_start(head);
    let mut known = 0;
    for line in start.lines() {
        if line.starts_with([' ', '\t']) || line.starts_with("From ") {
            continue;
        }
        let lower = line.to_ascii_lowercase();
        let is_field = lower.split_once(':').is_some_and(|(field, _)| {
            !field.is_empty() && field.bytes().all(|b| b.is_ascii_graphic())
        });
        if !is_field {
            break;
        }
        known += usize::from(HEADERS.iter().any(|header| lower.starts_with(header)));
    }
    known >= 3
}

/// Whether a text holds a link as only Markdown writes it.
fn has_markdown_link(bytes: &[u8]) -> bool {
    contains(bytes, b"](http") || contains(bytes, b"](<http") || contains(bytes, b"](learn.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_tells_before_the_name() {
        let cases: [(&str, &[u8], Format); 11] = [
            ("cv.docx", b"%PDF-1.7\n", Format::Pdf),
            ("cv", b"\n\njunk %PDF-1.4", Format::Pdf),
            ("cv.txt", b"<!DOCTYPE html><p>x", Format::Html),
            ("cv.htm", b"<p>x</p>", Format::Html),
            ("cv.txt", b"<p>x</p>", Format::Text),
            ("cv.md", b"# Jane", Format::Markdown),
            ("cv.txt", b"[x](https://a.example)", Format::Markdown),
            ("cv", b"Jane Doe", Format::Text),
            ("x.txt", b"From: a\nTo: b\nSubject: c\n\nbody", Format::Mail),
            ("x.txt", b"Name: a\nDate: b\n\nbody", Format::Text),
            ("cv.txt", b"\xff\xfeJ\0a\0n\0e\0", Format::Text),
        ];
        for (name, bytes, format) in cases {
            assert_eq!(tell(name, bytes), Ok(format), "{name}");
        }
    }

    #[test]
    fn what_is_not_read_is_named() {
        let cases: [(&[u8], &str); 8] = [
            (b"", "empty"),
            (b" \n\t", "empty"),
            (b"{\\rtf1 Jane}", "RTF"),
            (b"\x89PNG\r\n\x1a\n", "picture"),
            (b"\xff\xd8\xff\xe0", "picture"),
            (
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0",
                ".doc",
            ),
            (
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0",
                "password",
            ),
            (b"\x7fELF\x02\x01\x01\0\0\0\0\0", "no document"),
        ];
        for (bytes, said) in cases {
            let error = tell("cv", bytes).unwrap_err().to_string();
            assert!(error.contains(said), "{error}");
        }
    }
}
