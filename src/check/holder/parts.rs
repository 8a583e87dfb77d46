//! A name taken apart.

use unicode_script::Script;

use super::clean;
use super::fold::Spellings;
use super::romanise;
use super::title::{self, Address, Affix, Generation, Place};

/// A name as a list of parts, in the order given name, surname where a comma tells it.
#[derive(Debug)]
pub(super) struct Name {
    /// The parts, without titles.
    pub(super) parts: Vec<Part>,
    /// Titles and degrees that stood around the name, sorted.
    pub(super) titles: Vec<String>,
    /// Junior, Senior and the like.
    pub(super) generation: Option<Generation>,
    /// Whether a comma marked the surname in front.
    pub(super) comma: bool,
}

/// One part of a name.
#[derive(Debug, Clone)]
pub(super) struct Part {
    /// Lower-cased, without punctuation.
    pub(super) text: String,
    /// The plain spellings of the text.
    pub(super) spellings: Spellings,
    /// The text in Latin letters.
    pub(super) latin: String,
    /// The script of the text.
    pub(super) script: Script,
    /// How much of the name is written.
    pub(super) form: Form,
    /// Whether a hyphen ties it to the part before.
    pub(super) tied: bool,
    /// Without the particles in front, where [`with_particles`](super::regroup::with_particles) found any.
    pub(super) core: Option<Box<Part>>,
}

/// How much of a name a part shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A whole word.
    Word,
    /// One letter.
    Letter,
    /// The beginning of a word, cut off with a dot.
    Dotted,
    /// Two capitals that may be initials, as JD is in JD Smith.
    Pair,
}

impl Name {
    /// Reads a cleaned text.
    pub(super) fn read(text: &str) -> Self {
        let mut words: Vec<Vec<&str>> = text
            .split([',', '،', '、'])
            .map(|segment| segment.split_whitespace().collect())
            .filter(|segment: &Vec<&str>| segment.iter().any(|word| has_sign(word)))
            .collect();
        let (mut titles, generation) = strip_affixes(&mut words);
        titles.sort_unstable();
        let comma = words.len() > 1;
        if comma {
            words.rotate_left(1);
        }
        let parts = words.into_iter().flatten().flat_map(split_word).collect();
        Self {
            parts,
            titles,
            generation,
            comma,
        }
    }

    /// As whom its titles speak to the bearer, where they tell.
    pub(super) fn address(&self) -> Option<Address> {
        self.titles.iter().find_map(|title| title::address(title))
    }

    /// How many words there are; a hyphenated name is one.
    pub(super) fn word_count(&self) -> usize {
        self.parts.iter().filter(|part| !part.tied).count()
    }
}

impl Part {
    /// A part of the lower-cased text.
    pub(super) fn new(text: String, form: Form, tied: bool) -> Self {
        Self {
            spellings: Spellings::of(&text),
            latin: romanise::latin(&text),
            script: clean::script(&text),
            text,
            form,
            tied,
            core: None,
        }
    }

    /// Whether it is an initial or another beginning of a word.
    pub(super) fn is_short(&self) -> bool {
        matches!(self.form, Form::Letter | Form::Dotted)
    }

    /// Whether it is Latin throughout, as [`clean::script`] tells.
    pub(super) fn is_latin(&self) -> bool {
        matches!(self.script, Script::Latin | Script::Common)
    }
}

/// Takes titles and generations off both ends of every segment between commas.
fn strip_affixes(segments: &mut Vec<Vec<&str>>) -> (Vec<String>, Option<Generation>) {
    let mut found = Found::default();
    let total: usize = segments.iter().map(Vec::len).sum();
    let mut left = total;
    for (at, segment) in segments.iter_mut().enumerate() {
        found.take_front(segment, &mut left);
        found.take_back(segment, at, &mut left);
    }
    segments.retain(|segment| !segment.is_empty());
    (found.titles, found.generation)
}

#[derive(Default)]
struct Found {
    titles: Vec<String>,
    generation: Option<Generation>,
    /// How many words the first segment kept, once known.
    first: usize,
}

impl Found {
    fn take_front(&mut self, segment: &mut Vec<&str>, left: &mut usize) {
        while segment.len() > 1 && *left > 1 {
            let Some(affix) = title::before(segment[0], !self.titles.is_empty()) else {
                break;
            };
            segment.remove(0);
            self.note(affix, left);
        }
    }

    /// Takes off the end. A whole segment goes only when a full name stood before it.
    fn take_back(&mut self, segment: &mut Vec<&str>, at: usize, left: &mut usize) {
        let place = if at > 0 && self.first > 1 {
            Place::AfterComma
        } else {
            Place::AfterName
        };
        while let Some(&word) = segment.last() {
            let keeps = segment.len() > 1 || at > 0;
            let affix = title::after(word, place).filter(|_| keeps && *left > 2);
            let Some(affix) = affix else { break };
            segment.pop();
            self.note(affix, left);
        }
        if at == 0 {
            self.first = segment.len();
        }
    }

