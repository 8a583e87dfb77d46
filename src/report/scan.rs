//! What stands in CVs, for people.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};

use super::neutral::{terminal, terminal_line};
use super::page::Page;
use super::style::{self, Look};
use super::{human, words};
use crate::finding::Severity;
use crate::lifecycle::Status;
use crate::scan::{Document, LooseClaim, Mention};
use crate::source::without_sharing_id;
use crate::verify::Verification;

/// How many places of one link are listed.
const PLACES: usize = 5;

/// A file that was read.
#[derive(Debug)]
pub struct ScannedFile {
    /// What it is called.
    pub name: String,
    /// What stands in it.
    pub document: Document,
}

/// A file that was not.
#[derive(Debug)]
pub struct UnreadFile {
    /// What it is called.
    pub name: String,
    /// Why not, and what to do.
    pub reason: String,
}

/// What came of one link that was checked.
#[derive(Debug)]
pub struct CheckedLink<'a> {
    /// Which of the files.
    pub file: usize,
    /// Which of its mentions.
    pub mention: usize,
    /// Whose it was expected to be.
    pub expected_name: Option<String>,
    /// Which certification it was expected to be.
    pub expected_certification: Option<String>,
    /// The result.
    pub verification: Verification<'a>,
}

/// Everything that a scan found.
#[derive(Debug, Clone, Copy)]
pub struct Scanned<'r, 'a> {
    /// The files that were read.
    pub files: &'r [ScannedFile],
    /// Those that were not.
    pub unread: &'r [UnreadFile],
    /// The results, and their day, where the links were checked.
    pub checked: Option<(&'r [CheckedLink<'a>], DateTime<Utc>)>,
}

impl Scanned<'_, '_> {
    pub(super) fn mentions(&self) -> impl Iterator<Item = &Mention> {
        self.files.iter().flat_map(|file| file.document.mentions())
    }
}

/// Whether a link stands for itself: the issuer can be asked, and nothing speaks against it.
pub fn is_good(mention: &Mention) -> bool {
    let fails = |severity| severity == Severity::Error;
    let mut findings = mention.findings().iter();
    mention.link().is_verifiable() && !findings.any(|finding| fails(finding.severity()))
}

/// Says what was found, file by file; ends with a line break.
pub fn scanned(scanned: Scanned<'_, '_>, look: Look) -> String {
    let mut page = Page::new(look);
    for file in scanned.files {
        heading(&mut page, file);
        for mention in file.document.mentions() {
            page.gap();
            link(&mut page, mention);
        }
        loose(&mut page, file.document.loose_claims());
        page.gap();
    }
    let mut text = page.text;
    if let Some((results, as_of)) = scanned.checked {
        text += &checked(scanned.files, results, as_of, look);
    }
    text + &summary(scanned, look)
}

fn heading(page: &mut Page, file: &ScannedFile) {
    let document = &file.document;
    let name = terminal(&file.name);
    page.headline(&name, &name, document.format().as_str());
    match (document.name().as_str(), document.name().why_not()) {
        (Some(name), _) => page.field("Name", &terminal(name)),
        (None, why) => page.field("Name", &format!("not told: {}", why.unwrap_or("unknown"))),
    }
    for part in document.unread() {
        let text = format!("{}: {}", part.part, part.reason);
        page.painted_field(
            "not read",
            style::of_severity(Severity::Error),
            &terminal_line(&text),
        );
    }
    if document.mentions().is_empty() {
        page.field("Links", "no link to a credential");
    }
}

