//! Keys in the files of OpenSSH.

use secrecy::{ExposeSecret as _, SecretString};
use ssh_key::{PrivateKey, PublicKey};

/// Why a text is not the key that is needed. No part of the text is repeated.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// A public key, where the private one is needed.
    #[error("expected a private key, found a public one; name the file without .pub")]
    Public,
    /// A private key, where a public one is needed.
    #[error("expected a public key, found a private one; name the file with .pub")]
    Private,
    /// A private key in another format.
    #[error(
        "expected a private key in OpenSSH's format, found another; ssh-keygen -p -f FILE \
         rewrites it"
    )]
    OtherFormat,
    /// A key in OpenSSH's format that the library does not read. It wants the number of an
    /// ECDSA key in its full length, and OpenSSH leaves leading zeros out: `ssh-key` 0.6.7,
    /// `EcdsaPrivateKey::decode`, read on 2026-11-22.
    #[error(
        "the key cannot be read: it is damaged, of a type that is not known, or an ECDSA key that \
         OpenSSH stores too short for this program (one in four with P-521); sign with \
         ssh-keygen -Y sign -n bonafide-receipt, or with an Ed25519 key"
    )]
    NotRead,
    /// No key, or one of a type that is not known.
    #[error("expected a key in OpenSSH's format and of a known type, found something else")]
    NoKey,
    /// The passphrase does not open it.
    #[error("the passphrase does not open the key")]
    WrongPassphrase,
}

/// Whether a private key needs a passphrase.
///
/// # Errors
/// When the text is no private key.
pub fn is_encrypted(text: &SecretString) -> Result<bool, KeyError> {
    parse(text).map(|key| key.is_encrypted())
}

/// Reads a private key, opened by its passphrase where it has one.
///
/// # Errors
/// When the text is no private key, or the passphrase does not open it.
pub fn read_private(
    text: &SecretString,
    passphrase: Option<&SecretString>,
) -> Result<PrivateKey, KeyError> {
    let key = parse(text)?;
    if !key.is_encrypted() {
        return Ok(key);
    }
    let passphrase = passphrase.ok_or(KeyError::WrongPassphrase)?;
    key.decrypt(passphrase.expose_secret())
        .map_err(|_| KeyError::WrongPassphrase)
}

fn parse(text: &SecretString) -> Result<PrivateKey, KeyError> {
    let text = text.expose_secret().trim();
    PrivateKey::from_openssh(text).map_err(|_| {
        if PublicKey::from_openssh(text).is_ok() {
            KeyError::Public
        } else if text.contains("PRIVATE KEY-----") && !text.contains("BEGIN OPENSSH") {
            KeyError::OtherFormat
        } else if text.contains("BEGIN OPENSSH PRIVATE KEY-----") {
            KeyError::NotRead
        } else {
            KeyError::NoKey
        }
    })
}

/// Reads a public key, one line as in `id_ed25519.pub`.
///
/// # Errors
/// When the text is something else.
pub fn read_public(text: &str) -> Result<PublicKey, KeyError> {
    let text = text.trim();
    if text.contains("PRIVATE KEY-----") {
        return Err(KeyError::Private);
    }
    PublicKey::from_openssh(text).map_err(|_| KeyError::NoKey)
}
