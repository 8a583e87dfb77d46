//! The first line of a journal, and the lock beside it.

use std::fs::{File, TryLockError};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, SubsecRound, Utc};
use serde::{Deserialize, Serialize};

use super::JournalError;
use crate::source::private::{is_still_there, open_private};

/// The version that is written and read.
const VERSION: u32 = 1;

/// How the first line begins.
const START: &[u8] = b"{\"bonafide_journal\":";

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Head {
    bonafide_journal: u32,
    program: String,
    /// Mixed into every key and digest.
    pub(super) salt: String,
    /// When the run began.
    pub(super) begun: DateTime<Utc>,
}

/// Begins an empty file.
pub(super) fn begin(file: &mut File, now: DateTime<Utc>) -> io::Result<Head> {
    let head = Head {
        bonafide_journal: VERSION,
        program: concat!("bonafide ", env!("CARGO_PKG_VERSION")).to_owned(),
        salt: hex::encode(random()?),
        begun: now.trunc_subsecs(0),
    };
    let mut line = serde_json::to_vec(&head)?;
    line.push(b'\n');
    file.set_len(0)?;
    file.seek(SeekFrom::Start(0))?;
    file.write_all(&line)?;
    Ok(head)
}

fn random() -> io::Result<[u8; 16]> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(bytes)
}

/// Reads the first line; `None` where it was torn, so that nothing can stand below it.
pub(super) fn read_head(path: &Path, file: &mut File) -> Result<Option<Head>, JournalError> {
    let failed = |source| JournalError::Io {
        path: path.to_owned(),
        source,
    };
    let mut line = Vec::new();
    file.seek(SeekFrom::Start(0)).map_err(failed)?;
    BufReader::new(file.take(4096))
        .read_until(b'\n', &mut line)
        .map_err(failed)?;
    let is_torn =
        line.last() != Some(&b'\n') && START.starts_with(&line[..line.len().min(START.len())]);
    if is_torn {
        return Ok(None);
    }
    let not_a_journal = |found: String| JournalError::NotAJournal {
        path: path.to_owned(),
        found,
    };
    let head: Head =
        serde_json::from_slice(&line).map_err(|_| not_a_journal("something else".to_owned()))?;
    if head.bonafide_journal == VERSION {
        Ok(Some(head))
    } else {
        Err(not_a_journal(format!("version {}", head.bonafide_journal)))
    }
}

/// The file that is locked.
pub(super) fn lock_path(path: &Path) -> PathBuf {
    path.with_extension("lock")
}

/// Locks by a file of its own: Windows lets nobody read a locked one.
pub(super) fn lock(path: &Path) -> Result<File, JournalError> {
    let failed = |source| JournalError::Io {
        path: path.to_owned(),
        source,
    };
    let file = open_private(&lock_path(path)).map_err(failed)?;
    match file.try_lock() {
        Ok(()) if is_still_there(&file, &lock_path(path)) => Ok(file),
        // The run that had it removed it just now.
        Ok(()) => lock(path),
        Err(TryLockError::WouldBlock) => Err(JournalError::InUse {
            path: path.to_owned(),
        }),
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}
