//! What was pasted: from the command line, or a line at a time from standard input.

use std::io::{BufRead, Read, stdin};

use anyhow::Context;

/// The longest line that is taken whole; a longer one is cut, and judged as malformed.
const LINE_LIMIT: u64 = 1024 * 1024;

/// The texts given; `-` stands for the lines of standard input that are not blank.
///
/// # Errors
/// When standard input cannot be read.
pub(super) fn texts(given: &[String]) -> anyhow::Result<Vec<String>> {
    let mut texts = Vec::new();
    for text in given {
        if text == "-" {
            lines(&mut stdin().lock(), &mut texts).context("cannot read standard input")?;
        } else {
            texts.push(text.clone());
        }
    }
    Ok(texts)
}

/// Bytes that are no UTF-8 become replacement characters: such a line is still a result.
fn lines(input: &mut impl BufRead, texts: &mut Vec<String>) -> std::io::Result<()> {
    loop {
        let mut line = Vec::new();
        if input
            .by_ref()
            .take(LINE_LIMIT)
            .read_until(b'\n', &mut line)?
            == 0
        {
            return Ok(());
        }
        if line.len() as u64 == LINE_LIMIT && line.last() != Some(&b'\n') {
            input.skip_until(b'\n')?;
        }
        let text = String::from_utf8_lossy(&line);
        let text = text
            .trim_start_matches('\u{feff}')
            .trim_end_matches(['\r', '\n']);
        if !text.trim().is_empty() {
            texts.push(text.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_that_is_not_blank_is_a_text() {
        let mut texts = Vec::new();
        let input = b"\xef\xbb\xbfone\r\n\n  \ntwo\n\xff\xfe\nlast";
        lines(&mut &input[..], &mut texts).unwrap();
        assert_eq!(texts, ["one", "two", "\u{fffd}\u{fffd}", "last"]);
    }

    #[test]
    fn a_line_of_any_length_is_cut_and_costs_only_itself() {
        let mut input = vec![b'x'; 3_000_000];
        input.extend_from_slice(b"\nnext\n");
        let mut texts = Vec::new();
        lines(&mut &input[..], &mut texts).unwrap();
        assert_eq!(texts.len(), 2);
        assert_eq!(texts[0].len() as u64, LINE_LIMIT);
        assert_eq!(texts[1], "next");
    }
}
