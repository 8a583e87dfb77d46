//! Whether two lists of parts are the same name, part for part.
//!
//! Parts may be written together in one list and apart in the other, but no letter may
//! move from one part to its neighbour: `Jan Amiller` is not `Jana Miller`.

use super::fold::{Spellings, marks_conflict};
use super::nickname;
use super::parts::{Form, Part};
use super::romanise;
use super::rule::Rule;

/// How the letters of two names are held against each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// As they are written, give or take marks.
    AsWritten,
    /// By how they sound in Latin letters.
    Romanised,
}

/// As many parts as a word written together can stand for: `van de l' O` and one more.
const MOST_JOINED: usize = 5;

/// The rule under which the lists are the same name in the same order, if they are.
pub(super) fn same_sequence(a: &[Part], b: &[Part], reading: Reading) -> Option<Rule> {
    let (mut at_a, mut at_b) = (0, 0);
    let mut rule = Rule::CaseAndPunctuation;
    while at_a < a.len() && at_b < b.len() {
        let (step, used_a, used_b) = step(&a[at_a..], &b[at_b..], reading)?;
        rule = rule.max(step);
        at_a += used_a;
        at_b += used_b;
    }
    let ended = at_a == a.len() && at_b == b.len();
    ended.then(|| rule.max(run_together(a, b)))
}

/// The rule under which the lists are the same name in any usual order.
pub(super) fn same_in_some_order(
    a: &[Part],
    b: &[Part],
    reading: Reading,
) -> Option<(Rule, Order)> {
    if let Some(rule) = same_sequence(a, b, reading) {
        return Some((rule, Order::Same));
    }
    let turned = turns(b).chain(turned_around(b));
    let usual = turned.filter_map(|b| same_sequence(a, &b, reading)).min();
    usual
        .map(|rule| (rule, Order::Usual))
        .or_else(|| same_parts(a, b, reading).map(|rule| (rule, Order::Unusual)))
}

/// How the parts of one list must be moved to give the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// Not at all.
    Same,
    /// As when the surname moves from the end to the front.
    Usual,
    /// In a way that no convention explains.
    Unusual,
}

/// The list begun at each later part, as when a surname moves to the other end.
pub(super) fn turns(parts: &[Part]) -> impl Iterator<Item = Vec<Part>> + '_ {
    (1..parts.len()).map(|by| {
        let mut turned = parts.to_vec();
        turned.rotate_left(by);
        turned
    })
}

/// Three parts backwards: family, middle, given is given, middle, family in the West.
///
/// Not with two known given names: Silva Ana Maria is Ana Maria Silva, and Maria Ana Silva
/// may be her sister.
fn turned_around(parts: &[Part]) -> Option<Vec<Part>> {
    let given = parts
        .iter()
        .filter(|part| nickname::is_given(&part.spellings.plain));
    (parts.len() == 3 && given.count() < 2).then(|| parts.iter().rev().cloned().collect())
}

/// One part here and as many there as it takes.
fn step(a: &[Part], b: &[Part], reading: Reading) -> Option<(Rule, usize, usize)> {
    let sizes = (1..=MOST_JOINED)
        .map(|n| (1, n))
        .chain((2..=MOST_JOINED).map(|n| (n, 1)));
    sizes
        .filter(|&(in_a, in_b)| in_a <= a.len() && in_b <= b.len())
        .find_map(|(in_a, in_b)| {
            let joined = joined(&a[..in_a], &b[..in_b])?;
            let same = same(&a[..in_a], &b[..in_b], reading)?;
            Some((same.max(joined), in_a, in_b))
        })
}

/// Whether the parts may be read as one, and what that costs.
fn joined(a: &[Part], b: &[Part]) -> Option<Rule> {
    match (a, b) {
        ([_], [_]) => Some(Rule::CaseAndPunctuation),
        (many, [_]) | ([_], many) if may_join(many) => Some(Rule::JoinedParts),
        _ => None,
    }
}

/// An initial never joins its neighbour: `Jan A. Miller` is not `Jana Miller`. An elided
/// article does, with what follows it.
fn may_join(parts: &[Part]) -> bool {
    let Some((last, before)) = parts.split_last() else {
        return false;
    };
    let elided = |part: &Part| {
        part.form == Form::Letter && ["o", "d", "l", "t"].contains(&part.text.as_str())
    };
    !last.is_short()
        && before
            .iter()
            .enumerate()
            .all(|(at, part)| !part.is_short() || (at == 0 && elided(part)))
}

/// Whether the joined letters are the same, and under which rule.
fn same(a: &[Part], b: &[Part], reading: Reading) -> Option<Rule> {
    match reading {
        Reading::AsWritten => same_letters(&text(a), &text(b)),
        Reading::Romanised => same_sound(a, b).then_some(Rule::OtherScript),
    }
}

/// Whether two lower-cased texts are spellings of the same letters.
pub(super) fn same_letters(a: &str, b: &str) -> Option<Rule> {
    if a == b {
        return Some(Rule::CaseAndPunctuation);
    }
    let meets = Spellings::of(a).meets(&Spellings::of(b));
    (meets && !marks_conflict(a, b)).then_some(Rule::Transliteration)
}

/// Whether the parts sound alike in Latin letters.
pub(super) fn same_sound(a: &[Part], b: &[Part]) -> bool {
    let (latin_a, latin_b) = (latin(a), latin(b));
    if latin_a.is_empty() || latin_b.is_empty() {
        return false;
    }
    let vowelless = a
        .iter()
        .chain(b)
        .any(|part| romanise::is_abjad(part.script));
    if vowelless {
        let consonants = romanise::consonants(&latin_a);
        return consonants.len() > 1 && consonants == romanise::consonants(&latin_b);
    }
    romanise::across_scripts(&latin_a) == romanise::across_scripts(&latin_b)
}

/// A name without any space says less than one with parts, unless its script has none.
fn run_together(a: &[Part], b: &[Part]) -> Rule {
    let one = a.len().min(b.len()) == 1 && a.len() != b.len();
    let spaced = |part: &Part| !part.text.chars().all(romanise::is_syllabic);
    if one && a.iter().chain(b).any(spaced) {
        Rule::RunTogether
    } else {
        Rule::CaseAndPunctuation
    }
}

/// Whether each part has its own equal in the other list.
fn same_parts(a: &[Part], b: &[Part], reading: Reading) -> Option<Rule> {
    if a.len() != b.len() {
        return None;
    }
    let mut left: Vec<&Part> = b.iter().collect();
    a.iter().try_fold(Rule::CaseAndPunctuation, |rule, part| {
        let one = std::slice::from_ref(part);
        let (at, found) = left.iter().enumerate().find_map(|(at, &other)| {
            same(one, std::slice::from_ref(other), reading).map(|found| (at, found))
        })?;
        left.swap_remove(at);
        Some(rule.max(found))
    })
}

fn text(parts: &[Part]) -> String {
    parts.iter().map(|part| part.text.as_str()).collect()
}

fn latin(parts: &[Part]) -> String {
    parts.iter().map(|part| part.latin.as_str()).collect()
}
