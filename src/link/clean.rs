//! Takes the junk out of a pasted text, and says what was taken.

use std::borrow::Cow;

use url::form_urlencoded;

/// One thing that was done to a text before it could be read as a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tidy {
    Invisible,
    Entities,
    Escapes,
    PercentEncoding,
    Markdown,
    Surroundings,
    FurtherLinks,
    WhiteSpace,
    AddedScheme,
    RepeatedScheme,
    Backslashes,
    HostSpelling,
    OldHostName,
}

impl Tidy {
    /// What was done, in the words of the `link-cleaned` message.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Invisible => "removed invisible characters",
            Self::Entities => "decoded HTML entities",
            Self::Escapes => "removed backslash escapes",
            Self::PercentEncoding => "decoded a percent-encoded link",
            Self::Markdown => "took the target of a Markdown link",
            Self::Surroundings => "left out the text or marks around the link",
            Self::FurtherLinks => {
                "read only the first of several links, so give the others by themselves"
            }
            Self::WhiteSpace => "removed white space inside the link",
            Self::AddedScheme => "added the missing https://",
            Self::RepeatedScheme => "removed a repeated http(s)://",
            Self::Backslashes => "read backslashes as slashes, as a browser does",
            Self::HostSpelling => "read the host's unusual spelling as a browser does",
            Self::OldHostName => "used Credly's present host name",
        }
    }
}

/// A change of a text; `None` for text that has nothing of the sort.
type Step = fn(&str) -> Option<String>;

/// Undoes what mail programs, documents and JSON do to the characters of a link.
pub(super) fn tidy(text: &str) -> (Cow<'_, str>, Vec<Tidy>) {
    let steps: [(Tidy, Step); 4] = [
        (Tidy::Invisible, without_invisible),
        (Tidy::Entities, without_entities),
        (Tidy::Escapes, without_escapes),
        (Tidy::PercentEncoding, without_percent_encoding),
    ];
    let mut text = Cow::Borrowed(text.trim());
    let mut done = Vec::new();
    for (tidy, step) in steps {
        if let Some(changed) = step(&text).filter(|changed| *changed != text) {
            done.push(tidy);
            text = Cow::Owned(changed);
        }
    }
    (text, done)
}

/// Whether a character leaves no mark on a page: controls, zero-width characters,
/// direction marks, soft hyphens, variation selectors and tags.
///
/// The ranges are Unicode's `Default_Ignorable_Code_Point` that occur in pasted text
/// (<https://www.unicode.org/reports/tr44/>, read 2026-11-22).
pub(super) fn is_invisible(c: char) -> bool {
    let control = c.is_control() && !c.is_whitespace();
    control
        || matches!(c,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
            | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

fn without_invisible(text: &str) -> Option<String> {
    // Most links are plain: nothing to look up in them.
    let is_plain = |b: u8| b.is_ascii_graphic() || b.is_ascii_whitespace();
    (!text.bytes().all(is_plain)).then(|| text.chars().filter(|c| !is_invisible(*c)).collect())
}

fn without_entities(text: &str) -> Option<String> {
    const ENTITIES: [(&str, &str); 11] = [
        ("&amp;", "&"),
        ("&#38;", "&"),
        ("&#x26;", "&"),
        ("&lt;", "<"),
        ("&#60;", "<"),
        ("&gt;", ">"),
        ("&#62;", ">"),
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&nbsp;", " "),
    ];
    let once = |text: &str| replaced(text, &ENTITIES);
    // Twice, for text that was escaped twice on its way.
    (text.contains('&') && text.contains(';')).then(|| once(&once(text)))
}

/// `\/` keeps every host as it is: a browser ends the host at either character.
fn without_escapes(text: &str) -> Option<String> {
    const ESCAPES: [(&str, &str); 4] = [
        ("\\/", "/"),
        ("\\u0026", "&"),
        ("\\u003d", "="),
        ("\\u002f", "/"),
    ];
    text.contains('\\').then(|| replaced(text, &ESCAPES))
}

fn replaced(text: &str, pairs: &[(&str, &str)]) -> String {
    pairs
        .iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// A link that was copied out of another link's parameter, such as `https%3A%2F%2F…`.
fn without_percent_encoding(text: &str) -> Option<String> {
    let lower = text.get(..8).unwrap_or_default().to_ascii_lowercase();
    if !(lower.starts_with("https%3a") || lower.starts_with("http%3a")) {
        return None;
    }
    form_urlencoded::parse(text.as_bytes())
        .next()
        .map(|(link, _)| link.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clean_text_stays_as_it_is() {
        let text = "https://learn.microsoft.com/api/credentials/20170DBC5AC04E38?a=1&b=2";
        assert_eq!(tidy(text), (text.into(), vec![]));
    }

    #[test]
    fn each_sort_of_junk_is_named_once() {
        let cases = [
            ("a\u{200b}b\u{feff}c", "abc", Tidy::Invisible),
            ("a&amp;amp;b&amp;c", "a&b&c", Tidy::Entities),
            (r"a\/b\/c", "a/b/c", Tidy::Escapes),
            (
                "https%3A%2F%2Fa.example%2Fb%3Fc%3Dd&e=f",
                "https://a.example/b?c=d",
                Tidy::PercentEncoding,
            ),
        ];
        for (text, clean, tidied) in cases {
            assert_eq!(tidy(text), (clean.into(), vec![tidied]), "{text:?}");
        }
    }
}
