//! The comparison from two texts to a grade.

use super::clean::{self, Clean};
use super::nickname;
use super::outcome::HolderMatch;
use super::parts::{Form, Name, Part};
use super::regroup;
use super::romanise;
use super::rule::Rule;
use super::sequence::{Order, Reading, same_in_some_order, same_sequence};
use super::verdict::judge;

/// Beyond this many characters only the whole names are compared.
const MOST_CHARACTERS: usize = 200;
/// Beyond this many parts only the whole names are compared.
const MOST_PARTS: usize = 12;

/// Compares the expected name with a name the issuer gives (display or legal name).
///
/// The order of the two does not matter. A text without a letter is not compared; a name
/// of more than 200 characters or 12 parts is `exact`, `normalised` or not compared.
/// A name with a word of mixed scripts is never better than `weak`, not even to itself.
///
/// ```
/// use bonafide::check::holder::{Grade, Rule, compare};
///
/// let found = compare("Aurélie van der Meer", "AURELIE VANDERMEER");
/// assert_eq!(found.grade(), Grade::Normalised);
///
/// let sister = compare("Anna Kovács", "Eszter Kovács");
/// assert_eq!(sister.grade(), Grade::Different);
/// assert_eq!(sister.rule(), Some(Rule::OtherGivenName));
/// ```
pub fn compare(expected: &str, given: &str) -> HolderMatch {
    if expected == given && is_plain(expected) {
        return Rule::SameText.into();
    }
    let (a, b) = (clean::clean(expected), clean::clean(given));
    if !clean::has_letter(&a.text) || !clean::has_letter(&b.text) {
        return HolderMatch::NOTHING;
    }
    if clean::is_mixed(&a.text) || clean::is_mixed(&b.text) {
        return mixed(&a.text, &b.text).into();
    }
    let hidden = a.hidden || b.hidden;
    if !hidden && clean::trimmed(expected) == clean::trimmed(given) {
        return Rule::SameText.into();
    }
    cleaned(&a, &b).into()
}

