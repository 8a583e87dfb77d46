//! What a public catalogue adds.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::json::SCHEMA_VERSION;
use super::super::neutral::{terminal, terminal_line};
use super::super::page::Page;
use super::super::style::Look;
use super::super::words::{count, rfc3339_second};
use crate::catalog::{Added, Change, Listing};

/// Whether what is new was taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// It was.
    Yes,
    /// It was only shown.
    No,
}

/// What `catalog update --format json` writes.
#[derive(Debug, Serialize, JsonSchema)]
pub struct UpdateDocument {
    /// Always 1.
    #[schemars(extend("const" = 1))]
    schema_version: u8,
    /// Who answered.
    host: String,
    /// Whether that is Microsoft's own host.
    is_microsofts: bool,
    /// When.
    #[schemars(extend("format" = "date-time"))]
    fetched_at: String,
    /// How many certifications are listed.
    certifications: u64,
    /// Whether it was taken over.
    written: bool,
    /// What is new since the last update, or beside the shipped table where there was none.
    changes: Vec<ChangeJson>,
    /// How many new things were taken over before.
    known_before: u64,
}

#[derive(Debug, Serialize, JsonSchema)]
struct ChangeJson {
    /// The certification's slug.
    slug: String,
    /// Its title, as listed.
    title: String,
    /// What is new.
    #[schemars(extend("enum" = ["certification", "title", "slug", "exams", "level-unknown"]))]
    what: &'static str,
    /// The title or slug before.
    before: Option<String>,
    /// New exams.
    exams: Vec<String>,
}

impl UpdateDocument {
    /// Says what a listing adds beyond an earlier one.
    pub fn of(listing: &Listing, before: Option<&Listing>, written: Written) -> Self {
        let known = before.map(Listing::added).unwrap_or_default();
        let added = listing.added();
        let (old, new): (Vec<_>, Vec<_>) = added.into_iter().partition(|one| known.contains(one));
        Self {
            schema_version: SCHEMA_VERSION,
            host: listing.host().to_owned(),
            is_microsofts: listing.is_microsofts(),
            fetched_at: rfc3339_second(listing.fetched_at()),
            certifications: u64::try_from(listing.len()).unwrap_or(u64::MAX),
            written: written == Written::Yes,
            changes: new.into_iter().map(change).collect(),
            known_before: u64::try_from(old.len()).unwrap_or(u64::MAX),
        }
    }
}

fn change(added: Added) -> ChangeJson {
    let (what, before, exams) = match added.change {
        Change::Certification { exams } => ("certification", None, exams),
        Change::Title { before } => ("title", Some(before), Vec::new()),
        Change::Slug { before } => ("slug", Some(before), Vec::new()),
        Change::Exams(exams) => ("exams", None, exams),
        Change::LevelUnknown => ("level-unknown", None, Vec::new()),
    };
    ChangeJson {
        slug: added.slug,
        title: added.title,
        what,
        before,
        exams,
    }
}

/// What is new, for people.
pub fn updated(document: &UpdateDocument, look: Look) -> String {
    let mut page = Page::new(look);
    let listed = count(
        i64::try_from(document.certifications).unwrap_or(i64::MAX),
        "certification",
        "certifications",
    );
    let host = terminal_line(&document.host);
    if !document.is_microsofts {
        let warning = format!(
            "NOT MICROSOFT: {host} was asked. Every verdict that rests on what it says will say so."
        );
        page.wrapped("", &warning);
    }
    page.wrapped("", &format!("{host} lists {listed}."));
    for change in &document.changes {
        page.wrapped("  ", &line(change));
    }
    let sum = match (document.changes.len(), document.written) {
        (0, _) => "Nothing is new.".to_owned(),
        (new, true) => format!(
            "{} taken over; `bonafide catalog update --revert` goes back.",
            count(i64::try_from(new).unwrap_or(i64::MAX), "change", "changes")
        ),
        (new, false) => format!(
            "{} shown, and nothing was written: --yes takes them over.",
            count(i64::try_from(new).unwrap_or(i64::MAX), "change", "changes")
        ),
    };
    page.wrapped("", &sum);
    page.wrapped(
        "",
        "What expires and what retires is not in the catalogue; what is known of it stays.",
    );
    page.text
}

fn line(change: &ChangeJson) -> String {
    let title = terminal(&change.title);
    let before = terminal(change.before.as_deref().unwrap_or_default());
    let exams = change.exams.join(", ");
    let slug = &change.slug;
    match change.what {
        "certification" if exams.is_empty() => format!("new certification: {title} ({slug})"),
        "certification" => format!("new certification: {title} ({slug}; {exams})"),
        "title" => format!("new title of {slug}: {title} (before: {before})"),
        "slug" => format!("new slug of {title}: {slug} (before: {before})"),
        "exams" => format!("new exams of {title}: {exams}"),
        _ => format!(
            "left out: {title} ({slug}), since its title does not say its level; it can be added \
             to your own catalogue"
        ),
    }
}
