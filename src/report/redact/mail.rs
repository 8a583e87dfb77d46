//! Finds mail addresses in a text.

use std::ops::Range;

/// Where mail addresses stand: generously, since to hide too much does less harm here.
pub(super) fn spans(text: &str) -> Vec<Range<usize>> {
    let mut spans: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices('@') {
        let before = text[..at].char_indices().rev();
        let start = before.take_while(|(_, c)| is_local(*c)).last();
        let after = text[at + 1..].char_indices();
        let end = after
            .take_while(|(_, c)| is_domain(*c))
            .filter(|(_, c)| c.is_alphanumeric())
            .last();
        let (Some((start, _)), Some((end, last))) = (start, end) else {
            continue;
        };
        let start = start.max(spans.last().map_or(0, |span| span.end));
        spans.push(start..at + 1 + end + last.len_utf8());
    }
    spans
}

fn is_local(c: char) -> bool {
    c.is_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c)
}

fn is_domain(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '-')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn addresses_are_found_and_their_surroundings_left() {
        for (text, found) in [
            (
                "write to jane.doe+x@example.org.",
                &["jane.doe+x@example.org"][..],
            ),
            (
                "<JANE@EXAMPLE.ORG>, müller@bücher.example",
                &["JANE@EXAMPLE.ORG", "müller@bücher.example"],
            ),
            ("a@b@c", &["a@b"]),
            ("@ x@ @y at 5 @ 6", &[]),
        ] {
            let spans: Vec<_> = spans(text).into_iter().map(|span| &text[span]).collect();
            assert_eq!(&spans[..found.len().min(spans.len())], found, "{text}");
        }
    }

    proptest! {
        #[test]
        fn spans_never_overlap_and_never_panic(text in "[a@.é ]{0,30}|\\PC*") {
            let mut end = 0;
            for span in spans(&text) {
                prop_assert!(span.start >= end && span.end > span.start);
                prop_assert!(text.get(span.clone()).is_some());
                end = span.end;
            }
        }
    }
}
