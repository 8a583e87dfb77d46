//! Judged links for people.

use super::neutral::{terminal, terminal_line};
use super::page::Page;
use super::style::{self, Look};
use crate::finding::Severity;
use crate::link::{Kind, Link};

/// Says what each pasted text is and what is wrong with it; ends with a line break.
pub fn links(links: &[Link], look: Look) -> String {
    let mut page = Page::new(look);
    for (at, one) in links.iter().enumerate() {
        if at > 0 {
            page.gap();
        }
        link(&mut page, one);
    }
    if links.iter().any(Link::is_verifiable) {
        page.gap();
        page.wrapped(
            "",
            "Nothing was asked yet: bonafide verify LINK asks the issuer.",
        );
    }
    page.text
}

fn link(page: &mut Page, link: &Link) {
    let (word, severity) = if link.is_verifiable() {
        ("CAN BE VERIFIED", None)
    } else {
        ("CANNOT BE VERIFIED", Some(Severity::Error))
    };
    let style = severity.map_or(
        style::of_status(crate::lifecycle::Status::Active),
        style::of_severity,
    );
    let painted = page.look.paint(style, word);
    page.headline(word, &painted, link.kind().as_str());
    parts(page, link);
    for finding in link.findings() {
        let word = match finding.severity() {
            Severity::Info => "note",
            other => other.as_str(),
        };
        let message = format!("{} [{}]", terminal_line(finding.message()), finding.code());
        page.painted_field(word, style::of_severity(finding.severity()), &message);
    }
}

fn parts(page: &mut Page, link: &Link) {
    let sharing = match (link.sharing_id(), link.kind()) {
        (Some(_), _) => Some("present, not shown"),
        (None, Kind::CredentialShare) => Some("none"),
        (None, _) => None,
    };
    let parts = [
        ("Link", link.canonical().map(str::to_owned)),
        ("Credential", link.credential_id().map(ToString::to_string)),
        ("Transcript", link.share_id().map(ToString::to_string)),
        ("Badge", link.badge_id().map(ToString::to_string)),
        ("Certification", link.slug().map(str::to_owned)),
        (
            "User",
            link.user()
                .map(|user| format!("{user} (no proof of the holder)")),
        ),
        ("sharingId", sharing.map(str::to_owned)),
    ];
    for (label, value) in parts {
        if let Some(value) = value {
            page.field(label, &terminal(&value));
        }
    }
}
