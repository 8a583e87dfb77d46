//! Rows of cells between delimiters: CSV and TSV.

use std::io;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::error::Fault;
use super::header::{COLUMN_LIMIT, Headers};
use super::lines::{LIMIT, Lines, Span, decode};
use super::quoting::Quotes;
use super::{Rows, Taken};

/// How many bytes are given back over all broken rows, before quotes are taken as plain
/// characters: the time that a hostile list takes is bounded.
const GIVEN_BACK: usize = 16 * LIMIT;

/// A delimited list behind its header line.
pub(super) struct Delimited {
    lines: Lines,
    delimiter: u8,
    quoted: Parser,
    bare: Parser,
    given_back: usize,
    width: usize,
}

/// One row, found and not yet split.
struct Found {
    span: Span,
    lines: u64,
    flaw: Option<Flaw>,
}

/// What is wrong with a row before it is split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Flaw {
    /// The line is longer than what is taken whole.
    Cut,
    /// A quote is not closed, or not before the limit, or closes where text goes on lines
    /// below: the lines below are rows of their own.
    Open,
    /// Text follows a closing quote.
    Stray,
    /// There were too many broken rows to believe any quote.
    Disbelieved,
}

impl Delimited {
    /// Reads the header line.
    pub(super) fn open(lines: Lines, delimiter: u8) -> Result<(Self, Headers), Fault> {
        let mut list = Self {
            lines,
            delimiter,
            quoted: Parser::new(delimiter, true),
            bare: Parser::new(delimiter, false),
            given_back: 0,
            width: 0,
        };
        let headers = list.headers()?;
        list.width = headers.names().len();
        Ok((list, headers))
    }

    fn headers(&mut self) -> Result<Headers, Fault> {
        let failed = |error| Fault::Read { after: 0, error };
        loop {
            let found = self.find().map_err(failed)?.ok_or(Fault::Empty)?;
            let line = self.lines.line();
            match found.flaw {
                None => {}
                Some(Flaw::Cut) => return Err(Fault::HeadersTooLong { line, limit: LIMIT }),
                Some(_) => return Err(Fault::HeadersBroken { line }),
            }
            let names = self.split(&found);
            self.lines
                .consume(&found.span, found.lines)
                .map_err(failed)?;
            if names.len() > COLUMN_LIMIT {
                return Err(Fault::TooManyHeaders {
                    line,
                    found: names.len(),
                    limit: COLUMN_LIMIT,
                });
            }
            if !is_blank(&names) {
                return Ok(Headers::of(names));
            }
        }
    }

    fn find(&mut self) -> io::Result<Option<Found>> {
        while let Some(span) = self.lines.line_at(0)? {
            let text = self.lines.bytes(span.text.clone());
            if span.is_cut {
                return Ok(Some(Found::on_one_line(span, Some(Flaw::Cut))));
            }
            if memchr::memchr(b'"', text).is_some() {
                return self.follow(span).map(Some);
            }
            if !text.trim_ascii().is_empty() {
                return Ok(Some(Found::on_one_line(span, None)));
            }
            self.lines.consume(&span, 1)?;
        }
        Ok(None)
    }

    /// A row with quotes, which may go on over lines.
    fn follow(&mut self, first: Span) -> io::Result<Found> {
        if self.given_back > GIVEN_BACK {
            return Ok(Found::on_one_line(first, Some(Flaw::Disbelieved)));
        }
        let mut quotes = Quotes::new(self.delimiter);
        quotes.follow(self.lines.bytes(first.text.clone()));
        let mut span = first.clone();
        let mut lines = 1;
        while quotes.are_open()
            && let Some(next) = self.lines.line_at(span.end)?
            && next.end <= LIMIT
        {
            quotes.follow(self.lines.bytes(next.text.clone()));
            span.end = next.end;
            span.text.end = next.text.end;
            lines += 1;
        }
        let flaw = match (quotes.are_open(), quotes.have_stray()) {
            (false, false) => {
                return Ok(Found {
                    span,
                    lines,
                    flaw: None,
                });
            }
            (false, true) if lines == 1 => Flaw::Stray,
            _ => Flaw::Open,
        };
        self.given_back += span.end - first.end;
        Ok(Found::on_one_line(first, Some(flaw)))
    }

