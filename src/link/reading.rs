//! Reads one text, level by level: the pasted one, then what its wrappers hold.

use std::cmp::Reverse;

use super::address::{Address, Port, Transport, Unreadable};
use super::clean::{self, Tidy};
use super::find::{self, Candidate, End};
use super::host;
use super::wrapper::{self, Wrapped};
use super::{Code, Finding, Kind, Link, verdict};

/// How many redirects inside each other are opened.
const MOST_WRAPPERS: usize = 5;

/// Digits of the shortest number of a credential seen in a real link.
const FEWEST_DIGITS: usize = 14;

/// How many pieces between white space are tried as one link.
const MOST_PIECES: usize = 8;

/// A link with what had to be done to get at it.
pub(super) struct Reading {
    link: Link,
    tidied: Vec<Tidy>,
    wrappers: Vec<String>,
    /// The visible text, where the link is the target of a Markdown link.
    visible: Option<String>,
}

/// Reads a text as a link.
pub(super) fn read(text: &str) -> Reading {
    read_level(text, 0).unwrap_or_else(|| {
        Reading::of(Link::of(Kind::None).malformed(
            "There is no link in this text. Ask the holder for the link that the share \
             button of their credential on Microsoft Learn gives.",
        ))
    })
}

/// Reads a text inside `level` wrappers; `None` when there is no link in it.
fn read_level(text: &str, level: usize) -> Option<Reading> {
    if find::is_plain(text) {
        return Some(read_text(text, level));
    }
    let (text, tidied) = clean::tidy(text);
    let found = find::find(&text)?;
    let pieces = if level == 0 { MOST_PIECES } else { 1 };
    let mut reading = found
        .candidates(pieces)
        .map(|candidate| read_candidate(&candidate, level))
        .min_by_key(|reading| Reverse(completeness(&reading.link)))?;
    reading.visible = found.visible().map(str::to_owned);
    Some(reading.after(&tidied))
}

/// How much a reading of a link found. Of equals the shortest reading is taken.
///
/// The numbers of real links have 14 to 16 digits, so a number of fewer is likely to go
/// on after the white space, and one of as many likely to be followed by a word.
fn completeness(link: &Link) -> (u8, bool, bool) {
    let rank = match link.kind() {
        _ if link.is_verifiable() => 4,
        _ if link.has(Code::MalformedLink) => 0,
        Kind::None | Kind::Other | Kind::Shortened => 0,
        Kind::Profile => 1,
        Kind::CredentialsList | Kind::TranscriptPrivate => 2,
        _ => 3,
    };
    let id = link.credential_id().map(|id| id.as_str().len());
    let sharing_id = link.sharing_id().map(|id| id.reveal().len());
    let full = |digits: Option<usize>| digits.is_some_and(|digits| digits >= FEWEST_DIGITS);
    (rank, full(id), full(sharing_id))
}

fn read_candidate(candidate: &Candidate, level: usize) -> Reading {
    let mut reading = read_text(&candidate.text, level);
    let may_be_short = reading.link.is_verifiable() && !has_whole_number(&reading.link);
    if candidate.end == End::Dots && may_be_short {
        reading.link = reading.link.malformed(CUT_OFF);
    }
    reading.after(&candidate.tidied)
}

const CUT_OFF: &str = "The link is cut off: the dots stand for the rest of it. Ask the holder to copy \
                       the whole link, not the text that is shown for it.";

/// Whether nothing of a number can be missing: real ones have 14 digits or more, and a
/// transcript's share code or a badge's number has one length.
fn has_whole_number(link: &Link) -> bool {
    let id = link.credential_id().map(|id| id.as_str().len());
    id.is_some_and(|digits| digits >= FEWEST_DIGITS)
        || link.share_id().is_some()
        || link.badge_id().is_some()
}

fn read_text(text: &str, level: usize) -> Reading {
    match Address::parse(text) {
        Ok(address) => read_address(&address, level),
        Err(reason) => Reading::of(unreadable(reason)),
    }
}

