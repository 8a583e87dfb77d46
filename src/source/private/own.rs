//! Whether what stands in a place is this user's own.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use super::system;

/// How many links one may lead to the next.
const LINKS: usize = 40;

/// Opens a file that is no link, a plain file and nobody else's.
pub(super) fn opened(options: &OpenOptions, path: &Path) -> io::Result<File> {
    let file = here(options, path)?;
    own(&file.metadata()?)?;
    Ok(file)
}

/// Opens a plain file that stands just here.
pub(super) fn here(options: &OpenOptions, path: &Path) -> io::Result<File> {
    let refused = || wrong("it is a link; expected a plain file: look who made it, and remove it");
    let is_link = || fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink());
    let file = match options.open(path) {
        Err(_) if is_link() => return Err(refused()),
        file => file?,
    };
    // Where a system follows links when it opens.
    if is_link() {
        return Err(refused());
    }
    if !file.metadata()?.is_file() {
        return Err(wrong("expected a plain file, found something else"));
    }
    Ok(file)
}

/// Refuses what belongs to somebody else, who could have written anything into it.
///
/// # Errors
/// When it does.
fn own(found: &Metadata) -> io::Result<()> {
    match system::stranger(found) {
        None => Ok(()),
        Some(user) => Err(wrong(&format!(
            "it belongs to user {user}, and what others wrote is not believed: run as that user, \
             or remove it"
        ))),
    }
}

/// Refuses a folder of the data directory that leads elsewhere or is somebody else's.
pub(super) fn folder(directory: &Path) -> io::Result<()> {
    let found = fs::symlink_metadata(directory)?;
    if found.is_symlink() {
        return Err(wrong(
            "its folder is a link; expected a folder: look who made it, and remove it",
        ));
    }
    own(&found)
}

/// Whether a folder of the data directory is one, and this user's own.
pub(crate) fn is_own_dir(directory: &Path) -> bool {
    directory.is_dir() && folder(directory).is_ok()
}

/// Where a file is written that somebody named: through links that they or root made, and
/// through nobody else's.
///
/// # Errors
/// When a link is somebody else's; when nothing is there.
pub(crate) fn followed(path: &Path) -> io::Result<PathBuf> {
    let mut at = path.to_owned();
    for _ in 0..LINKS {
        let Ok(found) = fs::symlink_metadata(&at) else {
            break;
        };
        if !found.is_symlink() {
            break;
        }
        if let Some(user) = system::stranger(&found) {
            let leads = fs::read_link(&at).unwrap_or_default();
            return Err(wrong(&format!(
                "{} is a link that user {user} made, to {}; links of others are not followed: \
                 remove it, or give another name",
                at.display(),
                leads.display()
            )));
        }
        match fs::read_link(&at) {
            Ok(next) => at = super::folder_of(&at).join(next),
            Err(_) => break,
        }
    }
    path.canonicalize()
}

/// Who else can change what is in the data directory, and what to do about it; `None` where
/// nobody can, or nothing is there.
pub(crate) fn exposure(directory: &Path) -> Option<String> {
    let itself = fs::symlink_metadata(directory).ok()?;
    let found = fs::metadata(directory).ok()?;
    let shown = directory.display();
    if let Some(user) = system::stranger(&itself).or_else(|| system::stranger(&found)) {
        return Some(format!(
            "the data directory {shown} belongs to user {user}, who can change what is in it: run \
             as that user, or name another with --data-dir"
        ));
    }
    let mode = system::open_to_all(&found)?;
    Some(format!(
        "everybody may write to the data directory {shown} (mode {mode:04o}): chmod 700 it"
    ))
}

fn wrong(message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, message)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::super::{create_own_dir, open_lock, open_own, open_private, read_own};
    use super::*;

    #[test]
    fn no_link_is_followed_whatever_it_leads_to() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("target");
        fs::write(&target, "theirs").unwrap();
        for (name, to) in [
            ("file", &target),
            ("nothing", &folder.path().join("absent")),
        ] {
            let link = folder.path().join(name);
            symlink(to, &link).unwrap();
            for opened in [open_private(&link), open_own(&link), open_lock(&link)] {
                let said = opened.unwrap_err().to_string();
                assert!(said.contains("it is a link"), "{name}: {said}");
            }
            assert!(read_own(&link, 100).is_err());
        }
        assert_eq!(fs::read(&target).unwrap(), b"theirs");
        assert!(!folder.path().join("absent").exists());
        let link = folder.path().join("cache");
        symlink(folder.path(), &link).unwrap();
        assert!(create_own_dir(&link).is_err());
        assert!(!is_own_dir(&link) && is_own_dir(folder.path()));
    }

    #[test]
    fn a_pipe_is_neither_waited_for_nor_read() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.unwrap().success());
        assert!(open_own(&pipe).is_err());
        assert!(open_private(&pipe).is_err());
    }

    #[test]
    fn a_folder_that_everybody_may_write_to_is_said() {
        let folder = tempfile::tempdir().unwrap();
        for (mode, is_said) in [
            (0o700, false),
            (0o755, false),
            (0o770, false),
            (0o777, true),
            // As the system's folder for temporary files: what is there is its owner's.
            (0o1777, false),
        ] {
            fs::set_permissions(folder.path(), fs::Permissions::from_mode(mode)).unwrap();
            let said = exposure(folder.path());
            assert_eq!(said.is_some(), is_said, "{mode:o} {said:?}");
        }
        assert_eq!(exposure(&folder.path().join("absent")), None);
    }
}
