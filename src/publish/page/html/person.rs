//! The page as linked data: a person with credentials.

use serde::Serialize;

use crate::publish::json_ld::{self, Credential, Place};
use crate::publish::page::{HolderSaid, Page};
use crate::publish::{Tone, clean};

/// A `schema.org/Person`.
///
/// Only what this run found out for certain is said to be the person's: neither what is
/// unverified or revoked, nor what the issuer does not say is theirs.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Person {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    has_credential: Vec<Credential>,
}

impl Person {
    pub(super) fn of(page: &Page<'_>, name: &str) -> Self {
        let config = page.run.config;
        let theirs = page.slots.iter().filter_map(|slot| {
            let shown = slot.shown.as_ref()?;
            let is_theirs = slot.entry.holder == HolderSaid::Confirmed;
            let is_known = shown.tone() != Tone::Unverified && json_ld::status(shown) != "revoked";
            (is_theirs && is_known).then(|| Credential::of(shown, Place::Inside))
        });
        Self {
            context: json_ld::CONTEXT,
            kind: "Person",
            name: name.to_owned(),
            description: config.headline.as_deref().map(clean::line),
            url: config.base_url.as_ref().map(ToString::to_string),
            has_credential: theirs.collect(),
        }
    }
}
