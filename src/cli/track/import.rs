//! `bonafide track import`.

use std::collections::HashMap;
use std::path::Path;

use anyhow::Context;

use crate::batch::input::{self, Options, Row, Source};
use crate::cli::args::TrackImport;
use crate::cli::exit::Exit;
use crate::cli::say;
use crate::cli::settings::Settings;
use crate::source::without_sharing_id;
use crate::watch::{Added, Entry, Existing, Importer, Store, StoreError, TrackedLink, Unused};

/// So many rows are named to people.
const NAMED: usize = 10;

pub(super) fn run(args: &TrackImport, settings: &Settings) -> anyhow::Result<Exit> {
    let source = if args.list == Path::new("-") {
        Source::Stream(Box::new(std::io::stdin()))
    } else {
        Source::File(args.list.clone())
    };
    let mut list = input::open(source, &Options::default())?;
    // To its end before anything is written: a list that breaks off is not imported by half.
    let rows: Result<Vec<Row>, _> = list.by_ref().collect();
    let rows = rows.context("nothing was imported")?;
    let importer = Importer::new(list.headers(), &args.map)
        .with_context(|| format!("nothing was imported: in {}", args.list.display()))?;
    if let Some(said) = unused(&importer.unused(&rows)) {
        say(&said);
    }
    let mut read = Read::default();
    let known: Vec<&str> = settings
        .channel_settings()
        .keys()
        .map(String::as_str)
        .collect();
    for row in &rows {
        read.take(&importer, row, &known);
    }
    let existing = if args.update {
        Existing::TakesOver
    } else {
        Existing::Stays
    };
    // A list of which nothing can be taken begins none.
    if !read.entries.is_empty() {
        let store = super::open(settings)?;
        read.restored = store.restore(&read.entries, existing)?;
        read.differing = read.differing(&store)?;
    }
    read.ended();
    Ok(if read.refused == 0 {
        Exit::Success
    } else {
        Exit::Failed
    })
}

/// The columns that nobody reads, in words.
fn unused(columns: &[Unused]) -> Option<String> {
    if columns.is_empty() {
        return None;
    }
    let named = columns.iter().map(|column| match column.meant {
        Some(meant) => format!("{} (did you mean {meant}?)", column.header),
        None => column.header.clone(),
    });
    let named: Vec<_> = named.collect();
    let noun = if named.len() == 1 {
        "column"
    } else {
        "columns"
    };
    Some(format!("Not used: the {noun} {}.", named.join(", ")))
}

/// What the rows came to.
#[derive(Debug, Default)]
struct Read {
    entries: Vec<Entry>,
    /// The number of the row of each entry.
    rows: Vec<u64>,
    /// Which entry a link is in.
    links: HashMap<TrackedLink, usize>,
    refused: u64,
    /// What became of each entry.
    restored: Vec<Added>,
    /// Rows that say something else than what is tracked, and stays.
    differing: Vec<u64>,
}

impl Read {
    fn take(&mut self, importer: &Importer<'_>, row: &Row, channels: &[&str]) {
        let channel = |name: &str| super::known_channel(name, channels);
        let read = importer.entry(row, channel).and_then(|entry| {
            let Some(&before) = self.links.get(&entry.link) else {
                return Ok(entry);
            };
            if self.entries[before] == entry {
                return Ok(entry);
            }
            let before = self.rows[before];
            Err(vec![format!(
                "its link stands in row {before} already, which says something else of it"
            )])
        });
        match read {
            Ok(entry) => {
                self.links
                    .entry(entry.link.clone())
                    .or_insert(self.entries.len());
                self.entries.push(entry);
                self.rows.push(row.number);
            }
            Err(wrong) => {
                self.refused += 1;
                let name = importer.name(row);
                let name = name.map_or_else(String::new, |name| format!(" ({name})"));
                let said = format!("row {}{name}: {}", row.number, wrong.join("; "));
                say(&without_sharing_id(&said));
            }
        }
    }

    fn differing(&self, store: &Store) -> Result<Vec<u64>, StoreError> {
        let mut differing = Vec::new();
        for (at, added) in self.restored.iter().enumerate() {
            if let Added::Known(id) = added
                && let Some(mut there) = store.entry(*id)?
                && there.take_over(self.entries[at].clone())
            {
                differing.push(self.rows[at]);
            }
        }
        Ok(differing)
    }

    /// Says how it ended.
    fn ended(&self) {
        let count = |is: fn(&Added) -> bool| self.restored.iter().filter(|added| is(added)).count();
        let new = count(|added| matches!(added, Added::New(_)));
        let known = count(|added| matches!(added, Added::Known(_)));
        let changed = match count(|added| matches!(added, Added::Changed(_))) {
            0 => String::new(),
            changed => format!("{changed} changed, "),
        };
        if !self.differing.is_empty() {
            say(&format!(
                "Left as tracked, though the list says something else of them: {}. To take that over: --update.",
                named(&self.differing)
            ));
        }
        let untold = self.of_nobody();
        if !untold.is_empty() {
            say(&format!(
                "Nobody is named to tell (email or lead) in {}: only channels that need no address, such as a chat's, tell of them.",
                named(&untold)
            ));
        }
        let next = match new {
            0 => "",
            _ => {
                " `bonafide remind` looks at them; `bonafide doctor` says whether everybody would be told."
            }
        };
        say(&format!(
            "{new} added, {changed}{known} tracked already, {} not taken.{next}",
            self.refused
        ));
    }

    /// The rows of new entries that name nobody.
    fn of_nobody(&self) -> Vec<u64> {
        let is_of_nobody = |at: &usize| {
            let details = &self.entries[*at].details;
            let is_new = matches!(self.restored[*at], Added::New(_));
            is_new && details.owner.is_none() && details.lead.is_none()
        };
        let places = 0..self.restored.len();
        places
            .filter(is_of_nobody)
            .map(|at| self.rows[at])
            .collect()
    }
}

fn named(rows: &[u64]) -> String {
    let first: Vec<_> = rows.iter().take(NAMED).map(ToString::to_string).collect();
    let noun = if rows.len() == 1 { "row" } else { "rows" };
    let more = match rows.len() - first.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("{noun} {}{more}", first.join(", "))
}
