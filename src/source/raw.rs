//! An answer of a service that someone saved by hand: which service's is it?
//!
//! The forms are told by their keys. Nothing in such a file says who answered, or when;
//! the file's own date says when it was copied.

use super::body::sha256;
use super::reduce::Members;
use super::{Answerer, BaseUrl, Evidence, EvidenceKind, Origin};
use crate::link::{BadgeId, CredentialId};

/// Members of a transcript that nothing else has.
const TRANSCRIPT: &[&str] = &[
    "certificationData",
    "appliedSkillsData",
    "totalModulesCompleted",
];

/// Members of which a record has one beside its title, by the names that are read.
const RECORD: &[&str] = &[
    "credentialId",
    "sourceUid",
    "credentialStatus",
    "certificationNumber",
    "awardedOn",
    "earnedOn",
    "dateEarned",
    "issuedOn",
    "expiresOn",
    "expiration",
    "expirationDate",
];

/// The evidence in a file of one bare answer, and the link to it where the answer names
/// its own number. `None` when it is of no known form.
pub(super) fn evidence(
    members: &Members<'_>,
    bytes: &[u8],
    file_name: &str,
) -> Option<(Evidence, Option<String>)> {
    let kind = kind(members)?;
    let link = path(kind, members).map(|path| format!("{}{path}", BaseUrl::official(kind)));
    let evidence = Evidence {
        kind,
        url: link.clone().unwrap_or_else(|| format!("file:{file_name}")),
        answerer: Answerer::Unknown,
        status: 200,
        content_type: None,
        fetched_at: None,
        service_date: None,
        sha256: sha256(bytes),
        received_bytes: Some(bytes.len() as u64),
        body: bytes.to_vec(),
        origin: Origin::Evidence,
    };
    // Credly's link is the page; the answer's address has `.json` behind it.
    let link = link.map(|link| link.trim_end_matches(".json").to_owned());
    Some((evidence, link))
}

fn kind(members: &Members<'_>) -> Option<EvidenceKind> {
    let has = |key: &&str| members.value(key).is_some();
    if TRANSCRIPT.iter().any(has) {
        Some(EvidenceKind::LearnTranscript)
    } else if badge(members).is_some_and(|badge| badge.value("badge_template").is_some()) {
        Some(EvidenceKind::CredlyBadge)
    } else if members.string("type").as_deref() == Some("Assertion")
        || members
            .string("@context")
            .is_some_and(|context| context.contains("openbadges"))
    {
        Some(EvidenceKind::OpenBadge)
    } else if (has(&"title") || has(&"name")) && RECORD.iter().any(has) {
        Some(EvidenceKind::LearnCredential)
    } else {
        None
    }
}

fn badge<'a>(members: &'a Members<'_>) -> Option<Members<'a>> {
    Members::parse(members.value("data")?)
}

/// The path that the answer was served at, where it says so itself.
fn path(kind: EvidenceKind, members: &Members<'_>) -> Option<String> {
    match kind {
        EvidenceKind::LearnCredential => {
            let id = CredentialId::parse(&members.string("credentialId")?)?;
            Some(format!("/api/credentials/{id}"))
        }
        EvidenceKind::CredlyBadge => {
            let id = BadgeId::parse(&badge(members)?.string("id")?)?;
            Some(format!("/badges/{id}.json"))
        }
        EvidenceKind::OpenBadge => {
            let address = members.string("id")?;
            let id = BadgeId::parse(address.rsplit('/').next()?)?;
            Some(format!("/v1/obi/v2/badge_assertions/{id}"))
        }
        EvidenceKind::LearnTranscript | EvidenceKind::LearnPage => None,
    }
}
