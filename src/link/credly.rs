//! What a path on Credly names.

use super::address::Address;
use super::id::UserName;
use super::{BadgeId, Code, Kind, Link};

const CREDLY: &str = "https://www.credly.com";
const API: &str = "https://api.credly.com";

/// Judges a path on `www.credly.com`, or on `youracclaim.com` as it was called.
pub(super) fn route(address: &Address) -> Link {
    let segments = address.segments();
    let words: Vec<String> = segments
        .iter()
        .map(|part| part.to_ascii_lowercase())
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["badges", id, ref tail @ ..] => badge(id, tail),
        ["earner", "earned", "share" | "badge", id] => earner(id, words[2]),
        ["users", _, "badges" | "badges.json"] => badges_of(segments[1]),
        ["users", _] => profile(segments[1]),
        ["api", "v1", "obi", "v2", "badge_assertions", id] => assertion(id),
        _ => nothing(),
    }
}

/// Judges a path on `api.credly.com`.
pub(super) fn api(address: &Address) -> Link {
    match address.segments()[..] {
        [v1, obi, v2, assertions, id]
            if [v1, obi, v2, assertions]
                .join("/")
                .eq_ignore_ascii_case("v1/obi/v2/badge_assertions") =>
        {
            assertion(id)
        }
        _ => nothing(),
    }
}

/// `/badges/{uuid}`, alone or with one of the tails that Credly's buttons add, such as
/// `public_url`, `linked_in_profile` and `.json`.
fn badge(id: &str, tail: &[&str]) -> Link {
    let plain = |word: &str| {
        word.bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b))
    };
    let known_tail = match tail {
        [] => true,
        [word] => plain(word),
        _ => false,
    };
    let id = BadgeId::parse(id.strip_suffix(".json").unwrap_or(id));
    let mut link = Link::of(Kind::CredlyBadge);
    match id.filter(|_| known_tail) {
        None => link.malformed(NOT_A_BADGE),
        Some(id) => {
            let canonical = format!("{CREDLY}/badges/{id}");
            link.badge_id = Some(id);
            link.rebuilt(canonical).verifiable().stale_copy()
        }
    }
}

/// `/v1/obi/v2/badge_assertions/{uuid}`: the badge as an Open Badges 2.0 assertion.
fn assertion(id: &str) -> Link {
    let mut link = Link::of(Kind::OpenBadge);
    match BadgeId::parse(id) {
        None => link.malformed(NOT_A_BADGE),
        Some(id) => {
            let canonical = format!("{API}/v1/obi/v2/badge_assertions/{id}");
            link.badge_id = Some(id);
            link.rebuilt(canonical).verifiable().stale_copy()
        }
    }
}

impl Link {
    /// Says how far a badge on Credly can be trusted: Microsoft stopped updating its
    /// certifications there on 2023-06-30 (sure; read 2026-11-22).
    fn stale_copy(self) -> Self {
        self.note(
            Code::StaleIssuerCopy,
            "Microsoft stopped updating its certifications on Credly on 2023-06-30: one that \
             was renewed since can read as expired there, and one that was revoked as good. Ask \
             the holder for the link on Microsoft Learn.",
        )
    }
}

const NOT_A_BADGE: &str = "The badge's number is not one of Credly's. Ask the holder to copy the \
                           link again.";

/// `/earner/earned/share/{uuid}`: the holder's own page for sharing. Whether the number
/// is the badge's is not known, so it is not asked for.
fn earner(id: &str, page: &str) -> Link {
    let link = Link::of(Kind::CredlyBadge).note(
        Code::OwnerOnlyLink,
        "Only the holder can open this page of Credly, and its number is not known to be \
         the badge's. Ask the holder for the badge's public link.",
    );
    match BadgeId::parse(id) {
        None => link.malformed(NOT_A_BADGE),
        Some(id) => link.rebuilt(format!("{CREDLY}/earner/earned/{page}/{id}")),
    }
}

fn badges_of(user: &str) -> Link {
    of_user(Kind::CredentialsList, user, "/badges").note(
        Code::NoCredentialId,
        "The link shows a list of badges, not one of them. Ask the holder for the link of \
         the badge.",
    )
}

fn profile(user: &str) -> Link {
    of_user(Kind::Profile, user, "").note(
        Code::NoCredentialId,
        "The link shows a profile, not a badge. Ask the holder for the link of the badge.",
    )
}

/// A page of a user, who goes by a name of their own or by a number.
fn of_user(kind: Kind, segment: &str, page: &str) -> Link {
    let link = Link::of(kind);
    if let Some(number) = BadgeId::parse(segment) {
        return link.rebuilt(format!("{CREDLY}/users/{number}{page}"));
    }
    match UserName::parse(segment).map(UserName::into_string) {
        None => link.malformed("The user in the link is not written as Credly writes one."),
        Some(user) => link
            .rebuilt(format!("{CREDLY}/users/{user}{page}"))
            .with_user(Some(user)),
    }
}

fn nothing() -> Link {
    Link::of(Kind::Other).note(
        Code::NoCredentialId,
        "This page of Credly is not a badge. Ask the holder for the link of the badge.",
    )
}
