//! Why the list cannot be used.

use std::fs::File;
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why the list of what is watched cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The system refuses it for another reason than those below.
    #[error("cannot use the list of watched credentials {}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file or its folder is somebody else's.
    #[error(
        "no permission for the list {}: it, or its folder, is somebody else's; run this as them, or \
         name another folder with --data-dir",
        .path.display()
    )]
    Forbidden {
        /// The file.
        path: PathBuf,
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
    #[error(
        "there is no space left for the list {}, so nothing was noted; make room there, and run \
         this again",
        .path.display()
    )]
    Full {
        /// The file.
        path: PathBuf,
    },
    /// The system lets the file grow no further.
    #[error(
        "the list {} may not grow any more, so nothing was noted: the system limits how large a \
         file may be (ulimit -f); raise that limit, and run this again",
        .path.display()
    )]
    Limited {
        /// The file.
        path: PathBuf,
    },
    /// It may only be read.
    #[error(
        "the list {} may only be read: its file, its folder or its whole disk is read-only, so \
         nothing was noted; make it writable, or name another folder with --data-dir",
        .path.display()
    )]
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
    #[error(
        "cannot use the list {}: {said}; nothing was noted: try again, and look at the disk if it \
         stays so",
        .path.display()
    )]
    Database {
        /// The file.
        path: PathBuf,
        /// What the database says.
        said: String,
    },
    /// A test ended the run.
    #[cfg(test)]
    #[error("the test ended the run")]
    Ended,
}

impl StoreError {
    pub(super) fn of(error: rusqlite::Error, path: &Path) -> Self {
        let code = error.sqlite_error_code();
        let said = words(error);
        let path = path.to_owned();
        match code {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Damaged { path, said }
            }
            // A value that is none of ours stands in a row.
            None => Self::Damaged { path, said },
            Some(ErrorCode::DiskFull) => Self::Full { path },
            Some(ErrorCode::ReadOnly) => Self::ReadOnly { path },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy { path },
            // `SQLite` does not hand on what the system said, so that it is asked once more.
            Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => match tried(&path) {
                Err(source) => Self::of_system(source, &path),
                Ok(()) => Self::Database { path, said },
            },
            Some(_) => Self::Database { path, said },
        }
    }

    /// What the system says of the file or its folder.
    pub(super) fn of_system(source: io::Error, path: &Path) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::PermissionDenied => Self::Forbidden { path },
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full { path },
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { path },
            io::ErrorKind::FileTooLarge => Self::Limited { path },
            _ => Self::Io { path, source },
        }
    }

    /// Whether the file may be sound, and only cannot be written here.
    pub fn is_of_writing(&self) -> bool {
        match self {
            Self::Io { .. }
            | Self::Forbidden { .. }
            | Self::Full { .. }
            | Self::Limited { .. }
            | Self::ReadOnly { .. }
            | Self::Database { .. } => true,
            Self::InUse { .. }
            | Self::Newer { .. }
            | Self::NotAList { .. }
            | Self::Damaged { .. }
            | Self::Busy { .. } => false,
            #[cfg(test)]
            Self::Ended => false,
        }
    }
}

/// What the database says, without its numbers.
fn words(error: rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqliteFailure(_, Some(said)) => said,
        rusqlite::Error::SqliteFailure(failure, None) => {
            rusqlite::ffi::code_to_str(failure.extended_code).to_owned()
        }
        other => other.to_string(),
    }
}

/// Writes beside the list what the database may have wanted to: at the length of the list, so
/// that a limit of it is met too. What is written is gone at once.
fn tried(path: &Path) -> io::Result<()> {
    const MORE: usize = 64 * 1024;
    let length = File::open(path)?.metadata()?.len();
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    let mut file = tempfile::tempfile_in(folder.unwrap_or(Path::new(".")))?;
    file.seek(SeekFrom::Start(length))?;
    file.write_all(&vec![0; MORE])?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_system(kind: io::ErrorKind) -> String {
        StoreError::of_system(kind.into(), Path::new("/data/watch.sqlite")).to_string()
    }

    #[test]
    fn what_the_system_refuses_is_a_sentence_with_what_to_do() {
        use io::ErrorKind::{
            FileTooLarge, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull,
        };
        for (kind, said) in [
            (StorageFull, "no space left for the list /data/watch.sqlite"),
            (QuotaExceeded, "make room there"),
            (FileTooLarge, "raise that limit"),
            (ReadOnlyFilesystem, "may only be read"),
            (PermissionDenied, "run this as them"),
        ] {
            let error = of_system(kind);
            assert!(error.contains(said), "{kind:?}: {error}");
            assert!(!error.contains(|c: char| c.is_ascii_digit()), "{error}");
        }
    }

    #[test]
    fn no_error_of_the_database_is_a_number() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("watch");
        std::fs::write(&path, "").unwrap();
        for code in [10, 14, 266, 778, 1034, 1546, 4618, 4874, 5386, 7, 15] {
            let failure = rusqlite::ffi::Error::new(code);
            for said in [None, Some("disk I/O error".to_owned())] {
                let error = rusqlite::Error::SqliteFailure(failure, said);
                let said = format!("{:#}", anyhow::Error::new(StoreError::of(error, &path)));
                let said = said.replace(&*folder.path().to_string_lossy(), "");
                assert!(said.contains("nothing was noted"), "{said}");
                assert!(!said.contains(|c: char| c.is_ascii_digit()), "{said}");
            }
        }
    }
}
