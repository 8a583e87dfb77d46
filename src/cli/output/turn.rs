//! One run at a time reads a file and writes it again.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// A run's turn at a file, which ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Turn {
    path: PathBuf,
    // Closed, and so unlocked, after its name is gone.
    _lock: File,
}

/// Waits for this run's turn at a file. `None` where nothing can be locked, such as on some
/// network file systems; there two runs at once are not kept apart.
pub(crate) fn turn(file: &Path) -> Option<Turn> {
    let there = file.canonicalize().ok()?;
    let name = there.file_name()?.to_string_lossy();
    let path = there.with_file_name(format!(".bonafide-{name}.lock"));
    loop {
        let lock = open(&path).ok()?;
        lock.lock().ok()?;
        // The run before may have removed the name while this one waited.
        if is_still_there(&lock, &path) {
            return Some(Turn { path, _lock: lock });
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.create(true).truncate(false).write(true).open(path)
}

/// Whether a path still leads to the file that was opened by it.
#[cfg(unix)]
fn is_still_there(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), std::fs::metadata(path)) {
        (Ok(opened), Ok(there)) => (opened.dev(), opened.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

/// Elsewhere a name that is open is not free for another file until it is closed.
#[cfg(not(unix))]
fn is_still_there(_file: &File, path: &Path) -> bool {
    path.exists()
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
                        let _turn = turn(&file).unwrap();
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
}
