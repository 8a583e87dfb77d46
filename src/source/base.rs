//! Where a service is asked: its own host, or one that the run was pointed at.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use url::{Host, Url};

use super::{Answerer, EvidenceKind};

/// The scheme, host and port that requests of one service go to.
///
/// Plain `http` is taken on loopback alone, where no one can listen in or answer instead.
///
/// ```
/// use bonafide::source::BaseUrl;
///
/// assert!(BaseUrl::parse("https://learn.microsoft.com").is_ok());
/// assert!(BaseUrl::parse("http://127.0.0.1:8080").is_ok());
/// assert!(BaseUrl::parse("http://learn.microsoft.com").is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    url: Url,
    /// Scheme, host and port, as they stand before a path.
    shown: String,
}

/// Why a text is not a base address. The text is the caller's own and is not repeated,
/// since it may hold a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BaseUrlError {
    /// Not a URL with a host.
    #[error("expected an address such as https://learn.microsoft.com, found no URL with a host")]
    NotAUrl,
    /// `http` to another machine, or another scheme altogether.
    #[error(
        "expected https, or http on this machine (127.0.0.1, [::1] or localhost); use https for any other host"
    )]
    NotSecure,
    /// A user name or password.
    #[error("expected no user name or password in the address; remove what stands before the @")]
    Userinfo,
    /// A path, query or fragment.
    #[error("expected scheme, host and port alone; remove the path, the query and the fragment")]
    NotBare,
}

impl BaseUrl {
    /// Reads scheme, host and port, such as `https://learn.microsoft.com`.
    ///
    /// # Errors
    /// When it is no URL, is not `https` (or `http` on loopback), or says more than
    /// scheme, host and port.
    pub fn parse(text: &str) -> Result<Self, BaseUrlError> {
        let url = Url::parse(text.trim()).map_err(|_| BaseUrlError::NotAUrl)?;
        let host = url.host().ok_or(BaseUrlError::NotAUrl)?;
        match url.scheme() {
            "https" => {}
            "http" if is_loopback(&host) => {}
            _ => return Err(BaseUrlError::NotSecure),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(BaseUrlError::Userinfo);
        }
        if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
            return Err(BaseUrlError::NotBare);
        }
        Ok(Self::of(url))
    }

    /// The service's own address for answers of `kind`.
    pub fn official(kind: EvidenceKind) -> Self {
        official(kind).clone()
    }

    fn of(url: Url) -> Self {
        let shown = origin_of(&url);
        Self { url, shown }
    }

    /// The address as a URL.
    pub fn as_url(&self) -> &Url {
        &self.url
    }

    /// Who it is that answers here for `kind`: the issuer if and only if this is the
    /// service's own host over https on the default port.
    pub fn answerer(&self, kind: EvidenceKind) -> Answerer {
        Answerer::of(&self.url, kind)
    }

    /// Whether `url` has the same scheme, host and port, and no user name.
    pub(super) fn covers(&self, url: &Url) -> bool {
        url.scheme() == self.url.scheme()
            && url.host() == self.url.host()
            && url.port_or_known_default() == self.url.port_or_known_default()
            && url.username().is_empty()
            && url.password().is_none()
    }
}

/// The issuers' own addresses, read once.
static OFFICIAL: LazyLock<[BaseUrl; 3]> = LazyLock::new(|| {
    [
        "https://learn.microsoft.com",
        "https://www.credly.com",
        "https://api.credly.com",
    ]
    .map(|text| BaseUrl::of(Url::parse(text).expect("a constant URL parses")))
});

fn official(kind: EvidenceKind) -> &'static BaseUrl {
    let [learn, credly, open_badge] = &*OFFICIAL;
    match kind {
        EvidenceKind::LearnCredential | EvidenceKind::LearnPage | EvidenceKind::LearnTranscript => {
            learn
        }
        EvidenceKind::CredlyBadge => credly,
        EvidenceKind::OpenBadge => open_badge,
    }
}

impl Answerer {
    /// Who answers at an address for `kind`: the issuer if and only if it is on the
    /// service's own host over https on the default port.
    pub fn at(address: &str, kind: EvidenceKind) -> Self {
        Url::parse(address).map_or(Self::Unknown, |url| Self::of(&url, kind))
    }

