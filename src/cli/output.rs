//! Where documents go: standard output, or a file that is replaced atomically.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;

/// Writes a document to `-` or nothing as standard output, else to that file.
///
/// A broken pipe is no error: whoever reads has seen enough.
///
/// # Errors
/// When the file or standard output cannot be written; the message names the file.
pub(crate) fn write(output: Option<&Path>, document: &[u8]) -> anyhow::Result<()> {
    match output {
        None => to_stdout(document),
        Some(path) if path == Path::new("-") => to_stdout(document),
        Some(path) => {
            replace(path, document).with_context(|| format!("cannot write {}", path.display()))
        }
    }
}

fn to_stdout(document: &[u8]) -> anyhow::Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(document).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written.context("cannot write to standard output"),
    }
}

/// Replaces a file as a whole: a reader sees the old one or the new one, never a part.
/// What is there and no plain file, such as a pipe, is written into.
fn replace(path: &Path, document: &[u8]) -> io::Result<()> {
    let path = match path.canonicalize() {
        // A link stays, and what it leads to is replaced.
        Ok(there) if there.is_file() => there,
        Ok(there) => {
            return std::fs::OpenOptions::new()
                .write(true)
                .open(there)?
                .write_all(document);
        }
        Err(_) => path.to_owned(),
    };
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    if !folder.is_dir() {
        let message = format!("there is no folder {}", folder.display());
        return Err(io::Error::new(io::ErrorKind::NotFound, message));
    }
    let mut file = readable_by_default(&folder)?;
    file.write_all(document)?;
    file.as_file().sync_all()?;
    file.persist(&path).map_err(|error| error.error)?;
    Ok(())
}

/// A temporary file beside its target, with the permissions that a new file would have.
#[cfg(unix)]
fn readable_by_default(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    use std::os::unix::fs::PermissionsExt;
    tempfile::Builder::new()
        .permissions(std::fs::Permissions::from_mode(0o666))
        .tempfile_in(folder)
}

#[cfg(not(unix))]
fn readable_by_default(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    tempfile::NamedTempFile::new_in(folder)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_link_stays_and_its_file_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        std::fs::write(&file, "old").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        replace(&link, b"new").unwrap();
        assert!(link.is_symlink());
        assert_eq!(std::fs::read(&file).unwrap(), b"new");
    }

    #[test]
    fn a_device_is_written_into() {
        replace(Path::new("/dev/null"), b"document").unwrap();
        assert!(!Path::new("/dev/null").is_file());
    }
}
