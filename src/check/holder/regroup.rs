//! A name's parts put together or taken apart another way.

use super::parts::{Form, Part};
use super::romanise;

/// Words before a surname that many leave out.
const PARTICLES: &[&str] = &[
    "van", "von", "vom", "zu", "zum", "zur", "der", "den", "de", "del", "della", "dello", "degli",
    "di", "da", "do", "dos", "das", "du", "des", "la", "le", "las", "los", "ter", "ten", "te",
    "op", "y", "af", "av", "al", "el", "ul", "bin", "ibn", "bint", "ben",
];
/// Words that belong to the surname: `McDonald` is not Donald.
const PREFIXES: &[&str] = &[
    "mac", "mc", "fitz", "st", "san", "saint", "abd", "abdul", "abdel",
];

/// Ties particles to the part they introduce, so that `van der Meer` is one surname.
///
/// The first part stays alone: there `Ben`, `Van` and `Le` are names.
pub(super) fn with_particles(parts: &[Part]) -> Vec<Part> {
    let mut done: Vec<Part> = Vec::new();
    let mut waiting: Vec<&Part> = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let leads = at > 0 && at + 1 < parts.len() && introduces(part, !waiting.is_empty());
        if leads {
            waiting.push(part);
        } else {
            done.push(introduced(&waiting, part));
            waiting.clear();
        }
    }
    done
}

/// The parts with two capitals taken for two initials.
pub(super) fn with_initials(parts: &[Part]) -> Vec<Part> {
    let split = |part: &Part| -> Vec<Part> {
        if part.form != Form::Pair {
            return vec![part.clone()];
        }
        let letters = part.text.chars();
        letters
            .map(|c| Part::new(c.to_string(), Form::Letter, false))
            .collect()
    };
    parts.iter().flat_map(split).collect()
}

/// The parts as another script would have them: a syllabic character is a part.
pub(super) fn by_syllable(parts: &[Part]) -> Vec<Part> {
    parts.iter().flat_map(syllables).collect()
}

fn syllables(part: &Part) -> Vec<Part> {
    if !part.text.chars().any(romanise::is_syllabic) {
        return vec![part.clone()];
    }
    let each = part.text.chars().enumerate();
    each.map(|(at, c)| Part::new(c.to_string(), Form::Word, at > 0 || part.tied))
        .collect()
}

fn introduced(waiting: &[&Part], part: &Part) -> Part {
    let Some(first) = waiting.first() else {
        return part.clone();
    };
    let mut text: String = waiting
        .iter()
        .map(|particle| particle.text.as_str())
        .collect();
    text.push_str(&part.text);
    let droppable = waiting
        .iter()
        .all(|particle| !PREFIXES.contains(&particle.text.as_str()));
    Part {
        core: droppable.then(|| Box::new(part.clone())),
        ..Part::new(text, Form::Word, first.tied)
    }
}

/// Whether a part leads to the next. `'t` does after another particle alone, since T may
/// be an initial, and no initial with a dot does.
fn introduces(part: &Part, after_particle: bool) -> bool {
    let text = part.text.as_str();
    let known = PARTICLES.contains(&text) || PREFIXES.contains(&text);
    part.form != Form::Dotted && (known || (after_particle && text == "t"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::holder::parts::Name;

    #[test]
    fn particles_join_the_surname_but_never_stand_first() {
        let parts = with_particles(&Name::read("Ben van der Meer").parts);
        assert_eq!(parts.len(), 2);
        assert_eq!(parts[1].text, "vandermeer");
        assert_eq!(
            parts[1].core.as_ref().map(|core| core.text.as_str()),
            Some("meer")
        );
    }
}
