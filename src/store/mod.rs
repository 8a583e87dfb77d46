//! What is stored on this machine, of whom, and how it goes again.
//!
//! Everything stands in the data directory, or in folders that somebody named with
//! `--save-evidence` or `--receipt`; those are noted in a [register](Register), so that
//! they are found again. A [`Place`] is a folder with what may stand in it, an [`Item`] a
//! file in it that is recognisably this program's. Nothing else is read, exported or
//! removed, and no link is followed.
//!
//! ```text
//! catalog/         what Microsoft's catalogue lists, and what it listed before; nobody's
//! cache/           answers of earlier runs, each a file
//! journals/        answers of lists that are not finished, each list a file
//! redaction.key    the key of the pseudonyms
//! folders.json     the register
//! watch.sqlite     what is watched, and what people were told
//! retention.stamp  when things past the retention were last removed
//! ```
//!
//! `docs/privacy.md` says why each is kept and how long.

mod holding;
mod key;
mod person;
mod register;
mod removal;
mod retention;
mod search;
mod traces;

use std::path::{Path, PathBuf};

pub use holding::{Item, Keeping, Place, Sort};
pub use key::{KeyError, redaction_key};
pub use person::{Basis, Certainty, Who};
pub use register::Register;
pub use removal::{Removal, remove_hits, remove_items, remove_key, remove_rest};
pub(crate) use retention::is_older;
pub use retention::{Retention, sweep};
pub use search::{Hit, Search, search};

/// Where this program keeps its data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataDir(PathBuf);

impl DataDir {
    /// The data directory at `path`, which need not be there yet.
    pub fn new(path: PathBuf) -> Self {
        Self(path)
    }

    /// The directory itself.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Answers of earlier runs.
    pub fn cache(&self) -> PathBuf {
        self.0.join("cache")
    }

    /// Journals of lists.
    pub fn journals(&self) -> PathBuf {
        self.0.join("journals")
    }

    /// What is watched, and what was told.
    pub fn watch(&self) -> PathBuf {
        self.0.join(holding::WATCH)
    }

    /// What a public catalogue lists. It is about nobody.
    pub fn catalog(&self) -> PathBuf {
        self.0.join("catalog")
    }

    /// The key of the pseudonyms.
    pub fn redaction_key(&self) -> PathBuf {
        self.0.join("redaction.key")
    }

    /// The register of folders that somebody named.
    pub fn register(&self) -> PathBuf {
        self.0.join("folders.json")
    }

    fn register_lock(&self) -> PathBuf {
        self.0.join("folders.lock")
    }

    fn stamp(&self) -> PathBuf {
        self.0.join("retention.stamp")
    }
}
