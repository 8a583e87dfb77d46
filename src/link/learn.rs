//! What a path on Microsoft Learn names.

use std::borrow::Cow;

use super::address::Address;
use super::build::LEARN;
use super::holder::Holder;
use super::id::{Slug, UserName};
use super::{Code, CredentialId, Kind, Link, Locale, ShareId};

/// Judges a path on `learn.microsoft.com`.
pub(super) fn route(address: &Address) -> Link {
    let segments = address.segments();
    let (locale, rest) = match segments[..] {
        [first, ref rest @ ..] if !rest.is_empty() => match Locale::parse(first) {
            Some(locale) => (Some(locale), rest),
            None => (None, &segments[..]),
        },
        _ => (None, &segments[..]),
    };
    let words: Vec<Cow<'_, str>> = rest.iter().map(|part| lower(part)).collect();
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    match (locale, &words[..]) {
        (None, ["api", "credentials", "share", ..]) => share(&rest[3..]),
        (None, ["api", "credentials", "credential"]) => by_holder(address),
        (None, ["api", "credentials", id, tail @ ..]) => record(id, tail),
        (None, ["api", "profiles", "transcript", "share", tail @ ..]) => transcript_api(tail),
        (None, ["api", "achievements", "share", ..]) => shared_achievement(&rest[3..]),
        (locale, ["training", "achievements", ..]) => training_achievement(locale, &rest[2..]),
        (locale, ["users", _, ..]) => Holder::of(locale, rest[1]).page(&words[2..], address),
        (_, ["credentials", ..]) => catalogue(),
        _ => nothing(),
    }
}

/// A segment in lower case, where it may be one of the words above and is not already.
fn lower(part: &str) -> Cow<'_, str> {
    const LONGEST: usize = "certification".len();
    if part.len() <= LONGEST && part.bytes().any(|b| b.is_ascii_uppercase()) {
        part.to_ascii_lowercase().into()
    } else {
        part.into()
    }
}

/// Judges a path on `mcp.microsoft.com`.
pub(super) fn old_transcripts(address: &Address) -> Link {
    let path = address.segments().join("/").to_ascii_lowercase();
    if !path.starts_with("anonymous/transcript/validate") {
        return nothing();
    }
    Link::of(Kind::LegacyTranscript)
        .rebuilt("https://mcp.microsoft.com/Anonymous//Transcript/Validate".to_owned())
        .note(
            Code::LegacyLink,
            "The transcript tool at mcp.microsoft.com was switched off. Ask the holder to \
             share their transcript on Microsoft Learn.",
        )
}

pub(super) const BAD_ID: &str = "The credential's number is not 1 to 16 hexadecimal digits. Ask the holder to \
                      copy the whole link again.";
pub(super) const BAD_SHAPE: &str = "The link is cut off or has parts that do not belong there. Ask the holder \
                         to copy the whole link again.";
pub(super) const BAD_USER: &str = "The user in the link is not written as Microsoft Learn writes one. Ask the \
                        holder to copy the link again.";

/// `/api/credentials/share/{locale}/{user}/{id}`.
fn share(parts: &[&str]) -> Link {
    let link = Link::of(Kind::CredentialShare);
    let [locale, user, id] = parts else {
        return link.malformed(BAD_SHAPE);
    };
    let (locale, user) = (
        Locale::parse(locale),
        UserName::parse(user).map(UserName::into_string),
    );
    let id = CredentialId::parse(id);
    let canonical = match (&locale, &user, &id) {
        (Some(locale), Some(user), Some(id)) => Ok(format!(
            "{LEARN}/api/credentials/share/{locale}/{user}/{id}"
        )),
        (_, _, None) => Err(BAD_ID),
        (_, None, _) => Err(BAD_USER),
        (None, _, _) => Err(BAD_SHAPE),
    };
    let mut link = link.with_locale(locale).with_user(user);
    link.credential_id = id;
    match canonical {
        Ok(canonical) => link.rebuilt(canonical).verifiable(),
        Err(message) => link.malformed(message),
    }
}

