//! Which given names are forms of one another.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::romanise::across_scripts;

/// The groups, with their origin at the head of the file.
const TABLE: &str = include_str!("nicknames.txt");

/// Where each name stands: a name in plain Latin letters to the lines it is on.
static GROUPS: LazyLock<HashMap<&str, Vec<usize>>> = LazyLock::new(|| {
    let mut groups: HashMap<&str, Vec<usize>> = HashMap::new();
    for (name, group) in names() {
        groups.entry(name).or_default().push(group);
    }
    groups
});

/// The same, by how the names sound across scripts.
static SOUNDS: LazyLock<HashMap<String, HashSet<usize>>> = LazyLock::new(|| {
    let mut sounds: HashMap<String, HashSet<usize>> = HashMap::new();
    for (name, group) in names() {
        sounds
            .entry(across_scripts(name))
            .or_default()
            .insert(group);
    }
    sounds
});

/// Whether two plain Latin names are known forms of one given name.
pub(super) fn are_forms(a: &str, b: &str) -> bool {
    match (GROUPS.get(a), GROUPS.get(b)) {
        (Some(a), Some(b)) => a.iter().any(|group| b.contains(group)),
        _ => false,
    }
}

/// Whether two names, known by their sound alone, are forms of one given name.
pub(super) fn sound_as_forms(a: &str, b: &str) -> bool {
    match (SOUNDS.get(a), SOUNDS.get(b)) {
        (Some(a), Some(b)) => !a.is_disjoint(b),
        _ => false,
    }
}

/// Whether the table knows a plain Latin name as a given name.
pub(super) fn is_given(name: &str) -> bool {
    GROUPS.contains_key(name)
}

/// Whether the table knows a name, by its sound alone, as a given name.
pub(super) fn sounds_given(sound: &str) -> bool {
    SOUNDS.contains_key(sound)
}

fn names() -> impl Iterator<Item = (&'static str, usize)> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    lines
        .enumerate()
        .flat_map(|(group, line)| line.split_whitespace().map(move |name| (name, group)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_plain_lower_case_letters() {
        for (name, _) in names() {
            assert!(name.bytes().all(|b| b.is_ascii_lowercase()), "{name}");
        }
    }

    #[test]
    fn groups_are_not_joined_through_a_shared_form() {
        assert!(are_forms("sasha", "aleksandr"));
        assert!(are_forms("sasha", "aleksandra"));
        assert!(!are_forms("aleksandr", "aleksandra"));
    }

    #[test]
    fn feminine_and_masculine_names_stay_apart() {
        for (a, b) in [
            ("paul", "paula"),
            ("daniel", "daniela"),
            ("mario", "maria"),
            ("andrea", "andreas"),
            ("jan", "jana"),
            ("christian", "christina"),
            ("julia", "julian"),
            ("martin", "martina"),
            ("robert", "roberta"),
            ("michael", "michaela"),
            ("antonio", "antonia"),
            ("victor", "victoria"),
        ] {
            assert!(!are_forms(a, b), "{a} and {b}");
        }
    }
}
