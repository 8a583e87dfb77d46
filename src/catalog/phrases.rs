//! Finds titles inside a running text.

use std::collections::HashMap;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

/// What a title begins with that is a certification's and nothing else.
const PROGRAMMES: [&str; 8] = [
    "microsoft certified ",
    "microsoft 365 certified ",
    "microsoft office specialist ",
    "github certified ",
    "mcsa ",
    "mcsd ",
    "mcse ",
    "mta ",
];

/// What a name alone ends with when it is a certification's.
const LEVELS: [&str; 4] = ["associate", "expert", "specialty", "fundamentals"];

/// How the short names of old programmes are spelt out in a text.
const SPELT_OUT: [(&str, &str); 4] = [
    ("mcsa ", "microsoft certified solutions associate "),
    ("mcsd ", "microsoft certified solutions developer "),
    ("mcse ", "microsoft certified solutions expert "),
    ("mta ", "microsoft technology associate "),
];

/// Words that a title writes small.
const SMALL: [&str; 8] = ["a", "and", "for", "in", "of", "on", "the", "with"];

/// The titles that can be found in a text, by their first word.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    by_first: HashMap<String, Vec<Phrase>>,
}

#[derive(Debug)]
struct Phrase {
    words: Vec<String>,
    capitals: Capitals,
    entry: usize,
}

/// Whether the words must be written with capitals to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Capitals {
    Needed,
    NotNeeded,
}

/// A word of a text.
struct Word {
    range: Range<usize>,
    folded: String,
    is_small: bool,
}

impl Phrases {
    /// Takes the titles that tell, each as the key that is compared and its entry.
    pub(super) fn of<'t>(titles: impl Iterator<Item = (&'t str, usize)>) -> Self {
        let mut phrases = Self::default();
        for (key, entry) in titles {
            let of_programme = PROGRAMMES.iter().any(|start| key.starts_with(start));
            let name = key.trim_end_matches(" legacy");
            // A level alone, such as "Fundamentals", ends many other names.
            let of_level = name.contains(' ') && LEVELS.iter().any(|level| name.ends_with(level));
            let capitals = match (of_programme, of_level) {
                (true, _) => Capitals::NotNeeded,
                (false, true) => Capitals::Needed,
                (false, false) => continue,
            };
            phrases.add(key, capitals, entry);
            for (short, long) in SPELT_OUT {
                if let Some(rest) = key.strip_prefix(short) {
                    phrases.add(&format!("{long}{rest}"), capitals, entry);
                }
            }
        }
        for all in phrases.by_first.values_mut() {
            // The longest first; of equals in a fixed order.
            all.sort_by(|a, b| (b.words.len(), &a.words).cmp(&(a.words.len(), &b.words)));
        }
        phrases
    }

    fn add(&mut self, key: &str, capitals: Capitals, entry: usize) {
        let words: Vec<String> = words(key).into_iter().map(|word| word.folded).collect();
        if let Some(first) = words.first().cloned() {
            self.by_first.entry(first).or_default().push(Phrase {
                words,
                capitals,
                entry,
            });
        }
    }

    /// Where titles stand in a text, and of which entry each is; none overlaps another.
    pub(super) fn find(&self, text: &str) -> Vec<(Range<usize>, usize)> {
        let words = words(text);
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            match self.starting_with(&words[at..]) {
                Some(phrase) => {
                    let last = at + phrase.words.len() - 1;
                    found.push((words[at].range.start..words[last].range.end, phrase.entry));
                    at = last + 1;
                }
                None => at += 1,
            }
        }
        found
    }

    fn starting_with(&self, words: &[Word]) -> Option<&Phrase> {
        let candidates = self.by_first.get(&words.first()?.folded)?;
        candidates.iter().find(|phrase| {
            let Some(here) = words.get(..phrase.words.len()) else {
                return false;
            };
            let same = here.iter().zip(&phrase.words).all(|(a, b)| a.folded == *b);
            let written = |word: &Word| !word.is_small || SMALL.contains(&word.folded.as_str());
            same && (phrase.capitals == Capitals::NotNeeded || here.iter().all(written))
        })
    }
}

/// The words of a text, folded as the keys of titles are.
fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let keeps = c.is_alphanumeric() || matches!(c, '#' | '+' | '.' | '®' | '™' | '©');
        match (start, keeps) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                words.extend(word(text, from..at));
                start = None;
            }
            _ => {}
        }
    }
    words
}

fn word(text: &str, range: Range<usize>) -> Option<Word> {
    let whole = &text[range.clone()];
    let trimmed = whole.trim_end_matches(['.', '®', '™', '©']);
    let folded: String = trimmed
        .chars()
        .filter(|c| !matches!(c, '®' | '™' | '©'))
        .nfkc()
        .flat_map(char::to_lowercase)
        .collect();
    let is_small = trimmed.starts_with(char::is_lowercase);
    (!folded.is_empty()).then(|| Word {
        range: range.start..range.start + trimmed.len(),
        folded,
        is_small,
    })
}

#[cfg(test)]
mod tests {
    use super::super::Catalog;

    fn found(text: &str) -> Vec<&'static str> {
        let found = Catalog::embedded().titles_in(text);
        found
            .into_iter()
            .filter_map(|(_, entry)| entry.slug())
            .collect()
    }

    #[test]
    fn titles_are_found_in_prose_however_they_are_written() {
        for (text, slugs) in [
            (
                "Microsoft Certified: Azure Administrator Associate (AZ-104)",
                &["azure-administrator"][..],
            ),
            (
                "I am a microsoft® certified azure administrator associate.",
                &["azure-administrator"],
            ),
            (
                "Azure Administrator Associate, Azure AI Engineer Associate",
                &["azure-administrator", "azure-ai-engineer"],
            ),
            ("MCSA: BI Reporting", &["mcsa-bi-reporting"]),
            (
                "Microsoft Certified Solutions Associate – BI Reporting",
                &["mcsa-bi-reporting"],
            ),
            ("Azure\u{a0}Fundamentals", &["azure-fundamentals"]),
            // No certification is claimed.
            ("taught azure fundamentals to beginners", &[]),
            ("GitHub Copilot, GitHub Actions", &[]),
            ("Azure administrator", &[]),
            ("Associate", &[]),
            ("Database Fundamentals", &[]),
            ("", &[]),
        ] {
            assert_eq!(found(text), slugs, "{text}");
        }
    }
}