fn link(page: &mut Page, mention: &Mention) {
    let link = mention.link();
    let (word, style) = if is_good(mention) {
        ("CAN BE VERIFIED", style::of_status(Status::Active))
    } else if link.is_verifiable() {
        ("DO NOT TRUST", style::of_severity(Severity::Error))
    } else {
        ("CANNOT BE VERIFIED", style::of_severity(Severity::Error))
    };
    let painted = page.look.paint(style, word);
    page.headline(word, &painted, link.kind().as_str());
    if let Some(canonical) = link.canonical() {
        page.field("Link", &terminal_line(canonical));
    }
    page.field("Stands on", &places(mention));
    if let Some(visible) = mention.visible() {
        page.field("Shown as", &terminal(&without_sharing_id(visible)));
    }
    page.field("Claimed", &claims(mention));
    for finding in mention.findings() {
        let word = match finding.severity() {
            Severity::Info => "note",
            other => other.as_str(),
        };
        let message = format!("{} [{}]", terminal_line(finding.message()), finding.code());
        page.painted_field(word, style::of_severity(finding.severity()), &message);
    }
}

fn places(mention: &Mention) -> String {
    let places = mention.places();
    let mut listed: Vec<String> = places
        .iter()
        .take(PLACES)
        .map(|place| terminal(&place.to_string()))
        .collect();
    if places.len() > PLACES {
        listed.push(format!("and {} more", places.len() - PLACES));
    }
    listed.join("; ")
}

fn claims(mention: &Mention) -> String {
    let claims: Vec<String> = mention
        .claims()
        .iter()
        .map(|claim| terminal(claim.text()))
        .collect();
    match &claims[..] {
        [] => "nothing beside it".to_owned(),
        some if mention.asked_for().is_empty() => {
            format!(
                "{} (which of them the link is to prove cannot be told)",
                some.join(", ")
            )
        }
        some => some.join(", "),
    }
}

fn loose(page: &mut Page, claims: &[LooseClaim]) {
    if claims.is_empty() {
        return;
    }
    page.gap();
    page.wrapped("", "Claimed, with no link beside it:");
    for one in claims {
        let place = terminal(&one.place.to_string());
        page.wrapped("  ", &format!("{} ({place})", terminal(one.claim.text())));
    }
}

/// The results, each under the place of its link.
fn checked(
    files: &[ScannedFile],
    results: &[CheckedLink<'_>],
    as_of: DateTime<Utc>,
    look: Look,
) -> String {
    let mut text = String::new();
    for one in results {
        let Some(file) = files.get(one.file) else {
            continue;
        };
        let mention = file.document.mentions().get(one.mention);
        let place = mention.and_then(|mention| mention.places().first());
        let place = place.map(|place| format!(", {place}")).unwrap_or_default();
        let mut page = Page::new(look);
        page.line(&terminal_line(&format!("== {}{place}", file.name)));
        let name = one.expected_name.as_deref().unwrap_or("no name");
        let certification = one
            .expected_certification
            .as_deref()
            .unwrap_or("no certification");
        page.wrapped(
            "",
            &terminal_line(&format!("Expected: {name}; {certification}.")),
        );
        text += &page.text;
        text += &human::each(std::slice::from_ref(&one.verification), as_of, look);
    }
    if !results.is_empty() {
        let verifications: Vec<_> = results.iter().map(|one| one.verification.clone()).collect();
        text += &human::summary(&verifications, as_of, look);
    }
    text
}

fn summary(scanned: Scanned<'_, '_>, look: Look) -> String {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let links = scanned.mentions().count();
    let good = scanned
        .mentions()
        .filter(|mention| is_good(mention))
        .count();
    let loose: usize = scanned
        .files
        .iter()
        .map(|file| file.document.loose_claims().len())
        .sum();
    let mut text = format!(
        "{}, {}: {good} can be verified, {} cannot. {} without a link.",
        words::count(number(scanned.files.len()), "file", "files"),
        words::count(
            number(links),
            "link to a credential",
            "links to credentials"
        ),
        links - good,
        words::count(number(loose), "claim", "claims"),
    );
    if !scanned.unread.is_empty() {
        let unread = words::count(number(scanned.unread.len()), "file was", "files were");
        let _ = write!(text, " {unread} not read.");
    }
    if scanned.checked.is_none() && good > 0 {
        text += " Nothing was asked yet: --verify asks the issuer.";
    }
    let mut page = Page::new(look);
    page.wrapped("", &text);
    page.text
}
