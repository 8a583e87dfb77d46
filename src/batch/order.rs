//! In which order rows are reported.

use super::evaluate::{Evaluated, Evaluator};
use super::input::Row;
use super::scratch::Stored;
use super::{Answers, BatchError, Book, Rows};
use crate::check::Outcome;
use crate::lifecycle::Status;
use crate::source::Source;
use crate::verify::Verification;

/// Rows read from the book at once.
const CHUNK: u32 = 256;

/// The order of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// As in the list.
    List,
    /// The worst first: failed, then undetermined, then what ends soonest.
    WorstFirst,
}

/// Hands every row on as it was read, in the order of the list.
///
/// # Errors
/// When the books cannot be read, or what `with` says.
pub fn each_row<E: From<BatchError>>(
    book: &Book,
    mut with: impl FnMut(&Row) -> Result<(), E>,
) -> Result<(), E> {
    for stored in Rows::new(book) {
        with(&stored?.row)?;
    }
    Ok(())
}

/// Judges every row and hands it on to `with`, in order; `seen` hears of each row as soon as
/// it is through.
///
/// A row is handed on as soon as it is its turn, unless where it stands, or what is said of
/// it, depends on rows that are still to come.
///
/// # Errors
/// When the books cannot be read or written, or what `with` says.
pub fn each<'a, S: Source, E: From<BatchError>>(
    evaluator: &Evaluator<'a, S>,
    mut answers: Answers<'a, S>,
    order: Order,
    mut seen: impl FnMut(&Evaluated<'a>),
    mut with: impl FnMut(Evaluated<'a>) -> Result<(), E>,
) -> Result<(), E> {
    let book = evaluator.book();
    let waits = evaluator.looks_at_others();
    while let Some((stored, gathered)) = answers.next()? {
        if waits {
            seen(&evaluator.alone(&stored, gathered)?);
            continue;
        }
        let row = evaluator.row(&stored, gathered)?;
        seen(&row);
        match order {
            Order::List => with(row)?,
            Order::WorstFirst => note_rank(book, &row)?,
        }
    }
    if waits {
        for stored in Rows::new(book) {
            let row = evaluator.row(&stored?, None)?;
            match order {
                Order::List => with(row)?,
                Order::WorstFirst => note_rank(book, &row)?,
            }
        }
    }
    match order {
        Order::List => Ok(()),
        Order::WorstFirst => by_rank(book, |stored| with(evaluator.row(&stored, None)?)),
    }
}

fn note_rank(book: &Book, row: &Evaluated<'_>) -> Result<(), BatchError> {
    Ok(book.scratch.rank(row.row.number, &rank(row))?)
}

fn by_rank<E: From<BatchError>>(
    book: &Book,
    mut with: impl FnMut(Stored) -> Result<(), E>,
) -> Result<(), E> {
    book.scratch.order().map_err(BatchError::from)?;
    let mut last = 0;
    loop {
        let rows = book.scratch.ordered_after(last, CHUNK);
        let rows = rows.map_err(BatchError::from)?;
        let Some((place, _)) = rows.last() else {
            return Ok(());
        };
        last = *place;
        rows.into_iter().try_for_each(|(_, row)| with(row))?;
    }
}

/// Which of a row's results stands for it where it has one line: of a transcript's many, the
/// best, since which one is meant was not said.
pub fn headline(results: &[Verification<'_>]) -> usize {
    let best = (0..results.len()).min_by_key(|at| {
        let one = &results[*at];
        (one.outcome, one.standing.status)
    });
    best.unwrap_or(0)
}

/// A text that sorts as the rows should stand.
fn rank(row: &Evaluated<'_>) -> String {
    let results = &row.trip.verifications;
    let Some(one) = results.get(headline(results)) else {
        return String::new();
    };
    let outcome = match one.outcome {
        Outcome::Failed => 0,
        Outcome::Undetermined => 1,
        Outcome::Passed => 2,
    };
    let place = Status::ALL
        .iter()
        .rev()
        .position(|status| *status == one.standing.status);
    let days = one.standing.days_left.unwrap_or(i64::from(i32::MAX));
    // Shifted, so that days in the past sort before those to come.
    let days = days.saturating_add(1 << 40);
    format!("{outcome}{}{days:015}", place.unwrap_or(0))
}
