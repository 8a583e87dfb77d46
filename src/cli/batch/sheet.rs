//! The document under way.

use std::io::{self, BufWriter};

use anyhow::Context;

use super::super::output::Target;
use crate::batch::against::Change;
use crate::batch::{Evaluated, headline};
use crate::report::Look;
use crate::report::json::ResultJson;
use crate::report::sheet::{
    self, ChangeJson, Closing, Heading, Outlet, RoleJson, Sheet, SheetFormat, SheetRow,
};

/// The document under way, until nobody reads it any more.
pub(super) struct Written<'w> {
    sheet: Option<Box<dyn Sheet + 'w>>,
    /// What it is written to, for messages.
    name: String,
}

impl<'w> Written<'w> {
    /// Begins the document in `target`.
    pub(super) fn open(
        format: SheetFormat,
        heading: &Heading,
        look: Look,
        target: &'w mut Target,
    ) -> anyhow::Result<Self> {
        let name = target.name();
        let outlet = Outlet {
            out: Box::new(BufWriter::with_capacity(1 << 16, target)),
            spool: Box::new(tempfile::tempfile().context("cannot make a temporary file")?),
            look,
        };
        let mut written = Self { sheet: None, name };
        match sheet::open(format, heading, outlet) {
            Ok(sheet) => written.sheet = Some(sheet),
            Err(error) => written.unless_broken(Err(error))?,
        }
        Ok(written)
    }

    /// Writes a row.
    pub(super) fn row(
        &mut self,
        row: &Evaluated<'_>,
        change: Option<&Change>,
    ) -> anyhow::Result<()> {
        let Some(sheet) = &mut self.sheet else {
            return Ok(());
        };
        let results: Vec<_> = row.trip.verifications.iter().map(ResultJson::of).collect();
        let written = sheet.row(&SheetRow {
            number: row.row.number,
            cells: &row.row.cells,
            results: &results,
            headline: headline(&row.trip.verifications),
            role: row.role.as_ref().map(RoleJson::of).as_ref(),
            change: change.map(ChangeJson::from).as_ref(),
        });
        self.unless_broken(written)
    }

    /// Ends the document.
    pub(super) fn finish(mut self, closing: &Closing) -> anyhow::Result<()> {
        match self.sheet.take() {
            Some(sheet) => {
                let finished = sheet.finish(closing);
                self.unless_broken(finished)
            }
            None => Ok(()),
        }
    }

    /// A broken pipe is no error: whoever reads has seen enough. The rest is still judged,
    /// so that the exit code is right.
    fn unless_broken(&mut self, written: io::Result<()>) -> anyhow::Result<()> {
        match written {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.sheet = None;
                Ok(())
            }
            written => written.with_context(|| format!("cannot write {}", self.name)),
        }
    }
}
