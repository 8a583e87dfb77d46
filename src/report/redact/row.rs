//! The cells of a list's row: what is known of its person, wherever it stands in them.

use super::search::{self, Needle};
use super::{Redactor, spot};
use crate::link;

/// Of more words than these, a name is looked for in no other order.
const MOST_WORDS: usize = 4;

/// What is known of the person of a row, and what stands for it.
#[derive(Debug, Clone)]
pub struct About {
    needles: Vec<Needle>,
}

impl Redactor {
    /// Gathers what is known of a row's person: each name in any order of its words, each word
    /// of it, and what the links in `texts` tell.
    ///
    /// ```
    /// use bonafide::report::Redactor;
    ///
    /// let redactor = Redactor::new([7; 32]);
    /// let about = redactor.about(&["Jane Doe"], &[]);
    /// let jane = redactor.name("Jane Doe");
    /// assert_eq!(redactor.told("Doe, Jane (ask Jane)", &about), format!("{jane} (ask {jane})"));
    /// ```
    pub fn about(&self, names: &[&str], texts: &[&str]) -> About {
        let mut needles: Vec<Needle> = names
            .iter()
            .flat_map(|name| self.needles_of_words(name))
            .collect();
        for text in texts {
            let whole = std::iter::once(*text);
            let spots = spot::links(text).into_iter().map(|spot| &text[spot]);
            for link in whole.chain(spots) {
                needles.extend(self.needles_of_link(&link::judge(link)));
            }
        }
        About {
            needles: search::sorted(needles),
        }
    }

    /// A text with pseudonyms for what is known of a row's person, for every mail address, and
    /// in every link.
    pub fn told(&self, text: &str, about: &About) -> String {
        let mut out = String::with_capacity(text.len());
        let mut from = 0;
        for spot in spot::links(text) {
            out.push_str(&self.replaced(&text[from..spot.start], &about.needles));
            out.push_str(&self.link(&text[spot.clone()]));
            from = spot.end;
        }
        out.push_str(&self.replaced(&text[from..], &about.needles));
        out
    }

    fn needles_of_words(&self, name: &str) -> Vec<Needle> {
        let pseudonym = self.name(name);
        let words: Vec<&str> = name
            .split(|c: char| c.is_whitespace() || c == ',')
            .filter(|word| !word.is_empty())
            .collect();
        let mut needles = self.needles_of_name(name);
        if words.len() <= MOST_WORDS {
            let orders = orders(&words);
            needles.extend(orders.iter().filter_map(|it| Needle::new(it, &pseudonym)));
        }
        let parts = words.iter().flat_map(|word| {
            let parts = word.split(['-', '\u{2010}', '\u{2011}']);
            parts.chain([*word])
        });
        needles.extend(parts.filter_map(|part| Needle::part(part, &pseudonym)));
        needles
    }
}

/// The words in every order.
fn orders(words: &[&str]) -> Vec<String> {
    match words {
        [] => Vec::new(),
        [one] => vec![(*one).to_owned()],
        many => (0..many.len())
            .flat_map(|first| {
                let mut rest = many.to_vec();
                let first = rest.remove(first);
                let rest = orders(&rest).into_iter();
                rest.map(move |rest| format!("{first} {rest}"))
            })
            .collect(),
    }
}
