//! What a candidate must know of an exam beside the rules: whether it is still there, and how
//! well that is known.

use chrono::NaiveDate;

use crate::catalog::{Catalog, Entry, State};
use crate::exam::code::{Exam, has_own_end, instead, state_on};
use crate::lifecycle::Successor;

/// What is known of an exam on a day.
#[derive(Debug, Clone, Copy)]
pub(super) struct KnownExam<'a> {
    exam: &'a Exam,
    catalog: &'a Catalog,
    day: NaiveDate,
    /// Whether it can be taken.
    pub(super) state: State,
}

impl<'a> KnownExam<'a> {
    pub(super) fn on(day: NaiveDate, exam: &'a Exam, catalog: &'a Catalog) -> Self {
        Self {
            exam,
            catalog,
            day,
            state: state_on(exam, catalog, day),
        }
    }

    pub(super) fn is_retired(&self) -> bool {
        matches!(self.state, State::Retired(_))
    }

    /// Everything there is to say of it, but for its rules.
    pub(super) fn notes(&self) -> impl Iterator<Item = String> + use<> {
        self.state_note().into_iter().chain(self.basis_notes())
    }

    /// What it is known from, where that must be said.
    pub(super) fn basis_notes(&self) -> impl Iterator<Item = String> + use<> {
        [self.own_note(), self.age_note()].into_iter().flatten()
    }

    /// Whether it can be taken, where that must be said.
    pub(super) fn state_note(&self) -> Option<String> {
        let exam = self.exam;
        match self.state {
            State::Current => None,
            State::Retiring(Some(last)) => Some(format!(
                "{exam} retires{} on {last}: an attempt must be made by then, and booking may close \
                 earlier.",
                self.with_what()
            )),
            State::Retiring(None) => Some(format!("{exam} is about to retire.")),
            State::Retired(last) => {
                let on = last.map_or_else(String::new, |last| format!(" on {last}"));
                Some(format!(
                    "{exam} was retired{}{on} and cannot be taken any more.{}",
                    self.with_what(),
                    self.instead()
                ))
            }
            State::Unknown if self.listing().next().is_none() => Some(format!(
                "{exam} is not in the catalogue; whether it can be taken is not known here."
            )),
            State::Unknown => Some(format!(
                "Whether {exam} can be taken now is not known here."
            )),
        }
    }

    /// An exam ends with its certification, unless a last day of its own is known.
    pub(super) fn with_what(&self) -> &'static str {
        if has_own_end(self.exam, self.catalog) {
            ""
        } else {
            " with its certification"
        }
    }

    /// What to take instead.
    pub(super) fn instead(&self) -> String {
        let choices = instead(self.exam, self.catalog, self.day);
        let said: Vec<String> = choices.iter().map(choice).collect();
        if said.is_empty() {
            String::new()
        } else {
            format!(" Instead: {}.", said.join("; "))
        }
    }

    /// That attempts at it do not put off what to take instead.
    pub(super) fn starts_anew(&self) -> Option<String> {
        let choices = instead(self.exam, self.catalog, self.day);
        let another = match &choices[..] {
            [] => return None,
            [one] => one.exam().unwrap_or("its exam"),
            _ => "another one",
        };
        let exam = self.exam;
        Some(format!(
            "Attempts count for one exam alone: those at {exam} put off none at {another}."
        ))
    }

    /// Said where what is known of it is not common knowledge.
    fn own_note(&self) -> Option<String> {
        let own = |entry: &Entry| !entry.origin().is_common();
        let is_own = self.listing().any(own)
            || self.catalog.common().is_some_and(|common| {
                let choices = |catalog| -> Vec<String> {
                    let choices = instead(self.exam, catalog, self.day);
                    choices.iter().map(choice).collect()
                };
                state_on(self.exam, common, self.day) != self.state
                    || choices(common) != choices(self.catalog)
            });
        let exam = self.exam;
        is_own.then(|| format!("What is said of {exam} rests on a catalogue of your own."))
    }

    /// Said where it is known from too long ago to rely on it.
    fn age_note(&self) -> Option<String> {
        let may_have_changed = |entry: &&Entry| entry.may_have_changed_by(self.day);
        let known_on = self
            .listing()
            .filter(may_have_changed)
            .map(Entry::known_on)
            .min()
            .filter(|_| !self.is_retired())?;
        let age = (self.day - known_on).num_days();
        Some(format!(
            "What is known of {} is of {known_on}, {age} days before this day: it may have retired \
             since.",
            self.exam
        ))
    }

    fn listing(&self) -> impl Iterator<Item = &'a Entry> {
        self.catalog.listing_exam(self.exam.as_str())
    }
}

/// A certification with its exam in front, and until when it can be earned.
fn choice(one: &Successor<'_>) -> String {
    let title = one.entry.title();
    let named = one
        .exam()
        .map_or_else(|| title.to_owned(), |exam| format!("{exam} ({title})"));
    match one.state.retires_on() {
        Some(last) => format!("{named}, until {last}"),
        None => named,
    }
}
