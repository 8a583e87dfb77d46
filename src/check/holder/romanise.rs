//! How a name sounds in Latin letters, for names that were brought there in several ways.
//!
//! Both keys lose distinctions on purpose, so agreement in one is never more than
//! `compatible`.

use unicode_script::{Script, UnicodeScript};

use super::fold::Spellings;

/// Letters of any script in plain Latin ones; Cyrillic `Юлия` becomes `yuliya`.
pub(super) fn latin(text: &str) -> String {
    let text = greek(text);
    let ascii = any_ascii::any_ascii(&text).to_ascii_lowercase();
    ascii.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// One key for all usual romanisations of a name that is known in another script.
///
/// `Юлия`, `Yulia`, `Julia` and `Iuliia` meet, as do `Олег`, `Oleg` and `Oleh`.
pub(super) fn across_scripts(latin: &str) -> String {
    let text = replace_all(
        latin,
        &[
            ("tsch", "č"),
            ("tch", "č"),
            ("shch", "š"),
            ("sch", "š"),
            ("sh", "š"),
            ("ch", "č"),
            ("zh", "z"),
            ("kh", "h"),
            ("ph", "f"),
            ("th", "t"),
            ("tz", "ts"),
            ("x", "ks"),
            ("ck", "k"),
            ("w", "v"),
            ("y", "i"),
            ("j", "i"),
            ("c", "k"),
            ("h", "g"),
        ],
    );
    replace_all(&single(&text), &[("io", "e"), ("iu", "u"), ("ie", "e")])
}

/// One key for spellings of the same sounds within Latin script: `Sergey`, `Sergei`.
///
/// Milder than [`across_scripts`]: double letters and g/h stay, since Hoffmann and Hofmann
/// are two families.
pub(super) fn within_latin(plain: &str) -> String {
    let text = replace_all(
        plain,
        &[
            ("tsch", "č"),
            ("tch", "č"),
            ("shch", "š"),
            ("sch", "š"),
            ("sh", "š"),
            ("kh", "h"),
            ("ph", "f"),
            ("th", "t"),
            ("ck", "k"),
            ("x", "ks"),
            ("w", "v"),
            ("y", "i"),
            ("j", "i"),
            ("ch", "č"),
            ("ce", "se"),
            ("ci", "si"),
            ("cz", "č"),
            ("c", "k"),
        ],
    );
    let text = replace_all(&text, &[("iii", "i"), ("ii", "i")]);
    match text.strip_prefix("ie") {
        Some(rest) => format!("e{rest}"),
        None => text,
    }
}

/// The consonants alone, for scripts that write no vowels.
pub(super) fn consonants(latin: &str) -> String {
    let kept = latin
        .chars()
        .filter(|c| !"aeiouyw".contains(*c))
        .collect::<String>();
    single(&replace_all(
        &kept,
        &[
            ("kh", "h"),
            ("gh", "g"),
            ("q", "k"),
            ("c", "k"),
            ("dj", "j"),
        ],
    ))
}

/// Whether a script tells its sounds well enough for a mismatch to mean something.
pub(super) fn is_readable(script: Script) -> bool {
    matches!(
        script,
        Script::Latin | Script::Cyrillic | Script::Greek | Script::Georgian | Script::Common
    )
}

/// Whether a script writes consonants and leaves most vowels out.
pub(super) fn is_abjad(script: Script) -> bool {
    matches!(script, Script::Arabic | Script::Hebrew)
}

/// Whether each character of a script is a syllable of its own.
pub(super) fn is_syllabic(c: char) -> bool {
    matches!(c.script(), Script::Han | Script::Hangul)
}

/// Greek pairs that sound as one letter; `any_ascii` goes letter by letter.
const GREEK: &[(&str, &str)] = &[
    ("μπ", "b"),
    ("γκ", "g"),
    ("γγ", "ng"),
    ("ευ", "ev"),
    ("αυ", "av"),
    ("ου", "ou"),
    ("χ", "ch"),
    ("ξ", "x"),
    ("υ", "y"),
];

/// Writes the Greek letters in Latin ones that depend on their neighbours.
///
/// The υ of ευ and αυ is an f before a voiceless letter and a v before any other.
fn greek(text: &str) -> String {
    if !text.chars().any(|c| c.script() == Script::Greek) {
        return text.to_owned();
    }
    let mut text = Spellings::of(text).plain;
    for voiceless in ["θ", "κ", "ξ", "π", "σ", "τ", "φ", "χ", "ψ"] {
        for (vowel, latin) in [("ευ", "ef"), ("αυ", "af")] {
            text = text.replace(
                &format!("{vowel}{voiceless}"),
                &format!("{latin}{voiceless}"),
            );
        }
    }
    replace_all(&text, GREEK)
}

fn replace_all(text: &str, pairs: &[(&str, &str)]) -> String {
    pairs
        .iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// Every run of one letter made single.
fn single(text: &str) -> String {
    let mut last = None;
    text.chars()
        .filter(|&c| last.replace(c) != Some(c))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn across(text: &str) -> String {
        across_scripts(&latin(text))
    }

    #[test]
    fn usual_romanisations_meet_their_origin() {
        for (origin, romanised) in [
            ("юлия", "yulia"),
            ("юлия", "julia"),
            ("юлия", "iuliia"),
            ("олег", "oleg"),
            ("олег", "oleh"),
            ("сергей", "sergei"),
            ("сергей", "sergey"),
            ("щербаков", "shcherbakov"),
            ("хрущёв", "khrushchev"),
            ("фёдор", "fedor"),
            ("цветаева", "tsvetaeva"),
            ("чайковский", "tschaikowski"),
            ("παπαδόπουλος", "papadopoulos"),
            ("νίκος", "nikos"),
            ("გიორგი", "giorgi"),
            ("дмитрий", "dmitry"),
            ("евгений", "yevgeny"),
            ("екатерина", "ekaterina"),
            ("наталья", "natalia"),
            ("мюллер", "muller"),
        ] {
            assert_eq!(
                across(origin),
                across(romanised),
                "{origin} and {romanised}"
            );
        }
    }

    #[test]
    fn other_names_do_not_meet() {
        assert_ne!(across("юлия"), across("julius"));
        assert_ne!(across("иван"), across("ivana"));
        assert_ne!(within_latin("hoffmann"), within_latin("hofmann"));
    }

    #[test]
    fn spellings_of_one_sound_meet_within_latin() {
        for (a, b) in [
            ("sergey", "sergei"),
            ("yekaterina", "ekaterina"),
            ("iuliia", "julia"),
            ("evgenii", "yevgeniy"),
        ] {
            assert_eq!(within_latin(a), within_latin(b), "{a} and {b}");
        }
    }
}
