//! `bonafide catalog check`: how old the knowledge is, and whether a table is sound.

use std::path::Path;

use super::super::args::{CatalogCheck, Format};
use super::super::exit::Exit;
use super::super::knowledge;
use super::super::output;
use super::super::settings::Settings;
use crate::catalog::flaws;
use crate::report::catalog::{CheckDocument, Parts, checked, table_checked};
use crate::report::json;

pub(super) fn run(args: &CatalogCheck, settings: &Settings) -> anyhow::Result<Exit> {
    let to = args.output.output.as_deref();
    if let Some(path) = &args.table {
        return table(path, args, settings);
    }
    let knowledge = settings.knowledge()?;
    let usual = settings.own_catalog();
    let own = knowledge.own.as_ref();
    let parts = Parts {
        catalog: knowledge.catalog(),
        listing: knowledge.listing.as_ref(),
        own: own.map(|own| (own.path.display().to_string(), &own.rows)),
        own_place: usual.path().map(|path| path.display().to_string()),
    };
    let document = CheckDocument::of(&parts, settings.as_of().instant());
    let text = match args.output.format {
        Format::Human => checked(&document, settings.look(to)),
        Format::Json => json::text(&document),
    };
    output::write(to, text.as_bytes())?;
    Ok(if document.is_old() {
        Exit::Undetermined
    } else {
        Exit::Success
    })
}

fn table(path: &Path, args: &CatalogCheck, settings: &Settings) -> anyhow::Result<Exit> {
    let to = args.output.output.as_deref();
    let found = flaws(&knowledge::table(path)?);
    let document = CheckDocument::of_table(&path.display().to_string(), &found);
    let text = match args.output.format {
        Format::Human => table_checked(&document, settings.look(to)),
        Format::Json => json::text(&document),
    };
    output::write(to, text.as_bytes())?;
    Ok(if found.is_empty() {
        Exit::Success
    } else {
        Exit::Failed
    })
}
