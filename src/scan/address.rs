//! Addresses in running text, also those that are broken over lines.

use std::ops::Range;

use crate::link::{self, Link};

/// How many lines further an address may go on.
pub(super) const MOST_LINES: usize = 6;

/// Words longer than this are cut where an address may begin.
const LONG: usize = 2048;

/// Digits of the shortest number of a credential seen in a real link.
const FEWEST_DIGITS: usize = 14;

/// The words of a line that may be addresses, with where they stand.
pub(super) fn words(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let start = text.as_ptr() as usize;
    let words = text.split_whitespace().flat_map(|word| {
        let is_long = word.len() > LONG;
        let ends = move |c: char| is_long && matches!(c, '"' | '<' | '>' | ',' | ';' | '|');
        word.split(ends)
    });
    words.filter(|word| may_be_address(word)).map(move |word| {
        let at = word.as_ptr() as usize - start;
        (at..at + word.len(), word)
    })
}

/// Whether it is worth judging.
fn may_be_address(word: &str) -> bool {
    let has = |part: &str| word.contains(part);
    has("://") || has("%3A%2F%2F") || has("%3a%2f%2f") || (has("/") && has("."))
}

/// Whether an address can go on with this word.
pub(super) fn may_continue(word: &str) -> bool {
    let safe = |b: u8| b.is_ascii_alphanumeric() || b"-._~/?=&%+#:@!,;)".contains(&b);
    !word.is_empty() && word.bytes().all(safe) && !word.contains("://")
}

/// An address put together from the end of one line and the beginnings of the next.
pub(super) struct Joined {
    pub(super) text: String,
    pub(super) link: Link,
    /// How many of the further words belong to it.
    pub(super) used: usize,
}

/// Puts an address together with as many of the words that follow as make it whole.
///
/// White space cannot tell whether an address goes on, so each reading is judged, and a
/// longer one is taken only where it names more. A hyphen at the end of a line is part of
/// the address unless only without it there is one.
pub(super) fn join(first: &str, further: &[&str]) -> Joined {
    let mut best = Joined {
        text: first.to_owned(),
        link: link::judge(first),
        used: 0,
    };
    let mut most = wholeness(&best.link);
    for used in 1..=further.len() {
        let tail = further[..used].concat();
        let kept = format!("{first}{tail}");
        let without = first.strip_suffix(['-', '\u{ad}', '\u{2010}']);
        let without = without.map(|start| format!("{start}{tail}"));
        for text in [Some(kept), without].into_iter().flatten() {
            let link = link::judge(&text);
            let whole = wholeness(&link);
            if whole > most {
                most = whole;
                best = Joined { text, link, used };
            }
        }
    }
    best
}

/// How much of a link is there.
pub(super) fn wholeness(link: &Link) -> (bool, bool, bool) {
    let digits = link.credential_id().map_or(0, |id| id.as_str().len());
    let numbered = link.share_id().is_some() || link.badge_id().is_some();
    let key = link.sharing_id().map_or(0, |id| id.reveal().len());
    (
        link.is_verifiable(),
        numbered || digits >= FEWEST_DIGITS,
        key >= FEWEST_DIGITS,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_joined_where_it_was_broken_and_no_further() {
        let whole = "https://learn.microsoft.com/api/credentials/share/en-us/Jo-1/20170DBC5AC04E38?sharingId=C72B4F60A795D7E4";
        for (first, further, text, used) in [
            (whole, &["Fluent"][..], whole, 0),
            (&whole[..20], &[&whole[20..]], whole, 1),
            (&whole[..60], &[&whole[60..], "in"], whole, 1),
            (&whole[..30], &[&whole[30..70], &whole[70..]], whole, 2),
            (&whole[..69], &[&whole[69..]], whole, 1),
            (&whole[..95], &[&whole[95..]], whole, 1),
            // A hyphen of the address, and one that was put in.
            (&whole[..56], &[&whole[56..]], whole, 1),
            (
                "https://learn.microsoft.com/api/credentials/20170DBC-",
                &["5AC04E38"],
                "https://learn.microsoft.com/api/credentials/20170DBC5AC04E38",
                1,
            ),
            (
                "https://www.credly.com/badges/3ed06b52-2c42-4696-ae9f-",
                &["3801940fe2b4"],
                "https://www.credly.com/badges/3ed06b52-2c42-4696-ae9f-3801940fe2b4",
                1,
            ),
            // What follows is another word, even one of hexadecimal digits.
            (
                "https://learn.microsoft.com/api/credentials/20170DBC5AC04E38",
                &["2024"],
                "https://learn.microsoft.com/api/credentials/20170DBC5AC04E38",
                0,
            ),
            (
                "https://github.com/jane",
                &["Berlin"],
                "https://github.com/jane",
                0,
            ),
        ] {
            let joined = join(first, further);
            assert_eq!((joined.text.as_str(), joined.used), (text, used), "{first}");
        }
    }

    #[test]
    fn words_that_are_no_addresses_are_passed_over() {
        let text = "Jane jane@example.com a/b e.g. https://a.example/b (learn.microsoft.com/x)";
        let found: Vec<_> = words(text)
            .map(|(range, word)| (&text[range], word))
            .collect();
        assert_eq!(
            found,
            [
                ("https://a.example/b", "https://a.example/b"),
                ("(learn.microsoft.com/x)", "(learn.microsoft.com/x)")
            ]
        );
    }
}
