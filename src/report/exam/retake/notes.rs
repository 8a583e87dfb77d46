//! What must be known beside the rule that decides.

use super::super::super::words::count;
use super::Asked;
use crate::catalog::Level;
use crate::exam::moment::Said;
use crate::exam::retake::{Answer, PER_YEAR, Programme, Rule};

/// What else must be known: about the exam first, then about what was told. Where the exam
/// ends the matter, that is the very first.
pub(super) fn all(asked: &Asked<'_>, answer: &Answer) -> Vec<String> {
    let told = asked.history;
    let moments = || {
        let others = told.passed.iter().chain(&told.certification_expired);
        told.attempts.iter().chain(others)
    };
    let said = |how: Said| moments().filter(|one| one.said() == how).count();
    let some = |number: usize| i64::try_from(number).ok().filter(|number| *number > 0);
    let left_out = answer.left_out;
    let notes = [
        programme_note(asked),
        starts_anew(asked, answer),
        after_the_end(asked),
        (answer.began_anew && answer.rule == Rule::FirstRetake).then(|| {
            "The earlier attempts lie before the 12 months that run. Whether the short wait applies \
             again then, the policy does not say; it is taken so here."
                .to_owned()
        }),
        (answer.used > PER_YEAR && answer.left.is_some()).then(|| {
            "More attempts were given for 12 months than the rules allow: check their dates.".to_owned()
        }),
        some(left_out.future).map(|number| {
            let lie = count(number, "attempt lies", "attempts lie");
            format!("{lie} after the day of judgement and did not count.")
        }),
        some(left_out.doubled).map(|number| {
            let were = count(number, "attempt was", "attempts were");
            format!("{were} given twice and counted once.")
        }),
        some(said(Said::WithoutZone)).map(|number| {
            let came = count(number, "time came", "times came");
            format!("{came} without a zone and counted as UTC.")
        }),
        some(said(Said::AsDay)).map(|number| {
            let came = count(number, "day came", "days came");
            format!("{came} without a time and counted to the last second in UTC.")
        }),
    ];
    let known = asked.known();
    let state = asked.end(answer).or_else(|| known.state_note());
    let about_exam = state.into_iter().chain(known.basis_notes());
    about_exam.chain(notes.into_iter().flatten()).collect()
}

/// What an exam that is gone does not put off.
fn starts_anew(asked: &Asked<'_>, answer: &Answer) -> Option<String> {
    let is_tried = answer.last_attempt.is_some() && asked.end(answer).is_some();
    asked.known().starts_anew().filter(|_| is_tried)
}

/// Attempts that cannot have been: the exam was gone by then.
fn after_the_end(asked: &Asked<'_>) -> Option<String> {
    let last = asked.known().state.retires_on()?;
    let history = asked.history;
    let told = history.attempts.iter().chain(&history.passed);
    let late = told.filter(|one| {
        let day = one.earliest().date_naive();
        one.earliest() <= asked.as_of && day > last
    });
    let lie = match i64::try_from(late.count()).ok()? {
        0 => return None,
        number => count(number, "attempt lies", "attempts lie"),
    };
    let exam = asked.exam;
    Some(format!(
        "{lie} after {last}, the last day of {exam}: check the exam's code and the dates."
    ))
}

/// Where the exam is not of the programme whose rules were applied.
fn programme_note(asked: &Asked<'_>) -> Option<String> {
    let levels: Vec<Level> = asked
        .exam
        .certifications(asked.catalog)
        .iter()
        .map(|entry| entry.level())
        .collect();
    let is_all = |level| !levels.is_empty() && levels.iter().all(|one| *one == level);
    match asked.history.programme {
        Programme::Standard if is_all(Level::Github) => Some(
            "The rules are Microsoft's; whether they hold for GitHub's exams is not known here."
                .to_owned(),
        ),
        Programme::Standard if is_all(Level::Mos) => Some(
            "This is an Office Specialist exam, which has rules of its own: \
             --programme office-specialist."
                .to_owned(),
        ),
        Programme::OfficeSpecialist if !levels.is_empty() && !levels.contains(&Level::Mos) => Some(
            "The rules of Office Specialist were applied, as asked; the catalogue lists this exam \
             elsewhere."
                .to_owned(),
        ),
        Programme::OfficeSpecialist => Some(
            "The rules of Office Specialist are known from third parties; no official page was read."
                .to_owned(),
        ),
        Programme::Standard => None,
    }
}
