//! One word for all notations of a name.

use super::clean;
use super::parts::Name;

/// What is left of a name without capitals, marks, punctuation, titles and order: equal for
/// two spellings that differ in those alone. Junior and senior stay two.
///
/// It is for telling rows apart, not for comparing a holder: [`compare`](super::compare)
/// knows more.
///
/// ```
/// use bonafide::check::holder::key;
///
/// assert_eq!(key("Dr. José Núñez"), key("NUNEZ, Jose"));
/// assert_ne!(key("José Núñez"), key("José Núñez Jr."));
/// ```
pub fn key(name: &str) -> String {
    let text = clean::clean(name).text;
    let name = Name::read(&text);
    if name.parts.is_empty() {
        return clean::lower(text.trim());
    }
    let mut words: Vec<&str> = name
        .parts
        .iter()
        .map(|part| part.spellings.plain.as_str())
        .collect();
    words.sort_unstable();
    let generation = name
        .generation
        .map(|generation| format!(" {generation:?}"))
        .unwrap_or_default();
    words.join(" ") + &generation
}
