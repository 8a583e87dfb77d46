//! Paths on genuine hosts that public text does not show but people paste.

use super::codes;
use crate::link::{Kind, judge};

const LEARN: &str = "https://learn.microsoft.com";
const CREDLY: &str = "https://www.credly.com";
const UUID: &str = "3ed06b52-2c42-4696-ae9f-3801940fe2b4";

/// Path, kind, findings, canonical path; a canonical path of `=` is the path itself.
type Row<'a> = (&'a str, Kind, &'a [&'a str], Option<&'a str>);

fn check(host: &str, canonical_host: &str, rows: &[Row<'_>]) {
    let mut wrong = Vec::new();
    for (path, kind, findings, canonical) in rows {
        let link = judge(&format!("{host}{path}"));
        let canonical =
            canonical.map(|to| format!("{canonical_host}{}", if to == "=" { path } else { to }));
        let found = (
            link.kind(),
            codes(&link),
            link.canonical().map(str::to_owned),
        );
        let expected = (*kind, findings.to_vec(), canonical);
        if found != expected {
            wrong.push(format!("{path}:\n  {found:?}\n  {expected:?}"));
        }
    }
    super::assert_none(&wrong);
}

const BAD: &[&str] = &["malformed-link"];
const LIST: &[&str] = &["no-credential-id"];
const MINE: &[&str] = &["owner-only-link"];

/// Paths on Learn.
const ON_LEARN: &[Row<'static>] = &[
    ("", Kind::Other, LIST, None),
    ("/en-us/", Kind::Other, LIST, None),
    ("/en-us/training/modules/x", Kind::Other, LIST, None),
    (
        "/en-us/credentials/certifications/azure-ai-engineer/",
        Kind::Other,
        LIST,
        None,
    ),
    ("/api/credentials", Kind::Other, LIST, None),
    (
        "/en-us/api/credentials/20170DBC5AC04E38",
        Kind::Other,
        LIST,
        None,
    ),
    ("/users", Kind::Other, LIST, None),
    ("/users/a/collections/x", Kind::Other, LIST, None),
    (
        "/api/credentials/share/en-us/a/20170DBC5AC04E380",
        Kind::CredentialShare,
        BAD,
        None,
    ),
    (
        "/api/credentials/share/en-us/a/20170DBC5AC04E3G",
        Kind::CredentialShare,
        BAD,
        None,
    ),
    (
        "/api/credentials/share/en-us/a",
        Kind::CredentialShare,
        BAD,
        None,
    ),
    ("/api/credentials/share", Kind::CredentialShare, BAD, None),
    (
        "/api/credentials/share/english/a/20170DBC5AC04E38",
        Kind::CredentialShare,
        BAD,
        None,
    ),
    (
        "/api/credentials/share/en-us/a/20170DBC5AC04E38/more",
        Kind::CredentialShare,
        BAD,
        None,
    ),
    (
        "/api/credentials/share/en-us/me/1",
        Kind::CredentialShare,
        &[],
        Some("="),
    ),
    (
        "/API/Credentials/SHARE/EN-US/Ab/20170dbc",
        Kind::CredentialShare,
        &[],
        Some("/api/credentials/share/en-us/Ab/20170DBC"),
    ),
    (
        "/api/credentials/20170dbc",
        Kind::CredentialApi,
        &[],
        Some("/api/credentials/20170DBC"),
    ),
    ("/api/credentials/other", Kind::CredentialApi, BAD, None),
    (
        "/api/credentials/20170DBC/more",
        Kind::CredentialApi,
        BAD,
        None,
    ),
    (
        "/users/A-1/credentials/20170dbc",
        Kind::CredentialPage,
        &[],
        Some("/users/A-1/credentials/20170DBC"),
    ),
    (
        "/zh-hans-cn/Users/a/Credentials/1",
        Kind::CredentialPage,
        &[],
        Some("/zh-hans-cn/users/a/credentials/1"),
    ),
    (
        "//en-us//users//a//credentials//1//",
        Kind::CredentialPage,
        &[],
        Some("/en-us/users/a/credentials/1"),
    ),
    (
        "/users/a/credentials?credentialId=20170dbc",
        Kind::CredentialPage,
        &[],
        Some("/users/a/credentials/20170DBC"),
    ),
    (
        "/users/a/credentials?credentialId=",
        Kind::CredentialsList,
        LIST,
        Some("/users/a/credentials"),
    ),
    ("/users/a/credentials/xyz", Kind::CredentialPage, BAD, None),
    ("/users/a/credentials/1/2", Kind::CredentialPage, BAD, None),
    ("/users/a", Kind::Profile, LIST, Some("=")),
    (
        "/de-de/users/a/",
        Kind::Profile,
        LIST,
        Some("/de-de/users/a"),
    ),
    (
        "/users/a%2Fb",
        Kind::Profile,
        &["no-credential-id", "malformed-link"],
        None,
    ),
    (
        "/users/a/credentials/certification",
        Kind::CertificationPage,
        &["no-credential-id", "malformed-link"],
        None,
    ),
    (
        "/users/a/credentials/certification/Azure-AI",
        Kind::CertificationPage,
        LIST,
        Some("/users/a/credentials/certification/azure-ai"),
    ),
    ("/users/me", Kind::OwnerPage, MINE, Some("=")),
    (
        "/en-us/users/ME/credentials/20170dbc",
        Kind::OwnerPage,
        MINE,
        Some("/users/me/credentials/20170DBC"),
    ),
    (
        "/users/me/credentials?CREDENTIALID=20170dbc",
        Kind::OwnerPage,
        MINE,
        Some("/users/me/credentials/20170DBC"),
    ),
    (
        "/users/me/credentials/certification/a",
        Kind::OwnerPage,
        &["no-credential-id", "owner-only-link"],
        Some("="),
    ),
    (
        "/users/me/credentials/20170DBC5AC04E380",
        Kind::OwnerPage,
        &["malformed-link", "owner-only-link"],
        None,
    ),
    (
        "/users/me/transcript",
        Kind::TranscriptPrivate,
        &["private-transcript", "owner-only-link"],
        Some("="),
    ),
    (
        "/users/me/transcript/8pydqs1r2fzv1w2",
        Kind::Transcript,
        MINE,
        Some("="),
    ),
    (
        "/users/a/transcript/8PYDQS1R2FZV1W2",
        Kind::Transcript,
        &[],
        Some("/users/a/transcript/8pydqs1r2fzv1w2"),
    ),
    (
        "/users/a/transcript/8pydqs1r2fzv1w",
        Kind::Transcript,
        BAD,
        None,
    ),
    (
        "/users/a/transcript/share/8pydqs1r2fzv1w2",
        Kind::Transcript,
        BAD,
        None,
    ),
    (
        "/api/profiles/transcript/share",
        Kind::Transcript,
        BAD,
        None,
    ),
    (
        "/users/a/achievements",
        Kind::Achievement,
        &["not-a-certification"],
        Some("="),
    ),
    (
        "/training/achievements/a.trophy?username=x",
        Kind::Achievement,
        &["not-a-certification"],
        Some("/training/achievements/a.trophy"),
    ),
    (
        "/training/achievements",
        Kind::Achievement,
        &["not-a-certification", "malformed-link"],
        None,
    ),
];

#[test]
fn learn_paths_are_what_they_name() {
    check(LEARN, LEARN, ON_LEARN);
}

#[test]
fn credly_paths_are_what_they_name() {
    let badge = format!("/badges/{UUID}");
    let shared = format!("/badges/{}/Public_URL?x=y", UUID.to_uppercase());
    let deep = format!("{badge}/a/b");
    let user = format!("/users/{UUID}/badges");
    let earner = format!("/earner/earned/badge/{UUID}");
    let assertion = format!("/api/v1/obi/v2/badge_assertions/{UUID}");
    let rows: &[Row<'_>] = &[
        ("/", Kind::Other, &["no-credential-id"], None),
        (
            "/org/microsoft-certification/badge/x",
            Kind::Other,
            &["no-credential-id"],
            None,
        ),
        (&badge, Kind::CredlyBadge, &["stale-issuer-copy"], Some("=")),
        (
            &shared,
            Kind::CredlyBadge,
            &["stale-issuer-copy"],
            Some(&badge),
        ),
        (&deep, Kind::CredlyBadge, &["malformed-link"], None),
        (
            "/badges/not-a-uuid",
            Kind::CredlyBadge,
            &["malformed-link"],
            None,
        ),
        (
            &user,
            Kind::CredentialsList,
            &["no-credential-id"],
            Some("="),
        ),
        (
            "/users/jane-doe",
            Kind::Profile,
            &["no-credential-id"],
            Some("="),
        ),
        (
            "/users/jane%2F/badges",
            Kind::CredentialsList,
            &["malformed-link", "no-credential-id"],
            None,
        ),
        (&earner, Kind::CredlyBadge, &["owner-only-link"], Some("=")),
        (
            "/api/v1/obi/v2/badge_assertions/1",
            Kind::OpenBadge,
            &["malformed-link"],
            None,
        ),
    ];
    check(CREDLY, CREDLY, rows);
    check("https://credly.com", CREDLY, rows);
    check(
        CREDLY,
        "https://api.credly.com",
        &[(
            &assertion,
            Kind::OpenBadge,
            &["stale-issuer-copy"],
            Some(&assertion["/api".len()..]),
        )],
    );
    check(
        "https://api.credly.com",
        CREDLY,
        &[
            (
                "/v1/obi/v2/badge_assertions/1",
                Kind::OpenBadge,
                &["malformed-link"],
                None,
            ),
            (&badge, Kind::Other, &["no-credential-id"], None),
        ],
    );
    check(
        "https://www.youracclaim.com",
        CREDLY,
        &[(
            &badge,
            Kind::CredlyBadge,
            &["link-cleaned", "stale-issuer-copy"],
            Some("="),
        )],
    );
}

#[test]
fn an_id_beside_another_fault_is_not_asked_for() {
    let link = judge(&format!(
        "{LEARN}/api/credentials/share/en-us/a%2Fb/20170DBC5AC04E38"
    ));
    assert!(!link.is_verifiable());
    assert_eq!(link.user(), None);
    assert_eq!(link.kind(), Kind::CredentialShare);
}

#[test]
fn an_owner_page_is_verifiable_by_its_number_alone() {
    assert!(judge(&format!("{LEARN}/users/me/credentials/20170DBC5AC04E38")).is_verifiable());
    assert!(!judge(&format!("{LEARN}/users/me/credentials")).is_verifiable());
    assert!(!judge(&format!("{CREDLY}/earner/earned/share/{UUID}")).is_verifiable());
}

#[test]
fn a_sharing_id_is_read_whatever_the_case_of_its_name() {
    let share = format!("{LEARN}{}", super::SHARE);
    for query in [
        "sharingId=C72B4F60A795D7E4",
        "SHARINGID=c72b4f60a795d7e4",
        "sharingId=C72B4F60A795D7E4%20",
        "a=b&sharingid=C72B4F60A795D7E4",
    ] {
        let link = judge(&format!("{share}?{query}"));
        assert_eq!(
            link.sharing_id()
                .map(|id| id.reveal().to_owned())
                .as_deref(),
            Some("C72B4F60A795D7E4")
        );
        assert!(link.findings().is_empty());
    }
    for query in [
        "sharingId",
        "sharingId=",
        "sharingId=xyz",
        "sharingId=20170DBC5AC04E380",
        "#sharingId=1",
    ] {
        let link = judge(&format!("{share}?{query}"));
        assert!(
            link.sharing_id().is_none() && link.findings().is_empty(),
            "{query}"
        );
    }
}
