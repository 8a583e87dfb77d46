//! How many credentials does a cell link to?

use crate::catalog::Catalog;
use crate::scan;

/// How many different credentials, transcripts and badges the links of a cell name.
///
/// Links to anything else, such as a profile, count for nothing.
pub(super) fn credentials(cell: &str, catalog: &Catalog) -> usize {
    let cell = cell.trim();
    if !may_hold_several(cell) {
        return 1;
    }
    let apart = apart(cell);
    let Ok(document) = scan::read("cell.txt", apart.as_bytes(), catalog) else {
        return 1;
    };
    let mentions = document.mentions().iter();
    mentions
        .filter(|mention| mention.link().is_verifiable())
        .count()
}

/// Most cells hold one address and nothing else, and need no reading.
fn may_hold_several(cell: &str) -> bool {
    let parts = |c: char| c.is_whitespace() || ",;|<>()[]\"'".contains(c);
    cell.contains(parts) || cell.matches("://").nth(1).is_some()
}

/// The text with each address on a line of its own.
fn apart(cell: &str) -> String {
    let spaced = cell.replace([',', ';', '|', '<', '>', '"', '\t'], "\n\n");
    let mut lines = String::with_capacity(spaced.len() + 16);
    for word in spaced.split_whitespace() {
        // An address may follow another at once; in a query it is a part of it.
        let query = word.find(['?', '#']).unwrap_or(word.len());
        let (path, query) = word.split_at(query);
        lines.push_str(&path.replace("/http", "/\n\nhttp"));
        lines.push_str(query);
        lines.push_str("\n\n");
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_different_credentials_are_counted_however_they_are_parted() {
        let one = "https://learn.microsoft.com/api/credentials/share/en-us/JaneDoe-1/20170DBC5AC04E38?sharingId=C72B4F60A795D7E4";
        let two = "https://learn.microsoft.com/api/credentials/share/en-us/JaneDoe-1/6E0995C2951D7DCD?sharingId=C72B4F60A795D7E4";
        let count = |cell: &str| credentials(cell, Catalog::embedded());
        for between in [
            " ", "\n", "\r\n", ",", ", ", ";", " and ", "|", " | ", " / ", "\t", " + ", "\u{a0}",
        ] {
            assert_eq!(count(&format!("{one}{between}{two}")), 2, "{between:?}");
            assert_eq!(count(&format!("{one}{between}{one}")), 1, "{between:?}");
            let again = one.replace("en-us/JaneDoe-1", "de-de/another");
            assert_eq!(count(&format!("{one}{between}{again}")), 1, "{between:?}");
            let profile = "https://www.linkedin.com/in/jane-doe https://example.com/badge.png";
            assert_eq!(count(&format!("{one}{between}{profile}")), 1, "{between:?}");
        }
        assert_eq!(count(one), 1);
        assert_eq!(count(&format!("[badge]({one}) [other]({two})")), 2);
        assert!(count("") <= 1 && count("Jane Doe, none") <= 1);
    }
}
