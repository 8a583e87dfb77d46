//! Why the list cannot be used.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why the list of what is watched cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The file or its folder cannot be read or written.
    #[error("cannot use the list of watched credentials {}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Another run is telling people.
    #[error("another run is at the list {}; wait until it ends", .path.display())]
    InUse {
        /// The file.
        path: PathBuf,
    },
    /// A later version of the program wrote it.
    #[error(
        "the list {} is of a newer version of this program ({found}, known here: {known}); it was \
         left as it is: use the newer program, or take the data out with `bonafide track export`",
        .path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: u32,
        /// The newest version known here.
        known: u32,
    },
    /// It is a database of another program.
    #[error(
        "expected a list of watched credentials in {}, found another program's database; it was \
         left as it is",
        .path.display()
    )]
    NotAList {
        /// The file.
        path: PathBuf,
    },
    /// It is damaged.
    #[error(
        "the list {} is damaged ({said}); it was left as it is: take out what can still be read \
         with `bonafide track export`, move the file away, and import it again",
        .path.display()
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What the database says.
        said: String,
    },
    /// The disk is full.
    #[error("there is no space left for the list {}; nothing was noted", .path.display())]
    Full {
        /// The file.
        path: PathBuf,
    },
    /// It may only be read.
    #[error("the list {} may not be written; nothing was noted", .path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// Another program holds it for too long.
    #[error("another program has held the list {} for too long; try again", .path.display())]
    Busy {
        /// The file.
        path: PathBuf,
    },
    /// Anything else that the database says.
    #[error("cannot use the list {}", .path.display())]
    Database {
        /// The file.
        path: PathBuf,
        /// Why.
        source: rusqlite::Error,
    },
    /// A test ended the run.
    #[cfg(test)]
    #[error("the test ended the run")]
    Ended,
}

impl StoreError {
    pub(super) fn of(error: rusqlite::Error, path: &Path) -> Self {
        let path = path.to_owned();
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged {
                path,
                said: error.to_string(),
            },
            Some(ErrorCode::DiskFull) => Self::Full { path },
            Some(ErrorCode::ReadOnly) => Self::ReadOnly { path },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy { path },
            _ => Self::Database {
                path,
                source: error,
            },
        }
    }
}
