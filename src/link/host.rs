//! Whose host is this? Exact names first; all else is another's.

use super::lookalike;

/// What a host is to this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Host {
    /// `learn.microsoft.com`.
    Learn,
    /// `docs.microsoft.com`, Learn's host before 2022.
    OldLearn,
    /// `mcp.microsoft.com`, the transcript tool that was switched off.
    OldTranscripts,
    /// `credly.com`, with or without `www.`.
    Credly,
    /// `youracclaim.com`, Credly's name before 2022.
    Acclaim,
    /// `api.credly.com`.
    CredlyApi,
    /// Another host of Microsoft's.
    Microsoft,
    /// Another host of Credly's.
    CredlyOther,
    /// A link shortener.
    Shortener,
    /// A host that imitates the named genuine one.
    Lookalike(&'static str),
    /// Everyone else's.
    Foreign,
}

/// Link shorteners, known by name. `aka.ms` is Microsoft's own, and as opaque.
const SHORTENERS: &[&str] = &[
    "aka.ms",
    "b.link",
    "bit.ly",
    "bitly.com",
    "buff.ly",
    "cutt.ly",
    "dub.sh",
    "goo.gl",
    "is.gd",
    "lnkd.in",
    "msft.it",
    "ow.ly",
    "rb.gy",
    "rebrand.ly",
    "s.id",
    "short.io",
    "shorturl.at",
    "t.co",
    "t.ly",
    "tiny.cc",
    "tinyurl.com",
    "v.gd",
];

/// Judges a host name in lower-case ASCII, without a last dot.
pub(super) fn judge(host: &str) -> Host {
    match host {
        "learn.microsoft.com" => Host::Learn,
        "docs.microsoft.com" => Host::OldLearn,
        "mcp.microsoft.com" => Host::OldTranscripts,
        "credly.com" | "www.credly.com" => Host::Credly,
        _ if is_old_credly(host) => Host::Acclaim,
        "api.credly.com" => Host::CredlyApi,
        _ if is_within(host, "microsoft.com") => {
            sibling(host).map_or(Host::Microsoft, Host::Lookalike)
        }
        _ if is_within(host, "credly.com") || is_within(host, "youracclaim.com") => {
            sibling(host).map_or(Host::CredlyOther, Host::Lookalike)
        }
        _ if SHORTENERS.contains(&host.strip_prefix("www.").unwrap_or(host)) => Host::Shortener,
        _ => lookalike::imitated(&idna::domain_to_unicode(host).0)
            .map_or(Host::Foreign, Host::Lookalike),
    }
}

/// Whether a host is Credly's of before 2022.
pub(super) fn is_old_credly(host: &str) -> bool {
    matches!(host, "youracclaim.com" | "www.youracclaim.com")
}

/// Names the genuine host that a sub-domain of its own owner passes for. Its owner could
/// make it, but no one shares such a link honestly.
fn sibling(host: &str) -> Option<&'static str> {
    lookalike::passes_for(&idna::domain_to_unicode(host).0)
}

/// Whether a host is a domain or one of its sub-domains.
pub(super) fn is_within(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// A host as a message shows it: in ASCII, which imitates no one, and as the eye meets it.
pub(super) fn shown(host: &str) -> String {
    let (unicode, _) = idna::domain_to_unicode(host);
    if unicode == host {
        host.to_owned()
    } else {
        format!("{host} (shown as {unicode})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_exact_names_are_genuine() {
        let cases = [
            ("learn.microsoft.com", Host::Learn),
            ("www.credly.com", Host::Credly),
            ("credly.com", Host::Credly),
            ("api.credly.com", Host::CredlyApi),
            ("youracclaim.com", Host::Acclaim),
            ("mcp.microsoft.com", Host::OldTranscripts),
            ("docs.microsoft.com", Host::OldLearn),
            ("www.learn.microsoft.com", Host::Microsoft),
            ("azure.microsoft.com", Host::Microsoft),
            ("microsoft.com", Host::Microsoft),
            ("support.credly.com", Host::CredlyOther),
            (
                "xn--lern-63d.microsoft.com",
                Host::Lookalike("learn.microsoft.com"),
            ),
            ("lern.microsoft.com", Host::Lookalike("learn.microsoft.com")),
            (
                "1earn.microsoft.com",
                Host::Lookalike("learn.microsoft.com"),
            ),
            ("bit.ly", Host::Shortener),
            ("www.tinyurl.com", Host::Shortener),
            ("bit.ly.example", Host::Foreign),
            ("learn.example.com", Host::Foreign),
        ];
        for (host, expected) in cases {
            assert_eq!(judge(host), expected, "{host}");
        }
    }

    #[test]
    fn a_name_that_only_ends_alike_is_not_within() {
        assert!(is_within("a.credly.com", "credly.com"));
        assert!(!is_within("notcredly.com", "credly.com"));
    }
}
