//! Counts at the end of a document for people, which a later run reads.
//!
//! A comment of HTML, Markdown and XML alike. It is written last, and the last one counts, so
//! that nothing that stands in the document above can take its place.

use super::super::json::Totals;

const START: &str = "<!-- bonafide rows=";
const MIDDLE: &str = " determined=";
const END: &str = " -->";

/// The comment, without a line break.
pub fn comment(totals: &Totals) -> String {
    let determined = totals.total.saturating_sub(totals.undetermined);
    format!("{START}{}{MIDDLE}{determined}{END}", totals.total)
}

/// The rows and determined rows that the last comment of a text states.
pub fn read(text: &str) -> Option<(u64, u64)> {
    let (_, stated) = text.rsplit_once(START)?;
    let (stated, _) = stated.split_once(END)?;
    let (rows, determined) = stated.split_once(MIDDLE)?;
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
        assert_eq!(read("<!-- bonafide rows=x determined=1 -->"), None);
        assert_eq!(read(""), None);
    }
}
