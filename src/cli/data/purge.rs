//! `bonafide data purge`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context;
use chrono::Utc;
use serde::Serialize;

use super::{places, who};
use crate::cli::args::{Format, Purge};
use crate::cli::exit::Exit;
use crate::cli::output;
use crate::report::json;
use crate::report::neutral::terminal_line;
use crate::store::{self, Certainty, DataDir, Hit, Item, Place, Removal, Search, Sort};

#[derive(Default, Serialize)]
struct Document {
    schema_version: u8,
    dry_run: bool,
    /// How many things went, or would go, by sort: files, or answers in a journal.
    removed: BTreeMap<&'static str, u64>,
    /// Whether the key of the pseudonyms went, or would go.
    redaction_key: bool,
    /// What would go; empty where something went.
    would_go: Vec<String>,
    /// What may be about the person and was left.
    uncertain: Vec<String>,
    /// Files that could not be read, so that nobody knows whom they are about.
    unreadable: Vec<String>,
    /// Files that could not be removed, each with the reason.
    left: Vec<String>,
}

pub(super) fn run(args: &Purge, data: &DataDir) -> anyhow::Result<Exit> {
    let places = places(data)?;
    let mut document = Document {
        schema_version: json::SCHEMA_VERSION,
        dry_run: args.dry_run,
        ..Document::default()
    };
    if let Some(person) = &args.person {
        of_person(args, store::search(&places, &who(person)?), &mut document);
    } else if let Some(time) = args.older_than {
        let now = Utc::now();
        // The list of watched credentials is kept by somebody, however long ago.
        let is_old =
            |item: &Item| item.sort != Sort::Watch && store::is_older(item.written_at, time, now);
        let old = items(&places).filter(is_old);
        whole(args, old, &mut document);
    } else if args.all {
        whole(args, items(&places), &mut document);
    }
    if args.redaction_key || args.all {
        document.redaction_key = data.redaction_key().is_file();
        if !args.dry_run {
            store::remove_key(data).context("cannot remove the redaction key")?;
        }
    }
    if args.all && !args.dry_run && document.left.is_empty() {
        store::remove_rest(data).context("cannot empty the data directory")?;
    }
    let text = match args.output.format {
        Format::Json => json::text(&document),
        Format::Human => human(&document),
    };
    output::write(args.output.output.as_deref(), text.as_bytes())?;
    Ok(exit(&document))
}

fn items(places: &[Place]) -> impl Iterator<Item = Item> {
    places.iter().flat_map(Place::items)
}

fn of_person(args: &Purge, found: Search, document: &mut Document) {
    let is_wanted =
        |hit: &Hit| args.include_uncertain || hit.basis.certainty() == Certainty::Certain;
    let (wanted, uncertain): (Vec<_>, Vec<_>) = found.hits.into_iter().partition(is_wanted);
    document.uncertain = uncertain.iter().map(place_of).collect();
    document.unreadable = found.unreadable.iter().map(|path| shown(path)).collect();
    if args.dry_run {
        for hit in &wanted {
            *document.removed.entry(hit.item.sort.as_str()).or_default() += 1;
        }
        document.would_go = wanted.iter().map(place_of).collect();
    } else {
        took(store::remove_hits(&wanted), document);
    }
}

fn whole(args: &Purge, items: impl Iterator<Item = Item>, document: &mut Document) {
    if args.dry_run {
        for item in items {
            *document.removed.entry(item.sort.as_str()).or_default() += 1;
            document.would_go.push(shown(&item.path));
        }
    } else {
        took(store::remove_items(items), document);
    }
}

fn took(removal: Removal, document: &mut Document) {
    let gone = removal.gone.into_iter();
    document.removed = gone.map(|(sort, number)| (sort.as_str(), number)).collect();
    document.left = removal
        .left
        .iter()
        .map(|(path, error)| format!("{}: {error}", path.display()))
        .collect();
}

fn place_of(hit: &Hit) -> String {
    match hit.line {
        Some(entry) if hit.item.sort == Sort::Watch => {
            format!("{}, entry {entry}", hit.item.path.display())
        }
        Some(line) => format!("{}, line {line}", hit.item.path.display()),
        None => shown(&hit.item.path),
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn human(document: &Document) -> String {
    let mut text = String::new();
    for path in &document.would_go {
        let _ = writeln!(text, "would go  {}", terminal_line(path));
    }
    let mut parts: Vec<String> = Sort::ALL
        .iter()
        .filter_map(|sort| document.removed.get_key_value(sort.as_str()))
        .map(|(sort, number)| format!("{number} of {sort}"))
        .collect();
    if document.redaction_key {
        parts.push("the redaction key".to_owned());
    }
    let what = if parts.is_empty() {
        "nothing".to_owned()
    } else {
        parts.join(", ")
    };
    let verb = if document.dry_run {
        "Would be removed"
    } else {
        "Removed"
    };
    let _ = writeln!(text, "{verb}: {what}.");
    for (list, about) in [
        (
            &document.uncertain,
            "may be theirs and was left (--include-uncertain takes it too)",
        ),
        (&document.unreadable, "could not be read"),
        (&document.left, "could not be removed"),
    ] {
        for path in list {
            let _ = writeln!(text, "{about}: {}", terminal_line(path));
        }
    }
    text
}

fn exit(document: &Document) -> Exit {
    if !document.left.is_empty() {
        Exit::Usage
    } else if !document.uncertain.is_empty() || !document.unreadable.is_empty() {
        Exit::Undetermined
    } else {
        Exit::Success
    }
}
