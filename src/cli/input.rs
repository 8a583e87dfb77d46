//! What was pasted: from the command line, or a line at a time from standard input.

use std::io::{BufRead, IsTerminal, Read, stdin};

use anyhow::{Context, bail};

/// The longest line that is taken whole; a longer one is cut, and judged as malformed.
const LINE_LIMIT: u64 = 1024 * 1024;

/// The texts given; `-` stands for the lines of standard input that are not blank.
///
/// # Errors
/// When standard input cannot be read or holds no line.
pub(super) fn texts(given: &[String]) -> anyhow::Result<Vec<String>> {
    let mut texts = Vec::new();
    for text in given {
        if text == "-" {
            invite();
            lines(&mut stdin().lock(), &mut texts).context("cannot read standard input")?;
        } else {
            texts.push(text.clone());
        }
    }
    if texts.is_empty() {
        bail!("standard input holds no link: expected one a line");
    }
    Ok(texts)
}

/// Says what is waited for, where a person would sit and wait as well.
fn invite() {
    if stdin().is_terminal() {
        let end = if cfg!(windows) {
            "Ctrl-Z and Enter"
        } else {
            "Ctrl-D"
        };
        super::say(&format!("Paste links, one a line; end with {end}."));
    }
}

/// Bytes that are no UTF-8 become replacement characters: such a line is still a result.
fn lines(input: &mut impl BufRead, texts: &mut Vec<String>) -> std::io::Result<()> {
    if matches!(input.fill_buf()?, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]) {
        let message = "the text is UTF-16; save it as UTF-8";
        return Err(std::io::Error::new(
            std::io::ErrorKind::InvalidData,
            message,
        ));
    }
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
    fn text_in_utf_16_is_named() {
        let error = lines(&mut &b"\xff\xfeh\0"[..], &mut Vec::new()).unwrap_err();
        assert!(error.to_string().contains("UTF-8"));
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
