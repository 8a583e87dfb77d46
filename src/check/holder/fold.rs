//! Letters with marks and their plain spellings.
//!
//! Every marked letter has a *plain* spelling (the mark dropped: `ü` → `u`) and some a
//! *digraph* (`ü` → `ue`). Both are conventions that passports and keyboards force on
//! people, so two names that meet in either are the same name. Two plain spellings alone
//! (`Mueller`, `Muller`) are not proof that there ever was a mark: see [`undigraphed`].

use unicode_normalization::char::decompose_canonical;
use unicode_script::{Script, UnicodeScript};

/// The plain spellings of one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spellings {
    /// Marks dropped.
    pub(super) plain: String,
    /// Marks written as a second letter, where a convention does so.
    pub(super) digraph: String,
}

impl Spellings {
    /// Spells a lower-cased text without marks.
    pub(super) fn of(text: &str) -> Self {
        let mut spelt = Self {
            plain: String::with_capacity(text.len()),
            digraph: String::with_capacity(text.len()),
        };
        for c in text.chars() {
            match convention(c) {
                Some((plain, digraph)) => {
                    spelt.plain.push_str(plain);
                    spelt.digraph.push_str(digraph);
                }
                None => spelt.push(c),
            }
        }
        spelt
    }

    /// Whether one convention spells both texts alike.
    pub(super) fn meets(&self, other: &Self) -> bool {
        let ours = [&self.plain, &self.digraph];
        ours.contains(&&other.plain) || ours.contains(&&other.digraph)
    }

    fn push(&mut self, c: char) {
        let base = base(c);
        self.plain.extend(base);
        self.digraph.extend(base);
    }
}

/// Whether the texts bear different marks on the same letters, as `Bäck` and `Båck` do.
///
/// Neighbouring countries write one letter in two ways (`ö`, `ø`), which is no conflict.
pub(super) fn marks_conflict(a: &str, b: &str) -> bool {
    a.chars().count() == b.chars().count()
        && a.chars().zip(b.chars()).any(|(a, b)| {
            a != b && !a.is_ascii() && !b.is_ascii() && is_marked(a) && is_marked(b) && !kin(a, b)
        })
}

/// The text with every pair that may stand for one marked letter made single.
///
/// The `el` that ends Michael, Samuel or Joel is no such pair: Michal is another name.
pub(super) fn undigraphed(plain: &str) -> String {
    let (stem, end) = match plain.strip_suffix("el") {
        Some(stem) => (stem, "el"),
        None => (plain, ""),
    };
    let single = [("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a")]
        .iter()
        .fold(stem.to_owned(), |text, (pair, one)| text.replace(pair, one));
    single + end
}

/// Letters with a spelling that dropping a mark does not give: plain, then digraph.
fn convention(c: char) -> Option<(&'static str, &'static str)> {
    Some(match c {
        'ä' => ("a", "ae"),
        'ö' | 'ø' => ("o", "oe"),
        'ü' => ("u", "ue"),
        'å' => ("a", "aa"),
        'æ' => ("ae", "ae"),
        'œ' => ("oe", "oe"),
        'ß' => ("ss", "ss"),
        'þ' => ("th", "th"),
        'ð' => ("d", "d"),
        'đ' => ("d", "dj"),
        'ł' => ("l", "l"),
        'ı' => ("i", "i"),
        'ħ' => ("h", "h"),
        'ŋ' => ("ng", "ng"),
        'ŧ' => ("t", "t"),
        'ə' => ("a", "e"),
        'ё' => ("е", "е"),
        'ї' => ("і", "і"),
        'أ' | 'إ' | 'آ' | 'ٱ' => ("ا", "ا"),
        'ى' | 'ی' => ("ي", "ي"),
        'ة' => ("ه", "ه"),
        'ک' => ("ك", "ك"),
        '\u{640}' => ("", ""),
        _ => return None,
    })
}

/// The letter without marks; nothing for a mark that only helps reading.
///
/// Marks are dropped in scripts where they are optional alone: the marks of й, of Thai or
/// of Devanagari make other letters.
fn base(c: char) -> Option<char> {
    match c {
        '\u{300}'..='\u{36F}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{591}'..='\u{5C7}' => None,
        _ if matches!(c.script(), Script::Latin | Script::Greek) => {
            let mut first = None;
            decompose_canonical(c, |part| {
                first.get_or_insert(part);
            });
            first
        }
        _ => Some(c),
    }
}

fn is_marked(c: char) -> bool {
    convention(c).is_some() || base(c) != Some(c)
}

/// Whether two marked letters are one letter in two countries.
fn kin(a: char, b: char) -> bool {
    let pairs = [
        ('ö', 'ø'),
        ('ä', 'æ'),
        ('ö', 'ő'),
        ('ü', 'ű'),
        ('ş', 'ș'),
        ('ţ', 'ț'),
        ('đ', 'ð'),
        ('ã', 'á'),
        ('õ', 'ó'),
        ('ĭ', 'ї'),
    ];
    pairs.contains(&(a, b)) || pairs.contains(&(b, a))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meet(a: &str, b: &str) -> bool {
        Spellings::of(a).meets(&Spellings::of(b))
    }

    #[test]
    fn both_conventions_meet_the_marked_letter() {
        for (marked, plain) in [
            ("müller", "mueller"),
            ("müller", "muller"),
            ("łukasz", "lukasz"),
            ("şahin", "sahin"),
            ("åse", "aase"),
            ("sørensen", "soerensen"),
            ("þór", "thor"),
            ("weiß", "weiss"),
            ("ışık", "isik"),
            ("đorđević", "djordjevic"),
            ("nguyễn", "nguyen"),
        ] {
            assert!(meet(marked, plain), "{marked} and {plain}");
        }
    }

    #[test]
    fn near_letters_do_not_meet() {
        assert!(!meet("müller", "moller"));
        assert!(!meet("müller", "möller"));
        assert!(!meet("mueller", "muller"));
        assert!(!meet("андрей", "андреи"));
    }

    #[test]
    fn different_marks_are_in_conflict_unless_countries_differ() {
        assert!(marks_conflict("bäck", "båck"));
        assert!(!marks_conflict("söderberg", "søderberg"));
        assert!(!marks_conflict("müller", "muller"));
    }

    #[test]
    fn the_end_of_michael_is_kept() {
        assert_eq!(undigraphed("mueller"), "muller");
        assert_ne!(undigraphed("michael"), undigraphed("michal"));
    }
}