    fn split(&mut self, found: &Found) -> Vec<String> {
        let text = self.lines.bytes(found.span.text.clone());
        let (first, second) = match found.flaw {
            None => return self.quoted.split(text),
            Some(Flaw::Cut | Flaw::Stray) => (&mut self.quoted, &mut self.bare),
            Some(Flaw::Open | Flaw::Disbelieved) => (&mut self.bare, &mut self.quoted),
        };
        let cells = first.split(text);
        if cells.len() == self.width {
            return cells;
        }
        let others = second.split(text);
        if others.len() == self.width {
            others
        } else {
            cells
        }
    }
}

impl Found {
    const fn on_one_line(span: Span, flaw: Option<Flaw>) -> Self {
        Self {
            span,
            lines: 1,
            flaw,
        }
    }
}

impl Rows for Delimited {
    fn next(&mut self, headers: &mut Headers) -> Result<Option<Taken>, Fault> {
        loop {
            let Some(found) = self.find().map_err(Fault::reading)? else {
                return Ok(None);
            };
            let line = self.lines.line();
            let mut cells = self.split(&found);
            self.lines
                .consume(&found.span, found.lines)
                .map_err(Fault::reading)?;
            if found.flaw.is_none() && is_blank(&cells) {
                continue;
            }
            let flaw = match found.flaw {
                Some(flaw) => Some(flaw.sentence(line)),
                None => uneven(line, cells.len(), self.width),
            };
            cells.truncate(COLUMN_LIMIT);
            headers.widen(cells.len());
            return Ok(Some(Taken {
                cells,
                flaw,
                targets: Vec::new(),
            }));
        }
    }
}

impl Flaw {
    fn sentence(self, line: u64) -> String {
        match self {
            Self::Cut => format!(
                "Line {line} is longer than {LIMIT} bytes, and only its beginning was read."
            ),
            Self::Open => format!(
                "Line {line} opens a quote that is not closed in its place, so the line was read \
                 by itself and the lines below as rows of their own."
            ),
            Self::Stray => format!(
                "Line {line} has text behind a closing quote, so its cells may not be where they \
                 belong; a quote inside a quoted cell is written twice."
            ),
            Self::Disbelieved => format!(
                "Line {line} has quotes that were taken as plain characters, because so many \
                 before it were never closed."
            ),
        }
    }
}

fn uneven(line: u64, cells: usize, width: usize) -> Option<String> {
    let count = |count: usize| match count {
        1 => "1 cell".to_owned(),
        _ => format!("{count} cells"),
    };
    (cells != width).then(|| {
        let cells = count(cells);
        format!("Line {line} has {cells}, and the header line has {width}.")
    })
}

fn is_blank(cells: &[String]) -> bool {
    cells.iter().all(|cell| cell.trim().is_empty())
}

/// Splits one row, whose bytes are all there.
struct Parser {
    core: Reader,
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl Parser {
    fn new(delimiter: u8, quoting: bool) -> Self {
        Self {
            core: ReaderBuilder::new()
                .delimiter(delimiter)
                .quoting(quoting)
                .build(),
            text: Vec::new(),
            ends: vec![0; 64],
        }
    }

    fn split(&mut self, row: &[u8]) -> Vec<String> {
        if self.text.len() < row.len() + 2 {
            self.text.resize(row.len() + 2, 0);
        }
        let (mut length, mut count) = (0, 0);
        // A row that ends inside quotes takes the line break as a part of its cell.
        let is_closed =
            self.feed(row, &mut length, &mut count) || self.feed(b"\n", &mut length, &mut count);
        if !is_closed {
            self.feed(b"", &mut length, &mut count);
            self.core.reset();
            length -= 1;
            self.ends[count - 1] = length;
        }
        cells(&self.text[..length], &self.ends[..count])
    }

    /// Whether the row is complete.
    fn feed(&mut self, bytes: &[u8], length: &mut usize, count: &mut usize) -> bool {
        let mut rest = bytes;
        loop {
            let (result, read, written, ended) =
                self.core
                    .read_record(rest, &mut self.text[*length..], &mut self.ends[*count..]);
            rest = &rest[read..];
            *length += written;
            *count += ended;
            match result {
                ReadRecordResult::OutputFull => self.text.resize(self.text.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::InputEmpty => return false,
                ReadRecordResult::Record | ReadRecordResult::End => return true,
            }
        }
    }
}

fn cells(text: &[u8], ends: &[usize]) -> Vec<String> {
    let whole = std::str::from_utf8(text).ok();
    let mut start = 0;
    ends.iter()
        .map(|&end| {
            let cell = start..end;
            start = end;
            match whole.and_then(|whole| whole.get(cell.clone())) {
                Some(text) => text.to_owned(),
                None => decode(&text[cell]),
            }
        })
        .collect()
}
