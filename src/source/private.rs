//! Files that only their owner may read. Everything that differs by platform is here.
//!
//! On Unix a folder is made with mode 0700 and a file with 0600. On Windows both inherit
//! the access list of the folder above, which in a user's profile is the user's own.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// Whether a file must have reached the disk before it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Durability {
    /// Losing it in a power cut does no harm.
    Lazy,
    /// It is on the disk once written.
    Synced,
}

/// Makes `directory` and what is missing above it, for the owner alone.
pub(crate) fn create_dir(directory: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(directory)
}

/// Writes a whole new file beside where it will stand, for [`NamedTempFile::persist`].
pub(crate) fn staged(
    directory: &Path,
    bytes: &[u8],
    durability: Durability,
) -> io::Result<NamedTempFile> {
    // `tempfile` makes its files with mode 0600 on Unix.
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

/// Opens a file to read and write, and makes it where it is not there.
pub(crate) fn open_private(path: &Path) -> io::Result<File> {
    let mut options = fs::OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
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
    let directory = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
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

/// Makes a rename in `directory` last through a power cut, where the platform can.
pub(crate) fn sync_dir(directory: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(directory)?.sync_all()?;
    }
    Ok(())
}

/// Reads a file of at most `limit` bytes; a larger one is [`io::ErrorKind::FileTooLarge`].
pub(crate) fn read_bounded(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}

/// Whether `path` itself is a plain file and no link to one.
pub(crate) fn is_plain_file(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.file_type().is_file())
}
