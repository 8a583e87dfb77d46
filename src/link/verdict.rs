//! Whose host an address leads to, and what follows from that.

use super::address::{Address, Steps};
use super::host::{self, Host};
use super::{Code, Kind, Link, SharingId, credly, learn, lookalike};

/// Tells whose host it is, and leaves the path to those who know it.
pub(super) fn judge(address: &Address) -> Link {
    let link = match (host::judge(address.host()), host_feigned_before(address)) {
        (Host::Lookalike(genuine), _) => return imitation(address, genuine),
        (Host::Foreign | Host::Shortener, Some(genuine)) => return feint(address, genuine),
        (Host::Foreign, None) => return foreign(address),
        (Host::Shortener, None) => return shortened(address),
        (Host::Learn, _) => learn::route(address),
        (Host::OldLearn, _) => old_learn(),
        (Host::OldTranscripts, _) => learn::old_transcripts(address),
        (Host::Credly | Host::Acclaim, _) => credly::route(address),
        (Host::CredlyApi, _) => credly::api(address),
        (Host::Microsoft | Host::CredlyOther, _) => elsewhere(address),
    };
    let sharing_id = address
        .parameters("sharingId")
        .find_map(|value| SharingId::parse(value.trim()));
    let link = link.with_sharing_id(sharing_id);
    match address.steps() {
        Steps::Plain => link,
        Steps::Dotted => link.malformed(
            "The path goes up and down with dots, as no share link does. Ask the holder to \
             copy the link again.",
        ),
    }
}

/// The genuine host that a user name in front of another host pretends to be.
fn host_feigned_before(address: &Address) -> Option<&'static str> {
    address.userinfo().and_then(lookalike::brand_in)
}

/// The host's own name imitates a genuine one.
fn imitation(address: &Address, genuine: &str) -> Link {
    let host = host::shown(address.host());
    Link::of(Kind::Other).note(
        Code::LookalikeHost,
        format!(
            "The link leads to {host}, which only looks like {genuine}. Do not open it; ask \
             the holder for the link on {genuine}."
        ),
    )
}

/// The user name before the host is a genuine host's name.
fn feint(address: &Address, genuine: &str) -> Link {
    let host = host::shown(address.host());
    Link::of(Kind::Other).note(
        Code::LookalikeHost,
        format!(
            "The link is written to look like one of {genuine}, but leads to {host}. Do not \
             open it; ask the holder for the link on {genuine}."
        ),
    )
}

fn foreign(address: &Address) -> Link {
    let host = host::shown(address.host());
    let bare = if address.is_ip() {
        "the bare address "
    } else {
        ""
    };
    Link::of(Kind::Other).note(
        Code::ForeignHost,
        format!(
            "The link leads to {bare}{host}, which is neither Microsoft's nor Credly's. Ask \
             the holder for the link that the share button on Microsoft Learn gives."
        ),
    )
}

fn shortened(address: &Address) -> Link {
    let host = host::shown(address.host());
    Link::of(Kind::Shortened).note(
        Code::ShortenedLink,
        format!(
            "The link is shortened by {host}, which hides where it leads. Ask the holder \
             for the direct link."
        ),
    )
}

fn old_learn() -> Link {
    Link::of(Kind::Other).note(
        Code::LegacyLink,
        "docs.microsoft.com is the old host of Microsoft Learn. Ask the holder for the link \
         on learn.microsoft.com.",
    )
}

fn elsewhere(address: &Address) -> Link {
    let host = host::shown(address.host());
    Link::of(Kind::Other).note(
        Code::NoCredentialId,
        format!(
            "{host} is genuine, but shows no one's credentials. Ask the holder for the link \
             that the share button on Microsoft Learn gives."
        ),
    )
}