    fn note(&mut self, affix: Affix, left: &mut usize) {
        *left -= 1;
        match affix {
            Affix::Title(title) => self.titles.push(title),
            Affix::Generation(generation) => self.generation = Some(generation),
        }
    }
}

/// Splits a word at hyphens and dots; a dot after a short piece abbreviates it.
fn split_word(word: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut piece = String::new();
    let mut tied = false;
    let ends = word.char_indices().chain([(word.len(), ' ')]);
    for (at, c) in ends {
        if is_sign(c) {
            piece.push(c);
        } else if !is_inner(c) {
            let more = has_sign(&word[at..]);
            push_piece(
                &mut parts,
                &piece,
                &End {
                    dot: c == '.',
                    more,
                },
                tied,
            );
            tied = is_hyphen(c) || (piece.is_empty() && tied);
            piece.clear();
        }
    }
    parts
}

/// How a piece of a word ends.
struct End {
    dot: bool,
    /// Whether the word goes on, so that `Dr.Doe` has a title and `Dr.` alone a name.
    more: bool,
}

fn push_piece(parts: &mut Vec<Part>, piece: &str, end: &End, tied: bool) {
    let length = piece.chars().count();
    let is_title = end.dot && end.more && length > 1 && title::before(piece, false).is_some();
    if length == 0 || is_title {
        return;
    }
    let tied = tied && !parts.is_empty();
    parts.push(Part::new(clean::lower(piece), form(piece, end.dot), tied));
}

/// Short forms of one name that are written with a dot, and are no mere beginnings.
const ABBREVIATED: &[&str] = &["md", "mhd", "mohd"];

fn form(piece: &str, dot: bool) -> Form {
    let length = piece.chars().count();
    if piece.chars().all(romanise::is_syllabic) {
        Form::Word
    } else if dot && length <= 4 && !ABBREVIATED.contains(&piece.to_lowercase().as_str()) {
        Form::Dotted
    } else if length == 1 {
        Form::Letter
    } else if is_pair(piece) {
        Form::Pair
    } else {
        Form::Word
    }
}

/// Whether a piece is two capitals that are hardly a word: JD, AJ, but not LI.
fn is_pair(piece: &str) -> bool {
    let mut letters = piece.chars();
    match (letters.next(), letters.next(), letters.next()) {
        (Some(a), Some(b), None) => {
            a.is_ascii_uppercase() && b.is_ascii_uppercase() && !"AEIOUY".contains(b)
        }
        _ => false,
    }
}

fn has_sign(word: &str) -> bool {
    word.chars().any(is_sign)
}

fn is_sign(c: char) -> bool {
    (c.is_alphanumeric() && !clean::is_apostrophe(c)) || clean::is_mark(c)
}

/// What may stand inside a part without ending it, as in `O'Brien`.
fn is_inner(c: char) -> bool {
    let separates = c.is_whitespace() || is_hyphen(c);
    !separates
        && !matches!(
            c,
            '.' | '·' | '・' | '/' | '_' | '&' | '+' | '(' | ')' | ';' | '|'
        )
}

fn is_hyphen(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30A0}' | '\u{FE58}' | '\u{58A}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(name: &str) -> Vec<String> {
        let name = Name::read(&clean::clean(name).text);
        name.parts.into_iter().map(|part| part.text).collect()
    }

    #[test]
    fn a_comma_puts_the_surname_last() {
        assert_eq!(texts("Doe, Jane Mary"), ["jane", "mary", "doe"]);
        assert_eq!(texts("Dr. Doe, Jane, PhD"), ["jane", "doe"]);
        assert_eq!(texts("Jane Doe, MBA"), ["jane", "doe"]);
    }

    #[test]
    fn titles_that_are_all_there_is_stay() {
        assert_eq!(texts("Jack Ma"), ["jack", "ma"]);
        assert_eq!(texts("Ing"), ["ing"]);
        assert_eq!(texts("Neymar Junior"), ["neymar", "junior"]);
        assert_eq!(texts("Ma, Wei"), ["wei", "ma"]);
    }

    #[test]
    fn hyphens_tie_and_dots_abbreviate() {
        let name = Name::read("Anna-Lena J.R. O\u{2019}Brien");
        let shape: Vec<_> = name
            .parts
            .iter()
            .map(|p| (p.text.as_str(), p.tied, p.is_short()))
            .collect();
        let expected = [
            ("anna", false, false),
            ("lena", true, false),
            ("j", false, true),
            ("r", false, true),
            ("obrien", false, false),
        ];
        assert_eq!(shape, expected);
    }
}
