//! The key of the pseudonyms: made once, so that two outputs can be compared.

use std::io;
use std::path::PathBuf;

use super::DataDir;
use crate::source::private::{self, Durability};

/// The key's file is 64 hexadecimal digits and a line break.
const FILE_LIMIT: u64 = 128;

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// It cannot be read or made.
    #[error("cannot read or make the redaction key {}", .path.display())]
    Io {
        /// The key's file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file is something else.
    #[error(
        "expected 64 hexadecimal digits in the redaction key {}, found something else; remove it to \
         have a new one made, with new pseudonyms",
        .path.display()
    )]
    NotAKey {
        /// The key's file.
        path: PathBuf,
    },
}

/// The key of the pseudonyms, made on first use and readable by its owner alone.
///
/// # Errors
/// When it cannot be read or made, or is no key.
pub fn redaction_key(data: &DataDir) -> Result<[u8; 32], KeyError> {
    let path = data.redaction_key();
    let failed = |source| KeyError::Io {
        path: path.clone(),
        source,
    };
    match private::read_own(&path, FILE_LIMIT) {
        Ok(text) => parse(&text).ok_or_else(|| KeyError::NotAKey { path: path.clone() }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            make(data).map_err(failed)?;
            // Another run may have been first; then its key counts.
            let text = private::read_own(&path, FILE_LIMIT).map_err(failed)?;
            parse(&text).ok_or_else(|| KeyError::NotAKey { path: path.clone() })
        }
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
            Err(KeyError::NotAKey { path: path.clone() })
        }
        Err(error) => Err(failed(error)),
    }
}

fn make(data: &DataDir) -> io::Result<()> {
    let mut key = [0; 32];
    getrandom::fill(&mut key).map_err(io::Error::other)?;
    private::create_dir(data.path())?;
    let text = format!("{}\n", hex::encode(key));
    let staged = private::staged(data.path(), text.as_bytes(), Durability::Synced)?;
    match staged.persist_noclobber(data.redaction_key()) {
        Err(error) if error.error.kind() != io::ErrorKind::AlreadyExists => Err(error.error),
        _ => private::sync_dir(data.path()),
    }
}

fn parse(text: &[u8]) -> Option<[u8; 32]> {
    let mut key = [0; 32];
    hex::decode_to_slice(text.trim_ascii(), &mut key).ok()?;
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_made_once_and_is_the_owners_alone() {
        let folder = tempfile::tempdir().unwrap();
        let data = DataDir::new(folder.path().join("data"));
        let key = redaction_key(&data).unwrap();
        assert_ne!(key, [0; 32]);
        assert_eq!(redaction_key(&data).unwrap(), key);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = data
                .redaction_key()
                .metadata()
                .unwrap()
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn a_file_that_is_no_key_is_not_used() {
        let folder = tempfile::tempdir().unwrap();
        let data = DataDir::new(folder.path().to_owned());
        for text in [
            "",
            "00",
            &"0".repeat(63),
            &"g".repeat(64),
            &"0".repeat(4096),
        ] {
            std::fs::write(data.redaction_key(), text).unwrap();
            assert!(
                matches!(redaction_key(&data), Err(KeyError::NotAKey { .. })),
                "{text}"
            );
        }
    }
}
