//! Junk around and inside a pasted link.

use super::{CANONICAL, SHARE, codes};
use crate::link::{Kind, judge};

/// Texts that hold the one share link, with the secret where marked.
fn messy() -> Vec<String> {
    let link = CANONICAL;
    let secret = "sharingId=C72B4F60A795D7E4";
    let (head, tail) = link.split_at(link.len() - 6);
    let (early, late) = link.split_at(60);
    vec![
        format!("<{link}>"),
        format!("<{link}?{secret}>"),
        format!("\"{link}\""),
        format!("'{link}'"),
        format!("“{link}”"),
        format!("„{link}“"),
        format!("«{link}»"),
        format!("‘{link}’"),
        format!("`{link}`"),
        format!("({link})"),
        format!("({link})."),
        format!("[{link}]"),
        format!("**{link}**"),
        format!("{link}."),
        format!("{link}?{secret}."),
        format!("{link},"),
        format!("{link};"),
        format!("{link}),"),
        format!("{link}!"),
        format!("{link}…"),
        format!("- {link}"),
        format!("* {link}"),
        format!("• {link}"),
        format!("1. {link}"),
        format!("|{link}|"),
        format!("[Verify]({link})"),
        format!("[Verify](<{link}>)"),
        format!("[Verify]({link} \"AZ-104\")"),
        format!("My badge: [Verify]({link}), thanks"),
        format!("[![badge](https://img.example/a.svg)]({link})"),
        format!("[https://evil.example/]({link})"),
        format!("<{link}|AZ-104>"),
        format!("<a href=\"{link}?{secret}\">{link}</a>"),
        format!("&lt;{link}&gt;"),
        format!("see {link} thanks"),
        format!("see {link}?{secret} thanks"),
        format!("Link:{link}"),
        format!("{link} and https://evil.example/"),
        format!("{link};https://evil.example/"),
        format!("{link}\n\nbest regards, add me and many more words than a link has pieces"),
        format!("{link}。"),
        format!("tel:+49123 {link}"),
        link.replace('/', r"\/"),
        link.replace("https://", ""),
        link.replace("https:", ""),
        link.replace("https://", "HTTPS://https://"),
        format!("see {} thanks", link.replace("https://", "")),
        format!(
            "{}?ref=https://www.linkedin.com/",
            link.replace("https://", "")
        ),
        link.replace("https:", "https: "),
        format!("{head}\n{tail}"),
        format!("{head}\r\n  {tail}?{secret}"),
        format!("{early} {late}"),
        format!("{early}\t{late} thanks"),
        format!("{}?sharingId=C72B4F60\nA795D7E4", link),
        link.replace('-', "-\u{200b}"),
        link.replace(".com", ".com\u{feff}"),
        link.replace("api", "a\u{ad}pi"),
        link.replace("api", "a\u{2}pi"),
        format!("\u{202a}{link}\u{202c}"),
        format!("{link}?tab=a&amp;{secret}"),
        format!("{link}?tab=a\\u0026{secret}"),
        format!(
            "https%3A%2F%2Flearn.microsoft.com{}%3F{}",
            SHARE.replace('/', "%2F"),
            secret.replace('=', "%3D")
        ),
        link.replace("learn.microsoft.com", "learn.microsoft.com."),
        link.replace("learn.microsoft.com", "ｌｅａｒｎ．microsoft。com"),
        link.replace("learn.microsoft.com", "learn.%6dicrosoft.com"),
        link.replace('/', "\\"),
    ]
}

#[test]
fn junk_is_removed_and_said_once() {
    let mut wrong = Vec::new();
    for text in messy() {
        let link = judge(&text);
        if link.canonical() != Some(CANONICAL) || codes(&link) != ["link-cleaned"] {
            wrong.push(format!(
                "{text:?}: {:?} {:?}",
                link.canonical(),
                codes(&link)
            ));
        }
        let has_secret = text.contains("sharingId");
        if link.sharing_id().is_some() != has_secret {
            wrong.push(format!("{text:?}: sharingId {:?}", link.sharing_id()));
        }
        if link
            .sharing_id()
            .is_some_and(|id| id.reveal() != "C72B4F60A795D7E4")
        {
            wrong.push(format!("{text:?}: another sharingId"));
        }
    }
    super::assert_none(&wrong);
}

#[test]
fn what_needs_no_cleaning_has_no_finding() {
    for text in [
        CANONICAL.to_owned(),
        format!("  {CANONICAL}\r\n"),
        format!("{CANONICAL}/"),
        format!("{CANONICAL}?sharingId"),
        format!("{CANONICAL}?sharingid=C72B4F60A795D7E4#top"),
        CANONICAL
            .replace("https", "HTTPS")
            .replace("learn", "Learn"),
        CANONICAL.replace("/api/credentials/share", "//API//Credentials/Share/"),
    ] {
        let link = judge(&text);
        assert_eq!(link.canonical(), Some(CANONICAL), "{text:?}");
        assert!(
            link.findings().is_empty(),
            "{text:?}: {:?}",
            link.findings()
        );
    }
}

#[test]
fn a_word_after_a_short_number_is_not_taken_into_it() {
    let short = "https://learn.microsoft.com/api/credentials/75DFB76BF016F8";
    for word in ["de", "a", "fe", "be kind"] {
        let link = judge(&format!("{short} {word}"));
        assert_eq!(link.canonical(), Some(short), "{word}");
    }
}

#[test]
fn http_is_read_as_https() {
    let link = judge(&CANONICAL.replace("https", "http"));
    assert_eq!(link.canonical(), Some(CANONICAL));
    assert_eq!(codes(&link), ["insecure-scheme"]);
    assert!(link.is_verifiable());
}

#[test]
fn text_without_a_link_is_none() {
    for text in [
        "",
        " ",
        "\n\t",
        "\u{200b}",
        "Jane Doe",
        "n/a",
        "resume.pdf",
        "jane@microsoft.com",
        "20170DBC5AC04E38",
        "B.Sc. / M.Sc., certified",
        "https",
        "https:",
        "http://",
        "[a](b)",
        "www",
        "<>",
        "Microsoft Certified: Azure AI Engineer Associate",
    ] {
        let link = judge(text);
        let found = (link.kind(), codes(&link), link.canonical());
        let none = (Kind::None, vec!["malformed-link"], None);
        let other = (Kind::Other, vec!["malformed-link"], None);
        assert!(
            found == none || (text == "http://" && found == other),
            "{text:?}: {found:?}"
        );
    }
}

#[test]
fn a_text_beyond_the_limit_is_read_in_part_and_not_verifiable() {
    let text = format!("{CANONICAL}?x={}", "a".repeat(10 << 20));
    let link = judge(&text);
    assert_eq!(link.kind(), Kind::CredentialShare);
    assert!(!link.is_verifiable());
    assert_eq!(codes(&link), ["malformed-link"]);
    assert!(link.input().len() <= 8 * 1024);

    let padded = format!("{}{CANONICAL}", " ".repeat(1 << 20));
    assert!(judge(&padded).is_verifiable());
}
