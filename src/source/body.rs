//! The body of an answer, read up to a limit and no further.

use reqwest::Response;
use sha2::{Digest as _, Sha256};

use super::retry::{Again, Fault};
use super::{EvidenceKind, Failure};

/// The most bytes that a true answer of `kind` has, after decompression.
pub(super) const fn limit(kind: EvidenceKind) -> u64 {
    const MIB: u64 = 1024 * 1024;
    match kind {
        // Real ones reach 600 KB of training alone.
        EvidenceKind::LearnTranscript => 16 * MIB,
        _ => 2 * MIB,
    }
}

/// Reads the whole body in pieces, so that a small answer that unpacks to a huge one is
/// dropped at the limit.
///
/// A connection cut on the way may heal and is worth another try; an answer that is too
/// large stays so.
pub(super) async fn read(mut response: Response, host: &str, limit: u64) -> Result<Vec<u8>, Fault> {
    let too_large = || {
        let host = host.to_owned();
        Fault::new(Failure::TooLarge { host, limit }, Again::Never)
    };
    if response
        .content_length()
        .is_some_and(|length| length > limit)
    {
        return Err(too_large());
    }
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if (body.len() + chunk.len()) as u64 > limit => return Err(too_large()),
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => return Ok(body),
            Err(_) => {
                let host = host.to_owned();
                return Err(Fault::new(Failure::Truncated { host }, Again::Backoff));
            }
        }
    }
}

/// SHA-256 in lower-case hex.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}
