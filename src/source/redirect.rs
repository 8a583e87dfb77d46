//! Where an answer sends us on to. Every hop is judged anew.

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, LOCATION};
use url::Url;

use super::base::origin_of;

/// The most redirects that one request follows.
pub(super) const LIMIT: usize = 5;

/// Whether `status` sends us on.
pub(super) fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// The address that `Location` leads to, if `allowed`; otherwise what may be said of it:
/// scheme, host and port, since a path or query can hold the sharingId.
pub(super) fn target(
    from: &Url,
    headers: &HeaderMap,
    allowed: impl Fn(&Url) -> bool,
) -> Result<Url, String> {
    let location = headers.get(LOCATION).ok_or("no address")?;
    let location = location.to_str().map_err(|_| "an unreadable address")?;
    let url = from.join(location).map_err(|_| "an unreadable address")?;
    if allowed(&url) {
        Ok(url)
    } else {
        Err(origin_of(&url))
    }
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;
    use crate::source::BaseUrl;

    #[test]
    fn only_the_same_scheme_host_and_port_is_followed() {
        let base = BaseUrl::parse("https://learn.microsoft.com").unwrap();
        let from = base
            .as_url()
            .join("/api/credentials/share/en-us/u/1?sharingId=2")
            .unwrap();
        let led = |location: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(LOCATION, HeaderValue::from_static(location));
            target(&from, &headers, |url| base.covers(url)).map(String::from)
        };
        let good = |to: &str| Ok(format!("https://learn.microsoft.com{to}"));
        assert_eq!(led("/a?b=c"), good("/a?b=c"));
        assert_eq!(led("2"), good("/api/credentials/share/en-us/u/2"));
        assert_eq!(led("//learn.microsoft.com:443/x"), good("/x"));
        for (location, to) in [
            ("http://learn.microsoft.com/x", "http://learn.microsoft.com"),
            (
                "https://learn.microsoft.com:8443/",
                "https://learn.microsoft.com:8443",
            ),
            (
                "https://a@learn.microsoft.com/",
                "https://learn.microsoft.com",
            ),
            ("//evil.example/p?sharingId=2", "https://evil.example"),
            ("https://login.live.com/x?y", "https://login.live.com"),
            ("file:///etc/passwd", "file:"),
            ("https://", "an unreadable address"),
        ] {
            assert_eq!(led(location), Err(to.to_owned()), "{location}");
        }
        assert_eq!(
            target(&from, &HeaderMap::new(), |_| true),
            Err("no address".to_owned())
        );
    }
}
