//! `bonafide batch`: a list of candidates in, one sheet out.

mod ask;
mod compare;
mod list;
mod redact;
mod report;
mod sheet;
mod tally;

use super::args::Batch;
use super::exit::Exit;
use super::progress::Progress;
use super::settings::Settings;
use super::upkeep;
use super::verify::expectation;
use crate::batch::{self, Evaluator};
use crate::source::Live;
use crate::verify::Terms;

/// How long a list waits in all, for one request, where the service asks to wait.
const PATIENCE: std::time::Duration = std::time::Duration::from_hours(1);

pub(super) fn run(args: &Batch, settings: &Settings) -> anyhow::Result<Exit> {
    let catalog = settings.catalog()?;
    let as_of = settings.as_of();
    let expected = expectation(&args.check, as_of, catalog)?;
    let terms = Terms {
        catalog,
        as_of,
        expected: &expected,
    };
    // Everything that can be wrong is found before anything is asked.
    let mut report = report::Report::prepare(args, settings, &terms)?;
    upkeep::before_fetching(settings);
    let live = Live::new(settings.policy(&args.fetch).with_patience(PATIENCE))?;
    let list = list::read(args, settings)?;
    report.hold_against(&list.book, &list.columns)?;
    let redactor = args
        .redact
        .then(|| upkeep::redactor(settings))
        .transpose()?;
    let veil = redactor.map(|redactor| redact::Veil::new(redactor, &list.columns));
    let previous = args.earlier.against.as_deref();
    let comparison = compare::Comparison::load(previous, &list.book, &list.columns, veil.as_ref())?;
    let progress = Progress::new(settings, list.book.rows());
    let at_once = usize::try_from(live.policy().concurrency().get()).unwrap_or(1);
    let (answers, asker) = batch::part(&list.book, &list.columns, &live, at_once);
    let mut target = report.open()?;
    let run = report::Run {
        answers,
        evaluator: Evaluator::new(&list.book, &live, terms, &list.columns),
        headers: list.book.headers(),
        veil,
        comparison,
        progress: &progress,
    };
    let written = ask::beside(asker, &live, &progress, || report.rows(run, &mut target));
    let (tally, ended) = written?;
    report.close(target, &tally, ended, list.book)
}
