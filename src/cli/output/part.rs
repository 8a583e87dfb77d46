//! The file that a document grows in, beside the one that it will replace.

use std::fs::{File, Metadata, OpenOptions};
use std::io;
use std::path::Path;
use std::time::Duration;

use tempfile::{Builder, NamedTempFile};

use crate::source::private::{folder_of, handed_on};

/// A part younger than this may belong to a run that has not locked it yet.
const SETTLED: Duration = Duration::from_mins(1);

const SUFFIX: &str = ".part";

/// Makes the part of the document `path`, locked while it grows, and as private as what is
/// there now. What runs that were killed left of the same document is removed.
pub(super) fn make(path: &Path) -> io::Result<NamedTempFile> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let prefix = format!(".bonafide-{name}-");
    let folder = folder_of(path);
    remove_left(folder, &prefix);
    let mut builder = Builder::new();
    builder.prefix(&prefix).suffix(SUFFIX);
    let old = path.symlink_metadata().ok().filter(Metadata::is_file);
    let part = handed_on(&mut builder, folder, old.as_ref())?;
    // Some file systems have no locks; then a part may be left, or taken for left.
    let _ = part.as_file().try_lock();
    Ok(part)
}

fn remove_left(folder: &Path, prefix: &str) {
    let Ok(entries) = folder.read_dir() else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(prefix) && name.ends_with(SUFFIX) && is_left(&entry.path()) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Whether nobody writes a part any more.
fn is_left(path: &Path) -> bool {
    let is_plain = path.symlink_metadata().is_ok_and(|it| it.is_file());
    let file = OpenOptions::new().append(true).open(path);
    is_plain && file.is_ok_and(|file| is_settled(&file) && file.try_lock().is_ok())
}

fn is_settled(file: &File) -> bool {
    let changed = file.metadata().and_then(|it| it.modified());
    changed.is_ok_and(|at| at.elapsed().is_ok_and(|age| age > SETTLED))
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;

    #[test]
    fn what_a_killed_run_left_is_removed_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, age: u64| {
            let path = folder.path().join(name);
            let file = File::create(&path).unwrap();
            let at = SystemTime::now() - Duration::from_secs(age);
            file.set_modified(at).unwrap();
            (path, file)
        };
        let (left, _) = file(".bonafide-out.csv-abc123.part", 3600);
        let (young, _) = file(".bonafide-out.csv-abc124.part", 1);
        let (other, _) = file(".bonafide-other.csv-abc125.part", 3600);
        let (locked, lock) = file(".bonafide-out.csv-abc126.part", 3600);
        lock.try_lock().unwrap();
        let part = make(&folder.path().join("out.csv")).unwrap();
        assert!(!left.exists());
        assert!(young.exists() && other.exists() && locked.exists());
        assert!(part.path().exists());
    }
}
