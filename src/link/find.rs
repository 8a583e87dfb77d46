//! Finds the link in a tidied text, and the ways in which its pieces may be read.

use super::clean::Tidy;
use super::scheme::{after_http, first_http, has_other_scheme, starts_with_http};
use super::{bare, markdown};

/// Marks that stand around a link in prose, lists, mail and markup.
pub(super) const OPENING: &[char] = &[
    '<', '(', '[', '{', '"', '\'', '“', '”', '„', '«', '»', '‘', '’', '‚', '‹', '›', '`', '*', '•',
    '·', '–', '—', '-', '>', '|', '（', '「', '【', '《',
];

/// Marks that end a link wherever they stand after its host.
const ENDING: &[char] = &[
    '<', '>', '"', '“', '”', '„', '«', '»', '‘', '’', '‚', '‹', '›', '`', '|', '（', '）', '「',
    '」', '【', '】', '《', '》', '、', '，', '。',
];

/// A full stop in prose, and between the labels of a host.
const IDEOGRAPHIC_STOP: char = '。';

/// Marks that belong to the sentence when they stand last.
pub(super) const TRAILING: &[char] = &[
    '.', ',', ';', ':', '!', '?', ')', ']', '}', '\'', '*', '…', '\\', '。',
];

/// A link found in a text.
pub(super) struct Found {
    pieces: Vec<String>,
    scheme: Scheme,
    tidied: Vec<Tidy>,
    visible: Option<String>,
}

/// Where the link's scheme comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scheme {
    Given,
    Added,
}

/// One way to read the pieces of a link, with what had to be done for it.
pub(super) struct Candidate {
    pub(super) text: String,
    pub(super) tidied: Vec<Tidy>,
    pub(super) end: End,
}

/// How the text of a candidate ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Whole,
    /// With dots that stand for what was left out.
    Dots,
}

/// Whether a text is one link and nothing else, as most are: all of it is kept, and there
/// is nothing to look for.
pub(super) fn is_plain(text: &str) -> bool {
    let is_kept = |b: u8| matches!(b, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' | b'?' | b'=' | b'&' | b'%' | b'+');
    text.strip_prefix("https://").is_some_and(|rest| {
        rest.bytes().all(is_kept) && !rest.ends_with(TRAILING) && first_http(rest).is_none()
    })
}

/// Finds the first link of a text: the target of a Markdown link, the first `http(s)`
/// address, or an address that only lacks its scheme.
pub(super) fn find(text: &str) -> Option<Found> {
    let http = first_http(text);
    let markdown = markdown::first_link(text).filter(|link| http.is_none_or(|at| link.at < at));
    let searched = markdown.as_ref().map_or(text, |link| link.target);
    let (at, scheme) = start(searched)?;
    let rest = &searched[at..];
    let end = end(rest);
    let (pieces, tail) = pieces(&rest[..end]);
    let bare = [&searched[..at], &rest[end..], tail]
        .iter()
        .all(|part| part.trim().is_empty());
    let tidied = match &markdown {
        Some(_) => vec![Tidy::Markdown],
        None if bare => Vec::new(),
        None if first_http(&rest[end..]).or(first_http(tail)).is_some() => vec![Tidy::FurtherLinks],
        None => vec![Tidy::Surroundings],
    };
    Some(Found {
        pieces,
        scheme,
        tidied,
        visible: markdown.map(|link| link.visible.to_owned()),
    })
}

impl Found {
    /// What a Markdown link shows in place of its target.
    pub(super) fn visible(&self) -> Option<&str> {
        self.visible.as_deref()
    }

    /// The readings of the first piece, of the first two joined, and so on up to `most`.
    ///
    /// White space inside a pasted link cannot be told from a sentence that goes on, so
    /// the caller judges each reading.
    pub(super) fn candidates(&self, most: usize) -> impl Iterator<Item = Candidate> + '_ {
        let count = self.pieces.len().min(most);
        (1..=count).map(|used| self.candidate(used))
    }

    fn candidate(&self, used: usize) -> Candidate {
        let joined = self.pieces[..used].concat();
        let text = joined.trim_end_matches(TRAILING);
        let mut tidied = self.tidied.clone();
        let after = &joined[text.len()..];
        let end = if after.starts_with('…') || after.starts_with("...") {
            End::Dots
        } else {
            End::Whole
        };
        let cut = used < self.pieces.len() || text.len() < joined.len();
        if cut && tidied.is_empty() {
            tidied.push(Tidy::Surroundings);
        }
        if used > 1 {
            tidied.push(Tidy::WhiteSpace);
        }
        let text = self.with_scheme(text, &mut tidied);
        Candidate { text, tidied, end }
    }

    fn with_scheme(&self, text: &str, tidied: &mut Vec<Tidy>) -> String {
        if self.scheme == Scheme::Added {
            tidied.push(Tidy::AddedScheme);
            return format!("https://{}", text.trim_start_matches(['/', '\\']));
        }
        let mut text = text;
        while let Some(inner) = after_http(text).filter(|inner| after_http(inner).is_some()) {
            if !tidied.contains(&Tidy::RepeatedScheme) {
                tidied.push(Tidy::RepeatedScheme);
            }
            text = inner;
        }
        text.to_owned()
    }
}

