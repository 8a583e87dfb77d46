//! Which exam is meant?

use std::fmt;

use chrono::NaiveDate;

use crate::catalog::{Catalog, Entry, State};

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

/// Whether an exam can be taken on a day, as far as its certifications tell: only where all
/// of them have retired can it be said that it cannot.
pub fn state_on(exam: &Exam, catalog: &Catalog, day: NaiveDate) -> State {
    let certifications = exam.certifications(catalog).into_iter();
    let states = certifications.map(|entry| match entry.state_on(day) {
        // An exam that another one took over from may be gone before its certification is.
        State::Current if newer(exam, entry).is_some() => State::Unknown,
        state => state,
    });
    // The latest end counts: an exam of two certifications lives as long as one of them.
    let longest = states.max_by_key(|state| match state {
        State::Retired(last) => (0, *last),
        State::Retiring(last) => (1, *last),
        State::Unknown => (2, None),
        State::Current => (3, None),
    });
    longest.unwrap_or(State::Unknown)
}

/// The exam that a certification lists before this one: it may have taken over.
pub fn newer<'a>(exam: &Exam, entry: &'a Entry) -> Option<&'a str> {
    let first = entry.exams().first()?;
    (first != exam.as_str()).then_some(first)
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
        exams.map(move |exam| (exam.as_str(), is_over))
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
        // AI-901 took over; the certification lives on.
        assert_eq!(state("AI-901", "2026-11-22"), State::Current);
        assert_eq!(state("AI-900", "2026-11-22"), State::Unknown);
    }
}
