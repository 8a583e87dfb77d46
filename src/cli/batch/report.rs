//! Writing what became of a list, and saying so.

use std::io::{IsTerminal as _, Read as _};
use std::path::Path;

use anyhow::{Context, bail};

use super::super::args::Batch;
use super::super::exit::Exit;
use super::super::keep::Folders;
use super::super::output::Target;
use super::super::progress::Progress;
use super::super::say;
use super::super::settings::Settings;
use super::ask::Ended;
use super::compare::Comparison;
use super::redact::Veil;
use super::sheet::Written;
use super::tally::Tally;
use crate::batch::guard::{self, Counts};
use crate::batch::input::{Columns, Field};
use crate::batch::{self, Answers, Book, Evaluated, Evaluator, Order, Panel};
use crate::catalog::Catalog;
use crate::check::role::Roles;
use crate::report::Look;
use crate::report::json::Totals;
use crate::report::sheet::{Closing, Heading, SheetFormat};
use crate::source::Live;
use crate::verify::Terms;

/// The largest file of roles.
const ROLES_LIMIT: u64 = 1024 * 1024;

/// What is written, and where to.
pub(super) struct Report<'a> {
    args: &'a Batch,
    terms: &'a Terms<'a, 'a>,
    format: SheetFormat,
    look: Look,
    keep: Folders<'a>,
    panel: Option<Panel>,
    is_quiet: bool,
}

/// What a run judges, and by what.
pub(super) struct Run<'r> {
    pub(super) answers: Answers<'r, Live>,
    pub(super) evaluator: Evaluator<'r, Live>,
    pub(super) headers: &'r [String],
    pub(super) veil: Option<Veil<'r>>,
    pub(super) comparison: Option<Comparison>,
    pub(super) progress: &'r Progress,
}

impl<'a> Report<'a> {
    /// Finds out what can be wrong with the output before anything is asked.
    pub(super) fn prepare(
        args: &'a Batch,
        settings: &Settings,
        terms: &'a Terms<'a, 'a>,
    ) -> anyhow::Result<Self> {
        let format = format(args)?;
        if format == SheetFormat::Xlsx && file(args).is_none() && std::io::stdout().is_terminal() {
            bail!("a workbook is nothing for a terminal: name a file with -o");
        }
        hold_apart(args)?;
        // Dropped again: it only proves that the file can be made.
        Target::open(args.output.as_deref())?;
        Ok(Self {
            format,
            keep: Folders::of(Some(&args.fetch), &args.keep, settings)?,
            panel: panel(args, settings, terms.catalog)?,
            args,
            terms,
            look: settings.look(args.output.as_deref()),
            is_quiet: settings.is_quiet(),
        })
    }

    /// Finds out what can be wrong with the output for this list, before anything is asked.
    pub(super) fn hold_against(&mut self, book: &Book, columns: &Columns) -> anyhow::Result<()> {
        let needs_a_column = self.panel.as_ref().is_some_and(Panel::needs_a_column);
        if !needs_a_column || columns.place(Field::Role).is_some() {
            return Ok(());
        }
        if self.args.roles.roles.is_some() {
            bail!(
                "--roles says what roles ask for, but neither --role nor a column of the list says \
                 which role to hold whom against. Headers found: {}",
                book.headers().join(", ")
            );
        }
        // The roles of the configuration are there for lists that name some.
        self.panel = None;
        Ok(())
    }

    /// Opens what is written to.
    pub(super) fn open(&self) -> anyhow::Result<Target> {
        Target::open(self.args.output.as_deref())
    }

