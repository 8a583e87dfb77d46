//! The file that shields.io draws a badge from (<https://shields.io/badges/endpoint-badge>,
//! read 2026-11-22). It refuses a file with a key that it does not know.
//!
//! Whoever embeds the picture may give it another label, and another colour unless
//! `isError` is true; so it is, for everything that is not valid.

use serde::Serialize;

use super::{Label, Theme};
use crate::publish::Shown;

/// How long viewers may keep a picture: an hour. The least that shields.io takes is 300.
const CACHE_SECONDS: u32 = 3600;

/// An endpoint file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Endpoint {
    schema_version: u8,
    label: String,
    message: String,
    color: String,
    label_color: String,
    is_error: bool,
    cache_seconds: u32,
}

impl Endpoint {
    /// Says what is shown in shields.io's words.
    pub fn of(shown: &Shown, label: Label) -> Self {
        let palette = Theme::Light.palette();
        let colour = |colour: super::Colour| colour.to_string().trim_start_matches('#').to_owned();
        Self {
            schema_version: 1,
            label: label.of(shown).to_owned(),
            message: shown.message().to_owned(),
            color: colour(palette.tone(shown.tone()).0),
            label_color: colour(palette.label().0),
            is_error: !shown.tone().is_valid(),
            cache_seconds: CACHE_SECONDS,
        }
    }
}
