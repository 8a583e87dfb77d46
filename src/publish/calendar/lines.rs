//! Content lines of RFC 5545: escaped, folded, ended by CR LF.
//!
//! The `icalendar` crate reads calendars in the tests and does not write this one: it folds
//! lines with characters of several octets beyond 75 of them, and gives alarms a random
//! name and the clock's time.

/// The most octets of a line, without its end (RFC 5545, section 3.1).
const LONGEST: usize = 75;

/// A calendar being written.
#[derive(Debug, Default)]
pub(super) struct Lines(String);

impl Lines {
    /// Writes a line whose value is written as it is: a date, a word, an address.
    pub(super) fn plain(&mut self, name: &str, value: &str) {
        let mut room = LONGEST;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if c.len_utf8() > room {
                self.0.push_str("\r\n ");
                // The space that marks the fold counts.
                room = LONGEST - 1;
            }
            room -= c.len_utf8();
            self.0.push(c);
        }
        self.0.push_str("\r\n");
    }

    /// Writes a line whose value is text (RFC 5545, section 3.3.11).
    pub(super) fn text(&mut self, name: &str, value: &str) {
        let mut escaped = String::with_capacity(value.len());
        for c in value.chars() {
            match c {
                '\\' | ';' | ',' => escaped.extend(['\\', c]),
                '\n' => escaped.push_str("\\n"),
                _ if c.is_control() => escaped.push(' '),
                _ => escaped.push(c),
            }
        }
        self.plain(name, &escaped);
    }

    /// The calendar as it stands.
    pub(super) fn end(self) -> String {
        self.0
    }
}
