//! What a text says before its first colon.

/// Schemes that are no web address although no `//` follows them.
const OTHER_SCHEMES: &[&str] = &[
    "about",
    "blob",
    "data",
    "feed",
    "file",
    "filesystem",
    "ftp",
    "ftps",
    "intent",
    "jar",
    "javascript",
    "vbscript",
    "view-source",
    "ws",
    "wss",
];

/// Schemes that a letterhead names before the link, so only alone are they the link.
const CONTACT_SCHEMES: &[&str] = &["mailto", "sms", "tel"];

/// Whether the text starts with `http:` or `https:`, slashes or not.
pub(super) fn starts_with_http(text: &str) -> bool {
    scheme_of(text)
        .filter(|scheme| is_http(scheme))
        .is_some_and(|scheme| {
            let rest = &text[scheme.len() + 1..];
            !rest.is_empty() && !rest.starts_with(char::is_whitespace)
        })
}

fn is_http(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

/// Whether the text is an address of a scheme that is no web address.
pub(super) fn has_other_scheme(text: &str) -> bool {
    let Some(scheme) = scheme_of(text).filter(|scheme| !is_http(scheme)) else {
        return false;
    };
    let rest = &text[scheme.len() + 1..];
    let lower = scheme.to_ascii_lowercase();
    let goes_on = rest.trim_end().contains(char::is_whitespace);
    rest.starts_with("//")
        || (OTHER_SCHEMES.contains(&lower.as_str()) && !rest.starts_with(char::is_whitespace))
        || (CONTACT_SCHEMES.contains(&lower.as_str()) && !goes_on)
}

/// The scheme that a text starts with, by the letters of RFC 3986.
fn scheme_of(text: &str) -> Option<&str> {
    let (scheme, _) = text.split_once(':')?;
    let letters = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.');
    let fits = scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.bytes().all(letters);
    fits.then_some(scheme)
}

/// Where the first `http:/` or `https:/` stands, with slashes of either kind.
pub(super) fn first_http(text: &str) -> Option<usize> {
    let lower = text.to_ascii_lowercase();
    lower
        .match_indices("http")
        .map(|(at, _)| at)
        .find(|at| after_http(&text[*at..]).is_some())
}

/// What follows a leading `http(s)` with its colon and slashes.
pub(super) fn after_http(text: &str) -> Option<&str> {
    let start = text.get(.."https:/".len()).or(text.get(.."http:/".len()))?;
    let (scheme, _) = start
        .split_once(':')
        .filter(|(scheme, _)| is_http(scheme))?;
    let rest = &text[scheme.len() + 1..];
    rest.starts_with(['/', '\\'])
        .then(|| rest.trim_start_matches(['/', '\\']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_before_a_colon_are_no_schemes() {
        for text in [
            "Link: https://a",
            "Link:https://a",
            "C:\\a",
            "a.example:443/b",
            "tel:1 https://a",
        ] {
            assert!(!has_other_scheme(text) && !starts_with_http(text), "{text}");
        }
        for text in [
            "ftp://a",
            "JavaScript:1",
            "mailto:a@b.example",
            "data:text/html,<a b>",
            "x://",
        ] {
            assert!(has_other_scheme(text), "{text}");
        }
    }

    #[test]
    fn the_first_http_is_found_in_any_case_and_with_any_slashes() {
        for (text, at) in [("x HTTP://a", 2), (r"https:\\a", 0), ("http https:/a", 5)] {
            assert_eq!(first_http(text), Some(at), "{text}");
        }
        for text in ["http", "http:", "https:a", "", "shttp", "httpx://"] {
            assert_eq!(first_http(text), None, "{text}");
        }
    }
}
