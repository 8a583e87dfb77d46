//! What is watched and what was told, in one file of the data directory: a `SQLite` database.
//!
//! A message is claimed before it is sent and confirmed after. Between the two stands only the
//! channel, so that a run that ends anywhere leaves either nothing, or one message in flight
//! that the next run sends again under the same key.

mod calendar;
mod documents;
mod doubles;
mod entries;
mod error;
mod messages;
mod rescue;
mod runs;
mod schema;
mod watched;

#[cfg(test)]
mod tests;

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

pub use documents::documents;
pub use doubles::{Doubles, Place};
pub use entries::Added;
pub use error::StoreError;
pub use messages::{Claim, Recipient, Told, Trouble};
pub use rescue::{Rescued, rescue};
pub use runs::{Run, RunOutcome};
pub use watched::{Seen, Watched};

use crate::source::private;

/// How long one program waits for another that is writing.
const BUSY: Duration = Duration::from_secs(10);

/// The list of what is watched.
pub struct Store {
    connection: Connection,
    path: PathBuf,
    #[cfg(test)]
    trip: Option<Trip>,
}

/// Ends a run in a test, before or after any change of the store.
#[cfg(test)]
type Trip = Box<dyn Fn() -> bool>;

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

/// Held while a run tells people, so that no second one does.
#[derive(Debug)]
pub struct RunLock {
    _file: File,
}

