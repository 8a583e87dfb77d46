//! Files that only their owner may read, and names that lead nowhere else.
//!
//! On Unix a folder is made with mode 0700 and a file with 0600, whatever the umask. The data
//! directory may itself be a link that somebody made; below it no link is followed, and a
//! file or folder of somebody else's is not believed. What differs by system is in `unix`
//! and `elsewhere`, and nowhere else in the program.

#[cfg(not(unix))]
mod elsewhere;
mod own;
#[cfg(unix)]
mod unix;

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tempfile::NamedTempFile;

#[cfg(not(unix))]
use elsewhere as system;
pub(crate) use own::{exposure, followed, is_own_dir};
#[cfg(unix)]
use unix as system;

/// Whether a file must have reached the disk before it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Durability {
    /// Losing it in a power cut does no harm.
    Lazy,
    /// It is on the disk once written.
    Synced,
}

/// Makes `directory` and what is missing above it, for the owner alone. A link to a folder
/// will do.
pub(crate) fn create_dir(directory: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    system::close_folder(&mut builder);
    builder.create(directory)
}

/// Makes a folder of the data directory, which is no link and nobody else's.
pub(crate) fn create_own_dir(directory: &Path) -> io::Result<()> {
    create_dir(directory)?;
    own::folder(directory)
}

/// Writes a whole new file beside where it will stand, for [`NamedTempFile::persist`].
pub(crate) fn staged(
    directory: &Path,
    bytes: &[u8],
    durability: Durability,
) -> io::Result<NamedTempFile> {
    // `tempfile` makes its files with mode 0600 on Unix, under a name that was not there.
    let mut file = tempfile::Builder::new()
        .prefix(".new-")
        .suffix(".tmp")
        .tempfile_in(directory)?;
    file.write_all(bytes)?;
    if durability == Durability::Synced {
        file.as_file().sync_all()?;
    }
    Ok(file)
}

/// Opens a file of the data directory to read and write, and makes it where it is not there.
pub(crate) fn open_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    system::close_file(&mut options);
    own::opened(&options, path)
}

/// Opens a file of the data directory to read it.
pub(crate) fn open_own(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    system::stay_here(&mut options);
    own::opened(&options, path)
}

/// Reads a file of the data directory, of at most `limit` bytes; a larger one is
/// [`io::ErrorKind::FileTooLarge`].
pub(crate) fn read_own(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    at_most(open_own(path)?, limit)
}

/// Opens a file by which runs keep out of each other's way, and makes it where it is not
/// there. It may be another user's: nothing is read from it.
pub(crate) fn open_lock(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    system::stay_here(&mut options);
    own::here(&options, path).or_else(|error| match error.kind() {
        // It is enough to read it.
        io::ErrorKind::PermissionDenied => {
            let mut options = OpenOptions::new();
            options.read(true);
            system::stay_here(&mut options);
            own::here(&options, path)
        }
        _ => Err(error),
    })
}

/// Locks a file once nobody else has it locked, and gives up after `patience` with
/// [`io::ErrorKind::TimedOut`]. The system unlocks what a killed process had locked.
pub(crate) fn lock_within(file: &File, patience: Duration) -> io::Result<()> {
    let begun = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::Error(error)) => return Err(error),
            Err(TryLockError::WouldBlock) if begun.elapsed() >= patience => {
                let message = format!("another run has held it for {} s", patience.as_secs());
                return Err(io::Error::new(io::ErrorKind::TimedOut, message));
            }
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(20)),
        }
    }
}

/// Whether a path still leads to the file that was opened by it.
pub(crate) fn is_still_there(file: &File, path: &Path) -> bool {
    system::is_still_there(file, path)
}

/// How many files of one name there may be in one second.
const SAME_NAME_LIMIT: u32 = 10_000;

/// Writes a new file `{stem}{end}` in `directory`, which is made if it is missing; where
/// that name is taken, `{stem}-2{end}` and so on. Nothing is ever overwritten. On return
/// the file is on the disk, readable by its owner alone.
pub(crate) fn write_new(
    directory: &Path,
    stem: &str,
    end: &str,
    bytes: &[u8],
) -> io::Result<PathBuf> {
    create_dir(directory)?;
    let mut staged = staged(directory, bytes, Durability::Synced)?;
    for number in 1..SAME_NAME_LIMIT {
        let path = directory.join(match number {
            1 => format!("{stem}{end}"),
            _ => format!("{stem}-{number}{end}"),
        });
        match staged.persist_noclobber(&path) {
            Ok(_) => {
                sync_dir(directory)?;
                return Ok(path);
            }
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
                staged = error.file;
            }
            Err(error) => return Err(error.error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Writes the file `path` as a whole, readable by its owner alone. A file that is there
/// stays, and is [`io::ErrorKind::AlreadyExists`], unless it is to be replaced.
pub(crate) fn write_at(path: &Path, bytes: &[u8], existing: Existing) -> io::Result<()> {
    let directory = folder_of(path);
    let staged = staged(directory, bytes, Durability::Synced)?;
    match existing {
        Existing::Stays => staged.persist_noclobber(path),
        Existing::Replaced => staged.persist(path),
    }
    .map_err(|error| error.error)?;
    sync_dir(directory)
}

/// What becomes of a file that is already there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Existing {
    /// It stays as it is.
    Stays,
    /// The new one takes its place.
    Replaced,
}

/// The folder in which a file stands.
pub(crate) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// Makes a rename in `directory` last through a power cut, where the platform can.
pub(crate) fn sync_dir(directory: &Path) -> io::Result<()> {
    system::sync_dir(directory)
}

/// Makes a file with the permissions that any new file would have, or those of the `old`
/// one whose place it will take.
pub(crate) fn handed_on(
    builder: &mut tempfile::Builder<'_, '_>,
    folder: &Path,
    old: Option<&fs::Metadata>,
) -> io::Result<NamedTempFile> {
    let Some(old) = old else {
        system::open_file(builder);
        return builder.tempfile_in(folder);
    };
    // Its owner's alone until it is as the old one is.
    let new = builder.tempfile_in(folder)?;
    system::take_after(new.as_file(), old)?;
    Ok(new)
}

/// Reads a file of at most `limit` bytes; a larger one is [`io::ErrorKind::FileTooLarge`].
pub(crate) fn read_bounded(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    at_most(File::open(path)?, limit)
}

fn at_most(file: File, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}

/// Whether an error says that a file is not there. None is below what is no folder either,
/// such as `/dev/null`, the home of many a service's account.
pub(crate) fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

/// Whether `path` itself is a plain file and no link to one.
pub(crate) fn is_plain_file(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.file_type().is_file())
}
