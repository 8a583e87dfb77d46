//! What Unix knows of files that other systems do not: modes, owners, names that are links.

use std::fs::{DirBuilder, File, Metadata, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{
    DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _, fchown,
};
use std::path::Path;

use rustix::fs::OFlags;
use tempfile::Builder;

/// Everybody may write.
const BY_ALL: u32 = 0o002;

/// Only the owner of a file may take its name away, whoever may write to the folder.
const STICKY: u32 = 0o1000;

/// A folder for its owner alone.
pub(super) fn close_folder(builder: &mut DirBuilder) {
    builder.mode(0o700);
}

/// A new file is for its owner alone; no name that is a link is followed, and nothing is
/// waited for at a pipe.
pub(super) fn close_file(options: &mut OpenOptions) {
    stay_here(options);
    options.mode(0o600);
}

/// No name that is a link is followed, and nothing is waited for at a pipe.
pub(super) fn stay_here(options: &mut OpenOptions) {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    options.custom_flags(flags.bits().cast_signed());
}

/// The number of a user whom this process should not believe: neither its own nor root.
pub(super) fn stranger(found: &Metadata) -> Option<u32> {
    is_stranger(found.uid(), rustix::process::geteuid().as_raw()).then(|| found.uid())
}

fn is_stranger(owner: u32, own: u32) -> bool {
    owner != own && owner != 0
}

/// The mode of a folder in which everybody can replace what is there.
pub(super) fn open_to_all(found: &Metadata) -> Option<u32> {
    let mode = found.mode() & 0o7777;
    (mode & BY_ALL != 0 && mode & STICKY == 0).then_some(mode)
}

/// Makes a file that others are handed: the umask decides who may read it.
pub(super) fn open_file(builder: &mut Builder<'_, '_>) {
    builder.permissions(Permissions::from_mode(0o666));
}

/// Gives a new file what the one has whose place it will take: who may read and write it,
/// and where that is allowed its owner and group.
pub(super) fn take_after(new: &File, old: &Metadata) -> io::Result<()> {
    let now = new.metadata()?;
    if (now.uid(), now.gid()) != (old.uid(), old.gid()) {
        // Only root gives files away, and a group only to its members; neither is needed.
        let _ = fchown(new, Some(old.uid()), Some(old.gid()))
            .or_else(|_| fchown(new, None, Some(old.gid())));
    }
    new.set_permissions(Permissions::from_mode(old.mode() & 0o777))
}

/// Whether a path leads to the file that was opened by it, and not by now to another.
pub(super) fn is_still_there(file: &File, path: &Path) -> bool {
    match (file.metadata(), path.symlink_metadata()) {
        (Ok(opened), Ok(there)) => (opened.dev(), opened.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

/// Makes a rename in a folder last through a power cut.
pub(super) fn sync_dir(directory: &Path) -> io::Result<()> {
    File::open(directory)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_oneself_and_root_are_no_strangers() {
        for (owner, own, stranger) in [
            (1000, 1000, false),
            (0, 1000, false),
            (0, 0, false),
            (1001, 1000, true),
            // Root runs what a user's files say only when it runs as that user.
            (1000, 0, true),
        ] {
            assert_eq!(is_stranger(owner, own), stranger, "{owner} {own}");
        }
    }
}
