//! Names that look like what was typed.

use super::{Catalog, Level, State};

/// The exams, slugs or titles nearest to what was typed; of equally near ones, those that
/// can still be earned come first.
pub(super) fn near(typed: &str, catalog: &Catalog) -> Vec<String> {
    const MOST: usize = 3;
    let typed = typed.to_lowercase();
    let mut candidates: Vec<(usize, bool, &str, u8)> = Vec::new();
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
                .map(|(far, name)| (far, is_over, name, rareness(entry.level()))),
        );
    }
    // One that can be earned is meant more often than one that cannot.
    candidates.sort_by_key(|&(far, is_over, name, rareness)| {
        let far = far + usize::from(is_over);
        let apart = usize::MAX - shared(&typed, name);
        (far, is_over, apart, rareness, name)
    });
    let mut names: Vec<String> = Vec::new();
    for (_, _, name, _) in candidates {
        if names.len() < MOST && names.iter().all(|known| known != name) {
            names.push(name.to_owned());
        }
    }
    names
}

/// Which levels are held by fewer people.
const fn rareness(level: Level) -> u8 {
    match level {
        Level::Fundamentals => 0,
        Level::Associate => 1,
        Level::Expert => 2,
        _ => 3,
    }
}

/// How many letters and digits of what was typed the other has too, in any order.
fn shared(typed: &str, name: &str) -> usize {
    let mut left: Vec<char> = name.to_lowercase().chars().collect();
    let found = typed.chars().filter(|c| {
        let at = left.iter().position(|other| other == c);
        at.map(|at| left.swap_remove(at)).is_some()
    });
    found.count()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_misses_are_what_was_meant() {
        let near = |typed| near(typed, Catalog::embedded());
        let exams = near("AZ-109");
        assert_eq!(exams[0], "AZ-104");
        assert!(exams.contains(&"AZ-900".to_owned()), "{exams:?}");
        assert_eq!(near("azure-adminstrator")[0], "azure-administrator");
        assert_eq!(
            near("azure ai enginer associate")[0],
            "Microsoft Certified: Azure AI Engineer Associate"
        );
        assert!(near("knitting").is_empty());
    }
}
