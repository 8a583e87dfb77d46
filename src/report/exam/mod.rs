//! What `bonafide exam` says, for people and as JSON.

pub mod plan;
pub mod retake;
pub mod score;
pub mod skills;

use chrono::NaiveDate;

use crate::catalog::{Catalog, Entry, State};
use crate::exam::code::{Exam, newer, state_on};
use crate::lifecycle::{Successor, successors};

/// What a candidate must know of an exam that may not be there any more.
fn state_note(exam: &Exam, catalog: &Catalog, day: NaiveDate) -> Option<String> {
    match state_on(exam, catalog, day) {
        State::Current => None,
        State::Retiring(Some(last)) => Some(format!(
            "{exam} retires with its certification on {last}: an attempt must be made by then."
        )),
        State::Retiring(None) => Some(format!("{exam} is about to retire.")),
        State::Retired(last) => {
            let on = last.map_or_else(String::new, |last| format!(" on {last}"));
            let instead = took_over(exam, catalog, day);
            Some(format!(
                "{exam} was retired with its certification{on} and cannot be taken any more.{instead}"
            ))
        }
        State::Unknown => {
            let entries = exam.certifications(catalog);
            let newer = entries
                .iter()
                .find_map(|entry| Some((newer(exam, entry)?, *entry)));
            Some(match newer {
                Some((newer, entry)) => format!(
                    "{newer} is the newer exam of {}; whether {exam} can still be taken is not known \
                     here.",
                    entry.title()
                ),
                None if entries.is_empty() => {
                    format!(
                        "{exam} is not in the catalogue; whether it can be taken is not known here."
                    )
                }
                None => format!("Whether {exam} can still be taken is not known here."),
            })
        }
    }
}

/// Said where what is known of an exam is not common knowledge.
fn own_note(exam: &Exam, catalog: &Catalog) -> Option<String> {
    let entries = exam.certifications(catalog);
    let is_own = entries.iter().any(|entry| !entry.origin().is_common());
    is_own.then(|| format!("What is said of {exam} rests on a catalogue of your own."))
}

fn took_over(exam: &Exam, catalog: &Catalog, day: NaiveDate) -> String {
    let entries = exam.certifications(catalog).into_iter();
    let all = entries.flat_map(|entry| successors(Some(entry), entry.state_on(day), catalog, day));
    let mut choices: Vec<String> = Vec::new();
    for one in all {
        let choice = with_exam(&one);
        if !choices.contains(&choice) {
            choices.push(choice);
        }
    }
    match &choices[..] {
        [] => String::new(),
        choices => format!(" Instead: {}.", choices.join("; ")),
    }
}

fn with_exam(one: &Successor<'_>) -> String {
    let title = Entry::title(one.entry);
    one.exam()
        .map_or_else(|| title.to_owned(), |exam| format!("{exam} ({title})"))
}
