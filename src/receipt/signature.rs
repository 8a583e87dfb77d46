//! OpenSSH signatures (SSHSIG) of a receipt: made here, and those of `ssh-keygen -Y sign`.
//!
//! Read from PROTOCOL.sshsig of OpenSSH 9.9 on 2026-11-22.

use rsa::pkcs1v15;
use rsa::signature::{SignatureEncoding as _, Signer as _};
use ssh_key::private::{KeypairData, RsaKeypair};
use ssh_key::{Algorithm, HashAlg, LineEnding, PrivateKey, PublicKey, Signature, SshSig};

use super::check::Trial;

/// What the signatures of receipts are for: one made for anything else does not count.
pub const NAMESPACE: &str = "bonafide-receipt";

/// Why a receipt cannot be signed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SignError {
    /// Keys of this type cannot sign here.
    #[error(
        "expected an Ed25519, RSA or ECDSA key, found {0}; sign with ssh-keygen -Y sign instead"
    )]
    Unsupported(String),
    /// The key itself is at fault.
    #[error("the key cannot sign")]
    Key(#[source] ssh_key::Error),
    /// An RSA key that is too short or whose numbers do not fit together.
    #[error("expected an RSA key of at least 2048 bits whose parts fit together, found another")]
    Rsa,
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
        KeypairData::Rsa(pair) => {
            let signature = rsa_signature(pair, bytes)?;
            SshSig::new(
                key.public_key().key_data().clone(),
                NAMESPACE,
                HashAlg::Sha512,
                signature,
            )
        }
        _ => return Err(SignError::Unsupported(key.algorithm().to_string())),
    };
    signed
        .and_then(|signature| signature.to_pem(LineEnding::LF))
        .map_err(SignError::Key)
}

/// An RSA signature of the bytes. `ssh-key` 0.6.7 builds the key from one prime taken
/// twice, which never signs.
fn rsa_signature(pair: &RsaKeypair, bytes: &[u8]) -> Result<Signature, SignError> {
    let number = |number: &ssh_key::Mpint| {
        let bytes = number.as_positive_bytes().ok_or(SignError::Rsa)?;
        Ok(rsa::BigUint::from_bytes_be(bytes))
    };
    let (public, private) = (&pair.public, &pair.private);
    let primes = vec![number(&private.p)?, number(&private.q)?];
    let key = rsa::RsaPrivateKey::from_components(
        number(&public.n)?,
        number(&public.e)?,
        number(&private.d)?,
        primes,
    );
    let key = key.map_err(|_| SignError::Rsa)?;
    if rsa::traits::PublicKeyParts::size(&key) < 256 {
        return Err(SignError::Rsa);
    }
    let data = SshSig::signed_data(NAMESPACE, HashAlg::Sha512, bytes).map_err(SignError::Key)?;
    let signed = pkcs1v15::SigningKey::<rsa::sha2::Sha512>::new(key).try_sign(&data);
    let signed = signed.map_err(|_| SignError::Rsa)?;
    let hash = Some(HashAlg::Sha512);
    Signature::new(Algorithm::Rsa { hash }, signed.to_vec()).map_err(SignError::Key)
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
    if let Err(error) = PublicKey::from(maker.clone()).verify(NAMESPACE, bytes, &signature) {
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