fn unreadable(reason: Unreadable) -> Link {
    Link::of(Kind::Other).malformed(match reason {
        Unreadable::Scheme => {
            "This is not a web link: it does not start with https://. Ask the holder for \
             the link that starts with https://learn.microsoft.com/."
        }
        Unreadable::Syntax => {
            "No browser can open this link: its host or port is not written as one. Ask \
             the holder to copy it again."
        }
    })
}

fn read_address(address: &Address, level: usize) -> Reading {
    let mut reading = match wrapper::open(address) {
        Some(wrapped) => read_wrapped(address, wrapped, level),
        None => Reading::of(verdict::judge(address)),
    };
    reading.link = with_host_findings(reading.link, address);
    if host::is_old_credly(address.host()) {
        reading = reading.after(&[Tidy::OldHostName]);
    }
    reading.after(address.tidied())
}

fn read_wrapped(address: &Address, wrapped: Wrapped, level: usize) -> Reading {
    let inner = match wrapped {
        Wrapped::Link(_) if level >= MOST_WRAPPERS => Err(
            "The link is inside too many redirects to be an honest one. Ask the holder for \
             the direct link.",
        ),
        Wrapped::Link(text) => read_level(&text, level + 1).ok_or(NO_INNER_LINK),
        Wrapped::Nothing => Err(NO_INNER_LINK),
    };
    let mut reading =
        inner.unwrap_or_else(|message| Reading::of(Link::of(Kind::Other).malformed(message)));
    reading.wrappers.insert(0, host::shown(address.host()));
    reading
}

const NO_INNER_LINK: &str = "This is a redirect without a link inside. It may have been cut at an &: put \
                             the link in double quotes. Or ask the holder for the direct link.";

/// What the text said around its host. The first level's words stand, being the pasted.
fn with_host_findings(mut link: Link, address: &Address) -> Link {
    let host = || host::shown(address.host());
    let mut notes = Vec::new();
    if address.transport() == Transport::Insecure && wrapper::open(address).is_none() {
        notes.push(Finding::new(
            Code::InsecureScheme,
            "The link says http://, which anyone on the way can change; it is read as https://.",
        ));
    }
    if address.userinfo().is_some() {
        let message = format!(
            "The link carries a user name before its host; the real host is {}. Share \
             links never have one: ask where this link comes from.",
            host()
        );
        notes.push(Finding::new(Code::UserinfoInLink, message));
    }
    if address.port() == Port::Named {
        let message = format!(
            "The link names a port on {}, which share links never do; it is not used.",
            host()
        );
        notes.push(Finding::new(Code::PortInLink, message));
    }
    notes.retain(|note| !link.has(note.code()));
    link.findings.splice(0..0, notes);
    link
}

impl Reading {
    fn of(link: Link) -> Self {
        Self {
            link,
            tidied: Vec::new(),
            wrappers: Vec::new(),
            visible: None,
        }
    }

    /// Takes out the visible text of a Markdown link.
    pub(super) fn take_visible(&mut self) -> Option<String> {
        self.visible.take()
    }

    /// Adds what was done before this reading.
    fn after(mut self, tidied: &[Tidy]) -> Self {
        let before = tidied.iter().copied();
        let after: Vec<Tidy> = self
            .tidied
            .iter()
            .copied()
            .filter(|t| !tidied.contains(t))
            .collect();
        self.tidied = before.chain(after).collect();
        self
    }

    /// The link, with a finding for all that was done and one for all wrappers.
    pub(super) fn into_link(self) -> Link {
        let mut link = self.link;
        let mut notes = Vec::new();
        if !self.tidied.is_empty() {
            let done: Vec<&str> = self.tidied.iter().map(|tidy| tidy.as_str()).collect();
            let message = format!("To read the link, this was done: {}.", done.join("; "));
            notes.push(Finding::new(Code::LinkCleaned, message));
        }
        if !self.wrappers.is_empty() {
            let message = format!(
                "The link was inside a redirect of {}; the link inside is what was judged.",
                self.wrappers.join(", then of ")
            );
            notes.push(Finding::new(Code::LinkWrapped, message));
        }
        link.findings.splice(0..0, notes);
        link
    }
}
