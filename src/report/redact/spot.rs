//! Finds links in a text.

use std::ops::Range;

/// What makes a word a link, in small letters: an address, one of the issuers' without its
/// scheme, or a sharing key.
const SIGNS: [&str; 4] = ["://", "learn.microsoft.com", "credly.com", "sharingid"];

/// Where links stand: generously, since to hide too much does less harm here.
pub(super) fn links(text: &str) -> Vec<Range<usize>> {
    let ends = |c: char| c.is_whitespace() || "<>\"|()[]{}".contains(c);
    let mut links = Vec::new();
    let mut at = 0;
    for word in text.split_inclusive(ends) {
        let shown = word.trim_end_matches(ends);
        let lower = shown.to_ascii_lowercase();
        if SIGNS.iter().any(|sign| lower.contains(sign)) {
            let start = scheme(shown);
            let kept = shown.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'']);
            links.push(at + start..at + kept.len().max(start));
        }
        at += word.len();
    }
    links
}

/// Where the address of a word begins: at its scheme, if it has one before any sign of a path.
fn scheme(word: &str) -> usize {
    let Some(colon) = word.find("://") else {
        return 0;
    };
    let before = &word[..colon];
    let lower = before.to_ascii_lowercase();
    if SIGNS.iter().any(|sign| lower.contains(sign)) {
        return 0;
    }
    before
        .rfind(|c: char| !c.is_ascii_alphanumeric())
        .map_or(0, |at| {
            at + before[at..].chars().next().map_or(1, char::len_utf8)
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn links_are_found_and_their_surroundings_left() {
        for (text, found) in [
            (
                "see https://a.example/b?c=d.",
                &["https://a.example/b?c=d"][..],
            ),
            ("Link:HTTPS://a.example, x", &["HTTPS://a.example"]),
            ("(learn.microsoft.com/x) é", &["learn.microsoft.com/x"]),
            ("a ?sharingId=1 b", &["sharingId=1"]),
            ("<https://a> https://b", &["https://a", "https://b"]),
            ("plain text: nothing", &[]),
        ] {
            let spots: Vec<_> = links(text).into_iter().map(|spot| &text[spot]).collect();
            let spots: Vec<_> = spots.iter().map(|it| it.trim_start_matches('?')).collect();
            assert_eq!(spots, found, "{text}");
        }
    }

    proptest! {
        #[test]
        fn spots_never_overlap_and_never_panic(text in "(://|é|a|[.] |sharingid|,){0,12}|\\PC*") {
            let mut end = 0;
            for spot in links(&text) {
                prop_assert!(spot.start >= end && spot.end >= spot.start);
                prop_assert!(text.get(spot.clone()).is_some());
                end = spot.end;
            }
        }
    }
}
