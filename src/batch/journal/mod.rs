//! The journal of a run: every answer is in it as soon as it is there.
//!
//! A file of lines that only ever grows, so that a run that is killed at any moment leaves
//! every line but perhaps the last one whole; the next run cuts a torn line off and goes
//! on. A line is a JSON object: the first says what the file is, the others hold the
//! digests of the list's rows, or one sealed exchange under the key of its question.
//!
//! Names and links of the list are not in it. Rows are known by a salted digest, and what
//! the service answered is reduced like saved evidence.

mod head;
mod line;

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::source::Asked;
use crate::source::private::{create_own_dir, open_own, open_private};
use head::{Head, begin, lock, lock_path, read_head};
pub(super) use line::Line;
use line::{Answer, Rows, Torn, asked, parse};

/// The longest line: a transcript of 16 MiB, escaped.
const LINE_LIMIT: u64 = 64 * 1024 * 1024;

/// What a question is known by.
pub(super) type Key = [u8; 16];

/// What a row of the list is known by.
pub(super) type Digest = [u8; 8];

/// Where an answer stands in the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) offset: u64,
    pub(super) length: u64,
}

/// Why a journal cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JournalError {
    /// It cannot be read or written.
    #[error("cannot use the journal {}", .path.display())]
    Io {
        /// The journal.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Another run is at it.
    #[error("another run of this list is under way, by its journal {}; wait until it ends", .path.display())]
    InUse {
        /// The journal.
        path: PathBuf,
    },
    /// The file is something else.
    #[error("expected a journal of this program in {}, found {found}; --fresh starts a new one", .path.display())]
    NotAJournal {
        /// The journal.
        path: PathBuf,
        /// What there is.
        found: String,
    },
}

/// The journal of one list, locked for this run.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: File,
    reader: File,
    /// Held until the journal is dropped.
    _lock: File,
    head: Head,
    length: Cell<u64>,
}

impl Journal {
    /// Opens the journal at `path`, or begins it. `fresh` begins anew.
    ///
    /// # Errors
    /// When it is in use, is none, or cannot be read or written.
    pub fn open(path: &Path, now: DateTime<Utc>, fresh: bool) -> Result<Self, JournalError> {
        let failed = |source| JournalError::Io {
            path: path.to_owned(),
            source,
        };
        create_own_dir(path.parent().unwrap_or(Path::new("."))).map_err(failed)?;
        let lock = lock(path)?;
        if fresh {
            // By its name: what else the file is called elsewhere is not touched.
            remove_file(path).map_err(failed)?;
        }
        let mut file = open_private(path).map_err(failed)?;
        let head = match read_head(path, &mut file)? {
            Some(head) => head,
            None => begin(&mut file, now).map_err(failed)?,
        };
        let length = file.seek(SeekFrom::End(0)).map_err(failed)?;
        let reader = open_own(path).map_err(failed)?;
        Ok(Self {
            path: path.to_owned(),
            file,
            reader,
            _lock: lock,
            head,
            length: Cell::new(length),
        })
    }

    /// When its run began.
    pub fn begun(&self) -> DateTime<Utc> {
        self.head.begun
    }

    /// Mixed into every key and digest, so that they tell nothing by themselves.
    pub(super) fn salt(&self) -> &str {
        &self.head.salt
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the lines of earlier runs, and cuts off what was torn. What is too old `now` is
    /// left out.
    pub(super) fn replay(
        &mut self,
        now: DateTime<Utc>,
        mut each: impl FnMut(Line) -> Result<(), super::BatchError>,
    ) -> Result<(), super::BatchError> {
        let io = |source| self.failed(source);
        let mut reader = BufReader::with_capacity(1 << 16, &self.reader);
        reader.seek(SeekFrom::Start(0)).map_err(io)?;
        let (mut line, mut offset) = (Vec::new(), 0_u64);
        loop {
            line.clear();
            let read = (&mut reader)
                .take(LINE_LIMIT)
                .read_until(b'\n', &mut line)
                .map_err(io)?;
            if read == 0 {
                return Ok(());
            }
            let place = Place {
                offset,
                length: read as u64,
            };
            let is_head = offset == 0;
            match parse(&line, place, now) {
                _ if is_head => {}
                Ok(Some(line)) => each(line)?,
                Ok(None) => {}
                Err(Torn) => break,
            }
            offset += read as u64;
        }
        self.cut(offset).map_err(|source| self.failed(source))?;
        Ok(())
    }

    /// Begins anew, under the same lock.
    pub(super) fn begin_anew(&mut self, now: DateTime<Utc>) -> Result<(), JournalError> {
        let begun =
            begin(&mut self.file, now).and_then(|head| Ok((head, self.file.metadata()?.len())));
        let (head, length) = begun.map_err(|error| self.failed(error))?;
        self.head = head;
        self.length.set(length);
        Ok(())
    }

    /// Writes the digests of rows that the list begins or goes on with.
    pub(super) fn note_rows(&self, digests: &[Digest]) -> Result<(), JournalError> {
        self.write(&Rows::of(digests)).map(drop)
    }

    /// Writes an exchange; it is in the file when this returns.
    pub(super) fn append(
        &self,
        key: &Key,
        asked: &Asked,
        now: DateTime<Utc>,
    ) -> Result<Place, JournalError> {
        self.write(&Answer::seal(key, asked, now))
    }

    /// Reads an exchange back; `None` where it is damaged.
    pub(super) fn read(&self, place: Place) -> Result<Option<Asked>, JournalError> {
        let mut line = vec![0; usize::try_from(place.length).unwrap_or(usize::MAX)];
        let mut reader = &self.reader;
        reader
            .seek(SeekFrom::Start(place.offset))
            .and_then(|_| reader.read_exact(&mut line))
            .map_err(|error| self.failed(error))?;
        Ok(asked(&line))
    }

    /// Removes it: everything in it has been reported.
    ///
    /// # Errors
    /// When the file cannot be removed.
    pub fn remove(self) -> Result<(), JournalError> {
        let Self { path, .. } = self;
        let removed = remove_file(&path);
        // Another run may hold the lock's file open by now; it stays then.
        let _ = std::fs::remove_file(lock_path(&path));
        removed.map_err(|source| JournalError::Io { path, source })
    }

    fn write(&self, line: &impl Serialize) -> Result<Place, JournalError> {
        let mut bytes = serde_json::to_vec(line).map_err(|error| self.failed(error.into()))?;
        bytes.push(b'\n');
        let offset = self.length.get();
        if let Err(error) = (&self.file).write_all(&bytes) {
            // A part of a line must not stand before the next one.
            let _ = self.cut(offset);
            return Err(self.failed(error));
        }
        let place = Place {
            offset,
            length: bytes.len() as u64,
        };
        self.length.set(offset + place.length);
        Ok(place)
    }

    /// Ends the file at a place, where the next line goes.
    fn cut(&self, length: u64) -> io::Result<()> {
        self.file.set_len(length)?;
        (&self.file).seek(SeekFrom::Start(length))?;
        self.length.set(length);
        Ok(())
    }

    fn failed(&self, source: io::Error) -> JournalError {
        JournalError::Io {
            path: self.path.clone(),
            source,
        }
    }
}

/// Removes a file, which need not be there.
fn remove_file(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
