//! The same document with words and with payloads.

use super::payloads::PAYLOADS;
use super::read::masked;
use super::world::WORD;
use super::{Place, Reading};

/// Asserts that a document with payloads is the document with words, but for the payloads as
/// the place shows them.
pub(crate) fn hold(place: &Place, plain: &Reading, hostile: &Reading) {
    let (ours, theirs) = (&plain.frame, &hostile.frame);
    for at in 0..ours.len().max(theirs.len()) {
        let (ours, theirs) = (ours.get(at), theirs.get(at));
        assert!(
            ours == theirs,
            "part {at} of the frame is {}, expected {}",
            short(theirs),
            short(ours)
        );
    }
    let words: usize = plain
        .said
        .iter()
        .map(|text| text.matches(WORD).count())
        .sum();
    assert!(
        words >= place.least,
        "{words} words are said, expected {}",
        place.least
    );
    let fitted = |text: &String| {
        if plain.is_loose {
            bare(text)
        } else {
            text.clone()
        }
    };
    for at in 0..plain.said.len().max(hostile.said.len()) {
        let (ours, theirs) = (plain.said.get(at), hostile.said.get(at));
        let expected = ours.map(|text| Expected::of(&fitted(text), place, plain.is_loose));
        let found = theirs.map(fitted);
        let fits = match (&expected, &found) {
            (Some(expected), Some(found)) => expected.fits(found),
            _ => false,
        };
        assert!(
            fits,
            "text {at} is {}, expected {}",
            short(theirs),
            expected.map_or_else(String::new, |it| it.short())
        );
    }
}

/// What a text must be: what stands around each payload, and the payload in any of the forms
/// that its place has for it.
struct Expected {
    start: String,
    rest: Vec<(Vec<String>, String)>,
    is_loose: bool,
}

impl Expected {
    fn of(text: &str, place: &Place, is_loose: bool) -> Self {
        let mut parts = text.split(WORD);
        let start = parts.next().unwrap_or_default().to_owned();
        let rest = parts.map(|part| {
            let (number, rest) = part.split_at(3);
            let forms = (place.shown)(&PAYLOADS[number.parse::<usize>().unwrap()]);
            let fitted = |form: &String| masked(&if is_loose { bare(form) } else { form.clone() });
            let mut forms: Vec<_> = forms.iter().map(fitted).collect();
            forms.sort_unstable_by_key(|form| std::cmp::Reverse(form.len()));
            forms.dedup();
            (forms, rest.to_owned())
        });
        Self {
            start,
            rest: rest.collect(),
            is_loose,
        }
    }

    /// Whether a text is as expected. Where people read it, a payload may be cut, and all that
    /// follows on it; then there is a sign of it.
    fn fits(&self, text: &str) -> bool {
        let rest = text.strip_prefix(&*self.start);
        rest.is_some_and(|rest| fit(&self.rest, rest, self.is_loose))
    }

    fn short(&self) -> String {
        let forms = self.rest.iter().map(|(forms, rest)| {
            let forms: Vec<_> = forms.iter().map(|form| quoted(form)).collect();
            format!(
                " {} {}",
                forms[forms.len().saturating_sub(3)..].join(" or "),
                quoted(rest)
            )
        });
        format!("{}{}", quoted(&self.start), forms.collect::<String>())
    }
}

fn fit(parts: &[(Vec<String>, String)], text: &str, may_cut: bool) -> bool {
    let Some(((forms, literal), others)) = parts.split_first() else {
        return text.is_empty();
    };
    let goes_on = |rest: &str| match rest.strip_prefix(&**literal) {
        Some(rest) => fit(others, rest, may_cut),
        None => {
            may_cut
                && rest
                    .strip_suffix('…')
                    .is_some_and(|rest| literal.starts_with(rest))
        }
    };
    let cut = text.split_once('…').filter(|_| may_cut);
    forms
        .iter()
        .any(|form| text.strip_prefix(&**form).is_some_and(goes_on))
        || cut.is_some_and(|(start, rest)| {
            forms.iter().any(|form| form.starts_with(start)) && (rest.is_empty() || goes_on(rest))
        })
}

fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

fn short(text: Option<&String>) -> String {
    text.map_or_else(|| "missing".to_owned(), |text| quoted(text))
}

fn quoted(text: &str) -> String {
    format!("{:?}", text.chars().take(300).collect::<String>())
}
