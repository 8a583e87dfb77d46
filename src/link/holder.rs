//! The pages of a holder on Microsoft Learn: all below `/users/{user}`.

use super::address::Address;
use super::build::LEARN;
use super::id::{Slug, UserName};
use super::learn::{self, BAD_ID, BAD_SHAPE, BAD_TRANSCRIPT, BAD_USER};
use super::{Code, CredentialId, Kind, Link, Locale, ShareId};

/// Whose pages a path names.
pub(super) struct Holder {
    who: Who,
    locale: Option<Locale>,
}

enum Who {
    /// `me`: whoever looks at the page.
    Viewer,
    Named(String),
    Unreadable,
}

/// A page with the end of its rebuilt address, where it could be read.
type Page = (Link, Option<String>);

impl Holder {
    /// Reads the segment after `/users/`.
    pub(super) fn of(locale: Option<Locale>, segment: &str) -> Self {
        let who = if segment.eq_ignore_ascii_case("me") {
            Who::Viewer
        } else {
            UserName::parse(segment).map_or(Who::Unreadable, |user| Who::Named(user.into_string()))
        };
        Self { who, locale }
    }

    /// Judges the lower-case `words` of the path after the user.
    pub(super) fn page(self, words: &[&str], address: &Address) -> Link {
        let mut queried = address.parameters("credentialId");
        let page = match words {
            [] => self.profile(),
            ["credentials"] => match queried.find(|id| !id.trim().is_empty()) {
                Some(id) => self.credential(id.trim()),
                None => self.list(),
            },
            ["credentials", "certification", tail @ ..] => self.certification(tail),
            ["credentials", id] => self.credential(id),
            ["credentials", ..] => (Link::of(self.kind(Kind::CredentialPage)), None),
            ["transcript"] => private_transcript(),
            ["transcript", tail @ ..] => transcript(tail),
            ["achievements", tail @ ..] => achievement(tail),
            _ => return learn::nothing(),
        };
        self.signed(page)
    }

    /// The kind of a page, which is another where everyone sees their own.
    fn kind(&self, kind: Kind) -> Kind {
        match self.who {
            Who::Viewer => Kind::OwnerPage,
            Who::Named(_) | Who::Unreadable => kind,
        }
    }

    /// `/users/{user}`.
    fn profile(&self) -> Page {
        (self.without_id(Kind::Profile), Some(String::new()))
    }

    /// `/users/{user}/credentials`.
    fn list(&self) -> Page {
        (
            self.without_id(Kind::CredentialsList),
            Some("/credentials".to_owned()),
        )
    }

    /// A page on which the holder's own finding says enough where everyone sees their own.
    fn without_id(&self, kind: Kind) -> Link {
        let link = Link::of(self.kind(kind));
        match self.who {
            Who::Viewer => link,
            Who::Named(_) | Who::Unreadable => link.note(
                Code::NoCredentialId,
                "The link shows the holder's page, not one credential. Ask the holder for \
                 the link that the share button of the credential gives.",
            ),
        }
    }

    /// `/users/{user}/credentials/{id}`.
    fn credential(&self, id: &str) -> Page {
        let mut link = Link::of(self.kind(Kind::CredentialPage));
        link.credential_id = CredentialId::parse(id);
        match &link.credential_id {
            None => (link.malformed(BAD_ID), None),
            Some(id) => {
                let path = format!("/credentials/{id}");
                (link, Some(path))
            }
        }
    }

    /// `/users/{user}/credentials/certification/{slug}`.
    fn certification(&self, tail: &[&str]) -> Page {
        let mut link = Link::of(self.kind(Kind::CertificationPage)).note(
            Code::NoCredentialId,
            "The link names a certification, but not the holder's credential. Ask the \
             holder for the link that the share button of the credential gives.",
        );
        link.slug = match tail {
            [slug] => Slug::parse(slug).map(Slug::into_string),
            _ => None,
        };
        let path = link.slug.as_ref();
        let path = path.map(|slug| format!("/credentials/certification/{slug}"));
        (link, path)
    }

    /// Adds whose page it is, and rebuilds its address.
    fn signed(self, (link, path): Page) -> Link {
        let link = link.with_locale(self.locale.clone());
        let (link, at) = match self.who {
            Who::Viewer => (owner_only(link), Some(format!("{LEARN}/users/me"))),
            Who::Named(user) => {
                let at = format!("{}/users/{user}", learn::prefix(self.locale.as_ref()));
                (link.with_user(Some(user)), Some(at))
            }
            Who::Unreadable => (link, None),
        };
        match (at, path) {
            (None, _) => link.malformed(BAD_USER),
            (_, None) => link.malformed(BAD_SHAPE),
            (Some(at), Some(path)) => verifiable_by_id(link.rebuilt(at + &path)),
        }
    }
}

/// The issuer can be asked where the page names a number.
fn verifiable_by_id(link: Link) -> Link {
    if link.credential_id.is_some() || link.share_id.is_some() {
        link.verifiable()
    } else {
        link
    }
}

fn owner_only(link: Link) -> Link {
    let has_id = link.credential_id.is_some() || link.share_id.is_some();
    link.note(
        Code::OwnerOnlyLink,
        if has_id {
            "The link shows everyone their own page. It carries a number that can be asked \
             for all the same; the link that the share button gives would be better."
        } else {
            "The link shows everyone their own page, so it shows you nothing of the holder. \
             Ask the holder for the link that the share button of the credential gives."
        },
    )
}

/// `/users/{user}/transcript`: a frequent mistake.
fn private_transcript() -> Page {
    let link = Link::of(Kind::TranscriptPrivate).note(
        Code::PrivateTranscript,
        "Only the holder can see this transcript. Ask the holder to choose “Share link” on \
         it and to send the link that gives.",
    );
    (link, Some("/transcript".to_owned()))
}

/// `/users/{user}/transcript/{id}`.
fn transcript(tail: &[&str]) -> Page {
    let mut link = Link::of(Kind::Transcript);
    link.share_id = match tail {
        [id] => ShareId::parse(id),
        _ => None,
    };
    match &link.share_id {
        None => (link.malformed(BAD_TRANSCRIPT), None),
        Some(id) => {
            let path = format!("/transcript/{id}");
            (link, Some(path))
        }
    }
}

/// `/users/{user}/achievements/{id}`, and the list of them.
fn achievement(tail: &[&str]) -> Page {
    let path = match tail {
        [] => Some("/achievements".to_owned()),
        [id] => learn::achievement_id(id).map(|id| format!("/achievements/{id}")),
        _ => None,
    };
    (learn::achievement(), path)
}
