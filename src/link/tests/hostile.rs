//! Links made to mislead, each with the host a browser would go to.

use super::{CANONICAL, SHARE, codes};
use crate::link::{Kind, judge};

/// Texts that seem to lead to a genuine host, the host they lead to, and the findings.
/// `{share}` stands for the path of a share link.
const MISLEADING: &[(&str, &str, &[&str])] = &[
    (
        "https://learn.microsoft.com@evil.example{share}",
        "evil.example",
        &["userinfo-in-link", "lookalike-host"],
    ),
    (
        "https://learn.microsoft.com:pw@evil.example{share}",
        "evil.example",
        &["userinfo-in-link", "lookalike-host"],
    ),
    (
        "https://learn.microsoft.com%2Fapi@evil.example{share}",
        "evil.example",
        &["userinfo-in-link", "lookalike-host"],
    ),
    (
        "https://jane@evil.example{share}",
        "evil.example",
        &["userinfo-in-link", "foreign-host"],
    ),
    (
        "https://www.credly.com@bit.ly{share}",
        "bit.ly",
        &["userinfo-in-link", "lookalike-host"],
    ),
    (
        r"https://evil.example\@learn.microsoft.com{share}",
        "evil.example",
        &["link-cleaned", "foreign-host"],
    ),
    (
        r"https:\\evil.example\learn.microsoft.com{share}",
        "evil.example",
        &["link-cleaned", "foreign-host"],
    ),
    (
        "https://evil.example/https://learn.microsoft.com{share}",
        "evil.example",
        &["foreign-host"],
    ),
    (
        "evil.example/https://learn.microsoft.com{share}",
        "evil.example",
        &["link-cleaned", "foreign-host"],
    ),
    (
        "evil.example?https://learn.microsoft.com{share}",
        "evil.example",
        &["link-cleaned", "foreign-host"],
    ),
    (
        "https://evil.example#https://learn.microsoft.com{share}",
        "evil.example",
        &["foreign-host"],
    ),
    (
        "https://evil.example?learn.microsoft.com{share}",
        "evil.example",
        &["foreign-host"],
    ),
    (
        "https://learn.microsoft.com>@evil.example{share}",
        "evil.example",
        &["userinfo-in-link", "lookalike-host"],
    ),
    (
        "https://learn.microsoft.com\"@evil.example{share}",
        "evil.example",
        &["userinfo-in-link", "lookalike-host"],
    ),
    (
        "https://learn.microsoft.com @evil.example{share}",
        "evil.example",
        &["userinfo-in-link", "lookalike-host"],
    ),
    (
        "https://learn.microsoft.com .evil.example{share}",
        "learn.microsoft.com.evil.example",
        &["lookalike-host"],
    ),
    (
        "https://learn.microsoft.com\u{200b}.evil.example{share}",
        "learn.microsoft.com.evil.example",
        &["link-cleaned", "lookalike-host"],
    ),
    (
        "https://learn.microsoft.com\u{0}.evil.example{share}",
        "learn.microsoft.com.evil.example",
        &["link-cleaned", "lookalike-host"],
    ),
    (
        "[https://learn.microsoft.com{share}](https://evil.example{share})",
        "evil.example",
        &["link-cleaned", "foreign-host", "text-target-mismatch"],
    ),
    (
        "https://evil.example{share} https://learn.microsoft.com{share}",
        "evil.example",
        &["link-cleaned", "foreign-host"],
    ),
    ("https://127.0.0.1{share}", "127.0.0.1", &["foreign-host"]),
    (
        "https://2130706433{share}",
        "127.0.0.1",
        &["link-cleaned", "foreign-host"],
    ),
    ("https://[::1]{share}", "[::1]", &["foreign-host"]),
    (
        "https://[::1]:8443{share}",
        "[::1]",
        &["port-in-link", "foreign-host"],
    ),
    (
        "https://evil.example:443{share}",
        "evil.example",
        &["port-in-link", "foreign-host"],
    ),
];

#[test]
fn the_real_host_is_named_whatever_stands_before_it() {
    let mut wrong = Vec::new();
    for (text, host, expected) in MISLEADING {
        let link = judge(&text.replace("{share}", SHARE));
        let named = link
            .findings()
            .iter()
            .any(|finding| finding.message().contains(host));
        if codes(&link) != *expected || !named || link.is_verifiable() || link.canonical().is_some()
        {
            wrong.push(format!("{text:?}: {:?}", link.findings()));
        }
    }
    super::assert_none(&wrong);
}

#[test]
fn a_genuine_host_stays_genuine_under_odd_dress() {
    let cases = [
        (
            format!("https://jane@learn.microsoft.com{SHARE}"),
            vec!["userinfo-in-link"],
        ),
        (
            format!("https://jane:secret@learn.microsoft.com{SHARE}"),
            vec!["userinfo-in-link"],
        ),
        (
            format!("https://@learn.microsoft.com{SHARE}"),
            vec!["userinfo-in-link"],
        ),
        (
            format!("https://evil.example@learn.microsoft.com{SHARE}"),
            vec!["userinfo-in-link"],
        ),
        (
            format!("https://learn.microsoft.com:8443{SHARE}"),
            vec!["port-in-link"],
        ),
        (
            format!("https://learn.microsoft.com:443{SHARE}"),
            vec!["port-in-link"],
        ),
        (
            format!("http://learn.microsoft.com:80{SHARE}"),
            vec!["insecure-scheme", "port-in-link"],
        ),
        (
            format!("https://a@learn.microsoft.com:1{SHARE}"),
            vec!["userinfo-in-link", "port-in-link"],
        ),
        (format!("https:///learn.microsoft.com{SHARE}"), vec![]),
        (format!("https:learn.microsoft.com{SHARE}"), vec![]),
    ];
    for (text, expected) in cases {
        let link = judge(&text);
        assert_eq!(codes(&link), expected, "{text}");
        assert_eq!(link.canonical(), Some(CANONICAL), "{text}");
        assert!(link.is_verifiable(), "{text}");
        assert!(
            link.findings()
                .iter()
                .all(|finding| !finding.message().contains("secret"))
        );
    }
}

