//! Whether the quotes of a delimited row pair up.
//!
//! A CSV reader takes any bytes for something: a quote that is never closed swallows the
//! rows behind it, or the file. So the quotes are followed here before a row is taken.

/// Follows the quotes of one row, line by line.
#[derive(Debug)]
pub(super) struct Quotes {
    delimiter: u8,
    state: State,
    has_stray: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    CellStart,
    Bare,
    Quoted,
    /// Behind a quote that ends the cell, or begins a doubled one.
    Quote,
}

impl Quotes {
    pub(super) const fn new(delimiter: u8) -> Self {
        Self {
            delimiter,
            state: State::CellStart,
            has_stray: false,
        }
    }

    /// Follows a line, without what ends it.
    pub(super) fn follow(&mut self, line: &[u8]) {
        for &byte in line {
            self.state = match (self.state, byte) {
                (State::Quoted, b'"') => State::Quote,
                (State::Quoted, _) | (State::CellStart | State::Quote, b'"') => State::Quoted,
                (_, byte) if byte == self.delimiter => State::CellStart,
                (State::Quote, _) => {
                    self.has_stray = true;
                    State::Bare
                }
                (State::CellStart | State::Bare, _) => State::Bare,
            };
        }
    }

    /// Whether the row goes on in the next line.
    pub(super) fn are_open(&self) -> bool {
        self.state == State::Quoted
    }

    /// Whether text follows a closing quote, which no program writes.
    pub(super) const fn have_stray(&self) -> bool {
        self.has_stray
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_followed() {
        // The row, whether it goes on, whether text follows a closing quote.
        let cases = [
            ("a,b", false, false),
            ("\"a\",\"b\"", false, false),
            ("\"a\"\"b\",c", false, false),
            ("\"a,b", true, false),
            ("a,\"b", true, false),
            ("\"a\"\"", true, false),
            ("5\" disk,b", false, false),
            ("a \"b\",c", false, false),
            ("\"a\" b,c", false, true),
            ("\"a\"b,\"c", true, true),
            ("\"\",\"\"", false, false),
        ];
        for (row, open, stray) in cases {
            let mut quotes = Quotes::new(b',');
            quotes.follow(row.as_bytes());
            assert_eq!(
                (quotes.are_open(), quotes.have_stray()),
                (open, stray),
                "{row}"
            );
        }
    }
}
