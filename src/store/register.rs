//! The folders that somebody chose to have things saved in.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, SubsecRound, Utc};
use serde::{Deserialize, Serialize};

use super::DataDir;
use crate::source::private::{self, Durability};

/// The version that is written and read.
const VERSION: u32 = 1;

/// The largest register that is read.
const LIMIT: u64 = 4 * 1024 * 1024;

/// How long another run is waited for, which writes the register at once.
const PATIENCE: Duration = Duration::from_secs(10);

/// The folders that somebody chose to have evidence or receipts saved in.
#[derive(Debug, Serialize, Deserialize)]
pub struct Register {
    bonafide_folders: u32,
    folders: Vec<Folder>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Folder {
    path: PathBuf,
    since: DateTime<Utc>,
}

impl Register {
    /// Reads the register; there is none before the first folder.
    ///
    /// # Errors
    /// When it cannot be read, or is something else.
    pub fn load(data: &DataDir) -> io::Result<Self> {
        let bytes = match private::read_own(&data.register(), LIMIT) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::empty()),
            read => read?,
        };
        let register: Self = serde_json::from_slice(&bytes)?;
        if register.bonafide_folders == VERSION {
            Ok(register)
        } else {
            let found = register.bonafide_folders;
            let message = format!("expected version {VERSION}, found {found}");
            Err(io::Error::new(io::ErrorKind::InvalidData, message))
        }
    }

    /// The folders, in the order in which they were first used.
    pub fn folders(&self) -> impl Iterator<Item = &Path> {
        self.folders.iter().map(|folder| folder.path.as_path())
    }

    /// Notes that `folder` is used from `now` on, and makes it if it is missing.
    ///
    /// # Errors
    /// When the folder cannot be made or the register not be written.
    pub fn note(data: &DataDir, folder: &Path, now: DateTime<Utc>) -> io::Result<()> {
        private::create_dir(folder)?;
        let path = folder.canonicalize()?;
        if Self::load(data)?.folders().any(|known| known == path) {
            return Ok(());
        }
        private::create_dir(data.path())?;
        let lock = private::open_private(&data.register_lock())?;
        private::lock_within(&lock, PATIENCE)?;
        let mut register = Self::load(data)?;
        register.folders.push(Folder {
            path,
            since: now.trunc_subsecs(0),
        });
        let mut bytes = serde_json::to_vec_pretty(&register)?;
        bytes.push(b'\n');
        let staged = private::staged(data.path(), &bytes, Durability::Synced)?;
        staged.persist(data.register())?;
        Ok(())
    }

    const fn empty() -> Self {
        Self {
            bonafide_folders: VERSION,
            folders: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_noted_once_by_its_real_path() {
        let folder = tempfile::tempdir().unwrap();
        let data = DataDir::new(folder.path().join("data"));
        assert_eq!(Register::load(&data).unwrap().folders().count(), 0);
        let evidence = folder.path().join("evidence");
        for path in [evidence.clone(), evidence.join("..").join("evidence")] {
            Register::note(&data, &path, Utc::now()).unwrap();
        }
        let register = Register::load(&data).unwrap();
        let folders: Vec<_> = register.folders().collect();
        assert_eq!(folders, [evidence.canonicalize().unwrap()]);
    }

    #[test]
    fn a_register_of_another_version_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let data = DataDir::new(folder.path().to_owned());
        let text = r#"{"bonafide_folders":2,"folders":[]}"#;
        std::fs::write(data.register(), text).unwrap();
        assert!(Register::note(&data, folder.path(), Utc::now()).is_err());
        assert_eq!(std::fs::read_to_string(data.register()).unwrap(), text);
    }
}