/// `/api/credentials/{id}`.
fn record(id: &str, tail: &[&str]) -> Link {
    let mut link = Link::of(Kind::CredentialApi);
    link.credential_id = CredentialId::parse(id);
    match &link.credential_id {
        _ if !tail.is_empty() => link.malformed(BAD_SHAPE),
        None => link.malformed(BAD_ID),
        Some(id) => {
            let canonical = format!("{LEARN}/api/credentials/{id}");
            link.rebuilt(canonical).verifiable()
        }
    }
}

/// `/api/credentials/credential?sourceUid=certification.{slug}&userId=…`.
fn by_holder(address: &Address) -> Link {
    let mut link = Link::of(Kind::CredentialApi).note(
        Code::NoCredentialId,
        "The link names a certification and an account, but no credential. Ask the holder \
         for the link that the share button gives.",
    );
    link.slug = address.parameters("sourceUid").find_map(|uid| {
        let (family, slug) = uid.split_once('.')?;
        let slug = Slug::parse(slug).filter(|_| family.eq_ignore_ascii_case("certification"))?;
        Some(slug.into_string())
    });
    link
}

/// `/api/profiles/transcript/share/{id}`.
fn transcript_api(parts: &[&str]) -> Link {
    let mut link = Link::of(Kind::Transcript);
    link.share_id = match parts {
        [id] => ShareId::parse(id),
        _ => None,
    };
    match &link.share_id {
        None => link.malformed(BAD_TRANSCRIPT),
        Some(id) => {
            let canonical = format!("{LEARN}/api/profiles/transcript/share/{id}");
            link.rebuilt(canonical).verifiable()
        }
    }
}

pub(super) const BAD_TRANSCRIPT: &str = "The transcript's number is not 15 letters and digits. Ask the holder \
                              to copy the whole link again.";

/// `/api/achievements/share/{locale}/{user}/{id}`.
fn shared_achievement(parts: &[&str]) -> Link {
    let [locale, user, id] = parts else {
        return achievement().malformed(BAD_SHAPE);
    };
    let (locale, user) = (
        Locale::parse(locale),
        UserName::parse(user).map(UserName::into_string),
    );
    let canonical = match (&locale, &user, achievement_id(id)) {
        (Some(locale), Some(user), Some(id)) => Some(format!(
            "{LEARN}/api/achievements/share/{locale}/{user}/{id}"
        )),
        _ => None,
    };
    finished(achievement().with_locale(locale).with_user(user), canonical)
}

/// `/training/achievements/{name}?username={user}`.
fn training_achievement(locale: Option<Locale>, parts: &[&str]) -> Link {
    let id = match parts {
        [id] => achievement_id(id),
        _ => None,
    };
    let at = prefix(locale.as_ref());
    let canonical = id.map(|id| format!("{at}/training/achievements/{id}"));
    finished(achievement().with_locale(locale), canonical)
}

pub(super) fn achievement() -> Link {
    Link::of(Kind::Achievement).note(
        Code::NotACertification,
        "The link shows a training badge or trophy, which is no certification. Ask the \
         holder for the link of the certification itself.",
    )
}

/// An achievement's number or name has the letters of a user's.
pub(super) fn achievement_id(segment: &str) -> Option<String> {
    UserName::parse(segment).map(UserName::into_string)
}

fn finished(link: Link, canonical: Option<String>) -> Link {
    match canonical {
        Some(canonical) => link.rebuilt(canonical),
        None => link.malformed(BAD_SHAPE),
    }
}

/// The beginning of a page's address, with its locale if there is one.
pub(super) fn prefix(locale: Option<&Locale>) -> String {
    locale.map_or_else(|| LEARN.to_owned(), |locale| format!("{LEARN}/{locale}"))
}

fn catalogue() -> Link {
    Link::of(Kind::Other).note(
        Code::NoCredentialId,
        "The link describes a certification, not that anyone holds it. Ask the holder for \
         the link that the share button of their credential gives.",
    )
}

pub(super) fn nothing() -> Link {
    Link::of(Kind::Other).note(
        Code::NoCredentialId,
        "This page of Microsoft's shows no one's credential. Ask the holder for the link \
         that the share button of their credential on Microsoft Learn gives.",
    )
}
