//! Pictures, held to reviewed ones byte for byte, and to an XML parser.

use proptest::prelude::*;

use super::*;
use crate::publish::shown::tests::{german, named, shown, *};

/// What is drawn in the snapshots: a name, and what is shown.
fn gallery() -> Vec<(&'static str, Shown)> {
    vec![
        ("good", named(ADMINISTRATOR, "2026-11-22")),
        ("needs-renewal", shown(RENEWING, "2026-11-22")),
        ("last-chance", shown(MS_102, "2026-11-22")),
        ("retired", shown(AI_ENGINEER, "2026-11-22")),
        ("endless", shown(FUNDAMENTALS, "2026-11-22")),
        ("expired", shown(RENEWING, "2027-06-01")),
        ("revoked", shown(REVOKED, "2026-11-22")),
        ("unverified", shown(NO_EXPIRY, "2026-11-22")),
        ("german", german(ADMINISTRATOR, "2026-11-22")),
    ]
}

fn looks() -> impl Iterator<Item = Look> {
    Style::ALL.into_iter().flat_map(|style| {
        Theme::ALL.map(|theme| Look {
            style,
            theme,
            ..Look::default()
        })
    })
}

#[test]
fn dump() {
    let folder = std::path::PathBuf::from(std::env::var("DUMP").unwrap());
    for (name, shown) in gallery() {
        for look in looks() {
            let file = format!("{name}-{}-{}", look.style.as_str(), look.theme.as_str());
            std::fs::write(folder.join(file + ".svg"), svg(&shown, look)).unwrap();
        }
        for theme in Theme::ALL {
            let file = format!("{name}-card-{}", theme.as_str());
            std::fs::write(folder.join(file + ".svg"), card(&shown, theme)).unwrap();
        }
    }
}
