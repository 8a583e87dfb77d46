//! The journal of a run: every answer is in it as soon as it is there.
//!
//! A file of lines that only ever grows, so that a run that is killed at any moment leaves
//! every line but perhaps the last one whole; the next run cuts a torn line off and goes
//! on. A line is a JSON object: the first says what the file is, the others hold the
//! digests of the list's rows, or one sealed exchange under the key of its question.
//!
//! Names and links of the list are not in it. Rows are known by a salted digest, and what
//! the service answered is reduced like saved evidence.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, SubsecRound, Utc};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::source::private::{create_dir, open_private};
use crate::source::{Asked, Kept, Origin};

/// The version that is written and read.
const VERSION: u32 = 1;

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
    length: u64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Head {
    bonafide_journal: u32,
    program: String,
    list: String,
    salt: String,
    begun: DateTime<Utc>,
}

#[derive(Serialize)]
struct AnswerOut {
    key: String,
    from: &'static str,
    asked: Kept,
}

#[derive(Deserialize)]
struct AnswerIn<'a> {
    from: &'a str,
    #[serde(borrow)]
    asked: &'a RawValue,
}

#[derive(Serialize)]
struct RowsLine {
    rows: String,
}

/// A line, as far as it must be understood to find it again.
#[derive(Deserialize)]
struct Peek {
    #[serde(default)]
    key: Option<String>,
    #[serde(default)]
    asked: Option<AskedPeek>,
    #[serde(default)]
    rows: Option<String>,
}

#[derive(Deserialize)]
struct AskedPeek {
    #[serde(default)]
    failure: Option<serde::de::IgnoredAny>,
}

/// One line of an earlier run.
pub(super) enum Line {
    /// An answer, and not a failure to get one.
    Answer(Key, Place),
    /// The digests of the next rows.
    Rows(Vec<Digest>),
}