/// Where the link starts, past the marks before it.
fn start(text: &str) -> Option<(usize, Scheme)> {
    let at = first_that_is_not(text, 0, OPENING);
    let lead = &text[at..];
    if has_other_scheme(lead) || starts_with_http(lead) {
        return Some((at, Scheme::Given));
    }
    match first_http(text) {
        Some(http) => Some(
            bare::carrier_of(text, http).map_or((http, Scheme::Given), |at| (at, Scheme::Added)),
        ),
        None => bare::first_address(text).map(|at| (at, Scheme::Added)),
    }
}

/// The first place at or after `from` that is neither white space nor one of `marks`.
pub(super) fn first_that_is_not(text: &str, from: usize, marks: &[char]) -> usize {
    let rest = &text[from..];
    let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || marks.contains(&c));
    text.len() - trimmed.len()
}

/// Where the link and what may belong to it ends.
///
/// Marks such as `>` end a link, except where an `@` follows before the path: there a
/// browser takes them as part of a user name, and goes to the host after the `@`.
fn end(link: &str) -> usize {
    let path = path_start(link);
    let head = &link[..path];
    let ends_host = |c: char| ENDING.contains(&c) && c != IDEOGRAPHIC_STOP;
    match head.find(ends_host).filter(|_| !head.contains('@')) {
        Some(at) => at,
        None => path + end_of_path(&link[path..]),
    }
}

/// Where a path with its query ends: at a mark, or at the next link of a list.
fn end_of_path(path: &str) -> usize {
    let next = path
        .match_indices([',', ';'])
        .map(|(at, _)| at)
        .find(|at| after_http(&path[at + 1..]).is_some());
    let mark = path.find(ENDING);
    mark.into_iter().chain(next).min().unwrap_or(path.len())
}

/// Where the path, query or fragment starts, or the white space after the host.
fn path_start(link: &str) -> usize {
    let host = link.len() - after_http(link).unwrap_or(link).len();
    let ends = |c: char| c.is_whitespace() || matches!(c, '/' | '\\' | '?' | '#');
    link[host..].find(ends).map_or(link.len(), |at| host + at)
}

/// The parts of a link between white space, as far as they may belong to it, and the
/// text after them.
fn pieces(link: &str) -> (Vec<String>, &str) {
    const MOST: usize = 9;
    let mut pieces: Vec<String> = Vec::new();
    let mut from = 0;
    for word in link.split_inclusive(char::is_whitespace) {
        let text = word.trim();
        let is_next = !pieces.is_empty() && first_http(text).is_some();
        if is_next || pieces.len() == MOST {
            break;
        }
        from += word.len();
        match &mut pieces[..] {
            _ if text.is_empty() => {}
            [host] if is_bare_host(host) && continues_host(text) => host.push_str(text),
            _ => pieces.push(text.to_owned()),
        }
    }
    (pieces, &link[from..])
}

/// Whether nothing follows the host yet.
fn is_bare_host(link: &str) -> bool {
    path_start(link) == link.len()
}

/// Whether a piece after a bare host would change the host if the white space were gone.
fn continues_host(piece: &str) -> bool {
    let head = bare::authority(piece);
    bare::has_path(piece) && (piece.starts_with(['.', '-', ':', '@']) || head.contains('@'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn readings(text: &str) -> Vec<String> {
        find(text).map_or_else(Vec::new, |found| {
            found
                .candidates(8)
                .map(|candidate| candidate.text)
                .collect()
        })
    }

    #[test]
    fn a_sentence_gives_its_first_link() {
        let cases = [
            ("see https://a.example/b.", "https://a.example/b"),
            ("(https://a.example/b),", "https://a.example/b"),
            ("<https://a.example/b|text>", "https://a.example/b"),
            (
                "<a href=\"https://a.example/b\">x</a>",
                "https://a.example/b",
            ),
            ("„https://a.example/b“", "https://a.example/b"),
            ("- https://a.example/b", "https://a.example/b"),
            ("http://https://a.example/b", "https://a.example/b"),
            ("learn.microsoft.com/b", "https://learn.microsoft.com/b"),
            ("//learn.microsoft.com/b", "https://learn.microsoft.com/b"),
            (
                "a.example/b?c=https://d.example/",
                "https://a.example/b?c=https://d.example/",
            ),
            (
                "javascript:alert('https://a.example')",
                "javascript:alert('https://a.example",
            ),
            (r"https:\\a.example\b", r"https:\\a.example\b"),
            ("https:a.example/b", "https:a.example/b"),
            (
                "https://a.example/b;https://c.example/d",
                "https://a.example/b",
            ),
            (
                "https://a.example/b,http://c.example/d",
                "https://a.example/b",
            ),
            ("https://a.example。", "https://a.example"),
            ("[x](<https://a.example/b>) y", "https://a.example/b"),
            ("[x](https://a.example/b \"t\")", "https://a.example/b"),
        ];
        for (text, first) in cases {
            assert_eq!(
                readings(text).first().map(String::as_str),
                Some(first),
                "{text}"
            );
        }
    }

    #[test]
    fn prose_and_file_names_are_no_links() {
        for text in [
            "",
            "Jane Doe",
            "resume.pdf",
            "B.Sc. / M.Sc. in Physics",
            "jane@microsoft.com",
            "Node.js developer",
            "C:\\Users\\cv.pdf",
            "24/7.5",
            "20170DBC5AC04E38",
        ] {
            assert_eq!(readings(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn marks_before_an_at_sign_do_not_hide_the_host_behind_it() {
        for text in [
            "https://a.example>@b.example/c",
            "https://a.example @b.example/c",
        ] {
            assert!(readings(text)[0].contains("@b.example/c"), "{text}");
        }
    }
}
