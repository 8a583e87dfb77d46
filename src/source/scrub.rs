//! Takes the sharingId out of a text, in whatever form a page may repeat it.
//!
//! The sharingId is the holder's key, and no file, message or log may hold it. A page can
//! repeat it in a query (`?sharingId=…`, `%3D`, `&#61;`), in a script (`\u003d`) or as a
//! member of embedded JSON (`"sharingId":"…"`, also with `\"` or `&quot;`).

use crate::link::SharingId;

/// What stands where the sharingId stood.
const MARK: &[u8] = b"redacted";

/// Real ones have 14 to 16 digits. A short number would be found in any text by chance,
/// and taking it out would change what the page says.
const SHORTEST_BARE: usize = 8;

/// The text with the value of every `sharingId` in it replaced: for messages that repeat
/// what was typed.
pub fn without_sharing_id(text: &str) -> String {
    String::from_utf8_lossy(&named(text.as_bytes())).into_owned()
}

/// The text without the user name and password of any address in it: for messages that repeat
/// what was typed.
pub fn without_userinfo(text: &str) -> String {
    let mut parts = text.split("://");
    let mut shown = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        shown.push_str("://");
        let ends = |c: char| c.is_whitespace() || matches!(c, '/' | '\\' | '?' | '#' | '\'' | '"');
        let authority = &part[..part.find(ends).unwrap_or(part.len())];
        let host = authority.rfind('@').map(|at| &part[at..]);
        match host {
            Some(host) => shown.extend(["redacted", host]),
            None => shown.push_str(part),
        }
    }
    shown
}

/// Replaces the value after every `sharingId` and its separator.
pub(super) fn named(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(next) = position(&text[at..], b's') {
        out.extend_from_slice(&text[at..at + next]);
        at += next;
        let value = name_at(&text[at..]).and_then(|name| value_after(text, at + name));
        if let Some((start, end)) = value {
            out.extend_from_slice(&text[at..start]);
            out.extend_from_slice(MARK);
            at = end;
        } else {
            out.push(text[at]);
            at += 1;
        }
    }
    out.extend_from_slice(&text[at..]);
    out
}

/// Replaces `sharing_id` itself wherever it stands, in either case, unless it is part of
/// `path`: then it equals the credential's own number, which is no secret.
pub(crate) fn bare(text: &[u8], sharing_id: &SharingId, path: &str) -> Vec<u8> {
    let secret = sharing_id.reveal().as_bytes();
    let public = path
        .split('/')
        .any(|part| part.eq_ignore_ascii_case(sharing_id.reveal()));
    if public || secret.len() < SHORTEST_BARE {
        return text.to_vec();
    }
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(next) = position(&text[at..], secret[0]) {
        out.extend_from_slice(&text[at..at + next]);
        at += next;
        let here = text.get(at..at + secret.len());
        if here.is_some_and(|here| here.eq_ignore_ascii_case(secret)) {
            out.extend_from_slice(MARK);
            at += secret.len();
        } else {
            out.push(text[at]);
            at += 1;
        }
    }
    out.extend_from_slice(&text[at..]);
    out
}

/// Where `byte` first stands, in either case.
fn position(text: &[u8], byte: u8) -> Option<usize> {
    text.iter().position(|it| it.eq_ignore_ascii_case(&byte))
}

/// The length of a `sharingId` in any spelling that `text` starts with.
fn name_at(text: &[u8]) -> Option<usize> {
    [&b"sharingid"[..], b"sharing-id", b"sharing_id"]
        .into_iter()
        .find(|name| {
            text.get(..name.len())
                .is_some_and(|here| here.eq_ignore_ascii_case(name))
        })
        .map(<[u8]>::len)
}

/// The value that follows a separator at `at`, from its start to its end.
fn value_after(text: &[u8], at: usize) -> Option<(usize, usize)> {
    let (start, separated) = skip_separator(text, at);
    let length = text[start..]
        .iter()
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        .count();
    let value = &text[start..start + length];
    let says_none = matches!(value, b"" | b"null" | b"true" | b"false" | b"undefined");
    (separated && !says_none).then_some((start, start + length))
}

/// Passes quotes, blanks and one `=` or `:`, each in plain or escaped form. Says where
/// the rest starts and whether there was a `=` or `:`.
fn skip_separator(text: &[u8], mut at: usize) -> (usize, bool) {
    let mut separated = false;
    while let Some((byte, length)) = character(&text[at..]) {
        match byte {
            b'=' | b':' => separated = true,
            b'"' | b'\'' | b'\\' | b' ' | b'\t' => {}
            _ => break,
        }
        at += length;
    }
    (at, separated)
}