    /// Judges every row and writes it.
    pub(super) fn rows<'r>(&'r self, run: Run<'r>, target: &mut Target) -> anyhow::Result<Tally> {
        let Run {
            answers,
            evaluator,
            headers,
            veil,
            mut comparison,
            progress,
        } = run;
        let heading = Heading {
            columns: headers.to_vec(),
            as_of: self.terms.as_of.instant(),
            has_roles: self.panel.is_some(),
            has_changes: comparison.is_some(),
        };
        let mut written = Written::open(self.format, &heading, self.look, target)?;
        let evaluator = evaluator.with_panel(self.panel.as_ref());
        let mut tally = Tally::default();
        let mut totals = Totals::default();
        let seen = |row: &Evaluated<'_>| progress.row(&mut totals, row);
        batch::each(&evaluator, answers, self.order(), seen, |mut row| {
            self.leave(&row, &evaluator)?;
            let before = veil.as_ref().map(|veil| veil.evaluated(&mut row));
            let mut change = match &mut comparison {
                Some(comparison) => Some(comparison.of(&row, before.as_ref())?),
                None => None,
            };
            if let (Some(veil), Some(before), Some(change)) = (&veil, &before, &mut change) {
                veil.change(change, before);
            }
            tally.count(&row, change.as_ref());
            progress.beside(|| written.row(&row, change.as_ref()))
        })?;
        let gone =
            comparison.map_or_else(|| Ok(Vec::new()), |one| one.gone(&mut tally, veil.as_ref()))?;
        progress.clear();
        written.finish(&Closing {
            totals: tally.rows().clone(),
            gone,
        })?;
        Ok(tally)
    }

    /// Shows what was written, and says what came of it; then the journal has served.
    pub(super) fn close(
        &self,
        target: Target,
        tally: &Tally,
        ended: Ended,
        book: Book,
    ) -> anyhow::Result<Exit> {
        self.guard(tally)?;
        target.done(Ok(()))?;
        self.summary(tally, ended, &book);
        if ended == Ended::Whole {
            book.into_journal().remove()?;
        }
        Ok(Exit::of(tally.outcomes()))
    }

    /// Leaves the evidence and the receipt of a row, where they are wanted.
    fn leave(&self, row: &Evaluated<'_>, evaluator: &Evaluator<'_, Live>) -> anyhow::Result<()> {
        if self.keep.is_none() {
            return Ok(());
        }
        let (trip, asked) = evaluator.by_itself(row)?;
        let terms = Terms {
            expected: &row.expected,
            ..*self.terms
        };
        self.keep.leave(&trip, &asked, &terms)
    }

    fn order(&self) -> Order {
        if self.args.sort {
            Order::WorstFirst
        } else {
            Order::List
        }
    }

    /// Keeps a good file from a run that got much less than the one before.
    fn guard(&self, tally: &Tally) -> anyhow::Result<()> {
        match file(self.args) {
            Some(path) if !self.args.earlier.force => {
                Ok(guard::guard(path, Counts::from(tally.rows()))?)
            }
            _ => Ok(()),
        }
    }

    fn summary(&self, tally: &Tally, ended: Ended, book: &Book) {
        if self.is_quiet {
            return;
        }
        // The form for people says it all itself.
        if self.format != SheetFormat::Human {
            say(&tally.sentence());
        }
        if let Some(path) = file(self.args) {
            say(&format!("Written to {}.", path.display()));
        }
        if ended == Ended::Stopped {
            say(&format!(
                "Stopped: rows that were not asked about are undetermined (not-asked). The same \
                 command goes on from {}; --fresh starts over.",
                book.journal().path().display()
            ));
        }
    }
}

/// The file that is written, where it is one.
fn file(args: &Batch) -> Option<&Path> {
    let output = args.output.as_deref();
    output.filter(|path| path.as_os_str() != "-")
}

/// The list is not overwritten by what is made of it.
fn hold_apart(args: &Batch) -> anyhow::Result<()> {
    let Some(Ok(output)) = file(args).map(Path::canonicalize) else {
        return Ok(());
    };
    if args.list != Path::new("-") && args.list.canonicalize().is_ok_and(|list| list == output) {
        bail!(
            "-o names the list itself, {}: give the output another name",
            args.list.display()
        );
    }
    Ok(())
}

/// The format that was asked for, or that the output's extension asks for.
fn format(args: &Batch) -> anyhow::Result<SheetFormat> {
    match (args.format, file(args)) {
        (Some(format), _) => Ok(format),
        (None, None) => Ok(SheetFormat::Human),
        (None, Some(path)) => SheetFormat::of_extension(path).with_context(|| {
            let known = SheetFormat::ALL.map(SheetFormat::as_str).join(", ");
            format!(
                "the extension of {} names no format; say one with --format: {known}",
                path.display()
            )
        }),
    }
}

/// The roles to hold people against, where a file of them is given.
fn panel(args: &Batch, settings: &Settings, catalog: &Catalog) -> anyhow::Result<Option<Panel>> {
    let Some(path) = settings.roles(&args.roles) else {
        if args.roles.role.is_some() {
            bail!("--role needs the file that says what roles ask for: --roles FILE");
        }
        return Ok(None);
    };
    let mut text = String::new();
    std::fs::File::open(&path)
        .and_then(|file| file.take(ROLES_LIMIT + 1).read_to_string(&mut text))
        .with_context(|| format!("cannot read the roles in {}", path.display()))?;
    if text.len() as u64 > ROLES_LIMIT {
        bail!(
            "expected roles of at most 1 MiB in {}, found more",
            path.display()
        );
    }
    let roles = Roles::parse(&text, catalog).with_context(|| format!("in {}", path.display()))?;
    let role = args.roles.role.as_deref();
    Ok(Some(Panel::new(roles, role).context("--role")?))
}
