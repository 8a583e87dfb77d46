//! `bonafide catalog`: what is known of certifications.

mod check;
mod find;
mod update;

use std::path::Path;

use anyhow::bail;

use super::args::{
    Catalog as Args, CatalogCommand, CatalogFormat, CatalogList, CatalogShow, CatalogTree, Format,
};
use super::exit::Exit;
use super::output;
use super::settings::Settings;
use crate::catalog::{Catalog, Entry, State};
use crate::report::catalog::{CatalogDocument, StateWord, list, sheet, show, tree};
use crate::report::json;

pub(super) fn run(args: &Args, settings: &Settings) -> anyhow::Result<Exit> {
    match &args.command {
        CatalogCommand::List(args) => listed(args, settings),
        CatalogCommand::Show(args) => shown(args, settings),
        CatalogCommand::Tree(args) => grown(args, settings),
        CatalogCommand::Check(args) => check::run(args, settings),
        CatalogCommand::Update(args) => update::run(args, settings),
    }
}

fn written(output: Option<&Path>, document: &str) -> anyhow::Result<Exit> {
    output::write(output, document.as_bytes())?;
    Ok(Exit::Success)
}

fn listed(args: &CatalogList, settings: &Settings) -> anyhow::Result<Exit> {
    let catalog = settings.catalog()?;
    let as_of = settings.as_of().instant();
    let filter = Filter::of(args, catalog)?;
    let day = as_of.date_naive();
    let entries: Vec<&Entry> = catalog
        .entries()
        .filter(|entry| filter.takes(entry, day))
        .collect();
    let output = args.target.output.as_deref();
    let document = match args.format {
        CatalogFormat::Human => list(&entries, catalog, as_of, settings.look(output)),
        CatalogFormat::Json => json::text(&CatalogDocument::of(&entries, catalog, as_of)),
        CatalogFormat::Csv => sheet(&entries, catalog, as_of)?,
    };
    written(output, &document)
}

fn shown(args: &CatalogShow, settings: &Settings) -> anyhow::Result<Exit> {
    let catalog = settings.catalog()?;
    let as_of = settings.as_of().instant();
    let entries = find::named(&args.name, catalog)?;
    let output = args.output.output.as_deref();
    let document = match args.output.format {
        Format::Human => show(&entries, catalog, as_of, settings.look(output)),
        Format::Json => json::text(&CatalogDocument::of(&entries, catalog, as_of)),
    };
    written(output, &document)
}

fn grown(args: &CatalogTree, settings: &Settings) -> anyhow::Result<Exit> {
    let catalog = settings.catalog()?;
    let day = settings.as_of().instant().date_naive();
    let only = match &args.name {
        Some(name) => Some(find::named(name, catalog)?),
        None => None,
    };
    let output = args.target.output.as_deref();
    let document = tree(catalog, only.as_deref(), day, settings.look(output));
    written(output, &document)
}

/// What a list is asked for.
struct Filter<'a> {
    args: &'a CatalogList,
    exam: Option<String>,
    words: Vec<String>,
}

impl<'a> Filter<'a> {
    fn of(args: &'a CatalogList, catalog: &Catalog) -> anyhow::Result<Self> {
        let exam = args.exam.as_deref();
        let exam = exam.map(|exam| find::exam(exam, catalog)).transpose()?;
        let words = args.text.iter().flat_map(|text| text.split_whitespace());
        let words: Vec<_> = words.map(str::to_lowercase).collect();
        if args.text.is_some() && words.is_empty() {
            bail!("--text: expected words to look for, found nothing");
        }
        Ok(Self { args, exam, words })
    }

    fn takes(&self, entry: &Entry, day: chrono::NaiveDate) -> bool {
        let args = self.args;
        let state = entry.state_on(day);
        let soon = |within: std::time::Duration| match state {
            State::Retiring(Some(last)) => {
                let days = u64::try_from((last - day).num_days()).unwrap_or(0);
                days <= within.as_secs() / (24 * 60 * 60)
            }
            _ => false,
        };
        let named = |exam: &String| entry.exams().contains(exam);
        args.level.is_none_or(|level| entry.level() == level)
            && args.state.is_none_or(|word| StateWord::of(state) == word)
            && self.exam.as_ref().is_none_or(named)
            && args.retiring_within.is_none_or(soon)
            && self.has_words(entry)
    }

    fn has_words(&self, entry: &Entry) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let names = std::iter::once(entry.title())
            .chain(entry.slug())
            .chain(entry.former_titles().iter().map(String::as_str))
            .chain(entry.aliases().iter().map(String::as_str))
            .chain(entry.exams().iter().map(String::as_str));
        let all = names.collect::<Vec<_>>().join("\n").to_lowercase();
        self.words.iter().all(|word| all.contains(word))
    }
}
