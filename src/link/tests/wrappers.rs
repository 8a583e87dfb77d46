//! Redirects, opened without the network.

use url::form_urlencoded::byte_serialize;

use super::{CANONICAL, codes};
use crate::link::{Kind, judge};

fn encoded(link: &str) -> String {
    byte_serialize(link.as_bytes()).collect()
}

fn wrapped(link: &str) -> String {
    format!(
        "https://www.linkedin.com/safety/go/?url={}&trk=x",
        encoded(link)
    )
}

#[test]
fn each_known_wrapper_is_opened_and_named() {
    let link = encoded(&format!("{CANONICAL}?sharingId=C72B4F60A795D7E4"));
    let cases = [
        (
            "www.linkedin.com",
            format!("/redir/redirect/?url={link}&urlhash=KIB_"),
        ),
        ("linkedin.com", format!("/redir/redirect?url={link}")),
        ("de.linkedin.com", format!("/safety/go?trk=a&url={link}")),
        (
            "eur01.safelinks.protection.outlook.com",
            format!("/?url={link}&data=05%7C02&reserved=0"),
        ),
        (
            "nam12.safelinks.protection.outlook.com",
            format!("/ap/t-59584e83/?url={link}"),
        ),
        ("www.google.com", format!("/url?q={link}&sa=D")),
        (
            "urldefense.com",
            format!("/v3/__{CANONICAL}?sharingId=C72B4F60A795D7E4__;!!AbC!x-y_z$"),
        ),
        (
            "urldefense.proofpoint.com",
            format!(
                "/v2/url?u={}&d=DwMFaQ&c=x",
                encoded(&format!("{CANONICAL}?sharingId=C72B4F60A795D7E4"))
                    .replace('-', "%2D")
                    .replace("%2F", "_")
                    .replace('%', "-")
            ),
        ),
        ("google.de", format!("/url?sa=t&url={link}")),
        ("www.google.co.in", format!("/url?q=azure+badge&url={link}")),
    ];
    for (host, path) in cases {
        let judged = judge(&format!("https://{host}{path}"));
        assert_eq!(judged.canonical(), Some(CANONICAL), "{host}{path}");
        assert_eq!(codes(&judged), ["link-wrapped"], "{host}");
        assert!(judged.findings()[0].message().contains(host), "{host}");
        assert!(
            judged.sharing_id().is_some() && judged.is_verifiable(),
            "{host}"
        );
    }
}

#[test]
fn the_link_inside_is_judged_afresh() {
    let cases = [
        (
            "https://learn.rnicrosoft.com/users/a",
            vec!["link-wrapped", "lookalike-host"],
        ),
        (
            "https://evil.example/",
            vec!["link-wrapped", "foreign-host"],
        ),
        (
            "https://lnkd.in/abc",
            vec!["link-wrapped", "shortened-link"],
        ),
        (
            "ftp://learn.microsoft.com/",
            vec!["link-wrapped", "malformed-link"],
        ),
        ("not a link", vec!["link-wrapped", "malformed-link"]),
        ("", vec!["link-wrapped", "malformed-link"]),
    ];
    for (inner, expected) in cases {
        let link = judge(&wrapped(inner));
        assert_eq!(codes(&link), expected, "{inner}");
        assert!(
            !link.is_verifiable() && link.canonical().is_none(),
            "{inner}"
        );
    }
    assert_eq!(judge(&wrapped("")).kind(), Kind::Other);
    assert_eq!(
        judge(&wrapped("https://lnkd.in/abc")).kind(),
        Kind::Shortened
    );
}

#[test]
fn junk_outside_and_inside_is_said_in_one_finding() {
    let link = judge(&format!(
        "<{}>",
        wrapped(&CANONICAL.replace("https://", ""))
    ));
    assert_eq!(codes(&link), ["link-cleaned", "link-wrapped"]);
    let message = link.findings()[0].message();
    assert!(
        message.contains("around") && message.contains("https://"),
        "{message}"
    );
    assert_eq!(link.canonical(), Some(CANONICAL));
}

#[test]
fn five_wrappers_are_opened_and_no_more() {
    let mut text = CANONICAL.to_owned();
    for depth in 1..=7 {
        text = wrapped(&text);
        let link = judge(&text);
        if depth <= 5 {
            assert_eq!(codes(&link), ["link-wrapped"], "{depth}");
            assert!(link.is_verifiable(), "{depth}");
        } else {
            assert_eq!(codes(&link), ["link-wrapped", "malformed-link"], "{depth}");
            assert_eq!(link.kind(), Kind::Other, "{depth}");
        }
    }
}

#[test]
fn other_pages_of_those_services_are_foreign() {
    for text in [
        "https://www.linkedin.com/in/someone/",
        "https://www.google.com/search?q=https://learn.microsoft.com/",
        "https://www.linkedin.com.evil.example/safety/go?url=https://learn.microsoft.com/users/a",
    ] {
        assert_eq!(codes(&judge(text)), ["foreign-host"], "{text}");
    }
}
