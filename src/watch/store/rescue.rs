//! Gets the entries out of any list, also out of a newer or damaged one. Nothing is written.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags};

use super::entries::entry;
use super::{StoreError, schema};
use crate::source::private;
use crate::watch::Entry;

/// The columns of an entry with what stands for those that a version may not have.
const COLUMNS: [(&str, &str); 11] = [
    ("id", "0"),
    ("link", "''"),
    ("name", "NULL"),
    ("owner", "NULL"),
    ("lead", "NULL"),
    ("labels", "'[]'"),
    ("language", "NULL"),
    ("channels", "'[]'"),
    ("note", "NULL"),
    ("snoozed_until", "NULL"),
    ("let_end", "0"),
];

/// Where the numbers of a damaged list end, where it does not say so itself.
const MOST: i64 = 1_000_000;

/// What a URI could take for its own is escaped.
const OWN: &AsciiSet = &CONTROLS.add(b'?').add(b'#').add(b'%').add(b' ');

/// What could be read.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Rescued {
    /// The entries, by number.
    pub entries: Vec<Entry>,
    /// Whether some may be missing: part of the file cannot be read.
    pub is_damaged: bool,
}

/// Reads what can be read of the entries in a file.
///
/// # Errors
/// When there is no list in it at all.
pub fn rescue(path: &Path) -> Result<Rescued, StoreError> {
    let connection = read_only(path)?;
    let sql = select(&connection).map_err(|error| StoreError::of(error, path))?;
    if matches!(schema::is_of_others(&connection), Ok(true)) {
        return Err(StoreError::NotAList {
            path: path.to_owned(),
        });
    }
    Ok(match in_order(&connection, &sql) {
        Ok(entries) => Rescued {
            entries,
            is_damaged: false,
        },
        Err(_) => Rescued {
            entries: one_by_one(&connection, &sql),
            is_damaged: true,
        },
    })
}

