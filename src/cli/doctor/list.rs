//! The list: whether it can be used, and whether anything is in it.

use std::path::Path;

use super::entries;
use crate::cli::settings::Settings;
use crate::cli::{schedule, track};
use crate::report::doctor::{Check, DoctorDocument, State};
use crate::schedule::Kind;
use crate::source::private;
use crate::watch::{Entry, Store, StoreError};

/// Looks at the list, and at who would be told of what is in it.
pub(super) fn look(
    document: &mut DoctorDocument,
    found: &[schedule::Found],
    settings: &Settings,
) -> anyhow::Result<Option<Store>> {
    let path = track::place(settings)?;
    if let Some(exposure) = path.parent().and_then(private::exposure) {
        document.found(Check::List, None, State::Problem, &exposure);
    }
    let (store, entries) = match opened(&path) {
        Ok(opened) => opened.map_or((None, Vec::new()), |(store, entries)| {
            (Some(store), entries)
        }),
        Err(error) => {
            // What cannot be written may be read, and says who would be told.
            let copy = error.is_of_writing().then(|| Store::open_to_read(&path));
            let message = format!("{:#}", anyhow::Error::new(error));
            document.found(Check::List, None, State::Problem, &message);
            let Some(Ok(Some(copy))) = copy else {
                return Ok(None);
            };
            tracked(document, &copy.entries()?, settings);
            entries::never_seen(document, &copy)?;
            return Ok(Some(copy));
        }
    };
    if entries.is_empty() {
        let last = store.as_ref().map(Store::last_runs).transpose()?;
        let has_run = last.is_some_and(|(last, _)| last.is_some());
        nothing(document, has_run || is_scheduled(found), &path);
    } else {
        let links = if entries.len() == 1 { "link" } else { "links" };
        let (number, shown) = (entries.len(), path.display());
        let message = format!("{number} {links} in {shown}, sound and writable");
        document.found(Check::List, None, State::Fine, &message);
    }
    tracked(document, &entries, settings);
    if let Some(store) = &store {
        entries::never_seen(document, store)?;
        doubles(document, store)?;
    }
    Ok(store)
}

/// Says which credentials are tracked more than once: people are told of them once, but what
/// is set for one entry is easily looked for in the other.
fn doubles(document: &mut DoctorDocument, store: &Store) -> anyhow::Result<()> {
    for places in store.doubles()?.groups() {
        let ids: Vec<_> = places.iter().map(|(id, _)| id.to_string()).collect();
        let message = format!(
            "entries {} lead to the same credential, of which people are told once; bonafide track \
             remove takes one out",
            ids.join(" and ")
        );
        document.found(Check::Entries, None, State::Note, &message);
    }
    Ok(())
}

fn opened(path: &Path) -> Result<Option<(Store, Vec<Entry>)>, StoreError> {
    let Some(store) = Store::open_existing(path)? else {
        return Ok(None);
    };
    store.check()?;
    store.try_writing()?;
    let entries = store.entries()?;
    Ok(Some((store, entries)))
}

fn tracked(document: &mut DoctorDocument, entries: &[Entry], settings: &Settings) {
    document.tracked = Some(entries.len() as u64);
    entries::look(document, entries, settings);
}

/// Says that nothing is watched, which nobody may take for being watched over.
fn nothing(document: &mut DoctorDocument, is_awaited: bool, path: &Path) {
    let shown = path.display();
    let (state, message) = if is_awaited {
        let message = format!(
            "runs are started, and nothing is tracked in {shown}: nobody will ever be reminded; \
             bonafide track add \"LINK\", or bonafide schedule --remove"
        );
        (State::Problem, message)
    } else {
        let message = format!("nothing is tracked yet, in {shown}; bonafide track add \"LINK\"");
        (State::Note, message)
    };
    document.found(Check::List, None, state, &message);
}

/// Whether something starts runs with this list; a service of the machine has its own.
fn is_scheduled(found: &[schedule::Found]) -> bool {
    found.iter().any(|one| one.kind != Kind::SystemdSystem)
}
