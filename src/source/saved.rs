//! Evidence from a file: a saved verification, or an answer that someone saved by hand.

use std::io;
use std::path::{Path, PathBuf};

use chrono::Utc;

use super::archive::{Entry, Read, VERSION};
use super::private::read_bounded;
use super::recording::Asked;
use super::reduce::{Members, split_mark};
use super::{Origin, consistency, raw};

/// The largest file that is read.
const FILE_LIMIT: u64 = 64 * 1024 * 1024;

/// Evidence read from a file.
///
/// It is worth as much as the file: who wrote it, and that nothing was changed on purpose,
/// must be known from elsewhere. The hashes inside show damage alone.
#[derive(Debug)]
pub struct Saved {
    path: PathBuf,
    link: Option<String>,
    asked: Vec<Asked>,
}

/// Why a file cannot be used as evidence.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SavedError {
    /// The file cannot be read.
    #[error("cannot read the evidence in {}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file is larger than any evidence.
    #[error("expected evidence of at most {FILE_LIMIT} bytes, found more in {}; is it the right file?", .path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
    /// The file is not UTF-8 text.
    #[error("expected UTF-8 text, found other bytes in {}; save the service's answer again, unchanged", .path.display())]
    NotUtf8 {
        /// The file.
        path: PathBuf,
    },
    /// The file is not a JSON object.
    #[error("expected one JSON object, with no key twice, found something else in {}: {found}; save it again, unchanged", .path.display())]
    NotJson {
        /// The file.
        path: PathBuf,
        /// What the parser says.
        found: String,
    },
    /// The file is JSON of no known form.
    #[error("expected saved evidence, a record, a transcript or a badge, found JSON of another form in {}", .path.display())]
    UnknownForm {
        /// The file.
        path: PathBuf,
    },
    /// The file was written by a later version.
    #[error("expected evidence of version {VERSION}, found version {found} in {}; use a newer bonafide", .path.display())]
    OtherVersion {
        /// The file.
        path: PathBuf,
        /// The version that the file names.
        found: String,
    },
    /// The file was changed since it was written, or written by something else.
    #[error("{flaw} in {}; it was changed since it was saved, so fetch the evidence again", .path.display())]
    Altered {
        /// The file.
        path: PathBuf,
        /// What was expected and what was found.
        flaw: String,
    },
}

impl Saved {
    /// Reads a file that [`save`](super::save) wrote, or a record, transcript or badge
    /// just as the service serves it. The latter says nothing of who answered or when.
    ///
    /// # Errors
    /// When the file cannot be read, is of no known form or version, or was changed.
    pub fn load(path: &Path) -> Result<Self, SavedError> {
        let bytes = read_bounded(path, FILE_LIMIT).map_err(|source| {
            let path = path.to_owned();
            if source.kind() == io::ErrorKind::FileTooLarge {
                SavedError::TooLarge { path }
            } else {
                SavedError::Unreadable { path, source }
            }
        })?;
        let text = std::str::from_utf8(split_mark(&bytes).1).map_err(|_| SavedError::NotUtf8 {
            path: path.to_owned(),
        })?;
        let members = Members::parse(text).ok_or_else(|| SavedError::NotJson {
            path: path.to_owned(),
            found: serde_json::from_str::<serde::de::IgnoredAny>(text).map_or_else(
                |error| error.to_string(),
                |_| "no object, or a key twice".into(),
            ),
        })?;
        match members.value("bonafide_evidence") {
            Some(version) => Self::archived(path, version, text),
            None => Self::by_hand(path, &members, &bytes),
        }
    }

    /// The canonical link that was verified, where the file names it: what to evaluate
    /// this evidence for.
    pub fn link(&self) -> Option<&str> {
        self.link.as_deref()
    }

    /// Everything the file holds.
    pub fn asked(&self) -> &[Asked] {
        &self.asked
    }

    /// The file it was read from.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn archived(path: &Path, version: &str, text: &str) -> Result<Self, SavedError> {
        if version.trim() != VERSION.to_string() {
            return Err(SavedError::OtherVersion {
                path: path.to_owned(),
                found: version.to_owned(),
            });
        }
        let altered = |flaw| SavedError::Altered {
            path: path.to_owned(),
            flaw,
        };
        let read: Read<'_> = serde_json::from_str(text)
            .map_err(|error| altered(format!("expected a link and exchanges, found {error}")))?;
        let mut asked: Vec<Asked> = Vec::new();
        for exchange in read.exchanges {
            let next = Entry::read(exchange.get(), Origin::Evidence).map_err(altered)?;
            if asked
                .iter()
                .any(|one| one.kind == next.kind && one.url == next.url)
            {
                let flaw = format!("expected one exchange for {}, found two", next.url);
                return Err(altered(flaw));
            }
            asked.push(next);
        }
        consistency::check(read.link.as_deref(), &asked, Utc::now()).map_err(altered)?;
        Ok(Self {
            path: path.to_owned(),
            link: read.link,
            asked,
        })
    }

    fn by_hand(path: &Path, members: &Members<'_>, bytes: &[u8]) -> Result<Self, SavedError> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let (evidence, link) =
            raw::evidence(members, bytes, &name).ok_or_else(|| SavedError::UnknownForm {
                path: path.to_owned(),
            })?;
        Ok(Self {
            path: path.to_owned(),
            link,
            asked: vec![Asked {
                kind: evidence.kind,
                url: evidence.url.clone(),
                exchange: Ok(evidence),
            }],
        })
    }
}
