//! The files of receipts: the one place here that reads and writes any.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::format::Receipt;
use crate::source::private::{self, read_bounded};
use crate::source::{Asked, stem};
use crate::verify::{Terms, Trip};

/// How the name of a receipt's file ends.
const END: &str = ".receipt.json";

/// The largest receipt that is written or read.
const LIMIT: u64 = 64 * 1024 * 1024;

/// The largest signature that is read.
const SIGNATURE_LIMIT: u64 = 64 * 1024;

/// Why a receipt cannot be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// It would be larger than any that is read.
    #[error("the receipt would be larger than {} MiB", LIMIT >> 20)]
    TooLarge,
    /// The folder cannot be made, or the file not be written.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Why a file cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FileError {
    /// The file is larger than any receipt or signature.
    #[error("expected at most {0} bytes, found more; is it the right file?")]
    TooLarge(u64),
    /// The file or folder cannot be read.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A folder without any receipt.
    #[error("expected receipts in the folder, found no file whose name ends {END}")]
    Empty,
}

/// Writes the receipt of one pasted link in `folder` as a new file, and says which.
///
/// `asked` is everything that was asked for it, and `trip` what came of that under `terms`. What is kept is reduced like in saved evidence: no mail address, no
/// MCID, no training, no sharingId. A file that is there is never overwritten. On return
/// the file is on the disk, readable by its owner alone.
///
/// # Errors
/// When the folder cannot be made, the file cannot be written, or it would be too large.
pub fn write(
    folder: &Path,
    trip: &Trip<'_>,
    asked: &[Asked],
    terms: &Terms<'_, '_>,
    now: DateTime<Utc>,
) -> Result<PathBuf, WriteError> {
    let text = Receipt::of(trip, asked, terms, now).to_text(&trip.link);
    if text.len() as u64 > LIMIT {
        return Err(WriteError::TooLarge);
    }
    let stem = stem(trip.link.canonical(), asked, now, "unasked");
    Ok(private::write_new(folder, &stem, END, text.as_bytes())?)
}

/// Where the signature of a file stands: beside it, with `.sig` behind the whole name.
pub fn signature_path(file: &Path) -> PathBuf {
    let mut path = OsString::from(file);
    path.push(".sig");
    path.into()
}

/// The bytes of a receipt's file.
///
/// # Errors
/// When it cannot be read or is larger than any receipt.
pub fn load(file: &Path) -> Result<Vec<u8>, FileError> {
    bounded(file, LIMIT)
}

/// The bytes of a signature's file.
///
/// # Errors
/// When it cannot be read or is larger than any signature.
pub fn load_signature(file: &Path) -> Result<Vec<u8>, FileError> {
    bounded(file, SIGNATURE_LIMIT)
}

fn bounded(file: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
    read_bounded(file, limit).map_err(|error| match error.kind() {
        io::ErrorKind::FileTooLarge => FileError::TooLarge(limit),
        _ => FileError::Io(error),
    })
}

/// The file itself, or the receipts in a folder in the order of their names.
///
/// # Errors
/// When a folder cannot be read or holds no receipt.
pub fn find(path: &Path) -> Result<Vec<PathBuf>, FileError> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(path)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().ends_with(END) {
            found.push(entry.path());
        }
    }
    found.sort();
    if found.is_empty() {
        return Err(FileError::Empty);
    }
    Ok(found)
}
