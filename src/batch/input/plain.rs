//! One link a line, without headers.

use super::error::Fault;
use super::header::Headers;
use super::lines::{LIMIT, Lines, decode};
use super::{Rows, Taken};

/// Lines that each hold a link.
pub(super) struct LinkLines {
    lines: Lines,
}

impl LinkLines {
    pub(super) fn open(lines: Lines) -> (Self, Headers) {
        (Self { lines }, Headers::of(["link".to_owned()]))
    }
}

impl Rows for LinkLines {
    fn next(&mut self, _: &mut Headers) -> Result<Option<Taken>, Fault> {
        while let Some(span) = self.lines.line_at(0).map_err(Fault::reading)? {
            let line = self.lines.line();
            let text = decode(self.lines.bytes(span.text.clone()));
            self.lines.consume(&span, 1).map_err(Fault::reading)?;
            if !text.trim().is_empty() {
                return Ok(Some(Taken {
                    cells: vec![text],
                    flaw: span.is_cut.then(|| {
                        format!(
                            "Line {line} is longer than {LIMIT} bytes, and only its beginning \
                             was read."
                        )
                    }),
                    targets: Vec::new(),
                }));
            }
        }
        Ok(None)
    }
}
