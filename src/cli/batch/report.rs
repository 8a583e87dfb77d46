//! Writing what became of a list, and saying so.

use std::io::{self, BufWriter};

use anyhow::{Context, bail};
use chrono::Utc;

use super::super::args::Batch;
use super::super::exit::Exit;
use super::super::output::Target;
use super::super::say;
use super::super::settings::Settings;
use super::ask::Ended;
use crate::batch::input::Columns;
use crate::batch::{self, Book, Evaluated, Evaluator, Order, headline};
use crate::report::Look;
use crate::report::json::{ResultJson, Totals};
use crate::report::sheet::{self, Closing, Heading, Outlet, Sheet, SheetFormat, SheetRow};
use crate::source::{Live, save};
use crate::verify::Terms;

/// What is written, and where to.
pub(super) struct Report<'a> {
    args: &'a Batch,
    terms: &'a Terms<'a, 'a>,
    format: SheetFormat,
    look: Look,
    is_quiet: bool,
}

impl<'a> Report<'a> {
    /// Finds out what can be wrong with the output before anything is asked.
    pub(super) fn prepare(
        args: &'a Batch,
        settings: &Settings,
        terms: &'a Terms<'a, 'a>,
    ) -> anyhow::Result<Self> {
        if let Some(file) = args
            .fetch
            .save_evidence
            .as_deref()
            .filter(|path| path.is_file())
        {
            bail!(
                "--save-evidence {} is a file; expected a folder",
                file.display()
            );
        }
        let format = format(args)?;
        // Dropped again: it only proves that the file can be made.
        Target::open(args.output.as_deref())?;
        Ok(Self {
            format,
            args,
            terms,
            look: settings.look(args.output.as_deref()),
            is_quiet: settings.is_quiet(),
        })
    }

    /// Judges every row and writes it; then the journal has served.
    pub(super) fn write(
        &self,
        book: Book,
        live: &Live,
        columns: &Columns,
        ended: Ended,
    ) -> anyhow::Result<Exit> {
        let mut target = Target::open(self.args.output.as_deref())?;
        let written = self.rows(&book, live, columns, &mut target);
        let counted = match written {
            Ok(counted) => {
                target.done(Ok(()))?;
                counted
            }
            Err(error) => return Err(error),
        };
        self.summary(&counted, ended, &book);
        if ended == Ended::Whole {
            book.into_journal().remove()?;
        }
        Ok(Exit::of(counted.outcomes()))
    }

    fn rows(
        &self,
        book: &Book,
        live: &Live,
        columns: &Columns,
        target: &mut Target,
    ) -> anyhow::Result<Counted> {
        let heading = Heading {
            columns: book.headers().to_vec(),
            as_of: self.terms.as_of.instant(),
            has_roles: false,
            has_changes: false,
        };
        let outlet = Outlet {
            out: Box::new(BufWriter::with_capacity(1 << 16, target)),
            spool: Box::new(tempfile::tempfile().context("cannot make a temporary file")?),
            look: self.look,
        };
        let mut written = Written {
            sheet: Some(sheet::open(self.format, &heading, outlet)?),
        };
        let mut counted = Counted::default();
        let evaluator = Evaluator::new(book, live, *self.terms, columns);
        let order = if self.args.sort {
            Order::WorstFirst
        } else {
            Order::List
        };
        batch::each(book, &evaluator, order, |row| {
            self.keep(&row)?;
            counted.count(&row);
            written.row(&row)
        })?;
        let closing = Closing {
            totals: counted.rows.clone(),
            gone: Vec::new(),
        };
        written.finish(&closing)?;
        Ok(counted)
    }

    /// Saves the evidence of a row, where that is wanted.
    fn keep(&self, row: &Evaluated<'_>) -> anyhow::Result<()> {
        let Some(folder) = self.args.fetch.save_evidence.as_deref() else {
            return Ok(());
        };
        if !row.asked.is_empty() {
            save(folder, row.trip.link.canonical(), &row.asked, Utc::now())
                .with_context(|| format!("cannot save the evidence in {}", folder.display()))?;
        }
        Ok(())
    }

    fn summary(&self, counted: &Counted, ended: Ended, book: &Book) {
        if self.is_quiet {
            return;
        }
        let rows = &counted.rows;
        say(&format!(
            "{} {}: {} passed, {} failed, {} not determined.",
            rows.total,
            if rows.total == 1 { "row" } else { "rows" },
            rows.passed,
            rows.failed,
            rows.not_determined
        ));
        if ended == Ended::Stopped {
            say(&format!(
                "Stopped: rows that were not asked about are undetermined (not-asked). The same \
                 command goes on from {}; --fresh starts over.",
                book.journal().path().display()
            ));
        }
    }
}

/// The document under way, until nobody reads it any more.
struct Written<'w> {
    sheet: Option<Box<dyn Sheet + 'w>>,
}

impl Written<'_> {
    fn row(&mut self, row: &Evaluated<'_>) -> anyhow::Result<()> {
        let Some(sheet) = &mut self.sheet else {
            return Ok(());
        };
        let results: Vec<_> = row.trip.verifications.iter().map(ResultJson::of).collect();
        let written = sheet.row(&SheetRow {
            number: row.row.number,
            cells: &row.row.cells,
            results: &results,
            headline: headline(&row.trip.verifications),
            role: None,
            change: None,
        });
        self.unless_broken(written)
    }

    fn finish(mut self, closing: &Closing) -> anyhow::Result<()> {
        match self.sheet.take() {
            Some(sheet) => {
                let finished = sheet.finish(closing);
                self.unless_broken(finished)
            }
            None => Ok(()),
        }
    }

    /// A broken pipe is no error: whoever reads has seen enough. The rest is still judged.
    fn unless_broken(&mut self, written: io::Result<()>) -> anyhow::Result<()> {
        match written {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.sheet = None;
                Ok(())
            }
            written => written.context("cannot write the output"),
        }
    }
}

/// How many rows and results of what.
#[derive(Debug, Default)]
struct Counted {
    rows: Totals,
    results: Totals,
}

impl Counted {
    fn count(&mut self, row: &Evaluated<'_>) {
        let results = &row.trip.verifications;
        for one in results {
            self.results.count(one.standing.status, one.outcome);
        }
        let one = &results[headline(results)];
        self.rows.count(one.standing.status, one.outcome);
    }

    /// One of each outcome that there is.
    fn outcomes(&self) -> impl Iterator<Item = crate::check::Outcome> {
        use crate::check::Outcome::{Failed, Passed, Undetermined};
        let counts = [
            (self.results.passed, Passed),
            (self.results.not_determined, Undetermined),
            (self.results.failed, Failed),
        ];
        counts
            .into_iter()
            .filter_map(|(count, outcome)| (count > 0).then_some(outcome))
    }
}

/// The format that was asked for, or that the output's extension asks for.
fn format(args: &Batch) -> anyhow::Result<SheetFormat> {
    let path = args
        .output
        .as_deref()
        .filter(|path| path.as_os_str() != "-");
    match (args.format, path) {
        (Some(format), _) => Ok(format),
        (None, None) => Ok(SheetFormat::Human),
        (None, Some(path)) => SheetFormat::of_extension(path).with_context(|| {
            let known: Vec<_> = SheetFormat::ALL
                .iter()
                .map(|format| format.as_str())
                .collect();
            format!(
                "the extension of {} names no format; say one with --format: {}",
                path.display(),
                known.join(", ")
            )
        }),
    }
}
