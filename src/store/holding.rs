//! Where things are kept, and the files there that are this program's.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::{DataDir, Register};
use crate::source::private::{is_plain_file, read_bounded};

/// The largest file in a chosen folder that is looked into: none of this program's is larger.
pub(super) const FILE_LIMIT: u64 = 64 * 1024 * 1024;

/// The file of the list of watched credentials.
pub(super) const WATCH: &str = "watch.sqlite";

/// A sort of stored thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Sort {
    /// An answer kept from an earlier run.
    Cache,
    /// The answers of a list.
    Journal,
    /// Evidence that somebody had saved.
    Evidence,
    /// A receipt that somebody had left.
    Receipt,
    /// The list of watched credentials, with what people were told.
    Watch,
}

impl Sort {
    /// Every sort.
    pub const ALL: &'static [Self] = &[
        Self::Cache,
        Self::Journal,
        Self::Evidence,
        Self::Receipt,
        Self::Watch,
    ];

    /// The word used in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cache => "cache",
            Self::Journal => "journal",
            Self::Evidence => "evidence",
            Self::Receipt => "receipt",
            Self::Watch => "watch",
        }
    }
}

/// How long the things of a place stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    /// Until the retention is over.
    Retention,
    /// Until somebody removes them: it was somebody who wanted them saved there.
    UntilPurged,
}

/// A folder with what may stand in it. Folders inside it are not looked into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    folder: PathBuf,
    contents: Contents,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Contents {
    Cache,
    Journals,
    Chosen,
    Watch,
}

/// A file of this program's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub sort: Sort,
    /// Where it is.
    pub path: PathBuf,
    /// How large it is.
    pub bytes: u64,
    /// When it was last written, where the file system tells.
    pub written_at: Option<DateTime<Utc>>,
}

impl Place {
    /// Every place: those of the data directory, then the registered folders.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn all(data: &DataDir) -> io::Result<Vec<Self>> {
        let mut places = Self::of_the_data_dir(data);
        places.push(Self {
            folder: data.path().to_owned(),
            contents: Contents::Watch,
        });
        places.extend(Register::load(data)?.folders().map(|folder| Self {
            folder: folder.to_owned(),
            contents: Contents::Chosen,
        }));
        Ok(places)
    }

    /// The places that the retention is for.
    pub(super) fn of_the_data_dir(data: &DataDir) -> Vec<Self> {
        vec![
            Self {
                folder: data.cache(),
                contents: Contents::Cache,
            },
            Self {
                folder: data.journals(),
                contents: Contents::Journals,
            },
        ]
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// How long its things stay.
    pub const fn keeping(&self) -> Keeping {
        match self.contents {
            Contents::Cache | Contents::Journals => Keeping::Retention,
            Contents::Chosen | Contents::Watch => Keeping::UntilPurged,
        }
    }

    /// The sorts that may stand here.
    pub const fn sorts(&self) -> &'static [Sort] {
        match self.contents {
            Contents::Cache => &[Sort::Cache],
            Contents::Journals => &[Sort::Journal],
            Contents::Chosen => &[Sort::Evidence, Sort::Receipt],
            Contents::Watch => &[Sort::Watch],
        }
    }

    /// Whether the folder is still what it was: a folder, and no link that now leads
    /// somewhere else.
    pub fn is_sound(&self) -> bool {
        let is_folder = fs::symlink_metadata(&self.folder).is_ok_and(|found| found.is_dir());
        let is_itself = || {
            self.folder
                .canonicalize()
                .is_ok_and(|real| real == self.folder)
        };
        is_folder && (self.contents != Contents::Chosen || is_itself())
    }

    /// This program's files in the folder, one after the other; none where the folder is
    /// missing or no longer sound.
    pub fn items(&self) -> impl Iterator<Item = Item> {
        let entries = self.is_sound().then(|| fs::read_dir(&self.folder));
        let entries = entries.and_then(Result::ok).into_iter().flatten();
        entries.filter_map(|entry| self.item(entry.ok()?.path()))
    }

    fn item(&self, path: PathBuf) -> Option<Item> {
        if !is_plain_file(&path) {
            return None;
        }
        let sort = self.recognise(&path)?;
        let found = fs::symlink_metadata(&path).ok()?;
        Some(Item {
            sort,
            bytes: found.len(),
            written_at: found.modified().ok().map(DateTime::from),
            path,
        })
    }

    fn recognise(&self, path: &Path) -> Option<Sort> {
        let name = path.file_name()?.to_str()?;
        match self.contents {
            Contents::Cache if is_cache_name(name) || is_leftover(name) => Some(Sort::Cache),
            Contents::Journals if is_leftover(name) || begins_a_journal(path) => {
                Some(Sort::Journal)
            }
            Contents::Chosen if has_end(path, "json") => saved(path),
            Contents::Watch if name == WATCH => Some(Sort::Watch),
            _ => None,
        }
    }
}