#[test]
fn other_schemes_are_no_links() {
    for text in [
        "ftp://learn.microsoft.com/api/credentials/20170DBC5AC04E38",
        "javascript:location='https://learn.microsoft.com/api/credentials/20170DBC5AC04E38'",
        "javascript://learn.microsoft.com/api/credentials/20170DBC5AC04E38",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<a href=https://learn.microsoft.com/users/a>x</a>",
        "file:///etc/passwd",
        "mailto:jane@learn.microsoft.com?body=https://learn.microsoft.com/users/a",
        "blob:https://learn.microsoft.com/users/a",
        "view-source:https://learn.microsoft.com/users/a",
        "ttps://learn.microsoft.com/users/a",
        "<ftp://learn.microsoft.com/>",
        "[x](javascript:alert(1))",
    ] {
        let link = judge(text);
        let found: Vec<_> = codes(&link)
            .into_iter()
            .filter(|code| *code != "link-cleaned")
            .collect();
        assert_eq!(
            (link.kind(), found),
            (Kind::Other, vec!["malformed-link"]),
            "{text}"
        );
        assert!(
            !link.is_verifiable() && link.canonical().is_none(),
            "{text}"
        );
    }
}

#[test]
fn nothing_but_plain_identifiers_reaches_a_rebuilt_address() {
    let host = "https://learn.microsoft.com";
    for path in [
        "/api/credentials/share/en-us/a%2F..%2Fb/20170DBC5AC04E38",
        "/api/credentials/share/en-us/a%00/20170DBC5AC04E38",
        "/api/credentials/share/en-us/%2e%2e%2f/20170DBC5AC04E38",
        "/api/credentials/share/en-us/../b/20170DBC5AC04E38",
        "/api/credentials/share/x/../en-us/a/20170DBC5AC04E38",
        "/api/credentials/share/x/%2E%2e/en-us/a/20170DBC5AC04E38",
        r"/api/credentials/share/x\..\en-us/a/20170DBC5AC04E38",
        "/api/credentials/./20170DBC5AC04E38",
        "/api/credentials/20170DBC5AC04E38%00",
        "/api/credentials/20170DBC5AC04E38%2Fshare",
        "/api/credentials/20170DBC5AC04E38;x=y",
        "/api/credentials/%32%30",
        "/api/credentials/share/en-us/José-1234/20170DBC5AC04E38",
        "/api/credentials/share/en-us/a@b/20170DBC5AC04E38",
        "/users/a%20b/credentials/20170DBC5AC04E38",
        "/users/me/credentials?credentialId=../../x",
        "/users/me/credentials?credentialId=20170DBC5AC04E38%26x=1",
        "/users/a/transcript/8pydqs1r2fzv1w%2F",
    ] {
        let link = judge(&format!("{host}{path}"));
        assert!(
            codes(&link).contains(&"malformed-link"),
            "{path}: {:?}",
            link.findings()
        );
        assert!(
            !link.is_verifiable() && link.canonical().is_none(),
            "{path}"
        );
    }
}

#[test]
fn what_no_browser_opens_is_malformed() {
    for text in [
        "https://learn.microsoft.com:99999/users/a",
        "https://learn.microsoft.com%00.evil.example/",
        "https://learn.microsoft.com%2Fevil.example/",
        "https://learn..microsoft.com/users/a",
        "https://learn.microsoft.com../users/a",
        "https://xn--/",
        "https://[::1/",
        "https://.",
        "https://?x",
    ] {
        let link = judge(text);
        assert!(
            codes(&link).contains(&"malformed-link"),
            "{text}: {:?}",
            link.findings()
        );
        assert!(
            !link.is_verifiable() && link.canonical().is_none(),
            "{text}"
        );
    }
}

#[test]
fn hostile_sizes_are_judged() {
    let many = |part: &str| part.repeat(8192 / part.len());
    for text in [
        many("["),
        many("[a]("),
        many("https://"),
        many("http:"),
        many("a."),
        many("https:// "),
        many("&amp;"),
        many("a b "),
        format!("https://{}", many("a.")),
        many("learn.microsoft.com/ "),
        format!("https://{}.com/", many("é")),
        format!("https://{}/", many("xn--a.")),
        format!("https://learn.microsoft.com{}", many("/ ")),
        many("https://www.linkedin.com/safety/go?url="),
        "x".repeat(10 << 20),
        "\u{200b}".repeat(4 << 20),
        "[".repeat(10 << 20),
    ] {
        let link = judge(&text);
        assert!(!link.is_verifiable());
    }
}

#[test]
fn a_link_that_was_shortened_for_show_is_cut_off_and_not_asked_for() {
    for text in [
        "https://learn.microsoft.com/api/credentials/share/en-us/NameSurname-1234/20170DBC5AC…",
        "https://learn.microsoft.com/api/credentials/share/en-us/NameSurname-1234/2017...",
        "learn.microsoft.com/api/credentials/2017…",
    ] {
        let link = judge(text);
        assert!(!link.is_verifiable(), "{text}");
        assert!(codes(&link).contains(&"malformed-link"), "{text}");
    }
    let whole = "See https://learn.microsoft.com/api/credentials/20170DBC5AC04E38...";
    assert!(judge(whole).is_verifiable());
}
