//! OpenSSH signatures (SSHSIG) of a receipt: made here, and those of `ssh-keygen -Y sign`.
//!
//! Read from PROTOCOL.sshsig of OpenSSH 9.9 on 2026-11-22.

use ring::signature::{
    RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA512, RsaPublicKeyComponents,
};
use ssh_key::private::KeypairData;
use ssh_key::public::{KeyData, RsaPublicKey};
use ssh_key::{Algorithm, HashAlg, LineEnding, PrivateKey, PublicKey, SshSig};

use super::check::Trial;

/// What the signatures of receipts are for: one made for anything else does not count.
pub const NAMESPACE: &str = "bonafide-receipt";

/// Why a receipt cannot be signed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SignError {
    /// Keys of this type do not sign here: of RSA, since no library of Rust's own keeps the
    /// time that it takes apart from the key (RUSTSEC-2023-0071).
    #[error(
        "expected an Ed25519 or ECDSA key, found {0}; sign with ssh-keygen -Y sign -n \
         bonafide-receipt instead, or with an Ed25519 key"
    )]
    Unsupported(String),
    /// The key itself is at fault.
    #[error("the key cannot sign: {0}")]
    Key(ssh_key::Error),
}

/// What the signature of a receipt is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Signed {
    /// There is none.
    Not,
    /// It is good, and made by one whose signature counts.
    By {
        /// The fingerprint of the key.
        key: String,
        /// Who that is, where a list of signers says.
        principals: Option<String>,
    },
    /// It is good, but nobody said whose the key is.
    ByUnknown {
        /// The fingerprint of the key.
        key: String,
    },
    /// It does not count.
    Bad {
        /// The fingerprint of the key, where the signature names one.
        key: Option<String>,
        /// Why.
        why: String,
    },
}

impl Signed {
    /// Whether it is good and made by one whose signature counts.
    pub fn counts(&self) -> bool {
        matches!(self, Self::By { .. })
    }

    /// Whether there is one that does not hold.
    pub fn is_bad(&self) -> bool {
        matches!(self, Self::Bad { .. })
    }
}

/// Signs the bytes of a receipt, as `ssh-keygen -Y sign -n bonafide-receipt` does.
///
/// # Errors
/// When the key is of a type that cannot sign here.
pub fn sign(bytes: &[u8], key: &PrivateKey) -> Result<String, SignError> {
    let signed = match key.key_data() {
        KeypairData::Ed25519(_) | KeypairData::Ecdsa(_) => {
            key.sign(NAMESPACE, HashAlg::Sha512, bytes)
        }
        _ => return Err(SignError::Unsupported(key.algorithm().to_string())),
    };
    signed
        .and_then(|signature| signature.to_pem(LineEnding::LF))
        .map_err(SignError::Key)
}

/// What a signature of `bytes` is worth.
pub(super) fn judge(bytes: &[u8], signature: Option<&[u8]>, trial: &Trial<'_>) -> Signed {
    let Some(signature) = signature else {
        return Signed::Not;
    };
    let Ok(signature) = SshSig::from_pem(signature) else {
        return Signed::Bad {
            key: None,
            why: "it cannot be read: expected an OpenSSH signature, found something else"
                .to_owned(),
        };
    };
    let maker = signature.public_key();
    let key = maker.fingerprint(HashAlg::Sha256).to_string();
    let bad = |why: String| Signed::Bad {
        key: Some(key.clone()),
        why,
    };
    if signature.namespace() != NAMESPACE {
        let other: String = signature.namespace().chars().take(40).collect();
        return bad(format!(
            "it was made for {other:?} and not for {NAMESPACE:?}"
        ));
    }
    if let Err(error) = holds(&signature, bytes) {
        return bad(match error {
            ssh_key::Error::AlgorithmUnknown | ssh_key::Error::AlgorithmUnsupported { .. } => {
                format!("keys of the type {} are not supported", maker.algorithm())
            }
            _ => "it is not of these bytes".to_owned(),
        });
    }
    match trial.signers {
        None => Signed::ByUnknown { key },
        Some(signers) => match signers.who(maker, NAMESPACE, trial.now, trial.identity) {
            Ok(principals) => Signed::By {
                key,
                principals: principals.map(str::to_owned),
            },
            Err(why) => bad(why),
        },
    }
}

/// Whether a signature is of these bytes, by the key that it names.
fn holds(signature: &SshSig, bytes: &[u8]) -> ssh_key::Result<()> {
    match signature.public_key() {
        KeyData::Rsa(key) => rsa_holds(key, signature, bytes),
        maker => PublicKey::from(maker.clone()).verify(NAMESPACE, bytes, signature),
    }
}

/// The same for RSA, by the library that TLS has here. Checking takes no secret.
fn rsa_holds(key: &RsaPublicKey, signature: &SshSig, bytes: &[u8]) -> ssh_key::Result<()> {
    let hash = match signature.algorithm() {
        Algorithm::Rsa { hash: Some(hash) } => hash,
        other => return Err(ssh_key::Error::AlgorithmUnsupported { algorithm: other }),
    };
    let by = match hash {
        HashAlg::Sha256 => &RSA_PKCS1_2048_8192_SHA256,
        _ => &RSA_PKCS1_2048_8192_SHA512,
    };
    let number = |number: &ssh_key::Mpint| {
        let bytes = number.as_positive_bytes().map(<[u8]>::to_vec);
        bytes.ok_or(ssh_key::Error::Crypto)
    };
    let key = RsaPublicKeyComponents {
        n: number(&key.n)?,
        e: number(&key.e)?,
    };
    let data = SshSig::signed_data(NAMESPACE, signature.hash_alg(), bytes)?;
    key.verify(by, &data, signature.signature_bytes())
        .map_err(|_| ssh_key::Error::Crypto)
}
