//! Which exam is meant?

use std::fmt;

use chrono::NaiveDate;

use crate::catalog::{Catalog, Entry, State};
use crate::lifecycle::{Successor, successors};

/// An exam's code in its usual form, such as `AZ-104`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Exam(String);

/// What was typed is no exam that is known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "no exam is known by {typed:?}: expected its code, such as AZ-104{}",
    suggest(.suggestions)
)]
pub struct UnknownExam {
    typed: String,
    suggestions: Vec<String>,
}

impl UnknownExam {
    /// Codes that look like what was typed, the nearest first.
    pub fn suggestions(&self) -> &[String] {
        &self.suggestions
    }
}

fn suggest(suggestions: &[String]) -> String {
    if suggestions.is_empty() {
        String::new()
    } else {
        format!("; did you mean {}?", suggestions.join(" or "))
    }
}

impl Exam {
    /// Reads the code of an exam that the catalogue knows, or that is among `others`.
    ///
    /// # Errors
    /// [`UnknownExam`] for anything else.
    ///
    /// ```
    /// use bonafide::catalog::Catalog;
    /// use bonafide::exam::code::Exam;
    ///
    /// let catalog = Catalog::embedded();
    /// assert_eq!(Exam::parse("ai102", catalog, &[]).unwrap().as_str(), "AI-102");
    /// assert!(Exam::parse("AI-109", catalog, &[]).is_err());
    /// ```
    pub fn parse(text: &str, catalog: &Catalog, others: &[&str]) -> Result<Self, UnknownExam> {
        let code = Self::of_form(text).map_or_else(|| text.trim().to_uppercase(), |exam| exam.0);
        let is_known = others.contains(&code.as_str()) || !catalog.find_exam(&code).is_empty();
        if is_known {
            return Ok(Self(code));
        }
        Err(UnknownExam {
            typed: text.trim().chars().take(40).collect(),
            suggestions: near(&code, catalog, others),
        })
    }

    /// Reads a text that is one code and nothing else, known or not.
    pub fn of_form(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = match text.get(..5) {
            Some(start) if start.eq_ignore_ascii_case("exam ") => &text[5..],
            _ => text,
        };
        let found = Catalog::codes_in(text).into_iter().next()?;
        (found.range == (0..text.len())).then_some(Self(found.code))
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The certifications that it leads or led to.
    pub fn certifications<'a>(&self, catalog: &'a Catalog) -> Vec<&'a Entry> {
        catalog.find_exam(&self.0)
    }

    /// Where Microsoft says what it measures. The form of the address was seen for exams of
    /// today's series (2026-11-22).
    pub fn study_guide(&self) -> String {
        format!(
            "https://learn.microsoft.com/credentials/certifications/resources/study-guides/{}",
            self.0.to_lowercase()
        )
    }
}

