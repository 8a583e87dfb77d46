//! Removes files, and lines of files, that are this program's.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::holding::{Item, is_leftover};
use super::search::{Hit, lines};
use super::{DataDir, Sort};
use crate::source::private::{self, Durability, is_plain_file};
use crate::watch::{EntryId, Store};

/// What was removed, and what could not be.
#[derive(Debug, Default)]
pub struct Removal {
    /// How many things went, by sort: files, or answers in a journal.
    pub gone: BTreeMap<Sort, u64>,
    /// Files that are still there, each with the reason.
    pub left: Vec<(PathBuf, io::Error)>,
}

impl Removal {
    fn note(&mut self, item: &Item, removed: io::Result<u64>) {
        match removed {
            Ok(number) => *self.gone.entry(item.sort).or_default() += number,
            Err(error) => self.left.push((item.path.clone(), error)),
        }
    }
}

/// Removes whole files, with what means nothing without them.
pub fn remove_items(items: impl IntoIterator<Item = Item>) -> Removal {
    let mut removal = Removal::default();
    for item in items {
        removal.note(&item, remove(&item));
    }
    removal
}

/// Removes what was found about a person: files, and of a journal the lines alone.
pub fn remove_hits(hits: &[Hit]) -> Removal {
    let mut removal = Removal::default();
    let mut journals: BTreeMap<&Path, (&Item, BTreeSet<u64>)> = BTreeMap::new();
    for hit in hits {
        match hit.line {
            None => removal.note(&hit.item, remove(&hit.item)),
            Some(line) => {
                let journal = journals.entry(&hit.item.path);
                let (_, lines) = journal.or_insert_with(|| (&hit.item, BTreeSet::new()));
                lines.insert(line);
            }
        }
    }
    for (item, lines) in journals.into_values() {
        let removed = match item.sort {
            Sort::Watch => unwatched(item, &lines),
            _ => without(item, &lines),
        };
        removal.note(item, removed);
    }
    removal
}

/// Removes what the data directory holds beside its places, and the directories that are
/// empty then.
///
/// # Errors
/// When one of the files cannot be removed.
pub fn remove_rest(data: &DataDir) -> io::Result<()> {
    for file in [data.register(), data.register_lock(), data.stamp()] {
        remove_file(&file)?;
    }
    for folder in [data.catalog(), data.path().to_owned()] {
        remove_left(&folder, |_| true)?;
    }
    for folder in [data.cache(), data.journals(), data.path().to_owned()] {
        // One that still holds something stays.
        let _ = fs::remove_dir(folder);
    }
    Ok(())
}

/// Removes the key of the pseudonyms; says whether there was one.
///
/// # Errors
/// When it cannot be removed.
pub fn remove_key(data: &DataDir) -> io::Result<bool> {
    let key = data.redaction_key();
    let was = is_plain_file(&key);
    remove_file(&key)?;
    Ok(was)
}

fn remove(item: &Item) -> io::Result<u64> {
    if item.is_in_use() {
        return Err(in_use());
    }
    for companion in item.companions() {
        remove_file(&companion)?;
    }
    remove_file(&item.path)?;
    Ok(1)
}

/// Removes a plain file; what is none, such as a link, is never touched. One that is not
/// there is as good as removed.
fn remove_file(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Ok(found) if !found.file_type().is_file() => {
            let message = "expected a plain file, found something else";
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        found => found?,
    };
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

/// Writes a journal anew without some of its lines. What was answered in them is asked
/// again if the run goes on.
fn without(item: &Item, unwanted: &BTreeSet<u64>) -> io::Result<u64> {
    let lock = item.path.with_extension("lock");
    let lock = private::open_private(&lock)?;
    lock.try_lock().map_err(|_| in_use())?;
    let folder = item.path.parent().unwrap_or(Path::new("."));
    let mut staged = private::staged(folder, b"", Durability::Lazy)?;
    lines(item, &mut |number, line| {
        if unwanted.contains(&number) {
            Ok(())
        } else {
            staged.write_all(line)
        }
    })?;
    staged.as_file().sync_all()?;
    staged.persist(&item.path)?;
    private::sync_dir(folder)?;
    Ok(unwanted.len() as u64)
}

/// Removes entries from the list of watched credentials, with what people were told of them.
fn unwatched(item: &Item, entries: &BTreeSet<u64>) -> io::Result<u64> {
    let _turn = Store::lock(&item.path).map_err(|_| in_use())?;
    let store = Store::open(&item.path).map_err(io::Error::other)?;
    let mut gone = 0;
    for id in entries.iter().filter_map(|id| i64::try_from(*id).ok()) {
        gone += u64::from(store.remove(EntryId(id)).map_err(io::Error::other)?);
    }
    store.compact().map_err(io::Error::other)?;
    Ok(gone)
}

fn in_use() -> io::Error {
    let message = "a run is writing it; wait until it ends";
    io::Error::new(io::ErrorKind::ResourceBusy, message)
}

/// Removes what killed runs were writing into a folder whose other files have names of their
/// own, where it is old enough.
pub(super) fn remove_left(folder: &Path, is_old: impl Fn(&fs::Metadata) -> bool) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let is_ours = is_leftover(&entry.file_name().to_string_lossy());
        if is_ours && is_old(&entry.metadata()?) {
            remove_file(&entry.path())?;
        }
    }
    Ok(())
}