/// The first character of `text` once unescaped, and how many bytes it takes.
fn character(text: &[u8]) -> Option<(u8, usize)> {
    match text {
        [b'%', ..] => percent(text),
        [b'&', ..] => entity(text),
        [b'\\', b'u', rest @ ..] => Some((hex_byte(rest.get(..4)?)?, 6)),
        [b'\\', b'x', rest @ ..] => Some((hex_byte(rest.get(..2)?)?, 4)),
        [byte, ..] => Some((*byte, 1)),
        [] => None,
    }
}

/// `%3D`, also encoded over again: `%253D`, `%25253D`.
fn percent(text: &[u8]) -> Option<(u8, usize)> {
    let mut at = 1;
    while text.get(at..at + 2) == Some(b"25") {
        at += 2;
    }
    Some((hex_byte(text.get(at..at + 2)?)?, at + 2))
}

/// `&#61;`, `&#x3D;`, `&equals;`, `&colon;`, `&quot;`, `&apos;`.
fn entity(text: &[u8]) -> Option<(u8, usize)> {
    let end = text.iter().take(10).position(|byte| *byte == b';')?;
    let byte = match &text[1..end] {
        b"equals" => b'=',
        b"colon" => b':',
        b"quot" => b'"',
        b"apos" => b'\'',
        [b'#', b'x' | b'X', digits @ ..] => hex_byte(digits)?,
        [b'#', digits @ ..] => std::str::from_utf8(digits).ok()?.parse().ok()?,
        _ => return None,
    };
    Some((byte, end + 1))
}

fn hex_byte(digits: &[u8]) -> Option<u8> {
    u8::try_from(u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn named_text(text: &str) -> String {
        String::from_utf8(named(text.as_bytes())).unwrap()
    }

    #[test]
    fn every_form_of_the_sharing_id_is_taken_out() {
        for (text, kept) in [
            ("?sharingId=C72B4F60A795D7E4\"", "?sharingId=redacted\""),
            (
                "&amp;SHARINGID=C72B&amp;a=1",
                "&amp;SHARINGID=redacted&amp;a=1",
            ),
            ("sharingId%3DC72B%26", "sharingId%3Dredacted%26"),
            ("sharingId%253dC72B", "sharingId%253dredacted"),
            ("sharingId&#61;C72B", "sharingId&#61;redacted"),
            ("sharingId&#x3D;C72B", "sharingId&#x3D;redacted"),
            (r"sharingId\u003dC72B", r"sharingId\u003dredacted"),
            (r"sharingId\x3dC72B", r"sharingId\x3dredacted"),
            (r#""sharingId": "C72B""#, r#""sharingId": "redacted""#),
            (r#"\"sharingId\":\"C72B\""#, r#"\"sharingId\":\"redacted\""#),
            (
                "&quot;sharingId&quot;:&quot;C72B&quot;",
                "&quot;sharingId&quot;:&quot;redacted&quot;",
            ),
            ("sharingId%22%3A%22C72B%22", "sharingId%22%3A%22redacted%22"),
            ("data-sharing-id=\"C72B\"", "data-sharing-id=\"redacted\""),
            (
                "sharingId=A1 sharingId=B2",
                "sharingId=redacted sharingId=redacted",
            ),
        ] {
            assert_eq!(named_text(text), kept);
        }
    }

    #[test]
    fn no_address_keeps_its_password() {
        for (text, kept) in [
            (
                "'https://jo:pw@a.example' is",
                "'https://redacted@a.example' is",
            ),
            (
                "http://pw@a/?b=c@d https://x:y@z@b",
                "http://redacted@a/?b=c@d https://redacted@b",
            ),
            (
                "https://a.example/@b ftp://c",
                "https://a.example/@b ftp://c",
            ),
            ("jo@a.example", "jo@a.example"),
        ] {
            assert_eq!(without_userinfo(text), kept);
        }
    }

    #[test]
    fn texts_without_a_value_stay_as_they_are() {
        for text in [
            "the sharingId is one per holder",
            "?sharingId",
            "?sharingId=",
            "?sharingId=&amp;ref=x",
            "?sharingId&ref=x",
            r#"{"sharingId":null}"#,
            "",
        ] {
            assert_eq!(named_text(text), text);
        }
    }

    #[test]
    fn the_bare_number_is_taken_out_unless_it_is_the_credentials_own() {
        let id = SharingId::parse("C72B4F60A795D7E4").unwrap();
        let text = b"x c72b4f60a795d7e4 yC72B4F60A795D7E4z";
        assert_eq!(bare(text, &id, "/share/A1"), b"x redacted yredactedz");
        assert_eq!(bare(text, &id, "/share/C72B4F60A795D7E4"), text);
        let short = SharingId::parse("A").unwrap();
        assert_eq!(bare(b"A title", &short, "/share/B"), b"A title");
    }

    proptest! {
        #[test]
        fn scrubbing_never_panics_and_twice_is_once(text in ".{0,60}(sharingId.{0,20}){0,3}") {
            let once = named(text.as_bytes());
            prop_assert_eq!(named(&once), once);
        }
    }
}
