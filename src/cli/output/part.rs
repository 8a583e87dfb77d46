//! The file that a document grows in, beside the one that it will replace.

use std::ffi::OsStr;
use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;
use std::time::Duration;

use tempfile::{Builder, NamedTempFile};

/// A part younger than this may belong to a run that has not locked it yet.
const SETTLED: Duration = Duration::from_mins(1);

const SUFFIX: &str = ".part";

/// Makes the part of a document called `name`, locked while it grows. What runs that were
/// killed left of the same document is removed.
pub(super) fn make(folder: &Path, name: &OsStr) -> io::Result<NamedTempFile> {
    let prefix = format!(".bonafide-{}-", name.to_string_lossy());
    remove_left(folder, &prefix);
    let mut builder = Builder::new();
    builder.prefix(&prefix).suffix(SUFFIX);
    let part = readable_by_default(&mut builder, folder)?;
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

/// With the permissions that a new file would have.
#[cfg(unix)]
fn readable_by_default(builder: &mut Builder<'_, '_>, folder: &Path) -> io::Result<NamedTempFile> {
    use std::os::unix::fs::PermissionsExt;
    builder
        .permissions(std::fs::Permissions::from_mode(0o666))
        .tempfile_in(folder)
}

#[cfg(not(unix))]
fn readable_by_default(builder: &mut Builder<'_, '_>, folder: &Path) -> io::Result<NamedTempFile> {
    builder.tempfile_in(folder)
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
        let name = OsStr::new("out.csv");
        let (left, _) = file(".bonafide-out.csv-abc123.part", 3600);
        let (young, _) = file(".bonafide-out.csv-abc124.part", 1);
        let (other, _) = file(".bonafide-other.csv-abc125.part", 3600);
        let (locked, lock) = file(".bonafide-out.csv-abc126.part", 3600);
        lock.try_lock().unwrap();
        let part = make(folder.path(), name).unwrap();
        assert!(!left.exists());
        assert!(young.exists() && other.exists() && locked.exists());
        assert!(part.path().exists());
    }
}
