//! Reads a candidate the way a browser does, and notes what its host part carried.

use url::{Host, Position, Url};

use super::clean::Tidy;

/// A web address, with what the text said that a parsed URL no longer shows.
pub(super) struct Address {
    url: Url,
    host: String,
    userinfo: Option<String>,
    port: Port,
    transport: Transport,
    steps: Steps,
    tidied: Vec<Tidy>,
}

/// Whether the text named a port, the usual one included.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Port {
    Unnamed,
    Named,
}

/// Whether the text asked for encryption.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Transport {
    Secure,
    Insecure,
}

/// Whether the path had `.` or `..` in it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Steps {
    Plain,
    Dotted,
}

/// Why a candidate is no web address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// The scheme is neither `http` nor `https`.
    Scheme,
    /// A browser would refuse it.
    Syntax,
}

impl Address {
    /// Reads a candidate; `http` becomes `https`.
    pub(super) fn parse(text: &str) -> Result<Self, Unreadable> {
        let mut url = Url::parse(text).map_err(|_| unreadable(text))?;
        let transport = match url.scheme() {
            "https" => Transport::Secure,
            "http" => Transport::Insecure,
            _ => return Err(Unreadable::Scheme),
        };
        if transport == Transport::Insecure {
            url.set_scheme("https").map_err(|()| Unreadable::Scheme)?;
        }
        let raw = Raw::of(text);
        let spelled = url.host_str().ok_or(Unreadable::Syntax)?;
        let host = spelled.strip_suffix('.').unwrap_or(spelled).to_owned();
        if host.is_empty() || host.split('.').any(str::is_empty) {
            return Err(Unreadable::Syntax);
        }
        Ok(Self {
            tidied: raw.tidied(&host),
            userinfo: raw.userinfo.map(str::to_owned),
            port: raw.port,
            steps: raw.steps,
            url,
            host,
            transport,
        })
    }

    /// The host a browser would go to, in ASCII and without a last dot.
    pub(super) fn host(&self) -> &str {
        &self.host
    }

    /// Whether the host is a number and no name.
    pub(super) fn is_ip(&self) -> bool {
        !matches!(self.url.host(), Some(Host::Domain(_)))
    }

    /// What stood before an `@` in front of the host; never to be shown.
    pub(super) fn userinfo(&self) -> Option<&str> {
        self.userinfo.as_deref()
    }

    pub(super) fn port(&self) -> Port {
        self.port
    }

    pub(super) fn transport(&self) -> Transport {
        self.transport
    }

    pub(super) fn steps(&self) -> Steps {
        self.steps
    }

    /// What was read as a browser reads it, although it was written otherwise.
    pub(super) fn tidied(&self) -> &[Tidy] {
        &self.tidied
    }

    /// The path's segments as written; empty ones do not count.
    pub(super) fn segments(&self) -> Vec<&str> {
        let path = self.url.path();
        path.split('/').filter(|part| !part.is_empty()).collect()
    }

    /// The path with the query behind it.
    pub(super) fn path_and_query(&self) -> &str {
        &self.url[Position::BeforePath..Position::AfterQuery]
    }

    /// The values of a parameter, whatever the case of its name.
    pub(super) fn parameters<'a>(&'a self, name: &'a str) -> impl Iterator<Item = String> + 'a {
        self.url
            .query_pairs()
            .filter(move |(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.into_owned())
    }
}

fn unreadable(text: &str) -> Unreadable {
    let scheme = text.split(':').next().unwrap_or_default();
    let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    if is_web {
        Unreadable::Syntax
    } else {
        Unreadable::Scheme
    }
}

/// The parts of the text itself, split where the URL standard splits them for `http`.
/// (<https://url.spec.whatwg.org/#concept-basic-url-parser>, read 2026-11-22)
struct Raw<'a> {
    userinfo: Option<&'a str>,
    host: &'a str,
    port: Port,
    steps: Steps,
    slashes: &'a str,
}

impl<'a> Raw<'a> {
    fn of(text: &'a str) -> Self {
        let rest = text.split_once(':').map_or("", |(_, rest)| rest);
        let slashes = until(rest, |b| matches!(b, b'?' | b'#'));
        let rest = slashes.trim_start_matches(['/', '\\']);
        let authority = until(rest, |b| matches!(b, b'/' | b'\\'));
        let path = &rest[authority.len()..];
        let (userinfo, host) = match authority.rsplit_once('@') {
            Some((userinfo, host)) => (Some(userinfo), host),
            None => (None, authority),
        };
        let (host, port) = match host.rsplit_once(':') {
            Some((name, port)) if is_number(port) => (name, Port::Named),
            _ => (host, Port::Unnamed),
        };
        let dotted = path.split(['/', '\\']).any(is_step);
        Self {
            userinfo,
            host,
            port,
            steps: if dotted { Steps::Dotted } else { Steps::Plain },
            slashes,
        }
    }

    fn tidied(&self, host: &str) -> Vec<Tidy> {
        let mut tidied = Vec::new();
        if self.slashes.contains('\\') {
            tidied.push(Tidy::Backslashes);
        }
        if !self.host.eq_ignore_ascii_case(host) {
            tidied.push(Tidy::HostSpelling);
        }
        tidied
    }
}

/// The text before the first byte of a sort, all of them ASCII.
fn until(text: &str, ends: impl Fn(u8) -> bool) -> &str {
    let end = text.bytes().position(ends);
    &text[..end.unwrap_or(text.len())]
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a browser would take the segment as a step in the path.
fn is_step(segment: &str) -> bool {
    if !segment.bytes().all(|b| b".%2eE".contains(&b)) {
        return false;
    }
    let plain = segment.to_ascii_lowercase().replace("%2e", ".");
    plain == "." || plain == ".."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_is_the_one_a_browser_goes_to() {
        let cases = [
            ("https://a.example/b", "a.example"),
            ("https://a.example./b", "a.example"),
            (r"https:\\a.example\b", "a.example"),
            (r"https://b.example\@a.example/c", "b.example"),
            ("https://a.example@b.example/c", "b.example"),
            ("https://a.example%2F@b.example/c", "b.example"),
            ("https://a.example#@b.example/c", "a.example"),
            ("https://a.example?@b.example/c", "a.example"),
            ("https:////a.example/b", "a.example"),
            ("https:a.example/b", "a.example"),
            ("https://ｌearn。example/b", "learn.example"),
            ("https://0x7f.1/", "127.0.0.1"),
        ];
        for (text, host) in cases {
            let address = Address::parse(text).ok();
            assert_eq!(address.as_ref().map(Address::host), Some(host), "{text}");
        }
    }

    #[test]
    fn what_a_browser_refuses_is_refused() {
        for text in [
            "https://",
            "https:///",
            "https://a b/",
            "https://a..b/",
            "https://a%00b/",
            "https://a:99999/",
        ] {
            assert_eq!(
                Address::parse(text).err(),
                Some(Unreadable::Syntax),
                "{text}"
            );
        }
        for text in [
            "ftp://a.example/",
            "mailto:a@b.example",
            "javascript:1",
            "1",
        ] {
            assert_eq!(
                Address::parse(text).err(),
                Some(Unreadable::Scheme),
                "{text}"
            );
        }
    }
}
