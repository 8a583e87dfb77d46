//! In which order rows are reported.

use super::evaluate::{Evaluated, Evaluator};
use super::input::Row;
use super::scratch::Stored;
use super::{BatchError, Book};
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
    each_stored(book, |stored| with(&stored.row))
}

/// Judges every row and hands it on, in order.
///
/// # Errors
/// When the books cannot be read, or what `with` says.
pub fn each<'a, S: Source, E: From<BatchError>>(
    book: &'a Book,
    evaluator: &Evaluator<'a, S>,
    order: Order,
    mut with: impl FnMut(Evaluated<'a>) -> Result<(), E>,
) -> Result<(), E> {
    match order {
        Order::List => in_list_order(book, evaluator, with),
        Order::WorstFirst => {
            in_list_order(book, evaluator, |row| {
                let rank = rank(&row);
                Ok::<_, E>(
                    book.scratch
                        .rank(row.row.number, &rank)
                        .map_err(BatchError::from)?,
                )
            })?;
            book.scratch.order().map_err(BatchError::from)?;
            let mut last = 0;
            loop {
                let rows = book.scratch.ordered_after(last, CHUNK);
                let rows = rows.map_err(BatchError::from)?;
                let Some((place, _)) = rows.last() else {
                    return Ok(());
                };
                last = *place;
                for (_, row) in rows {
                    with(evaluator.row(&row)?)?;
                }
            }
        }
    }
}

fn in_list_order<'a, S: Source, E: From<BatchError>>(
    book: &'a Book,
    evaluator: &Evaluator<'a, S>,
    mut with: impl FnMut(Evaluated<'a>) -> Result<(), E>,
) -> Result<(), E> {
    each_stored(book, |stored| with(evaluator.row(stored)?))
}

fn each_stored<E: From<BatchError>>(
    book: &Book,
    mut with: impl FnMut(&Stored) -> Result<(), E>,
) -> Result<(), E> {
    let mut last = 0;
    loop {
        let rows = book
            .scratch
            .rows_after(last, CHUNK)
            .map_err(BatchError::from)?;
        let Some(row) = rows.last() else {
            return Ok(());
        };
        last = row.row.number;
        rows.iter().try_for_each(&mut with)?;
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
