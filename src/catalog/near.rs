//! Names that look like what was typed.

use super::{Catalog, State};

/// The exams, slugs or titles nearest to what was typed; of equally near ones, those that
/// can still be earned come first.
pub(super) fn near(typed: &str, catalog: &Catalog) -> Vec<String> {
    const MOST: usize = 3;
    let typed = typed.to_lowercase();
    let mut candidates: Vec<(usize, bool, &str)> = Vec::new();
    for entry in catalog.entries() {
        let is_over = !matches!(
            entry.state_on(entry.known_on()),
            State::Current | State::Retiring(_)
        );
        let names = entry.exams().iter().map(String::as_str).chain(entry.slug());
        let by_name =
            names.filter_map(|name| Some((distance(&typed, &name.to_lowercase())?, name)));
        let by_title = title_distance(&typed, entry.title()).map(|far| (far, entry.title()));
        candidates.extend(
            by_name
                .chain(by_title)
                .map(|(far, name)| (far, is_over, name)),
        );
    }
    candidates.sort_unstable();
    candidates.dedup_by_key(|(_, _, name)| *name);
    let names = candidates.into_iter().map(|(_, _, name)| name.to_owned());
    names.take(MOST).collect()
}

/// How many slips lie between two names, where they are few for their length.
fn distance(typed: &str, name: &str) -> Option<usize> {
    let allowed = 1 + typed.chars().count().min(30) / 6;
    let slips = strsim::damerau_levenshtein(typed, name);
    (slips <= allowed).then_some(slips)
}

/// How far a title is: few slips, also without what stands before the colon, or every word
/// typed begins a word of it.
fn title_distance(typed: &str, title: &str) -> Option<usize> {
    let title = title.to_lowercase();
    let name = title
        .split_once(": ")
        .map_or(title.as_str(), |(_, name)| name);
    let words: Vec<&str> = typed.split_whitespace().collect();
    let begins = |word: &&str| {
        title
            .split_whitespace()
            .any(|whole| whole.starts_with(word))
    };
    let is_part = words.len() > 1 && words.iter().all(begins);
    let left_out = || name.split_whitespace().count().saturating_sub(words.len());
    distance(typed, &title)
        .or_else(|| distance(typed, name))
        .or_else(|| is_part.then(left_out))
}
