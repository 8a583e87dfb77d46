//! What was found in a field, and what may have been meant.

use toml::Value;

/// `, did you mean …?`, where something is near.
pub(super) fn suggestion(typed: &str, words: &[&str]) -> String {
    let typed = typed.to_lowercase().replace('-', "_");
    let near = words
        .iter()
        .map(|word| (strsim::damerau_levenshtein(&typed, word), word))
        .min()
        .filter(|(slips, _)| *slips <= 1 + typed.chars().count().min(30) / 4);
    near.map_or_else(String::new, |(_, word)| format!(" (did you mean {word}?)"))
}

pub(in crate::catalog) fn is_slug(text: &str) -> bool {
    let fits = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-';
    (1..=120).contains(&text.len()) && text.bytes().all(fits) && !text.starts_with('-')
}

pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::String(_) => "a text",
        Value::Integer(_) | Value::Float(_) => "a number",
        Value::Boolean(_) => "true or false",
        Value::Datetime(_) => "an instant",
        Value::Array(_) => "a list",
        Value::Table(_) => "a table",
    }
}
