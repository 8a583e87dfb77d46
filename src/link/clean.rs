//! Takes the junk out of a pasted text, and says what was taken.

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
            Self::WhiteSpace => "removed white space inside the link",
            Self::AddedScheme => "added the missing https://",
            Self::RepeatedScheme => "removed a repeated http(s)://",
            Self::Backslashes => "read backslashes as slashes, as a browser does",
            Self::HostSpelling => "read the host's unusual spelling as a browser does",
            Self::OldHostName => "used Credly's present host name",
        }
    }
}

/// A change of a text that leaves clean text as it is.
type Step = fn(&str) -> String;

/// Undoes what mail programs, documents and JSON do to the characters of a link.
pub(super) fn tidy(text: &str) -> (String, Vec<Tidy>) {
    let steps: [(Tidy, Step); 4] = [
        (Tidy::Invisible, without_invisible),
        (Tidy::Entities, without_entities),
        (Tidy::Escapes, without_escapes),
        (Tidy::PercentEncoding, without_percent_encoding),
    ];
    let mut text = text.trim().to_owned();
    let mut done = Vec::new();
    for (tidy, step) in steps {
        let changed = step(&text);
        if changed != text {
            done.push(tidy);
            text = changed;
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

fn without_invisible(text: &str) -> String {
    text.chars().filter(|c| !is_invisible(*c)).collect()
}

fn without_entities(text: &str) -> String {
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
    // Twice, for text that was escaped twice on its way.
    let once = |text: String| {
        ENTITIES
            .iter()
            .fold(text, |text, (entity, sign)| text.replace(entity, sign))
    };
    once(once(text.to_owned()))
}

/// `\/` keeps every host as it is: a browser ends the host at either character.
fn without_escapes(text: &str) -> String {
    const ESCAPES: [(&str, &str); 4] = [
        ("\\/", "/"),
        ("\\u0026", "&"),
        ("\\u003d", "="),
        ("\\u002f", "/"),
    ];
    ESCAPES
        .iter()
        .fold(text.to_owned(), |text, (escape, sign)| {
            text.replace(escape, sign)
        })
}

/// A link that was copied out of another link's parameter, such as `https%3A%2F%2F…`.
fn without_percent_encoding(text: &str) -> String {
    let lower = text.get(..8).unwrap_or_default().to_ascii_lowercase();
    if !(lower.starts_with("https%3a") || lower.starts_with("http%3a")) {
        return text.to_owned();
    }
    form_urlencoded::parse(text.as_bytes())
        .next()
        .map_or_else(String::new, |(link, _)| link.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clean_text_stays_as_it_is() {
        let text = "https://learn.microsoft.com/api/credentials/20170DBC5AC04E38?a=1&b=2";
        assert_eq!(tidy(text), (text.to_owned(), vec![]));
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
            assert_eq!(tidy(text), (clean.to_owned(), vec![tidied]), "{text:?}");
        }
    }
}