    fn of(url: &Url, kind: EvidenceKind) -> Self {
        if official(kind).covers(url) {
            Self::Issuer
        } else if url.has_host() {
            Self::Other(host_of(url))
        } else {
            Self::Unknown
        }
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl FromStr for BaseUrl {
    type Err = BaseUrlError;

    fn from_str(text: &str) -> Result<Self, BaseUrlError> {
        Self::parse(text)
    }
}

/// The host, with the port where it is not the scheme's own.
pub(super) fn host_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or("an unnamed host");
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

/// Scheme, host and port: all of an address that may be shown of a place not followed.
pub(super) fn origin_of(url: &Url) -> String {
    if url.has_host() {
        format!("{}://{}", url.scheme(), host_of(url))
    } else {
        format!("{}:", url.scheme())
    }
}

fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_read_is_printed_and_read_again(
            text in r"(https?://)?[a-z0-9.:@/\[\]%-]{0,20}|\PC{0,30}"
        ) {
            if let Ok(base) = BaseUrl::parse(&text) {
                prop_assert_eq!(BaseUrl::parse(&base.to_string()), Ok(base));
            }
        }
    }

    #[test]
    fn only_https_and_loopback_are_taken() {
        for good in [
            "https://learn.microsoft.com",
            "https://learn.microsoft.com/",
            "https://mirror.example:8443",
            "http://127.0.0.1:9",
            "http://127.8.8.8",
            "http://[::1]:80",
            "http://LOCALHOST:1234",
        ] {
            assert!(BaseUrl::parse(good).is_ok(), "{good}");
        }
        let cases = [
            ("learn.microsoft.com", BaseUrlError::NotAUrl),
            ("", BaseUrlError::NotAUrl),
            ("data:text/plain,x", BaseUrlError::NotAUrl),
            ("file:///etc/passwd", BaseUrlError::NotAUrl),
            ("http://learn.microsoft.com", BaseUrlError::NotSecure),
            ("http://localhost.example", BaseUrlError::NotSecure),
            ("http://192.168.1.1", BaseUrlError::NotSecure),
            ("http://[::ffff:8.8.8.8]", BaseUrlError::NotSecure),
            ("ftp://127.0.0.1", BaseUrlError::NotSecure),
            ("https://user@host.example", BaseUrlError::Userinfo),
            ("https://:pw@host.example", BaseUrlError::Userinfo),
            ("https://host.example/learn", BaseUrlError::NotBare),
            ("https://host.example/?a=1", BaseUrlError::NotBare),
            ("https://host.example/#a", BaseUrlError::NotBare),
        ];
        for (bad, error) in cases {
            assert_eq!(BaseUrl::parse(bad), Err(error), "{bad}");
        }
    }

    #[test]
    fn the_issuer_is_its_own_host_on_the_default_port_alone() {
        let learn = EvidenceKind::LearnCredential;
        let answerer = |text, kind| BaseUrl::parse(text).unwrap().answerer(kind);
        let issuers = [
            "https://learn.microsoft.com",
            "https://LEARN.microsoft.com:443/",
        ];
        for text in issuers {
            assert_eq!(answerer(text, learn), Answerer::Issuer);
        }
        let others = [
            (
                "https://learn.microsoft.com:8443",
                "learn.microsoft.com:8443",
            ),
            ("https://learn.microsoft.com.", "learn.microsoft.com."),
            (
                "https://learn.microsoft.com.example",
                "learn.microsoft.com.example",
            ),
            ("https://www.credly.com", "www.credly.com"),
        ];
        for (text, other) in others {
            assert_eq!(answerer(text, learn), Answerer::Other(other.to_owned()));
        }
        assert_eq!(
            answerer("https://www.credly.com", EvidenceKind::CredlyBadge),
            Answerer::Issuer
        );
    }

    #[test]
    fn what_is_shown_of_an_address_has_no_path_or_query() {
        let shown = |text| origin_of(&Url::parse(text).unwrap());
        assert_eq!(
            shown("https://u:p@a.example:8/x?y#z"),
            "https://a.example:8"
        );
        assert_eq!(shown("javascript:alert(1)"), "javascript:");
        assert_eq!(shown("file:///etc/passwd"), "file:");
    }
}
