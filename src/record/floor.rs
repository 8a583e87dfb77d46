//! What reading costs at the least: parsing into the very structs that readers use, and
//! nothing more. For benchmarks, which report each reader beside its floor.

use super::{learn_credential, learn_transcript};

/// Parses a record; says whether it could be.
pub fn credential(body: &[u8]) -> bool {
    serde_json::from_slice::<learn_credential::Answer<'_>>(body).is_ok()
}

/// Parses a transcript; says whether it could be.
pub fn transcript(body: &[u8]) -> bool {
    serde_json::from_slice::<learn_transcript::Answer<'_>>(body).is_ok()
}
