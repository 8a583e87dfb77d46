//! Makes a stranger's text fit to be read as a name.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_script::{Script, UnicodeScript};
use unicode_security::MixedScript;

/// A text without what cannot be seen, in its compatibility form.
#[derive(Debug)]
pub(super) struct Clean {
    /// The text that is left.
    pub(super) text: String,
    /// Whether something invisible was removed.
    pub(super) hidden: bool,
}

/// Removes what cannot be seen and unifies the forms of letters (NFKC).
pub(super) fn clean(text: &str) -> Clean {
    let hidden = text.chars().any(is_invisible);
    let text = text.nfkc().filter(|&c| !is_invisible(c)).nfc().collect();
    Clean { text, hidden }
}

/// Lower-cases so that Turkish and Greek capitals meet their small letters.
///
/// `İ` becomes `i` with a dot above it in Unicode's rules, and `Σ` has two small forms.
pub(super) fn lower(text: &str) -> String {
    let lowered = text.to_lowercase().replace('ς', "σ");
    lowered.replace("i\u{307}", "i")
}

/// Whether any word mixes scripts that are not written together.
///
/// Words and not whole names are judged, since some names honestly stand in two scripts.
pub(super) fn is_mixed(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && !is_mark(c))
        .any(|word| !word.is_single_script())
}

/// The name as it looks: look-alike letters made one.
pub(super) fn looks(text: &str) -> String {
    unicode_security::skeleton(&lower(text)).nfc().collect()
}

/// Whether there is anything to compare.
pub(super) fn has_letter(text: &str) -> bool {
    text.chars().any(|c| c.is_alphabetic() && !is_apostrophe(c))
}

/// Apostrophes and breathings that Unicode counts as letters, such as the okina.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\u{2B9}'..='\u{2C1}' | '\u{2C8}' | '\u{2EE}')
}

/// Whether the character belongs to the letter before it.
pub(super) fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// The script of a text, as its first letter tells.
pub(super) fn script(text: &str) -> Script {
    text.chars()
        .map(|c| c.script())
        .find(|script| !matches!(script, Script::Common | Script::Inherited))
        .unwrap_or(Script::Common)
}

/// Trims and unifies without changing what is read, for the test of sameness.
pub(super) fn trimmed(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if unicode_normalization::is_nfc(text) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

/// Controls, formats and fillers: Unicode's default-ignorable characters and `Cc`.
fn is_invisible(c: char) -> bool {
    let ignorable = matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}');
    ignorable || (c.is_control() && !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turkish_and_greek_capitals_meet_their_small_letters() {
        assert_eq!(lower("ŞAHİN"), "şahin");
        assert_eq!(lower("ΝΙΚΟΣ"), lower("Νικος"));
    }

    #[test]
    fn one_foreign_letter_makes_a_word_mixed() {
        assert!(is_mixed("J\u{430}ne Doe"));
        assert!(!is_mixed("Jane Doe 王伟"));
        assert!(!is_mixed("さくら山 O\u{2019}Neil"));
    }
}
