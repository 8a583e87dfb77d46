//! Lines of a text of any length, in a window of bounded size.

use std::io::{self, ErrorKind, Read};
use std::ops::Range;

use encoding_rs_io::DecodeReaderBytesBuilder;

/// The longest line, and the longest row over several lines, that is taken whole: 1 MiB.
pub(super) const LIMIT: usize = 1024 * 1024;

/// How much is read at once, and looked at to tell what a text is.
const CHUNK: usize = 64 * 1024;

/// A text that is read line by line. Lines end with CR LF, LF or CR.
///
/// Several lines can be looked at before any of them is consumed, so that a row which turns
/// out to be none can be given back.
pub(super) struct Lines {
    text: Box<dyn Read + Send>,
    window: Vec<u8>,
    start: usize,
    end: usize,
    ended: bool,
    line: u64,
}

/// Where a line stands, counted from the next byte to consume.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    /// Without what ends the line.
    pub(super) text: Range<usize>,
    /// Behind what ends the line.
    pub(super) end: usize,
    /// Whether the line goes on and only its beginning is here.
    pub(super) is_cut: bool,
}

impl Lines {
    /// Reads UTF-8, UTF-16 behind a byte order mark, or bytes as they are. Byte order marks
    /// are taken off.
    pub(super) fn of(bytes: Box<dyn Read + Send>) -> Self {
        let text = DecodeReaderBytesBuilder::new()
            .utf8_passthru(true)
            .strip_bom(true)
            .build(bytes);
        Self {
            text: Box::new(text),
            window: Vec::new(),
            start: 0,
            end: 0,
            ended: false,
            line: 1,
        }
    }

    /// The beginning of what is not consumed: enough to tell what it is.
    pub(super) fn sample(&mut self) -> io::Result<&[u8]> {
        while !self.ended && self.end - self.start < CHUNK {
            self.fill()?;
        }
        Ok(&self.window[self.start..self.end])
    }

    /// Whether the sample is all there is.
    pub(super) fn is_at_end(&self) -> bool {
        self.ended
    }

    /// The number of the line that comes next; the first is 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// The bytes of a span that is not consumed.
    pub(super) fn bytes(&self, range: Range<usize>) -> &[u8] {
        &self.window[self.start + range.start..self.start + range.end]
    }

    /// The line that begins `from` bytes behind what is consumed.
    pub(super) fn line_at(&mut self, from: usize) -> io::Result<Option<Span>> {
        let mut searched = from;
        loop {
            let seen = &self.window[self.start..self.end];
            let found = memchr::memchr2(b'\r', b'\n', &seen[searched..]).map(|at| searched + at);
            let whole = |at: usize, end: usize| Span {
                text: from..at,
                end,
                is_cut: false,
            };
            match found {
                Some(at) if at - from > LIMIT => return Ok(Some(cut(from))),
                Some(at) if seen[at] == b'\n' => return Ok(Some(whole(at, at + 1))),
                // Whether LF follows is not known before the next byte is.
                Some(at) if at + 1 == seen.len() && !self.ended => searched = at,
                Some(at) if seen.get(at + 1) == Some(&b'\n') => return Ok(Some(whole(at, at + 2))),
                Some(at) => return Ok(Some(whole(at, at + 1))),
                None if seen.len() - from > LIMIT => return Ok(Some(cut(from))),
                None if self.ended && from == seen.len() => return Ok(None),
                None if self.ended => return Ok(Some(whole(seen.len(), seen.len()))),
                None => searched = seen.len(),
            }
            self.fill()?;
        }
    }

    /// Consumes a span that stands on so many lines. Of a line that was cut, the rest is
    /// passed over.
    pub(super) fn consume(&mut self, span: &Span, lines: u64) -> io::Result<()> {
        self.start += span.end;
        self.line += lines;
        if span.is_cut {
            self.pass_line()?;
        }
        Ok(())
    }

    fn pass_line(&mut self) -> io::Result<()> {
        loop {
            let seen = &self.window[self.start..self.end];
            if memchr::memchr2(b'\r', b'\n', seen).is_some() {
                let end = self.line_at(0)?.map_or(0, |line| line.end);
                self.start += end;
                return Ok(());
            }
            self.start = self.end;
            if self.ended {
                return Ok(());
            }
            self.fill()?;
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        if self.start > 0 && self.window.len() - self.end < CHUNK {
            self.window.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
        }
        if self.window.len() - self.end < CHUNK {
            self.window.resize(self.end + CHUNK, 0);
        }
        loop {
            match self.text.read(&mut self.window[self.end..]) {
                Ok(0) => self.ended = true,
                Ok(read) => self.end += read,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            }
            return Ok(());
        }
    }
}

fn cut(from: usize) -> Span {
    Span {
        text: from..from + LIMIT,
        end: from + LIMIT,
        is_cut: true,
    }
}

/// Text of a cell: UTF-8, or else Windows-1252, which has a character for every byte.
pub(super) fn decode(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252
            .decode_without_bom_handling(bytes)
            .0
            .into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8]) -> Vec<String> {
        let mut lines = Lines::of(Box::new(io::Cursor::new(bytes.to_vec())));
        let mut found = Vec::new();
        while let Some(span) = lines.line_at(0).unwrap() {
            found.push(decode(lines.bytes(span.text.clone())));
            lines.consume(&span, 1).unwrap();
        }
        found
    }

    #[test]
    fn lines_end_with_any_of_the_three() {
        assert_eq!(lines(b"a\r\nb\nc\rd\n\ne"), ["a", "b", "c", "d", "", "e"]);
        assert_eq!(lines(b"a\r"), ["a"]);
        assert_eq!(lines(b""), [""; 0]);
    }

    #[test]
    fn byte_order_marks_are_taken_off_and_utf_16_is_read() {
        assert_eq!(lines(b"\xef\xbb\xbfa\nb"), ["a", "b"]);
        assert_eq!(lines(b"\xff\xfea\0\n\0\xe4\0"), ["a", "ä"]);
        assert_eq!(lines(b"\xfe\xff\0a\0\r\0\n\0b"), ["a", "b"]);
    }

    #[test]
    fn what_is_not_utf_8_is_windows_1252() {
        assert_eq!(lines(b"M\xfcller \x80"), ["Müller €"]);
    }

    #[test]
    fn a_line_of_any_length_is_cut_and_costs_only_itself() {
        let mut text = b"first\r\n".to_vec();
        text.resize(text.len() + 3 * LIMIT, b'x');
        text.extend_from_slice(b"\r\nlast");
        let found = lines(&text);
        assert_eq!(found.len(), 3);
        assert_eq!((found[1].len(), found[2].as_str()), (LIMIT, "last"));
    }

    #[test]
    fn a_line_of_exactly_the_limit_is_whole() {
        let mut text = vec![b'x'; LIMIT];
        text.extend_from_slice(b"\nlast");
        assert_eq!(lines(&text).len(), 2);
        let mut lines = Lines::of(Box::new(io::Cursor::new(text)));
        assert!(!lines.line_at(0).unwrap().unwrap().is_cut);
    }
}
