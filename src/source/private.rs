//! Files that only their owner may read. Everything that differs by platform is here.
//!
//! On Unix a folder is made with mode 0700 and a file with 0600. On Windows both inherit
//! the access list of the folder above, which in a user's profile is the user's own.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::Path;

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

/// Opens a file to read and append to, and makes it where it is not there.
pub(crate) fn open_private(path: &Path) -> io::Result<File> {
    let mut options = fs::OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
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
