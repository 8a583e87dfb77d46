//! Titles as people and services write them, brought to one form for comparison.

use unicode_normalization::UnicodeNormalization;

use super::Level;

/// How the programmes of old spell their names out, and the short form that is compared.
const LONG_FORMS: [(&str, &str); 4] = [
    ("microsoft certified solutions associate ", "mcsa "),
    ("microsoft certified solutions developer ", "mcsd "),
    ("microsoft certified solutions expert ", "mcse "),
    ("microsoft technology associate ", "mta "),
];

/// What stands before the name proper in today's titles.
const PREFIXES: [&str; 3] = [
    "microsoft certified ",
    "microsoft 365 certified ",
    "github certified ",
];

/// The form of a title that is compared: compatibility-normalised, lower-case, without
/// trademark signs, punctuation or doubled spaces, old programmes in their short form.
/// `(Legacy)` stays a word of it, since it names another certification.
pub(super) fn key(title: &str) -> String {
    let blank = |c| if keeps(c) { c } else { ' ' };
    let folded: String = if title.is_ascii() {
        // Most are, and nothing of them needs normalising.
        title
            .chars()
            .map(|c| blank(c.to_ascii_lowercase()))
            .collect()
    } else {
        normalised(title).map(blank).collect()
    };
    let spaced = folded.split_whitespace().collect::<Vec<_>>().join(" ");
    LONG_FORMS
        .iter()
        .find_map(|(long, short)| Some(format!("{short}{}", spaced.strip_prefix(long)?)))
        .unwrap_or(spaced)
}

fn normalised(title: &str) -> impl Iterator<Item = char> {
    title
        .chars()
        .filter(|c| !matches!(c, '®' | '™' | '©'))
        .nfkc()
        .flat_map(char::to_lowercase)
}

/// The key without the prefix that every title of a programme shares.
pub(super) fn without_prefix(key: &str) -> Option<&str> {
    PREFIXES.iter().find_map(|prefix| key.strip_prefix(prefix))
}

/// The programme that a title belongs to by its first words, where the programme as a
/// whole has one rule: none of its credentials expires (official, read 2026-11-22).
pub(super) fn family(key: &str) -> Option<Level> {
    [
        ("mcsa ", Level::Mcsa),
        ("mcsd ", Level::Mcsd),
        ("mcse ", Level::Mcse),
        ("mta ", Level::Mta),
    ]
    .into_iter()
    .find_map(|(prefix, level)| key.starts_with(prefix).then_some(level))
}

/// The level that a title says itself, or its programme.
pub(super) fn level(key: &str) -> Option<Level> {
    if key.starts_with("github ") {
        return Some(Level::Github);
    }
    if key.starts_with("microsoft office specialist") {
        return Some(Level::Mos);
    }
    let name = key.trim_end_matches(" legacy");
    let words = [
        (" associate", Level::Associate),
        (" expert", Level::Expert),
        (" specialty", Level::Specialty),
        (" fundamentals", Level::Fundamentals),
    ];
    let by_word = words.into_iter().find(|(word, _)| name.ends_with(word));
    family(key).or(by_word.map(|(_, level)| level))
}

/// `.NET`, `C#` and `C++` keep what tells them apart.
fn keeps(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '#' | '+' | '.')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_plain_title_has_the_key_that_normalising_gives(title in "[ -~]{0,40}") {
            let marked = format!("{title}®");
            prop_assert_eq!(key(&title), key(&marked));
        }
    }

    #[test]
    fn spellings_of_one_title_have_one_key() {
        for title in [
            "Microsoft® Certified Solutions Associate: Cloud Platform",
            "MCSA:  Cloud Platform",
            "mcsa: cloud\u{a0}platform",
            "ＭＣＳＡ： Cloud Platform",
        ] {
            assert_eq!(key(title), "mcsa cloud platform", "{title}");
        }
    }

    #[test]
    fn legacy_stays_part_of_the_key() {
        assert_eq!(
            key("Microsoft Certified: Azure Developer Associate (Legacy)"),
            "microsoft certified azure developer associate legacy"
        );
    }
}