/// Whether a text is made of letters that hide nothing, as most names of a list are.
fn is_plain(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphabetic() || matches!(byte, b' ' | b'-' | b'.');
    text.bytes().all(is_plain) && text.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// Names with mixed words are judged by their looks, and never better than weak.
fn mixed(a: &str, b: &str) -> Rule {
    names(&clean::looks(a), &clean::looks(b)).max(Rule::MixedScript)
}

fn cleaned(a: &Clean, b: &Clean) -> Rule {
    if a.text.trim() == b.text.trim() && (a.hidden || b.hidden) {
        return Rule::HiddenCharacters;
    }
    names(&a.text, &b.text)
}

/// The rule for two cleaned texts.
fn names(a: &str, b: &str) -> Rule {
    let long = a.chars().count().max(b.chars().count()) > MOST_CHARACTERS;
    let (name_a, name_b) = (Name::read(a), Name::read(b));
    // The one with more parts comes second, so the answer does not depend on who asks.
    let in_order = (name_a.parts.len(), a) <= (name_b.parts.len(), b);
    let (a, b) = if in_order {
        (name_a, name_b)
    } else {
        (name_b, name_a)
    };
    if a.parts.is_empty() || b.parts.is_empty() {
        return Rule::OtherName;
    }
    if long || a.parts.len().max(b.parts.len()) > MOST_PARTS {
        return whole(&a, &b).unwrap_or(Rule::TooLong);
    }
    let rule = if scripts(&a) == scripts(&b) {
        in_one_script(&a, &b)
    } else {
        across_scripts(&a, &b)
    };
    rule.max(around(&a, &b))
}

/// Long names are the same throughout or not compared.
fn whole(a: &Name, b: &Name) -> Option<Rule> {
    let rule = same_sequence(&a.parts, &b.parts, Reading::AsWritten)?.max(around(a, b));
    (rule < Rule::CommaOrder && a.comma == b.comma).then_some(rule)
}

fn in_one_script(a: &Name, b: &Name) -> Rule {
    if let Some((rule, order)) = same_in_some_order(&a.parts, &b.parts, Reading::AsWritten) {
        return rule.max(order_rule(a, b, order));
    }
    let single = a.word_count() == 1 || b.word_count() == 1;
    let judged = |[a, b]: [Vec<Part>; 2]| judge(&a, &b, Reading::AsWritten, single);
    let mut rule = judged([a, b].map(|name| regroup::with_particles(&name.parts)));
    if a.parts
        .iter()
        .chain(&b.parts)
        .any(|part| part.form == Form::Pair)
    {
        let spelt =
            [a, b].map(|name| regroup::with_particles(&regroup::with_initials(&name.parts)));
        rule = rule.min(judged(spelt));
    }
    if rule > Rule::SameReading && read_alike(a, b) {
        Rule::SameReading
    } else {
        rule
    }
}

fn across_scripts(a: &Name, b: &Name) -> Rule {
    let [parts_a, parts_b] = [a, b].map(|name| regroup::by_syllable(&name.parts));
    if let Some((rule, order)) = same_in_some_order(&parts_a, &parts_b, Reading::Romanised) {
        return rule.max(order_rule(a, b, order)).max(Rule::OtherScript);
    }
    let single = a.word_count() == 1 || b.word_count() == 1;
    let rule = judge(&parts_a, &parts_b, Reading::Romanised, single).max(Rule::OtherScript);
    let unsure = is_unreadable(&a.parts) || is_unreadable(&b.parts);
    if unsure {
        rule.min(Rule::UnreadableScript)
    } else {
        rule
    }
}

/// What the order of the parts costs.
fn order_rule(a: &Name, b: &Name, order: Order) -> Rule {
    match order {
        Order::Same if a.comma == b.comma => Rule::CaseAndPunctuation,
        Order::Same => Rule::CommaOrder,
        Order::Usual if both_given(a) => Rule::UnusualOrder,
        Order::Usual => Rule::PartOrder,
        Order::Unusual => Rule::UnusualOrder,
    }
}

/// Whether the name is two given names: James Thomas and Thomas James are two people.
fn both_given(name: &Name) -> bool {
    let mut parts = name.parts.iter();
    name.parts.len() == 2 && parts.all(|part| nickname::is_given(&part.spellings.plain))
}

/// What titles and generations cost.
fn around(a: &Name, b: &Name) -> Rule {
    let titles = if a.titles == b.titles {
        Rule::CaseAndPunctuation
    } else {
        Rule::TitleDropped
    };
    let generation = match (a.generation, b.generation) {
        (Some(a), Some(b)) if a != b => Rule::GenerationDiffers,
        (None, Some(_)) | (Some(_), None) => Rule::GenerationMissing,
        _ => Rule::CaseAndPunctuation,
    };
    let address = match (a.address(), b.address()) {
        (Some(a), Some(b)) if a != b => Rule::AddressDiffers,
        _ => Rule::CaseAndPunctuation,
    };
    titles.max(generation).max(address)
}

/// Whether names of other characters sound alike, as simplified and traditional ones do.
fn read_alike(a: &Name, b: &Name) -> bool {
    let alike = same_in_some_order(&a.parts, &b.parts, Reading::Romanised);
    is_unreadable(&a.parts) && alike.is_some_and(|(_, order)| order == Order::Same)
}

fn is_unreadable(parts: &[Part]) -> bool {
    parts.iter().all(|part| !romanise::is_readable(part.script))
}

/// The scripts of the parts, each once.
fn scripts(name: &Name) -> Vec<&'static str> {
    let mut scripts: Vec<_> = name
        .parts
        .iter()
        .map(|part| part.script.full_name())
        .collect();
    scripts.sort_unstable();
    scripts.dedup();
    scripts
}
