//! Gets the entries out of any list, also out of a newer or damaged one. Nothing is written.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
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
    let open = || {
        let connection = read_only(path)?;
        let sql = select(&connection)?;
        Ok((connection, sql))
    };
    let (connection, sql) = open().map_err(|error| StoreError::of(error, path))?;
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

/// Opens a file to read it. Where not even the files beside it can be made, it is read as one
/// that nobody writes.
pub(super) fn read_only(path: &Path) -> rusqlite::Result<Connection> {
    let connection = opened(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    if schema::version(&connection).is_ok() {
        return Ok(connection);
    }
    let name = without_links(path).to_string_lossy().replace('\\', "/");
    let address = format!("file:{}?immutable=1", utf8_percent_encode(&name, OWN));
    let flags = FLAGS | OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    let unwritten = Connection::open_with_flags(address, flags)?;
    schema::version(&unwritten)?;
    Ok(unwritten)
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
