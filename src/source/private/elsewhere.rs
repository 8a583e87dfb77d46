//! What stands for modes, owners and folders on disk where the system is no Unix: nothing.
//! On Windows a file inherits the access list of the folder above, which in a user's profile
//! is the user's own.

use std::fs::{DirBuilder, File, Metadata, OpenOptions};
use std::io;
use std::path::Path;

use tempfile::Builder;

pub(super) fn close_folder(_builder: &mut DirBuilder) {}

pub(super) fn close_file(_options: &mut OpenOptions) {}

pub(super) fn stay_here(_options: &mut OpenOptions) {}

pub(super) fn stranger(_found: &Metadata) -> Option<u32> {
    None
}

pub(super) fn open_to_all(_found: &Metadata) -> Option<u32> {
    None
}

pub(super) fn open_file(_builder: &mut Builder<'_, '_>) {}

pub(super) fn take_after(new: &File, old: &Metadata) -> io::Result<()> {
    new.set_permissions(old.permissions())
}

/// A name that is open is not free for another file until it is closed.
pub(super) fn is_still_there(_file: &File, path: &Path) -> bool {
    path.exists()
}

pub(super) fn sync_dir(_directory: &Path) -> io::Result<()> {
    Ok(())
}
