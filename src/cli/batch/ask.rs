//! Asking for everything that a list needs, with somebody watching or not.

use std::cell::RefCell;
use std::time::Duration;

use anyhow::Context;

use super::super::interrupt;
use super::super::progress::Progress;
use super::super::settings::Settings;
use crate::batch::input::Columns;
use crate::batch::{self, Book, Evaluator, Manner, headline};
use crate::report::json::Totals;
use crate::source::Live;
use crate::verify::Terms;

/// How a run came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// Every row was asked about.
    Whole,
    /// Somebody wanted it to end before.
    Stopped,
}

/// Asks about every row that the book cannot answer yet.
pub(super) fn all(
    book: &RefCell<Book>,
    live: &Live,
    columns: &Columns,
    terms: &Terms<'_, '_>,
    settings: &Settings,
) -> anyhow::Result<Ended> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start the network")?;
    let progress = Progress::new(settings, book.borrow().rows());
    let stopped = RefCell::new(Ended::Whole);
    let mut totals = Totals::default();
    let asked = async {
        let stop = async {
            interrupt::asked().await;
            stopped.replace(Ended::Stopped);
            progress.say("Finishing what is under way; once more to leave it.");
        };
        let manner = Manner {
            at_once: usize::try_from(live.policy().concurrency().get()).unwrap_or(1),
            grace: live.policy().timeout(),
        };
        batch::ask_all(book, live, manner, columns, stop, |number| {
            if progress.is_shown() {
                count(&book.borrow(), number, live, columns, terms, &mut totals);
            }
            progress.row(&totals);
        })
        .await
    };
    let watched = async {
        tokio::select! {
            asked = asked => asked,
            () = twice() => Ok(()),
            () = watch(live, &progress) => Ok(()),
        }
    };
    let ended = runtime.block_on(watched);
    progress.clear();
    // A name lookup that hangs on must not hold the answer back.
    runtime.shutdown_background();
    ended?;
    Ok(stopped.into_inner())
}

/// Waits for the second wish to end.
async fn twice() {
    interrupt::asked().await;
    interrupt::asked().await;
}

/// Looks from time to time whether the service wants a pause. Never ends.
async fn watch(live: &Live, progress: &Progress) {
    loop {
        progress.held(live.held_for());
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

/// Counts a row that is through by its status.
fn count(
    book: &Book,
    number: u64,
    live: &Live,
    columns: &Columns,
    terms: &Terms<'_, '_>,
    totals: &mut Totals,
) {
    let evaluator = Evaluator::new(book, live, *terms, columns);
    // What is wrong with the books shows when the report is written.
    if let Ok(Some(row)) = evaluator.numbered(number) {
        let results = &row.trip.verifications;
        let one = &results[headline(results)];
        totals.count(one.standing.status, one.outcome);
    }
}
