//! Genuine, imitating and innocent hosts.

use super::{SHARE, codes};
use crate::link::{Kind, judge};

/// Hosts that imitate a genuine one.
const LOOKALIKES: &[&str] = &[
    // Letters that look like others.
    "learn.rnicrosoft.com",
    "learn.micr0soft.com",
    "learn.mlcrosoft.com",
    "1earn.rnicrosoft.com",
    "learn.microsоft.com",
    "lеarn.microsoft.com.example",
    "learn.mіcrosoft.com",
    "learn.mícrosoft.com",
    "learn.mıcrosoft.com",
    "learn.microsọft.com",
    "ｌearn.microsоft.com",
    "learn.xn--microsft-sbh.com",
    "www.сredly.com",
    "www.crediy.com",
    "www.cred1y.com",
    "www.crеdly.com",
    "vvww.credly.com.example",
    "rnicrosoft.example",
    // One slip of the finger.
    "learn.microsft.com",
    "learn.micosoft.com",
    "learn.mircosoft.com",
    "learn.microsoftt.com",
    "learn.micrsoft.com",
    "learn.microsoft.co",
    "learn.microsoft.cm",
    "learn.microsoft.om",
    "microsoft.co",
    "learnmicrosoft.com",
    "www.credley.com",
    "credley.com",
    "www.credy.com",
    "wwwcredly.com",
    "credly.co",
    "www.youraclaim.com",
    "learn.micosoft.example",
    // A genuine name in another's.
    "learn.microsoft.com.evil.example",
    "microsoft.com.evil.example",
    "credly.com.evil.example",
    "www.credly.com.evil.example",
    "learn.microsoft.evil.example",
    "learn.microsoft.net",
    "microsoft.learn.example",
    "youracclaim.com.evil.example",
    "credly.org",
    "www.credly.net",
    "credly.com.co",
    // Glued.
    "learn-microsoft.com",
    "microsoft-learn.com",
    "microsoftlearn.com",
    "learn-microsoft-com.evil.example",
    "learn.microsoft-com.example",
    "www-credly.com",
    "credly-badges.com",
    "credlybadges.example",
    "microsoft-credentials.example",
    "microsoft-certification-verify.example",
    "verify-credly.example",
    "learn-micosoft.example",
];

/// Hosts that are someone else's, and imitate no one.
const INNOCENT: &[&str] = &[
    "learn.example.com",
    "example.com",
    "linkedin.com",
    "www.linkedin.com",
    "github.com",
    "microsoft.github.io",
    "microsoftedge.example",
    "microsoft365.com",
    "login.microsoftonline.com",
    "onmicrosoft.com",
    "clearn.example",
    "clearn.com",
    "learn.com",
    "credley.example",
    "credit.com",
    "www.credit.com",
    "credible.com",
    "cleary.com",
    "acclaim.com",
    "macrosoft.com",
    "macrosoft.example",
    "microloft.com",
    "microchip.com",
    "microstrategy.com",
    "ubisoft.com",
    "learn.mongodb.com",
    "learn-microsoft-com.translate.goog",
    "docs.google.com",
    "drive.google.com",
    "1drv.ms",
    "coursera.org",
    "www.certiport.com",
    "verify.certiport.com",
    "badgr.com",
    "münchen.de",
    "почта.рф",
    "例え.jp",
    "localhost",
    "xn--bcher-kva.example",
    "microsoft.de",
    "softwarecredly-fans.example",
];

#[test]
fn look_alikes_are_named_and_never_verifiable() {
    let mut wrong = Vec::new();
    for host in LOOKALIKES {
        let link = judge(&format!("https://{host}{SHARE}?sharingId=C72B4F60A795D7E4"));
        let found = codes(&link);
        let named = link.findings().iter().any(|finding| {
            finding.code().as_str() == "lookalike-host"
                && url::Url::parse(&format!("https://{host}"))
                    .is_ok_and(|url| finding.message().contains(url.host_str().unwrap()))
        });
        let spelled = found
            .iter()
            .all(|code| matches!(*code, "lookalike-host" | "link-cleaned"));
        if !named || !spelled || link.kind() != Kind::Other || link.is_verifiable() {
            wrong.push(format!("{host}: {found:?}"));
        }
    }
    super::assert_none(&wrong);
}

#[test]
fn innocent_hosts_are_foreign_and_not_accused() {
    let mut wrong = Vec::new();
    for host in INNOCENT {
        let link = judge(&format!("https://{host}{SHARE}"));
        let found: Vec<_> = codes(&link)
            .into_iter()
            .filter(|code| *code != "link-cleaned")
            .collect();
        if found != ["foreign-host"] || link.kind() != Kind::Other || link.is_verifiable() {
            wrong.push(format!("{host}: {found:?}"));
        }
    }
    super::assert_none(&wrong);
}

#[test]
fn a_message_shows_a_host_in_ascii_and_as_the_eye_meets_it() {
    let link = judge("https://learn.microsоft.com/");
    let message = link.findings().last().unwrap().message();
    assert!(
        message.contains("learn.xn--microsft-sbh.com (shown as learn.microsоft.com)"),
        "{message}"
    );
    assert!(
        message.contains("looks like learn.microsoft.com"),
        "{message}"
    );
}

#[test]
fn microsofts_and_credlys_other_hosts_are_genuine_without_a_credential() {
    for host in [
        "www.microsoft.com",
        "microsoft.com",
        "azure.microsoft.com",
        "techcommunity.microsoft.com",
        "support.credly.com",
        "info.credly.com",
    ] {
        let link = judge(&format!("https://{host}{SHARE}"));
        assert_eq!(
            (link.kind(), codes(&link)),
            (Kind::Other, vec!["no-credential-id"]),
            "{host}"
        );
        assert!(
            !link.is_verifiable() && link.canonical().is_none(),
            "{host}"
        );
    }
    let old = judge(&format!("https://docs.microsoft.com{SHARE}"));
    assert_eq!(
        (old.kind(), codes(&old)),
        (Kind::Other, vec!["legacy-link"])
    );
    assert!(!old.is_verifiable());
}

#[test]
fn shorteners_stay_closed() {
    for host in [
        "lnkd.in",
        "bit.ly",
        "aka.ms",
        "t.co",
        "tinyurl.com",
        "ow.ly",
        "goo.gl",
        "is.gd",
        "buff.ly",
        "rb.gy",
        "cutt.ly",
        "s.id",
        "www.bit.ly",
    ] {
        let link = judge(&format!("https://{host}/abc"));
        assert_eq!(
            (link.kind(), codes(&link)),
            (Kind::Shortened, vec!["shortened-link"]),
            "{host}"
        );
        assert!(link.canonical().is_none());
    }
}