impl Journal {
    /// Opens the journal of `list` in `folder`, or begins it. `fresh` begins anew.
    ///
    /// # Errors
    /// When it is in use, is none, or cannot be read or written.
    pub fn open(
        path: &Path,
        list: &str,
        now: DateTime<Utc>,
        fresh: bool,
    ) -> Result<Self, JournalError> {
        let failed = |source| JournalError::Io {
            path: path.to_owned(),
            source,
        };
        create_dir(path.parent().unwrap_or(Path::new("."))).map_err(failed)?;
        let lock = lock(path)?;
        let mut file = open_private(path).map_err(failed)?;
        if fresh {
            file.set_len(0).map_err(failed)?;
        }
        let head = if file.metadata().map_err(failed)?.len() == 0 {
            begin(&mut file, list, now).map_err(failed)?
        } else {
            read_head(path, &mut file)?
        };
        let length = file.seek(SeekFrom::End(0)).map_err(failed)?;
        let reader = OpenOptions::new().read(true).open(path).map_err(failed)?;
        Ok(Self {
            path: path.to_owned(),
            file,
            reader,
            _lock: lock,
            head,
            length,
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

    /// Reads the lines of earlier runs, and cuts off what was torn.
    pub(super) fn replay(
        &mut self,
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
            match parse(&line, place) {
                _ if is_head => {}
                Ok(Some(line)) => each(line)?,
                Ok(None) => {}
                Err(Torn) => break,
            }
            offset += read as u64;
        }
        self.file.set_len(offset).map_err(io)?;
        self.length = offset;
        Ok(())
    }

    /// Begins anew, under the same lock.
    pub(super) fn begin_anew(&mut self, now: DateTime<Utc>) -> Result<(), JournalError> {
        let begun = self
            .file
            .set_len(0)
            .and_then(|()| begin(&mut self.file, &self.head.list, now))
            .and_then(|head| Ok((head, self.file.metadata()?.len())));
        let (head, length) = begun.map_err(|error| self.failed(error))?;
        self.head = head;
        self.length = length;
        Ok(())
    }

    /// Writes the digests of rows that the list begins or goes on with.
    pub(super) fn note_rows(&mut self, digests: &[Digest]) -> Result<(), JournalError> {
        let rows = STANDARD.encode(digests.concat());
        self.write(&RowsLine { rows }).map(drop)
    }

    /// Writes an exchange; it is in the file when this returns.
    pub(super) fn append(
        &mut self,
        key: &Key,
        asked: &Asked,
        now: DateTime<Utc>,
    ) -> Result<Place, JournalError> {
        let from = asked
            .exchange
            .as_ref()
            .map_or(Origin::Network, |evidence| evidence.origin);
        self.write(&AnswerOut {
            key: hex::encode(key),
            from: from.as_str(),
            asked: Kept::write(asked, now),
        })
    }

    /// Reads an exchange back.
    pub(super) fn read(&self, place: Place) -> Result<Asked, JournalError> {
        let mut line = vec![0; usize::try_from(place.length).unwrap_or(usize::MAX)];
        let mut reader = &self.reader;
        reader
            .seek(SeekFrom::Start(place.offset))
            .and_then(|_| reader.read_exact(&mut line))
            .map_err(|error| self.failed(error))?;
        asked(&line).ok_or_else(|| {
            let message = format!("the answer at byte {} is damaged", place.offset);
            self.failed(io::Error::new(io::ErrorKind::InvalidData, message))
        })
    }

    /// Removes it: everything in it has been reported.
    ///
    /// # Errors
    /// When the file cannot be removed.
    pub fn remove(self) -> Result<(), JournalError> {
        let Self { path, .. } = self;
        let source = match std::fs::remove_file(&path) {
            Ok(()) => None,
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => Some(error),
        };
        // Another run may hold the lock's file open by now; it stays then.
        let _ = std::fs::remove_file(lock_path(&path));
        source.map_or(Ok(()), |source| Err(JournalError::Io { path, source }))
    }

    fn write(&mut self, line: &impl Serialize) -> Result<Place, JournalError> {
        let mut bytes = serde_json::to_vec(line).map_err(|error| self.failed(error.into()))?;
        bytes.push(b'\n');
        if let Err(error) = self.file.write_all(&bytes) {
            // A part of a line must not stand before the next one.
            let _ = self.file.set_len(self.length);
            return Err(self.failed(error));
        }
        let place = Place {
            offset: self.length,
            length: bytes.len() as u64,
        };
        self.length += place.length;
        Ok(place)
    }

    fn failed(&self, source: io::Error) -> JournalError {
        JournalError::Io {
            path: self.path.clone(),
            source,
        }
    }
}

/// The line was not written to its end.
struct Torn;

fn parse(line: &[u8], place: Place) -> Result<Option<Line>, Torn> {
    if line.last() != Some(&b'\n') {
        return Err(Torn);
    }
    let peek: Peek = serde_json::from_slice(line).map_err(|_| Torn)?;
    if let Some(rows) = peek.rows {
        let bytes = STANDARD.decode(rows).map_err(|_| Torn)?;
        let (digests, _) = bytes.as_chunks::<8>();
        return Ok(Some(Line::Rows(digests.to_vec())));
    }
    let (Some(key), Some(asked)) = (peek.key, peek.asked) else {
        return Ok(None);
    };
    let mut bytes = Key::default();
    hex::decode_to_slice(key, &mut bytes).map_err(|_| Torn)?;
    // What had no answer is asked again.
    let is_answer = asked.failure.is_none();
    Ok(is_answer.then_some(Line::Answer(bytes, place)))
}

fn asked(line: &[u8]) -> Option<Asked> {
    let line: AnswerIn<'_> = serde_json::from_slice(line).ok()?;
    Kept::read(line.asked.get(), Origin::parse(line.from)?).ok()
}

fn begin(file: &mut File, list: &str, now: DateTime<Utc>) -> io::Result<Head> {
    let head = Head {
        bonafide_journal: VERSION,
        program: concat!("bonafide ", env!("CARGO_PKG_VERSION")).to_owned(),
        list: list.to_owned(),
        salt: hex::encode(random()?),
        begun: now.trunc_subsecs(0),
    };
    let mut line = serde_json::to_vec(&head)?;
    line.push(b'\n');
    file.write_all(&line)?;
    Ok(head)
}

fn random() -> io::Result<[u8; 16]> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(bytes)
}

fn read_head(path: &Path, file: &mut File) -> Result<Head, JournalError> {
    let failed = |source| JournalError::Io {
        path: path.to_owned(),
        source,
    };
    let mut line = Vec::new();
    file.seek(SeekFrom::Start(0)).map_err(failed)?;
    BufReader::new(file.take(4096))
        .read_until(b'\n', &mut line)
        .map_err(failed)?;
    let not_a_journal = |found: String| JournalError::NotAJournal {
        path: path.to_owned(),
        found,
    };
    let head: Head =
        serde_json::from_slice(&line).map_err(|_| not_a_journal("something else".to_owned()))?;
    if head.bonafide_journal == VERSION {
        Ok(head)
    } else {
        Err(not_a_journal(format!("version {}", head.bonafide_journal)))
    }
}

fn lock_path(path: &Path) -> PathBuf {
    path.with_extension("lock")
}

/// Locks by a file of its own: Windows lets nobody read a locked one.
fn lock(path: &Path) -> Result<File, JournalError> {
    let failed = |source| JournalError::Io {
        path: path.to_owned(),
        source,
    };
    let file = open_private(&lock_path(path)).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(JournalError::InUse {
            path: path.to_owned(),
        }),
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}