/// Opens a file to read it, also where nothing can be made beside it.
pub(super) fn read_only(path: &Path) -> Result<Connection, StoreError> {
    let sound = opened(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .and_then(|connection| schema::version(&connection).map(|_| connection));
    match sound {
        Ok(connection) => Ok(connection),
        // What stands in the log alone so far is of the list too.
        Err(_) if has_log(path) => with_log(path),
        Err(_) => unwritten(path),
    }
}

/// Reads a file that nobody writes into memory. Should somebody who may write it begin to in
/// the meantime, it is read again.
fn unwritten(path: &Path) -> Result<Connection, StoreError> {
    const TIMES: usize = 3;
    let name = without_links(path).to_string_lossy().replace('\\', "/");
    let address = format!("file:{}?immutable=1", utf8_percent_encode(&name, OWN));
    let flags = FLAGS | OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    let read = || in_memory(&Connection::open_with_flags(&address, flags)?);
    let state = || {
        let found = path.metadata().ok();
        let of = |found: std::fs::Metadata| (found.len(), found.modified().ok());
        (found.map(of), has_log(path))
    };
    for _ in 0..TIMES {
        let before = state();
        let memory = read().map_err(|error| StoreError::of(error, path))?;
        if state() == before {
            return Ok(memory);
        }
    }
    Err(StoreError::Busy {
        path: path.to_owned(),
    })
}

/// Reads a file and its log into memory, from copies beside which the index of the log can be
/// made.
fn with_log(path: &Path) -> Result<Connection, StoreError> {
    let failed = |source| StoreError::of_system(source, path);
    let folder = tempfile::tempdir().map_err(failed)?;
    let copy = folder.path().join("watch.sqlite");
    std::fs::copy(path, &copy).map_err(failed)?;
    std::fs::copy(log(path), log(&copy)).map_err(failed)?;
    let read = Connection::open(&copy).and_then(|copy| in_memory(&copy));
    read.map_err(|error| StoreError::of(error, path))
}

fn has_log(path: &Path) -> bool {
    log(path).metadata().is_ok_and(|found| found.len() > 0)
}

/// Where changes stand before they are in the file itself.
fn log(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

/// A copy of a database in memory.
pub(super) fn in_memory(there: &Connection) -> rusqlite::Result<Connection> {
    let mut memory = Connection::open_in_memory()?;
    Backup::new(there, &mut memory)?.run_to_completion(1024, Duration::ZERO, None)?;
    Ok(memory)
}

const FLAGS: OpenFlags = OpenFlags::SQLITE_OPEN_NO_MUTEX.union(OpenFlags::SQLITE_OPEN_NOFOLLOW);

/// Opens a file that is there and no link.
pub(super) fn opened(path: &Path, how: OpenFlags) -> rusqlite::Result<Connection> {
    Connection::open_with_flags(without_links(path), FLAGS | how)
}

/// `SQLite` would else refuse a link anywhere on the way; the folder may be reached by some.
fn without_links(path: &Path) -> PathBuf {
    let folder = private::folder_of(path).canonicalize();
    match (folder, path.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    }
}

fn select(connection: &Connection) -> rusqlite::Result<String> {
    let mut statement = connection.prepare("SELECT name FROM pragma_table_info('entries')")?;
    let there: BTreeSet<String> = statement
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let column = |(name, else_this): &(&str, &'static str)| {
        if there.contains(*name) {
            format!("\"{name}\"")
        } else {
            (*else_this).to_owned()
        }
    };
    let columns: Vec<String> = COLUMNS.iter().map(column).collect();
    Ok(format!("SELECT {} FROM entries", columns.join(", ")))
}

fn in_order(connection: &Connection, sql: &str) -> rusqlite::Result<Vec<Entry>> {
    let mut statement = connection.prepare(&format!("{sql} ORDER BY id"))?;
    statement.query_map([], entry)?.collect()
}

/// A damaged page hides its own rows, and no others when each is asked for by its number.
fn one_by_one(connection: &Connection, sql: &str) -> Vec<Entry> {
    let last = "SELECT seq FROM sqlite_sequence WHERE name = 'entries'";
    let last: i64 = connection
        .query_row(last, [], |row| row.get(0))
        .unwrap_or(MOST);
    let Ok(mut statement) = connection.prepare(&format!("{sql} WHERE id = ?")) else {
        return Vec::new();
    };
    (1..=last.min(MOST))
        .filter_map(|id| statement.query_row([id], entry).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link;
    use crate::watch::{Details, Store, TrackedLink};

    fn add(store: &Store, number: u64) {
        let text = format!("https://learn.microsoft.com/api/credentials/{number:016X}");
        let link = TrackedLink::of(&link::judge(&text)).unwrap();
        store.add(&link, Details::default()).unwrap();
    }

    fn count(connection: &Connection) -> u64 {
        connection
            .query_row("SELECT count(*) FROM entries", [], |row| row.get(0))
            .unwrap()
    }

    #[test]
    fn a_file_that_nobody_writes_is_read_under_any_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder
            .path()
            .join("100% a #list? of mine")
            .join("watch.sqlite");
        let store = Store::open(&path).unwrap();
        add(&store, 1);
        drop(store);
        let before = std::fs::read(&path).unwrap();
        assert_eq!(count(&unwritten(&path).unwrap()), 1);
        assert_eq!(std::fs::read(&path).unwrap(), before);
        assert_eq!(path.parent().unwrap().read_dir().unwrap().count(), 1);
    }

    #[test]
    fn what_stands_in_the_log_alone_is_read_too() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("watch.sqlite");
        let store = Store::open(&path).unwrap();
        add(&store, 1);
        store.compact().unwrap();
        add(&store, 2);
        assert_eq!(count(&unwritten(&path).unwrap()), 1);
        assert!(has_log(&path));
        assert_eq!(count(&with_log(&path).unwrap()), 2);
        assert_eq!(count(&read_only(&path).unwrap()), 2);
    }
}
