//! What two spellings of one name have in common, as a text to look up by.

use super::clean;
use super::fold::undigraphed;
use super::parts::Name;

/// A text that the spellings of one name share: without case, marks, titles and order.
///
/// Names with the same key need not be the same; whether they are, [`compare`](super::compare())
/// tells. `None` for a text without a letter.
///
/// ```
/// use bonafide::check::holder::key;
///
/// assert_eq!(key("José García"), key("GARCIA, Jose"));
/// assert_eq!(key("Dr. Jürgen Groß"), key("Juergen Gross"));
/// assert_ne!(key("Jane Doe"), key("John Doe"));
/// assert_eq!(key("-"), None);
/// ```
pub fn key(name: &str) -> Option<String> {
    let cleaned = clean::clean(name);
    if !clean::has_letter(&cleaned.text) {
        return None;
    }
    let name = Name::read(&cleaned.text);
    let mut parts: Vec<String> = name
        .parts
        .iter()
        .map(|part| undigraphed(&part.spellings.plain))
        .collect();
    parts.sort_unstable();
    Some(parts.join(" "))
}
