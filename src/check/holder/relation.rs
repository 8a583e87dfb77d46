//! How one part of a name relates to one part of another.

use std::slice;

use super::fold::{marks_conflict, undigraphed};
use super::nickname;
use super::parts::Part;
use super::romanise::{across_scripts, within_latin};
use super::rule::Rule;
use super::sequence::{Reading, same_letters, same_sound};

/// Below this, a spelling in Latin letters says too little of the sound: Jan is not Ian.
const SHORTEST_SOUND: usize = 5;
/// Below this, one other letter makes another name.
const SHORTEST_SLIP: usize = 5;
/// The same for parts that may be given names: Martin, Marvin; Marina, Martina.
const SHORTEST_GIVEN_SLIP: usize = 7;
/// Below this, a replaced letter makes another name: Hansen, Hanson; Muller, Moller.
const SHORTEST_REPLACEMENT: usize = 8;

/// How two parts relate, closest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Relation {
    /// The same letters.
    Same(Rule),
    /// The same but for something the rule names.
    Near(Rule),
    /// Forms of one given name.
    Forms,
    /// An initial and a name, or two initials.
    Initial,
    /// One letter apart.
    Slip,
}

/// How the two parts relate, if they do.
pub(super) fn relate(a: &Part, b: &Part, reading: Reading) -> Option<Relation> {
    let closest = match reading {
        Reading::AsWritten => as_written(a, b),
        Reading::Romanised => romanised(a, b),
    };
    let rest = || is_initial(a, b, reading).then_some(Relation::Initial);
    closest
        .or_else(rest)
        .or_else(|| is_slip(a, b, reading).then_some(Relation::Slip))
}

fn as_written(a: &Part, b: &Part) -> Option<Relation> {
    if let Some(rule) = same_letters(&a.text, &b.text) {
        // Two equal initials agree in no more than an initial.
        return Some(if a.is_short() {
            Relation::Initial
        } else {
            Relation::Same(rule)
        });
    }
    if a.is_short() || b.is_short() {
        return None;
    }
    near(a, b).map(Relation::Near).or_else(|| {
        let forms = nickname::are_forms(&a.spellings.plain, &b.spellings.plain);
        forms.then_some(Relation::Forms)
    })
}

fn near(a: &Part, b: &Part) -> Option<Rule> {
    let (plain_a, plain_b) = (&a.spellings.plain, &b.spellings.plain);
    let long = |least: usize| plain_a.len() >= least && plain_b.len() >= least;
    if without_particle(a, b) {
        Some(Rule::Particle)
    } else if a.spellings.meets(&b.spellings) && marks_conflict(&a.text, &b.text) {
        Some(Rule::OtherMarks)
    } else if !(a.is_latin() && b.is_latin()) {
        None
    } else if long(4) && undigraphed(plain_a) == undigraphed(plain_b) {
        Some(Rule::DigraphSpelling)
    } else if long(SHORTEST_SOUND) && within_latin(plain_a) == within_latin(plain_b) {
        Some(Rule::Romanisation)
    } else {
        None
    }
}

/// Whether only one has particles and the rest is the same.
fn without_particle(a: &Part, b: &Part) -> bool {
    let bare = |with: &Part, without: &Part| {
        with.core
            .as_ref()
            .is_some_and(|core| same_letters(&core.text, &without.text).is_some())
    };
    bare(a, b) || bare(b, a)
}

fn romanised(a: &Part, b: &Part) -> Option<Relation> {
    if a.is_short() || b.is_short() {
        return None;
    }
    if same_sound(slice::from_ref(a), slice::from_ref(b)) {
        return Some(Relation::Same(Rule::OtherScript));
    }
    let forms = nickname::sound_as_forms(&across_scripts(&a.latin), &across_scripts(&b.latin));
    forms.then_some(Relation::Forms)
}

/// Whether one is the beginning of the other, cut off with a dot or after one letter.
fn is_initial(a: &Part, b: &Part, reading: Reading) -> bool {
    let begins = |short: &Part, full: &Part| match reading {
        Reading::AsWritten => {
            full.text.starts_with(&short.text)
                || full.spellings.plain.starts_with(&short.spellings.plain)
        }
        Reading::Romanised => {
            let opening = opening(&short.latin);
            !opening.is_empty() && self::opening(&full.latin).starts_with(&opening)
        }
    };
    (a.is_short() && begins(a, b)) || (b.is_short() && begins(b, a))
}

/// Latin letters with those made one that begin a romanised name: Yulia, Julia, Iuliia.
fn opening(latin: &str) -> String {
    latin.replace(['y', 'j'], "i")
}

/// Whether one letter inside a long part was dropped, added, swapped or replaced.
///
/// The first and last letters must agree: Daniel and Daniela, Andrea and Andreas are two
/// people. So are names that are each known on their own.
fn is_slip(a: &Part, b: &Part, reading: Reading) -> bool {
    let ([a, b], known) = match reading {
        Reading::AsWritten => {
            let texts = [a, b].map(|part| part.spellings.plain.clone());
            let known = texts.iter().all(|text| nickname::is_given(text));
            (texts, known)
        }
        Reading::Romanised => {
            let texts = [a, b].map(|part| across_scripts(&part.latin));
            let known = texts.iter().all(|text| nickname::sounds_given(text));
            (texts, known)
        }
    };
    is_one_slip(&a, &b, known)
}

fn is_one_slip(a: &str, b: &str, known: bool) -> bool {
    let shortest = a.chars().count().min(b.chars().count());
    if known || shortest < SHORTEST_SLIP || strsim::osa_distance(a, b) != 1 {
        return false;
    }
    let same_ends = a.chars().next() == b.chars().next() && a.chars().last() == b.chars().last();
    match Slip::between(a, b) {
        Slip::Swapped => a.chars().next() == b.chars().next(),
        Slip::Missing => same_ends,
        Slip::Replaced => same_ends && shortest >= SHORTEST_REPLACEMENT,
    }
}

/// Whether the part is long enough for a slip where a given name stands.
pub(super) fn may_slip_as_given(part: &Part) -> bool {
    part.text.chars().count() >= SHORTEST_GIVEN_SLIP
}

enum Slip {
    Missing,
    Swapped,
    Replaced,
}

impl Slip {
    /// What kind of slip lies between two texts that are one edit apart.
    fn between(a: &str, b: &str) -> Self {
        let sorted = |text: &str| {
            let mut letters: Vec<char> = text.chars().collect();
            letters.sort_unstable();
            letters
        };
        let (a, b) = (sorted(a), sorted(b));
        if a.len() != b.len() {
            Self::Missing
        } else if a == b {
            Self::Swapped
        } else {
            Self::Replaced
        }
    }
}
