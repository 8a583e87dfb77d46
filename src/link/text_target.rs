//! Whether the visible text of a link speaks of what the link leads to.
//!
//! Whoever reads a document sees the text and trusts the address in it; what is asked is
//! the target. Only addresses of Microsoft, Credly and their imitations are compared: a
//! text such as "my certificate" promises nothing. Compared is what the addresses name,
//! so that a missing scheme, another language or a wrapper makes no difference.

use super::{Code, Finding, Kind, Link, reading};

/// The finding for a visible text that shows another address than the link leads to.
pub(super) fn mismatch(visible: &str, target: &Link) -> Option<Finding> {
    let seen = reading::read(visible).into_link();
    let (shown, led) = (Place::of(&seen), Place::of(target));
    let differs = match (shown, led) {
        // Nothing is promised, or where it leads cannot be told: its own finding says so.
        (Place::Unknown | Place::Foreign, _) | (_, Place::Unknown) => false,
        (Place::Imitation, led) => led != Place::Imitation,
        (_, Place::Foreign | Place::Imitation)
        | (Place::Microsoft, Place::Credly)
        | (Place::Credly, Place::Microsoft) => true,
        _ => numbers_differ(&seen, target),
    };
    differs.then(|| {
        let message = format!(
            "The text shows {}, but the link leads to {}. The target is what was judged. Ask \
             the holder for the link itself.",
            named(&seen),
            named(target)
        );
        Finding::new(Code::TextTargetMismatch, message)
    })
}

/// Whose an address is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Microsoft,
    Credly,
    /// Genuine, and of no use here.
    Genuine,
    Imitation,
    Foreign,
    /// No address, or one that hides or does not tell where it leads.
    Unknown,
}

impl Place {
    fn of(link: &Link) -> Self {
        match link.kind() {
            _ if link.has(Code::LookalikeHost) => Self::Imitation,
            _ if link.has(Code::ForeignHost) => Self::Foreign,
            Kind::CredlyBadge | Kind::OpenBadge => Self::Credly,
            Kind::None | Kind::Shortened => Self::Unknown,
            Kind::Other if link.has(Code::MalformedLink) => Self::Unknown,
            Kind::Other => Self::Genuine,
            _ => Self::Microsoft,
        }
    }
}

/// A number in the text must be the number in the target. A shown number may be cut off,
/// by dots or the end of a line; a text without one, such as the host alone, promises none.
fn numbers_differ(seen: &Link, target: &Link) -> bool {
    match (number(seen), number(target)) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some(seen), Some(target)) => !target.starts_with(seen),
    }
}

fn number(link: &Link) -> Option<&str> {
    let credential = link.credential_id().map(super::CredentialId::as_str);
    let share = || link.share_id().map(super::ShareId::as_str);
    let badge = || link.badge_id().map(super::BadgeId::as_str);
    credential.or_else(share).or_else(badge)
}

