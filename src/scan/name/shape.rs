//! The form of a name, and of the headings that stand before one.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Words that stand in headings, titles of jobs and names of firms, and in no name.
const NO_NAMES: &str = include_str!("no_names.txt");

/// Words of names that are written small.
const PARTICLES: &str =
    "al bin binti ibn da das de del della den der di do dos du el la le ten ter van von y zu";

/// Takes `Curriculum Vitae` and its like off a line; whether it was there.
pub(super) fn without_heading(line: &str) -> (bool, &str) {
    const HEADINGS: [&str; 12] = [
        "curriculum vitae",
        "currículum vítae",
        "curriculum vitæ",
        "lebenslauf",
        "resume",
        "résumé",
        "resumé",
        "hoja de vida",
        "cv",
        "bewerbung",
        "profile",
        "personal details",
    ];
    let line = line.trim();
    for heading in HEADINGS {
        let Some(start) = line
            .get(..heading.len())
            .filter(|start| start.to_lowercase() == heading)
        else {
            continue;
        };
        let rest = &line[start.len()..];
        if rest.starts_with(char::is_alphanumeric) {
            continue;
        }
        let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || "-–—:|/".contains(c));
        let rest = ["of ", "von ", "de "]
            .iter()
            .find_map(|word| rest.strip_prefix(word))
            .unwrap_or(rest);
        // "Profile" and its like head other things as well when more follows.
        let strong = heading != "profile" && heading != "personal details";
        return (strong, rest);
    }
    (false, line)
}

/// A text as a name, if it has the form of one and nothing else.
pub(super) fn shaped(text: &str) -> Option<String> {
    const PARTING: [char; 8] = ['|', '•', '·', '–', '—', '\t', '/', ';'];
    let text = text.split(PARTING).next().unwrap_or("").trim();
    // "Jane Doe, MCSE", and on the other hand "Doe, Jane".
    let text = match text.split_once(',') {
        Some((before, _)) if before.split_whitespace().nth(1).is_some() => before.trim(),
        _ => text,
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    let letters = |word: &&str| {
        word.chars()
            .all(|c| c.is_alphabetic() || "-'’.,".contains(c) || is_mark(c))
    };
    let plain = |word: &str| {
        word.trim_matches(|c: char| !c.is_alphabetic())
            .to_lowercase()
    };
    let capital = |word: &&str| {
        word.starts_with(|c: char| c.is_uppercase() || c.is_alphabetic() && !c.is_lowercase())
    };
    let is_small = |word: &&str| {
        PARTICLES
            .split(' ')
            .any(|particle| particle == word.to_lowercase())
    };
    let whole = words
        .iter()
        .filter(|word| plain(word).chars().nth(1).is_some() && !is_small(word));
    let fits = (2..=5).contains(&words.len())
        && text.chars().count() <= 60
        && words
            .iter()
            .all(|word| letters(word) && (capital(word) || is_small(word)))
        && words.iter().all(|word| !is_no_name(&plain(word)))
        && capital(&words[0]) | is_small(&words[0])
        && whole.count() >= 2;
    fits.then(|| words.join(" "))
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

fn is_no_name(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| NO_NAMES.split_whitespace().collect());
    WORDS.contains(word)
}
