//! The comparison with a Learn user name.

use super::clean;
use super::compare::compare;
use super::grade::Grade;
use super::outcome::HolderMatch;
use super::parts::{Name, Part};
use super::rule::Rule;

/// Compares the expected name with a Learn user name such as `BorysHolderenko-2215`.
///
/// Its owner chooses a user name freely, so agreement is `weak` at best, and one that does
/// not agree says nothing at all: it is not compared. Agreement needs more than one part
/// of the name, or an initial and the surname (`jdoe`).
///
/// ```
/// use bonafide::check::holder::{Grade, compare_user_name};
///
/// let found = compare_user_name("Borys Holderenko", "BorysHolderenko-2215");
/// assert_eq!(found.grade(), Grade::Weak);
/// assert_eq!(compare_user_name("Jane Doe", "15042217").grade(), Grade::NotCompared);
/// assert_eq!(compare_user_name("Jane Doe", "BorysHolderenko-2215").grade(), Grade::NotCompared);
/// ```
pub fn compare_user_name(expected: &str, user_name: &str) -> HolderMatch {
    let spaced = spaced(user_name);
    let by_parts = compare(expected, &spaced).grade() <= Grade::Compatible;
    if by_parts || is_built_from(expected, &spaced) {
        Rule::UserName.into()
    } else {
        HolderMatch::NOTHING
    }
}

/// The words of a user name: split at digits, signs and where a capital begins.
fn spaced(user_name: &str) -> String {
    let mut words = String::new();
    let mut after_small = false;
    for c in user_name.chars().take(100) {
        let breaks = !c.is_alphabetic() || (c.is_uppercase() && after_small);
        words.extend(breaks.then_some(' '));
        words.extend(c.is_alphabetic().then_some(c));
        after_small = c.is_lowercase();
    }
    words
}

/// Whether the letters are a usual handle of the name: `janedoe`, `doejane`, `jdoe`.
fn is_built_from(expected: &str, spaced: &str) -> bool {
    let letters: String = spaced.split_whitespace().collect();
    let name = Name::read(&clean::clean(expected).text);
    let [first, .., last] = &name.parts[..] else {
        return false;
    };
    if name.parts.len() > 12 {
        return false;
    }
    let handle = clean::lower(&letters);
    handles(&name.parts, first, last).contains(&handle)
}

fn handles(parts: &[Part], first: &Part, last: &Part) -> Vec<String> {
    let spellings: [fn(&Part) -> &str; 3] = [
        |part| &part.spellings.plain,
        |part| &part.spellings.digraph,
        |part| &part.latin,
    ];
    let mut handles = Vec::new();
    for spell in spellings {
        let all: String = parts.iter().map(spell).collect();
        let (given, surname) = (spell(first), spell(last));
        let after: String = parts[1..].iter().map(spell).collect();
        let initial: String = given.chars().take(1).collect();
        handles.push(all);
        handles.push(format!("{given}{surname}"));
        handles.push(format!("{surname}{given}"));
        handles.push(format!("{after}{given}"));
        handles.push(format!("{initial}{surname}"));
    }
    // A handle as short as that fits too many names.
    handles.retain(|handle| handle.len() > 3);
    handles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agreement_is_weak_and_never_more() {
        for (expected, user_name) in [
            ("Borys Holderenko", "BorysHolderenko-2215"),
            ("Jane Doe", "janedoe"),
            ("Jane Doe", "jdoe-77"),
            ("Jane Doe", "Doe-Jane"),
            ("Jürgen Müller", "JuergenMueller-0001"),
            ("Юлия Иванова", "IuliiaIvanova-1234"),
            ("Ronan McDonald", "RonanMcDonald-12"),
            ("Jane Mary Doe", "JaneDoe-1234"),
            ("Jane Doe", "Jane Doe"),
        ] {
            let found = compare_user_name(expected, user_name);
            assert_eq!(found.grade(), Grade::Weak, "{expected} and {user_name}");
        }
    }

    #[test]
    fn disagreement_says_nothing() {
        for user_name in [
            "BorysHolderenko-2215",
            "15042217",
            "",
            "-",
            "jane",
            "cloudguru",
            "JohnDoe-1",
        ] {
            let found = compare_user_name("Jane Doe", user_name);
            assert_eq!(found, HolderMatch::NOTHING, "{user_name}");
        }
    }
}