impl fmt::Display for Exam {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether an exam can be taken on a day. Its own last day decides where one is known, else
/// its certifications do: only where all of them have retired can it be said that it cannot.
pub fn state_on(exam: &Exam, catalog: &Catalog, day: NaiveDate) -> State {
    let listing = catalog.listing_exam(exam.as_str());
    let states = listing.filter_map(|entry| state_in(exam, entry, catalog, day));
    // The latest end counts: an exam of two certifications lives as long as one of them.
    let longest = states.max_by_key(|state| match state {
        State::Retired(last) => (0, *last),
        State::Retiring(last) => (1, *last),
        State::Unknown => (2, None),
        State::Current => (3, None),
    });
    longest.unwrap_or(State::Unknown)
}

/// What one certification's row says of an exam; nothing where another row carries on both.
fn state_in(exam: &Exam, entry: &Entry, catalog: &Catalog, day: NaiveDate) -> Option<State> {
    if let Some(last) = entry.exam_retirements().get(exam.as_str()).copied() {
        return Some(if day > last {
            State::Retired(Some(last))
        } else {
            State::Retiring(Some(last))
        });
    }
    if entry.is_replaced() {
        let carrying = catalog.carrying_on(entry);
        let has_it = carrying.exams().iter().any(|own| own == exam.as_str());
        return (!has_it).then_some(State::Unknown);
    }
    Some(match entry.state_on(day) {
        // One of several may be gone, or not there yet, whatever its certification is.
        State::Current if entry.exams_left_on(day).nth(1).is_some() => State::Unknown,
        state => state,
    })
}

/// Whether an exam has a last day of its own, apart from its certification's.
pub fn has_own_end(exam: &Exam, catalog: &Catalog) -> bool {
    let mut listing = catalog.listing_exam(exam.as_str());
    listing.any(|entry| entry.exam_retirements().contains_key(exam.as_str()))
}

/// What to take instead of an exam that has retired, each once: another exam of the same
/// certification, or what took over from that.
pub fn instead<'a>(exam: &'a Exam, catalog: &'a Catalog, day: NaiveDate) -> Vec<Successor<'a>> {
    let mut found: Vec<Successor<'a>> = Vec::new();
    for entry in catalog.listing_exam(exam.as_str()) {
        let own = Successor::on(day, catalog.carrying_on(entry));
        let choices = if own.is_over() || own.exam() == Some(exam.as_str()) {
            successors(Some(own.entry), own.state, catalog, day)
        } else {
            vec![own]
        };
        for one in choices {
            if !found.contains(&one) {
                found.push(one);
            }
        }
    }
    found
}

/// The known codes nearest to one, those of its own series first. A code that leads nowhere
/// any more is named only where no other is as near.
fn near(code: &str, catalog: &Catalog, others: &[&str]) -> Vec<String> {
    const MOST: usize = 3;
    const SLIPS: usize = 2;
    let series = |code: &str| code.split('-').next().unwrap_or_default().to_owned();
    let listed = catalog.entries().flat_map(|entry| {
        let state = entry.state_on(entry.known_on());
        let is_over = matches!(state, State::Retired(_) | State::Unknown);
        let exams = entry.exams().iter();
        exams.map(move |exam| {
            let has_end = entry.exam_retirements().contains_key(exam);
            (exam.as_str(), is_over || has_end)
        })
    });
    let typed: String = code.chars().take(20).collect();
    let all = listed.chain(others.iter().map(|other| (*other, false)));
    let mut near: Vec<_> = all
        .map(|(exam, is_over)| {
            let slips = strsim::damerau_levenshtein(&typed, exam);
            (series(exam) != series(&typed), slips, is_over, exam)
        })
        .filter(|(_, slips, ..)| *slips <= SLIPS)
        .collect();
    near.sort_unstable();
    let lives = |far: (bool, usize)| near.iter().any(|one| (one.0, one.1) == far && !one.2);
    let mut names: Vec<String> = Vec::new();
    for &(other, slips, is_over, exam) in &near {
        let is_known = names.iter().any(|name| name == exam);
        let is_outlived = is_over && lives((other, slips));
        if !(is_known || is_outlived) {
            names.push(exam.to_owned());
        }
    }
    names.truncate(MOST);
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_however_they_are_written() {
        for text in [
            "AI-102",
            "ai-102",
            " ai102 ",
            "AI 102",
            "Exam AI-102",
            "exam ai-102",
        ] {
            let exam = Exam::parse(text, Catalog::embedded(), &[]);
            assert_eq!(exam.unwrap().as_str(), "AI-102", "{text}");
        }
    }

    #[test]
    fn unknown_codes_are_refused_with_near_ones_that_can_be_taken_first() {
        for (text, first) in [
            ("AZ-109", "AZ-104"),
            ("AI-10", "AI-103"),
            ("A-102", "AI-102"),
            ("AI-90", "AI-901"),
        ] {
            let error = Exam::parse(text, Catalog::embedded(), &[]).unwrap_err();
            assert_eq!(error.suggestions()[0], first, "{error}");
        }
        for text in [
            "",
            "Azure",
            "AI-102 AI-103",
            "AI-102\u{1b}",
            "é",
            "zzzzz-99999",
        ] {
            assert!(
                Exam::parse(text, Catalog::embedded(), &[]).is_err(),
                "{text}"
            );
        }
    }

    #[test]
    fn an_exam_of_others_is_known_too() {
        let others = ["ZZ-900"];
        assert!(Exam::parse("zz-900", Catalog::embedded(), &others).is_ok());
        assert!(Exam::parse("zz-900", Catalog::embedded(), &[]).is_err());
    }

    #[test]
    fn an_exam_ends_with_the_last_of_its_certifications() {
        let day = |text: &str| text.parse().unwrap();
        let state = |code: &str, on| {
            let exam = Exam::parse(code, Catalog::embedded(), &[]).unwrap();
            state_on(&exam, Catalog::embedded(), day(on))
        };
        assert!(matches!(state("AI-102", "2026-06-30"), State::Retiring(_)));
        assert!(matches!(state("AI-102", "2026-07-01"), State::Retired(_)));
        assert_eq!(state("AZ-104", "2026-11-22"), State::Current);
    }

    #[test]
    fn an_exam_with_a_last_day_of_its_own_ends_on_it() {
        let day = |text: &str| text.parse().unwrap();
        let state = |code: &str, on| {
            let exam = Exam::parse(code, Catalog::embedded(), &[]).unwrap();
            state_on(&exam, Catalog::embedded(), day(on))
        };
        let last = |text: &str| Some(day(text));
        for (code, end) in [
            // The certification lives on with AI-901, with AB-400.
            ("AI-900", "2026-06-30"),
            ("PL-400", "2026-10-30"),
            // Whether it retired is not known.
            ("AZ-800", "2026-09-30"),
            ("AZ-801", "2026-09-30"),
            // Its name was given up, and MS-102 leads to what carries it on.
            ("MS-100", "2023-09-30"),
            ("MS-101", "2023-09-30"),
        ] {
            assert_eq!(state(code, end), State::Retiring(last(end)), "{code}");
            assert_eq!(
                state(code, "2026-11-22"),
                State::Retired(last(end)),
                "{code}"
            );
        }
        assert_eq!(state("AI-901", "2026-11-22"), State::Current);
        assert_eq!(state("AB-400", "2026-11-22"), State::Current);
        // While both are there, since when the newer one is there is not known.
        assert_eq!(state("AB-400", "2026-10-30"), State::Unknown);
        assert_eq!(state("AI-901", "2026-06-30"), State::Unknown);
    }

    #[test]
    fn instead_of_a_retired_exam_one_is_named_that_can_be_taken() {
        let catalog = Catalog::embedded();
        let day = "2026-11-22".parse().unwrap();
        for (code, exams) in [
            ("AI-102", &["AI-103"][..]),
            ("AI-900", &["AI-901"]),
            ("PL-400", &["AB-400"]),
            ("AZ-800", &["AZ-802"]),
            ("MS-100", &["MS-102"]),
            ("MB-400", &["AB-400"]),
            ("MB-910", &[]),
        ] {
            let exam = Exam::parse(code, catalog, &[]).unwrap();
            let found = instead(&exam, catalog, day);
            let found: Vec<_> = found.iter().filter_map(Successor::exam).collect();
            assert_eq!(found, exams, "{code}");
        }
    }
}
