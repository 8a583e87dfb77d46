//! Secrets that can be recognised, in whatever form they come out.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The holder's key in a link.
pub(crate) const SHARING_ID: &str = "5EC2E7A1D0C0FFEE";

/// Every secret. Each has signs that are written otherwise in an address.
pub(crate) const MARKS: [(&str, &str); 15] = [
    ("sharingId", SHARING_ID),
    ("SMTP password", "Mk1/smtp+pass=word"),
    ("Teams address", "Mk2teamsSignature"),
    ("Slack address", "Mk3slackServices"),
    ("webhook address", "Mk4hookPath"),
    ("webhook secret", "Mk5hook+secret/key"),
    ("ntfy topic", "Mk6ntfyTopic"),
    ("ntfy token", "tk_Mk7ntfyToken"),
    ("ping at the start", "Mk8pingStart"),
    ("ping at success", "Mk9pingSuccess"),
    ("ping at failure", "Mk10pingFailure"),
    ("proxy password", "Mk11proxyPass"),
    ("password in --learn-url", "Mk12learnUserinfo"),
    ("password in --credly-url", "Mk13credlyUserinfo"),
    ("passphrase of a key", "Mk14key+passphrase"),
];

/// The secrets that stand in a text, each with its form.
pub(crate) fn found(text: &[u8]) -> Vec<String> {
    let lower = text.to_ascii_lowercase();
    let mut found = Vec::new();
    for (name, mark) in MARKS {
        for (form, written) in forms(mark) {
            let is_there = memchr::memmem::find(&lower, written.to_ascii_lowercase().as_bytes());
            if let Some(at) = is_there {
                let near = &text[at.saturating_sub(80)..(at + 80).min(text.len())];
                found.push(format!(
                    "{name} ({form}): {}",
                    String::from_utf8_lossy(near)
                ));
            }
        }
    }
    found
}

/// A secret as it is, percent-encoded where it must be and everywhere, in hex, and in Base64
/// wherever it may begin.
pub(crate) fn forms(mark: &str) -> Vec<(&'static str, String)> {
    let percent = |set: &'static percent_encoding::AsciiSet| {
        percent_encoding::utf8_percent_encode(mark, set).to_string()
    };
    let everywhere: String = mark
        .bytes()
        .flat_map(|byte| ["%".to_owned(), hex::encode([byte])])
        .collect();
    let mut forms = vec![
        ("as it is", mark.to_owned()),
        (
            "percent-encoded",
            percent(percent_encoding::NON_ALPHANUMERIC),
        ),
        ("percent-encoded everywhere", everywhere),
        ("hex", hex::encode(mark)),
        ("hex of small letters", hex::encode(mark.to_lowercase())),
    ];
    for before in 0..3 {
        let encoded = STANDARD.encode([&vec![b'x'; before], mark.as_bytes()].concat());
        // Only what no neighbour has a part in.
        let start = [0, 2, 3][before];
        let end = (before + mark.len()) / 3 * 4;
        forms.push(("Base64", encoded[start..end].to_owned()));
    }
    forms
}

/// Goes through every file below a folder, also those packed in others.
pub(crate) fn found_below(folder: &Path, but: &Path) -> Vec<String> {
    let mut leaks = Vec::new();
    let Ok(entries) = std::fs::read_dir(folder) else {
        return leaks;
    };
    for entry in entries {
        let path = entry.unwrap().path();
        if path == but {
            continue;
        }
        leaks.extend(found(path.to_string_lossy().as_bytes()));
        if path.is_dir() {
            leaks.extend(found_below(&path, but));
            continue;
        }
        let bytes = std::fs::read(&path).unwrap_or_default();
        for leak in found(&bytes) {
            leaks.push(format!("{}: {leak}", path.display()));
        }
    }
    leaks
}
