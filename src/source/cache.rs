//! Answers kept from earlier runs, so that the service need only say that they still hold.
//!
//! One file per thing asked, replaced as a whole. A file that cannot be read, or is not
//! what was written, counts as none; a cache that cannot be written never fails a
//! verification. The hash inside shows damage, not forgery: whoever can write to the
//! folder can answer for the service, which is why it is the owner's alone: a file that belongs
//! to somebody else, and a folder that is a link, are not looked into.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::attempt::Validators;
use super::body::sha256;
use super::envelope::Envelope;
use super::private::{self, Durability};
use super::{Evidence, EvidenceKind, Origin, reduce};

/// The version that is written and read.
const VERSION: u32 = 1;

/// The largest file that is read: the largest answer, with room for escapes.
const FILE_LIMIT: u64 = 64 * 1024 * 1024;

#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    bonafide_cache: u32,
    #[serde(flatten)]
    validators: Validators,
    answer: Envelope,
}

/// A folder of kept answers.
#[derive(Debug)]
pub(super) struct Cache {
    directory: PathBuf,
    /// False while nothing can be found: a list is long, and looking takes time.
    holds_something: AtomicBool,
}

/// An answer from an earlier run.
#[derive(Debug)]
pub(super) struct Kept {
    evidence: Evidence,
    validators: Validators,
}

impl Kept {
    /// The answer, with [`Origin::Cache`].
    pub(super) fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    /// What to ask with whether it still holds.
    pub(super) fn validators(&self) -> &Validators {
        &self.validators
    }

    /// Whether it was received or confirmed less than `max_age` before `now`. An answer
    /// from the future is of no known age.
    pub(super) fn is_younger_than(&self, max_age: Duration, now: DateTime<Utc>) -> bool {
        self.evidence
            .fetched_at
            .and_then(|at| (now - at).to_std().ok())
            .is_some_and(|age| age < max_age)
    }
}

impl Cache {
    /// Uses `directory`, which is made when the first answer is kept.
    pub(super) fn new(directory: PathBuf) -> Self {
        let holds_something = private::is_own_dir(&directory)
            && fs::read_dir(&directory).is_ok_and(|mut files| files.next().is_some());
        Self {
            directory,
            holds_something: AtomicBool::new(holds_something),
        }
    }

    /// The kept answer to `kind` at `url`, if there is a sound one.
    pub(super) fn find(&self, kind: EvidenceKind, url: &str) -> Option<Kept> {
        if !self.holds_something.load(Ordering::Relaxed) {
            return None;
        }
        let bytes = private::read_own(&self.path(kind, url), FILE_LIMIT).ok()?;
        let entry: Entry = serde_json::from_slice(&bytes).ok()?;
        if entry.bonafide_cache != VERSION || entry.answer.is_withheld() {
            return None;
        }
        let evidence = entry.answer.open(Origin::Cache).ok()?;
        let fits = evidence.kind == kind && evidence.url == url && evidence.status == 200;
        let validators = entry.validators;
        fits.then_some(Kept {
            evidence,
            validators,
        })
    }

    /// Keeps what may be kept of a 200 answer. Any other thing is forgotten instead.
    pub(super) fn keep(&self, evidence: &Evidence, validators: &Validators) {
        let content_type = evidence.content_type.as_deref();
        let answer = Envelope::seal(evidence);
        if answer.is_withheld() || !reduce::is_expected(evidence.kind, content_type, &evidence.body)
        {
            self.forget(evidence.kind, &evidence.url);
            return;
        }
        let entry = Entry {
            bonafide_cache: VERSION,
            validators: validators.clone(),
            answer,
        };
        if let Err(error) = self.write(evidence.kind, &evidence.url, &entry) {
            tracing::warn!(target: "bonafide", %error, directory = %self.directory.display(), "the cache cannot be written");
        }
    }

    /// Notes that a kept answer still held `now`.
    pub(super) fn confirm(
        &self,
        kept: Kept,
        now: DateTime<Utc>,
        service_date: Option<DateTime<Utc>>,
    ) -> Evidence {
        let evidence = Evidence {
            fetched_at: Some(now),
            service_date,
            ..kept.evidence
        };
        self.keep(&evidence, &kept.validators);
        evidence
    }

    /// Removes what is kept on `kind` at `url`.
    pub(super) fn forget(&self, kind: EvidenceKind, url: &str) {
        if !self.holds_something.load(Ordering::Relaxed) {
            return;
        }
        match fs::remove_file(self.path(kind, url)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                tracing::warn!(target: "bonafide", %error, directory = %self.directory.display(), "the cache cannot be written");
            }
            _ => {}
        }
    }

    fn write(&self, kind: EvidenceKind, url: &str, entry: &Entry) -> io::Result<()> {
        private::create_own_dir(&self.directory)?;
        self.holds_something.store(true, Ordering::Relaxed);
        let bytes = serde_json::to_vec(entry)?;
        let staged = private::staged(&self.directory, &bytes, Durability::Lazy)?;
        staged.persist(self.path(kind, url))?;
        Ok(())
    }

    fn path(&self, kind: EvidenceKind, url: &str) -> PathBuf {
        let key = sha256(format!("{} {url}", kind.as_str()).as_bytes());
        self.directory.join(format!("{key}.json"))
    }
}
