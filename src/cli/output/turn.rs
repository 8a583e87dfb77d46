//! One run at a time reads a file and writes it again.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;

use crate::source::private::{folder_of, followed, is_still_there, lock_within, open_lock};

/// How long another run is waited for. It has its turn only while it writes.
const PATIENCE: Duration = Duration::from_mins(1);

/// How many runs in a row may have removed the lock's name while this one waited for it.
const TIMES: u32 = 1_000;

/// A run's turn at a file, which ends when this is dropped, or the run is killed.
#[derive(Debug)]
pub(crate) struct Turn {
    path: PathBuf,
    // Closed, and so unlocked, after its name is gone.
    _lock: File,
}

/// Waits for this run's turn at a file, which need not be there yet. `None` where nothing can
/// be locked, such as on some network file systems; there two runs at once are not kept apart.
///
/// # Errors
/// When another run has its turn for more than a minute, or a link stands where the lock would.
pub(crate) fn turn(file: &Path) -> anyhow::Result<Option<Turn>> {
    let there = followed(file).or_else(|_| named(file));
    let Ok(there) = there else {
        return Ok(None);
    };
    let name = there.file_name().unwrap_or_default().to_string_lossy();
    let path = there.with_file_name(format!(".bonafide-{name}.lock"));
    wait(&path, PATIENCE).with_context(|| format!("cannot take a turn at {}", file.display()))
}

/// A file that is not there, in a folder that is.
fn named(file: &Path) -> io::Result<PathBuf> {
    let folder = folder_of(file).canonicalize()?;
    Ok(folder.join(file.file_name().unwrap_or_default()))
}

fn wait(path: &Path, patience: Duration) -> io::Result<Option<Turn>> {
    for _ in 0..TIMES {
        let lock = match open_lock(path) {
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => {
                let message = format!("{}: {error}", path.display());
                return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
            }
            Err(_) => return Ok(None),
            Ok(lock) => lock,
        };
        match lock_within(&lock, patience) {
            Err(error) if error.kind() == io::ErrorKind::TimedOut => return Err(error),
            Err(_) => return Ok(None),
            Ok(()) => {}
        }
        // The run before may have removed the name while this one waited.
        if is_still_there(&lock, path) {
            let path = path.to_owned();
            return Ok(Some(Turn { path, _lock: lock }));
        }
    }
    let message = "other runs were always first";
    Err(io::Error::new(io::ErrorKind::TimedOut, message))
}

impl Drop for Turn {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_follow_one_another_and_leave_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("README.md");
        std::fs::write(&file, "0").unwrap();
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..20 {
                        let _turn = turn(&file).unwrap().unwrap();
                        let number: u32 = std::fs::read_to_string(&file).unwrap().parse().unwrap();
                        std::thread::yield_now();
                        std::fs::write(&file, (number + 1).to_string()).unwrap();
                    }
                });
            }
        });
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "160");
        assert_eq!(folder.path().read_dir().unwrap().count(), 1);
    }

    #[test]
    fn what_a_killed_run_left_blocks_nobody_and_a_run_that_hangs_not_for_ever() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".bonafide-README.md.lock");
        std::fs::write(&path, "").unwrap();
        let held = wait(&path, Duration::ZERO).unwrap().unwrap();
        let said = wait(&path, Duration::ZERO).unwrap_err();
        assert_eq!(said.kind(), io::ErrorKind::TimedOut, "{said}");
        drop(held);
        assert!(!path.exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_the_place_of_the_lock_makes_no_file_elsewhere() {
        let folder = tempfile::tempdir().unwrap();
        let (file, elsewhere) = (folder.path().join("file"), folder.path().join("elsewhere"));
        std::fs::write(&file, "").unwrap();
        let lock = folder.path().join(".bonafide-file.lock");
        std::os::unix::fs::symlink(&elsewhere, &lock).unwrap();
        let said = format!("{:#}", turn(&file).unwrap_err());
        assert!(said.contains(".bonafide-file.lock: it is a link"), "{said}");
        assert!(!elsewhere.exists());
    }
}
