//! Where documents go: standard output, or a file that is replaced atomically.

mod part;
mod turn;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::source::private::{folder_of, followed, sync_dir};
pub(crate) use turn::{Turn, turn};

/// Writes a document to `-` or nothing as standard output, else to that file.
///
/// A broken pipe is no error: whoever reads has seen enough.
///
/// # Errors
/// When the file or standard output cannot be written; the message names the file.
pub(crate) fn write(output: Option<&Path>, document: &[u8]) -> anyhow::Result<()> {
    let mut target = Target::open(output)?;
    let written = target.write_all(document);
    target.done(written)
}

/// Somewhere that a document grows in, and is only seen when it is whole.
#[derive(Debug)]
pub(crate) enum Target {
    /// Standard output.
    Stdout(io::Stdout),
    /// A file that takes another's place at the end.
    Staged {
        file: tempfile::NamedTempFile,
        path: PathBuf,
    },
    /// What is there and no plain file, such as a pipe.
    Device { file: std::fs::File, path: PathBuf },
}

impl Target {
    /// Opens `-` or nothing as standard output, else prepares to replace that file.
    ///
    /// # Errors
    /// When nothing could be written there; the message names the file.
    pub(crate) fn open(output: Option<&Path>) -> anyhow::Result<Self> {
        match output {
            None => Ok(Self::Stdout(io::stdout())),
            Some(path) if path == Path::new("-") => Ok(Self::Stdout(io::stdout())),
            Some(path) => {
                Self::file(path).with_context(|| format!("cannot write {}", path.display()))
            }
        }
    }

    fn file(path: &Path) -> io::Result<Self> {
        let path = match followed(path) {
            // A link stays, and what it leads to is replaced.
            Ok(there) if there.is_file() => there,
            Ok(there) if there.is_dir() => {
                return Err(io::Error::other("it is a folder; expected a file"));
            }
            Ok(path) => {
                let file = std::fs::OpenOptions::new().write(true).open(&path)?;
                return Ok(Self::Device { file, path });
            }
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => return Err(error),
            Err(_) => path.to_owned(),
        };
        let folder = folder_of(&path);
        if !folder.is_dir() {
            let message = format!("there is no folder {}", folder.display());
            return Err(io::Error::new(io::ErrorKind::NotFound, message));
        }
        let file = part::make(&path)?;
        Ok(Self::Staged { file, path })
    }

    /// Ends the document: shows it if it was written as a whole, and else leaves no trace.
    ///
    /// # Errors
    /// What `written` says, except that nobody reads any more; or that it cannot be shown.
    pub(crate) fn done(mut self, written: io::Result<()>) -> anyhow::Result<()> {
        let name = self.name();
        match written
            .and_then(|()| self.flush())
            .and_then(|()| self.show())
        {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            shown => shown.with_context(|| format!("cannot write {name}")),
        }
    }

    /// What it is called in "cannot write …".
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Stdout(_) => "to standard output".to_owned(),
            Self::Staged { path, .. } | Self::Device { path, .. } => path.display().to_string(),
        }
    }

    /// Puts the file in its place: a reader sees the old one or the new one, never a part. It
    /// is on the disk then, also by its name: what it was made of may go.
    fn show(self) -> io::Result<()> {
        if let Self::Staged { file, path } = self {
            file.as_file().sync_all()?;
            file.persist(&path).map_err(|error| error.error)?;
            sync_dir(folder_of(&path))?;
        }
        Ok(())
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(out) => out.write(bytes),
            Self::Staged { file, .. } => file.write(bytes),
            Self::Device { file, .. } => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(out) => out.flush(),
            Self::Staged { file, .. } => file.flush(),
            Self::Device { file, .. } => file.flush(),
        }
    }
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
        write(Some(&link), b"new").unwrap();
        assert!(link.is_symlink());
        assert_eq!(std::fs::read(&file).unwrap(), b"new");
    }

    #[test]
    fn a_file_that_is_replaced_stays_as_private_as_it_was() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("out.csv");
        for mode in [0o600, 0o640, 0o444, 0o666] {
            let _ = std::fs::remove_file(&file);
            std::fs::write(&file, "old").unwrap();
            std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
            write(Some(&file), b"new").unwrap();
            let now = file.metadata().unwrap().permissions().mode() & 0o777;
            assert_eq!(now, mode, "{now:o}");
        }
    }

    #[test]
    fn a_device_is_written_into() {
        write(Some(Path::new("/dev/null")), b"document").unwrap();
        assert!(!Path::new("/dev/null").is_file());
    }
}