fn named(link: &Link) -> String {
    let sort = match link.kind() {
        Kind::Transcript => "transcript",
        Kind::CredlyBadge | Kind::OpenBadge => "badge",
        _ => "credential",
    };
    match (number(link), Place::of(link)) {
        (Some(number), _) => format!("{sort} {number}"),
        (None, Place::Imitation) => "a look-alike host".to_owned(),
        (None, Place::Foreign) => "another host".to_owned(),
        (None, Place::Credly) => "Credly".to_owned(),
        (None, _) => "a page of the issuer's that names no credential".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{judge, judge_shown};
    use super::*;

    const SHARE: &str = "https://learn.microsoft.com/api/credentials/share/en-us/jo-1/20170DBC5AC04E38?sharingId=C72B4F60A795D7E4";
    const BADGE: &str =
        "https://www.credly.com/badges/3ed06b52-2c42-4696-ae9f-3801940fe2b4/public_url";

    /// What the text shows, where it leads, and whether that is a mismatch.
    const CASES: &[(&str, &str, bool)] = &[
        // One address, written in ways that mean the same.
        (SHARE, SHARE, false),
        (
            "learn.microsoft.com/api/credentials/share/en-us/jo-1/20170DBC5AC04E38",
            SHARE,
            false,
        ),
        (
            "http://learn.microsoft.com/api/credentials/share/de-de/jo-1/20170dbc5ac04e38/",
            SHARE,
            false,
        ),
        (
            "https://learn.microsoft.com/en-us/users/jo-1/credentials/20170DBC5AC04E38",
            SHARE,
            false,
        ),
        (
            "https://learn.microsoft.com/api/credentials/share/en-us/jo-1/20170DBC…",
            SHARE,
            false,
        ),
        (
            "https://learn.microsoft.com/api/credentials/share/en-us/jo-1/2017...",
            SHARE,
            false,
        ),
        ("https://learn.microsoft.com/api/cred…", SHARE, false),
        ("learn.microsoft.com/…/20170DBC5AC04E38", SHARE, false),
        (
            SHARE,
            "https://www.linkedin.com/safety/go/?url=https%3A%2F%2Flearn.microsoft.com%2Fapi%2Fcredentials%2F20170DBC5AC04E38",
            false,
        ),
        (
            BADGE,
            "https://credly.com/badges/3ed06b52-2c42-4696-ae9f-3801940fe2b4",
            false,
        ),
        // A text that shows no address, or none that promises anything.
        ("my certificate", SHARE, false),
        ("Azure Administrator (AZ-104)", SHARE, false),
        ("learn.microsoft.com", SHARE, false),
        ("Verify on learn.microsoft.com", SHARE, false),
        (
            "https://learn.microsoft.com/en-us/users/jo-1/",
            SHARE,
            false,
        ),
        ("www.credly.com", BADGE, false),
        ("", SHARE, false),
        ("janedoe.example/certificates", SHARE, false),
        ("https://lnkd.in/abc", SHARE, false),
        // Where it leads is not known.
        (SHARE, "https://lnkd.in/abc", false),
        (SHARE, "mailto:jane@example.com", false),
        (SHARE, "", false),
        // Another credential, transcript or badge.
        (
            "https://learn.microsoft.com/api/credentials/share/en-us/jo-1/FF170DBC5AC04E38",
            SHARE,
            true,
        ),
        (
            "https://learn.microsoft.com/api/credentials/share/en-us/jo-1/FF17…",
            SHARE,
            true,
        ),
        (
            "https://www.credly.com/badges/4ed06b52-2c42-4696-ae9f-3801940fe2b4",
            BADGE,
            true,
        ),
        (SHARE, "https://learn.microsoft.com/en-us/users/jo-1/", true),
        (SHARE, "https://learn.microsoft.com/en-us/azure/", true),
        // Another host.
        (SHARE, "https://evil.example/20170DBC5AC04E38", true),
        ("learn.microsoft.com", "https://evil.example/", true),
        (
            SHARE,
            "https://learn-microsoft.com/api/credentials/20170DBC5AC04E38",
            true,
        ),
        (SHARE, BADGE, true),
        (BADGE, SHARE, true),
        ("https://learn-microsoft.com/x", SHARE, true),
    ];

    #[test]
    fn a_text_and_its_target_are_held_together() {
        for (text, target, expected) in CASES {
            let found = mismatch(text, &judge(target)).is_some();
            assert_eq!(found, *expected, "[{text}]({target})");
            let shown = judge_shown(text, target);
            assert_eq!(shown.has(Code::TextTargetMismatch), *expected);
        }
    }

    #[test]
    fn a_pasted_markdown_link_is_held_to_its_text() {
        for (text, target, expected) in CASES {
            // Brackets of their own would end the text or the target early.
            let link = judge(&format!("[{text}]({target})"));
            let found = link.has(Code::TextTargetMismatch);
            assert_eq!(
                found,
                *expected,
                "[{text}]({target}): {:?}",
                link.findings()
            );
        }
    }

    #[test]
    fn the_message_holds_no_sharing_id() {
        let finding = mismatch(SHARE, &judge("https://evil.example/")).unwrap();
        assert!(finding.message().contains("20170DBC5AC04E38"));
        assert!(!finding.message().contains("C72B4F60A795D7E4"));
    }
}
