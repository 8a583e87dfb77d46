//! Plain text, in the encodings that programs save it in.

use std::borrow::Cow;

use encoding_rs::{Encoding, WINDOWS_1252};

use super::ScanError;
use super::text::{Flow, Line, LineSort, MOST_TEXT, Place, Text, is_item};

/// The most columns after which a line is believed to be broken for its width.
const NARROW: usize = 50;

/// Decodes UTF-16 and UTF-8 with a mark, UTF-8 without one, and else Windows-1252.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// Decodes the beginning of a text, whose last character may be cut off.
pub(super) fn decode_start(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => decode(&bytes[..error.valid_up_to()]),
        _ => decode(bytes),
    }
}

/// Whether bytes are no text in any of these encodings.
pub(super) fn is_binary(bytes: &[u8]) -> bool {
    if Encoding::for_bom(bytes).is_some() {
        return false;
    }
    let head = &bytes[..bytes.len().min(64 * 1024)];
    let control = |b: &&u8| matches!(b, 0..=8 | 14..=26 | 28..=31 | 127);
    head.contains(&0) || head.iter().filter(control).count() * 50 > head.len()
}

pub(super) fn read(bytes: &[u8]) -> Result<Text, ScanError> {
    let text = decode(bytes);
    if text.len() > MOST_TEXT {
        return Err(ScanError::Bomb("more than 16 MiB of text"));
    }
    Ok(lines(&text))
}

fn lines(text: &str) -> Text {
    let mut block = 0;
    let mut lines = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            block += 1;
            continue;
        }
        let item = is_item(line);
        lines.push(Line {
            text: line.trim_end().to_owned(),
            place: Place {
                line: u32::try_from(at + 1).ok(),
                ..Place::default()
            },
            block,
            sort: if item {
                LineSort::Item
            } else {
                LineSort::Plain
            },
            flow: if line.chars().nth(NARROW).is_some() {
                Flow::MayGoOn
            } else {
                Flow::Ends
            },
            anchors: Vec::new(),
        });
    }
    Text {
        lines,
        described: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_encoding_is_read() {
        for bytes in [
            &b"Jos\xc3\xa9"[..],
            b"\xef\xbb\xbfJos\xc3\xa9",
            b"\xff\xfeJ\0o\0s\0\xe9\0",
            b"\xfe\xff\0J\0o\0s\0\xe9",
            b"Jos\xe9",
        ] {
            assert_eq!(decode(bytes), "José", "{bytes:?}");
        }
    }

    #[test]
    fn blank_lines_part_blocks_and_bullets_begin_items() {
        let text = lines("Jane\n\n- one\n  two\n");
        let seen: Vec<_> = text.lines.iter().map(|l| (l.block, l.sort)).collect();
        assert_eq!(
            seen,
            [
                (0, LineSort::Plain),
                (1, LineSort::Item),
                (1, LineSort::Plain)
            ]
        );
    }
}
