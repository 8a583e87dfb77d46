//! Writes what a verification was judged on into a file, to be judged again on any day.

use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::archive::{Entry, VERSION, Written};
use super::private;
use super::recording::Asked;
use super::scrub;
use crate::steering;

/// The longest part of an address that goes into a file's name.
const NAME_LIMIT: usize = 40;

/// Saves one verification in `directory` as a new file, and says which.
///
/// `link` is the canonical link, without its sharingId. What is kept of each answer is
/// reduced like in the cache: no mail address, no MCID, no training, no sharingId. A file
/// that is there is never overwritten. On return the file is on the disk, readable by its
/// owner alone.
///
/// # Errors
/// When the directory cannot be made or the file cannot be written.
pub fn save(
    directory: &Path,
    link: Option<&str>,
    asked: &[Asked],
    now: DateTime<Utc>,
) -> io::Result<PathBuf> {
    let file = Written {
        bonafide_evidence: VERSION,
        program: concat!("bonafide ", env!("CARGO_PKG_VERSION")).to_owned(),
        link: link.map(without_sharing_id),
        exchanges: asked.iter().map(|one| Entry::write(one, now)).collect(),
    };
    // A service's words are kept as they are, in a form that can be looked at.
    let text = steering::json(&serde_json::to_string_pretty(&file)?) + "\n";
    let stem = stem(link, asked, now, "evidence");
    private::write_new(directory, &stem, ".json", text.as_bytes())
}

/// The name of a file about `asked`: the instant, and what was asked about or, where that
/// has no name, `otherwise`.
pub(crate) fn stem(
    link: Option<&str>,
    asked: &[Asked],
    now: DateTime<Utc>,
    otherwise: &str,
) -> String {
    let subject = subject(link, asked);
    let subject = subject.as_deref().unwrap_or(otherwise);
    format!("{}-{subject}", now.format("%Y-%m-%dT%H%M%SZ"))
}

/// The last part of the address: the credential's, transcript's or badge's number.
fn subject(link: Option<&str>, asked: &[Asked]) -> Option<String> {
    let address = asked.first().map(|one| one.url.as_str()).or(link);
    let path = address.unwrap_or_default().split(['?', '#']).next();
    let last = path
        .unwrap_or_default()
        .rsplit(['/', ':'])
        .find(|part| !part.is_empty());
    let last = last.unwrap_or_default().trim_end_matches(".json");
    let name: String = last
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .take(NAME_LIMIT)
        .collect();
    (!name.is_empty()).then_some(name)
}

fn without_sharing_id(link: &str) -> String {
    String::from_utf8_lossy(&scrub::named(link.as_bytes())).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_for_what_was_asked() {
        for (address, name) in [
            (
                "https://learn.microsoft.com/api/credentials/ED953C6BB9A4D04",
                "ED953C6BB9A4D04",
            ),
            (
                "http://127.0.0.1:8/api/profiles/transcript/share/d8yj?locale=en-us",
                "d8yj",
            ),
            ("https://www.credly.com/badges/4b0f-52.json", "4b0f-52"),
            ("file:my transcript.json", "mytranscript"),
            ("file:../../etc/passwd", "passwd"),
            ("file:con\\..\\nul", "connul"),
            ("", ""),
        ] {
            let named = subject(Some(address), &[]).unwrap_or_default();
            assert_eq!(named, name, "{address}");
        }
    }
}
