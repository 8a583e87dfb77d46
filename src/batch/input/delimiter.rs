//! Which character stands between the cells of a text.

use super::names;

/// What may stand between cells, the more usual first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Between the cells of a list with one column: in no text.
pub(super) const NONE: u8 = 0x1f;

/// A delimiter, and what speaks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Guess {
    pub(super) delimiter: u8,
    /// How many headers are known ones.
    pub(super) known: usize,
    /// How many of a thousand rows have as many cells as the header line.
    pub(super) even: usize,
    /// How many cells the header line has.
    pub(super) cells: usize,
    /// How many rows were looked at, with the header line.
    pub(super) rows: usize,
}

/// The delimiter for which most speaks: known headers first, then rows of even length, then
/// the number of cells.
pub(super) fn guess(sample: &[u8]) -> Guess {
    let whole = weigh(sample, NONE);
    DELIMITERS
        .into_iter()
        .map(|delimiter| weigh(sample, delimiter))
        .filter(|guess| guess.cells > 1)
        .reduce(|best, other| {
            if strength(other) > strength(best) {
                other
            } else {
                best
            }
        })
        .unwrap_or(whole)
}

const fn strength(guess: Guess) -> (usize, usize, usize) {
    (guess.known, guess.even, guess.cells)
}

/// The delimiter that a first line `sep=;` names, as Excel reads and writes it.
pub(super) fn named(first_line: &str) -> Option<u8> {
    let line = first_line.trim_matches(['"', ' ']);
    let named = line
        .get(..4)
        .filter(|start| start.eq_ignore_ascii_case("sep="))
        .map(|_| &line[4..]);
    match named?.as_bytes() {
        [delimiter] if delimiter.is_ascii() && !delimiter.is_ascii_alphanumeric() => {
            Some(*delimiter)
        }
        _ => None,
    }
}

fn weigh(sample: &[u8], delimiter: u8) -> Guess {
    const LOOKED_AT: usize = 200;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(sample);
    let mut rows = reader.byte_records().flatten().take(LOOKED_AT);
    let Some(header) = rows.next() else {
        return Guess {
            delimiter,
            known: 0,
            even: 0,
            cells: 0,
            rows: 0,
        };
    };
    let lengths: Vec<_> = rows.map(|row| row.len()).collect();
    let even = lengths.iter().filter(|length| **length == header.len());
    Guess {
        delimiter,
        known: header
            .iter()
            .filter(|name| names::meaning(&super::lines::decode(name)).is_some())
            .count(),
        even: (1000 * even.count())
            .checked_div(lengths.len())
            .unwrap_or(1000),
        cells: header.len(),
        rows: lengths.len() + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_are_told_by_headers_and_even_rows() {
        for (text, delimiter) in [
            ("name,link\nDoe,https://a.example\n", b','),
            ("name;link\n\"Doe, Jane\";https://a.example/?a=1,2\n", b';'),
            ("name\tlink\nDoe; Jane, Dr.\thttps://a.example\n", b'\t'),
            ("name|link\nDoe|https://a.example\n", b'|'),
            ("\"name, full\";\"link\"\n\"a\";\"b\"\n", b';'),
            ("wer;was, genau;wo\na;b;c\nd;e, f, g;h\n", b';'),
            ("\"a\nb;c\";link\n1;2\n", b';'),
            ("\"a;b;c\",d\n1,2\n", b','),
            ("link\nhttps://a.example/?a=1,2\n", NONE),
            ("link", NONE),
            ("", NONE),
            ("name;link", b';'),
            ("M\u{fc}ller;E-Mail;Nachweis, Link\na;b;c\n", b';'),
        ] {
            assert_eq!(guess(text.as_bytes()).delimiter, delimiter, "{text:?}");
        }
    }

    #[test]
    fn a_first_line_may_name_the_delimiter() {
        for (line, delimiter) in [
            ("sep=;", Some(b';')),
            ("SEP=,", Some(b',')),
            ("\"sep=|\"", Some(b'|')),
            ("sep=\t", Some(b'\t')),
            ("sep=", None),
            ("sep=ab", None),
            ("sep=a", None),
            ("separator;link", None),
            ("ä", None),
        ] {
            assert_eq!(named(line), delimiter, "{line:?}");
        }
    }
}
