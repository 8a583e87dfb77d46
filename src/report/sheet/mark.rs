//! Counts at the end of a document for people, which a later run reads.
//!
//! A comment of HTML, Markdown and XML alike, and a sentence in plain text. It is the last
//! line, so that nothing that stands in the document above can take its place.

use super::super::json::Totals;

const START: &str = "<!-- bonafide rows=";
const MIDDLE: &str = " determined=";
const END: &str = " -->";

const SAID: &str = "Status determined: ";
const OF: &str = " of ";

/// The comment, without a line break.
pub fn comment(totals: &Totals) -> String {
    format!("{START}{}{MIDDLE}{}{END}", totals.total, determined(totals))
}

/// The sentence of plain text, without a line break.
pub fn sentence(totals: &Totals) -> String {
    format!("{SAID}{}{OF}{}.", determined(totals), totals.total)
}

fn determined(totals: &Totals) -> u64 {
    totals.total.saturating_sub(totals.undetermined)
}

/// The rows and determined rows that the last line of a text states.
pub fn read(text: &str) -> Option<(u64, u64)> {
    let last = text.trim_end().lines().next_back()?;
    let (rows, determined) = if let Some(said) = last.strip_prefix(SAID) {
        let (determined, rows) = said.strip_suffix('.')?.split_once(OF)?;
        (rows, determined)
    } else {
        let (_, stated) = last.strip_suffix(END)?.rsplit_once(START)?;
        stated.split_once(MIDDLE)?
    };
    Some((rows.parse().ok()?, determined.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let totals = Totals {
            total: 20,
            undetermined: 3,
            ..Totals::default()
        };
        let text = format!("{START}1{MIDDLE}1{END}\n{}\n", comment(&totals));
        assert_eq!(read(&text), Some((20, 17)));
        let text = format!("{START}1{MIDDLE}1{END}\n{}\n", sentence(&totals));
        assert_eq!(read(&text), Some((20, 17)));
        assert_eq!(read("Status determined: 1 of 1.\nand so on\n"), None);
        assert_eq!(read("<!-- bonafide rows=x determined=1 -->"), None);
        assert_eq!(read(""), None);
    }
}