impl Store {
    /// Opens the list, or begins it. An earlier version's is brought to this one.
    ///
    /// # Errors
    /// When the file is none of this program's, of a newer version, damaged, or cannot be
    /// written; it is left as it is.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let failed = |source| StoreError::Io {
            path: path.to_owned(),
            source,
        };
        private::create_dir(path.parent().unwrap_or(Path::new("."))).map_err(failed)?;
        // Made for its owner alone; `SQLite` gives its other files the same permissions.
        drop(private::open_private(path).map_err(failed)?);
        inspect(path)?;
        let connection = rescue::opened(path, OpenFlags::SQLITE_OPEN_READ_WRITE);
        let store = connection.and_then(|connection| {
            connection.busy_timeout(BUSY)?;
            connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
            // A claim must be on the disk before its message leaves.
            connection.pragma_update(None, "synchronous", "FULL")?;
            // Where a disk says so before it is: on macOS.
            connection.pragma_update(None, "fullfsync", true)?;
            connection.pragma_update(None, "foreign_keys", true)?;
            schema::migrate(&connection)?;
            Ok(Self::of(connection, path))
        });
        store.map_err(|error| StoreError::of(error, path))
    }

    /// Opens a list that is there to read it; `None` where there is none.
    ///
    /// # Errors
    /// As for [`Store::open`].
    pub fn open_existing(path: &Path) -> Result<Option<Self>, StoreError> {
        match path.try_exists() {
            Ok(true) => Self::open(path).map(Some),
            Ok(false) => Ok(None),
            Err(source) => Err(StoreError::Io {
                path: path.to_owned(),
                source,
            }),
        }
    }

    /// A copy in memory, in which a run can be tried. The file is only read.
    ///
    /// # Errors
    /// When the file cannot be read, or is none of this program's.
    pub fn trial(path: &Path) -> Result<Self, StoreError> {
        let copy = || {
            let mut memory = Connection::open_in_memory()?;
            if path.exists() {
                let there = rescue::read_only(path)?;
                rusqlite::backup::Backup::new(&there, &mut memory)?.run_to_completion(
                    1024,
                    Duration::ZERO,
                    None,
                )?;
            }
            memory.pragma_update(None, "foreign_keys", true)?;
            Ok(memory)
        };
        if path.exists() {
            inspect(path)?;
        }
        let memory = copy().map_err(|error| StoreError::of(error, path))?;
        schema::migrate(&memory).map_err(|error| StoreError::of(error, path))?;
        Ok(Self::of(memory, path))
    }

    fn of(connection: Connection, path: &Path) -> Self {
        connection.set_prepared_statement_cache_capacity(64);
        Self {
            connection,
            path: path.to_owned(),
            #[cfg(test)]
            trip: None,
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Takes the turn of telling people.
    ///
    /// # Errors
    /// When another run has it.
    pub fn lock(path: &Path) -> Result<RunLock, StoreError> {
        let failed = |source| StoreError::Io {
            path: path.to_owned(),
            source,
        };
        private::create_dir(path.parent().unwrap_or(Path::new("."))).map_err(failed)?;
        let file = private::open_private(&path.with_extension("lock")).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(RunLock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse {
                path: path.to_owned(),
            }),
            Err(TryLockError::Error(source)) => Err(failed(source)),
        }
    }

    /// Looks through the whole file for damage.
    ///
    /// # Errors
    /// When it is damaged or cannot be read.
    pub fn check(&self) -> Result<(), StoreError> {
        let said: Result<String, _> =
            self.connection
                .query_row("PRAGMA quick_check(1)", [], |row| row.get(0));
        match said {
            Ok(said) if said == "ok" => Ok(()),
            Ok(said) => Err(StoreError::Damaged {
                path: self.path.clone(),
                said,
            }),
            Err(error) => Err(self.failed(error)),
        }
    }

    /// Writes what is there already, to see whether anything can be written.
    ///
    /// # Errors
    /// When it cannot.
    pub fn try_writing(&self) -> Result<(), StoreError> {
        self.change(|change| {
            let version = schema::version(change)?;
            change.pragma_update(None, "user_version", version)
        })
    }

    /// Overwrites what was removed, as far as the file itself goes.
    ///
    /// # Errors
    /// When the list cannot be written.
    pub fn compact(&self) -> Result<(), StoreError> {
        self.read(|connection| connection.execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);"))
    }

    /// One change: it is on the disk as a whole when this returns, or not at all.
    fn change<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        self.may_end()?;
        let changed = || {
            let change =
                Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
            let result = work(&change)?;
            change.commit()?;
            Ok(result)
        };
        let result = changed().map_err(|error| self.failed(error))?;
        self.may_end()?;
        Ok(result)
    }

    fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        work(&self.connection).map_err(|error| self.failed(error))
    }

    fn failed(&self, error: rusqlite::Error) -> StoreError {
        StoreError::of(error, &self.path)
    }

    /// Where a test may end the run.
    #[cfg(not(test))]
    #[expect(
        clippy::unnecessary_wraps,
        clippy::unused_self,
        reason = "only a test ends a run here"
    )]
    fn may_end(&self) -> Result<(), StoreError> {
        Ok(())
    }

    #[cfg(test)]
    fn may_end(&self) -> Result<(), StoreError> {
        match &self.trip {
            Some(trip) if trip() => Err(StoreError::Ended),
            _ => Ok(()),
        }
    }

    /// Ends the run where `trip` says so.
    #[cfg(test)]
    pub(super) fn with_trip(mut self, trip: impl Fn() -> bool + 'static) -> Self {
        self.trip = Some(Box::new(trip));
        // A run that ends is no power cut: what was written is there.
        self.connection
            .pragma_update(None, "synchronous", "OFF")
            .expect("the list is open");
        self
    }
}

/// Looks at a file without changing anything.
fn inspect(path: &Path) -> Result<(), StoreError> {
    if path.metadata().is_ok_and(|found| found.len() == 0) {
        return Ok(());
    }
    let look = || {
        let connection = rescue::read_only(path)?;
        Ok((
            schema::version(&connection)?,
            schema::is_of_others(&connection)?,
        ))
    };
    let path = path.to_owned();
    if let Err(source) = private::open_own(&path) {
        return Err(StoreError::Io { path, source });
    }
    match look() {
        Ok((_, true)) => Err(StoreError::NotAList { path }),
        Ok((version, false)) if version > schema::VERSION => Err(StoreError::Newer {
            path,
            found: version,
            known: schema::VERSION,
        }),
        Ok(_) => Ok(()),
        Err(error) => Err(StoreError::of(error, &path)),
    }
}