impl Item {
    /// The files that mean nothing without it: a receipt's signature, a journal's lock.
    pub(super) fn companions(&self) -> Vec<PathBuf> {
        let companion = match self.sort {
            Sort::Journal => self.path.with_extension("lock"),
            Sort::Evidence | Sort::Receipt => {
                let mut name = OsString::from(&self.path);
                name.push(".sig");
                PathBuf::from(name)
            }
            // Without these, what SQLite has not yet put into the file itself would stay.
            Sort::Watch => {
                let beside = ["-wal", "-shm"].map(|end| format!("{WATCH}{end}"));
                let beside = beside
                    .into_iter()
                    .chain([WATCH.replace(".sqlite", ".lock")]);
                let beside = beside.map(|name| self.path.with_file_name(name));
                return beside.filter(|path| is_plain_file(path)).collect();
            }
            Sort::Cache => return Vec::new(),
        };
        let is_ours = is_plain_file(&companion)
            && (self.sort == Sort::Journal || begins(&companion, b"-----BEGIN SSH SIGNATURE-----"));
        is_ours.then_some(companion).into_iter().collect()
    }

    /// Whether a run is writing it now.
    pub(super) fn is_in_use(&self) -> bool {
        let has_lock = matches!(self.sort, Sort::Journal | Sort::Watch);
        let lock = has_lock.then(|| self.path.with_extension("lock"));
        lock.filter(|lock| is_plain_file(lock))
            .and_then(|lock| fs::File::open(lock).ok())
            .is_some_and(|lock| lock.try_lock().is_err())
    }
}

fn has_end(path: &Path, end: &str) -> bool {
    path.extension()
        .is_some_and(|it| it.eq_ignore_ascii_case(end))
}

/// The SHA-256 of what was asked.
fn is_cache_name(name: &str) -> bool {
    let digest = name.strip_suffix(".json");
    digest.is_some_and(|digest| digest.len() == 64 && digest.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// A file that was being written when its run was killed.
pub(super) fn is_leftover(name: &str) -> bool {
    name.starts_with(".new-") && has_end(Path::new(name), "tmp")
}

fn begins_a_journal(path: &Path) -> bool {
    begins(path, br#"{"bonafide_journal":"#)
}

fn begins(path: &Path, with: &[u8]) -> bool {
    use std::io::Read as _;
    let mut start = Vec::with_capacity(with.len());
    let file = fs::File::open(path);
    let read = file.and_then(|file| file.take(with.len() as u64).read_to_end(&mut start));
    read.is_ok() && start == with
}

/// What a JSON file in a chosen folder is, told by the key that this program writes.
fn saved(path: &Path) -> Option<Sort> {
    #[derive(Deserialize)]
    struct Marks {
        bonafide_evidence: Option<IgnoredAny>,
        bonafide_receipt: Option<IgnoredAny>,
    }
    let bytes = read_bounded(path, FILE_LIMIT).ok()?;
    let marks: Marks = serde_json::from_slice(&bytes).ok()?;
    match (marks.bonafide_evidence, marks.bonafide_receipt) {
        (Some(_), None) => Some(Sort::Evidence),
        (None, Some(_)) => Some(Sort::Receipt),
        _ => None,
    }
}
