//! Credentials as linked data, in the words of <https://schema.org> (read 2026-11-22).

use serde::Serialize;

use super::{Shown, Tone};
use crate::lifecycle::Status;
use crate::record::CredentialKind;

/// The vocabulary of the terms here.
pub const CONTEXT: &str = "https://schema.org";

/// A `schema.org/EducationalOccupationalCredential`.
///
/// What is unverified says so in `creativeWorkStatus`, and has neither dates nor issuer: a
/// reader that does not look at the status must not find more there than is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Credential {
    #[serde(rename = "@context", skip_serializing_if = "Option::is_none")]
    context: Option<&'static str>,
    #[serde(rename = "@type")]
    kind: &'static str,
    name: String,
    description: String,
    #[serde(rename = "credentialCategory")]
    category: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    educational_level: Option<&'static str>,
    /// `active`, `needs-renewal`, `retired`, `expired`, `revoked`, `not-as-required` or
    /// `unverified`.
    creative_work_status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    identifier: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_created: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recognized_by: Option<Organization>,
    /// The day of the check.
    sd_date_published: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Organization {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'static str,
    url: &'static str,
}

/// Whether a document stands alone or inside another, which names the vocabulary for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Alone.
    Alone,
    /// Inside another.
    Inside,
}

impl Credential {
    /// Puts what is shown into the vocabulary's words.
    pub fn of(shown: &Shown, place: Place) -> Self {
        let is_known = shown.tone() != Tone::Unverified;
        let day =
            |day: Option<chrono::NaiveDate>| day.filter(|_| is_known).map(|day| day.to_string());
        Self {
            context: (place == Place::Alone).then_some(CONTEXT),
            kind: "EducationalOccupationalCredential",
            name: shown.title.clone(),
            description: format!("{}, {}", shown.message(), shown.checked()),
            category: category(shown.kind),
            educational_level: shown.level.map(crate::catalog::Level::as_str),
            creative_work_status: status(shown),
            identifier: shown.credential_id.clone(),
            url: shown.link.clone(),
            date_created: day(shown.earned_on),
            // What was revoked has ended, whatever its date says.
            expires: day(shown.valid_until).filter(|_| shown.status() != Status::Revoked),
            recognized_by: is_known.then_some(Organization {
                kind: "Organization",
                name: "Microsoft",
                url: "https://www.microsoft.com",
            }),
            sd_date_published: shown.checked_on.to_string(),
        }
    }
}

fn category(kind: CredentialKind) -> &'static str {
    match kind {
        CredentialKind::AppliedSkill => "applied skill",
        CredentialKind::Exam => "exam",
        CredentialKind::Badge => "badge",
        CredentialKind::Certification => "certification",
        CredentialKind::Unknown => "credential",
    }
}

/// The word for where a credential stands, with the same caution as its tone.
pub fn status(shown: &Shown) -> &'static str {
    match shown.tone() {
        Tone::Unverified => "unverified",
        Tone::Bad if shown.status().is_valid() == Some(true) => "not-as-required",
        _ => shown.status().as_str(),
    }
}

/// JSON that may stand inside an HTML `script` element as well: nothing in it can end that
/// element or begin a comment, and nothing steers a terminal. It is equal as JSON.
///
/// ```
/// assert_eq!(bonafide::publish::json_ld::text(&"</script>"), "\"\\u003c/script\\u003e\"\n");
/// ```
pub fn text(document: &impl Serialize) -> String {
    let text = crate::report::json::text(document);
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => safe.push_str("\\u003c"),
            '>' => safe.push_str("\\u003e"),
            '&' => safe.push_str("\\u0026"),
            _ => safe.push(c),
        }
    }
    safe
}
