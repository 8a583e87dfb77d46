//! One exchange as a line of text, for whoever keeps many of them.

use chrono::{DateTime, Utc};

use super::Origin;
use super::archive::Entry;
use super::recording::Asked;

/// Puts what may be kept of an exchange into one line of JSON; a failure was seen at `now`.
///
/// It is reduced like saved evidence: no mail address, no MCID, no training, no sharingId.
///
/// # Errors
/// Never in practice: strings and numbers serialise.
pub fn seal(asked: &Asked, now: DateTime<Utc>) -> serde_json::Result<String> {
    serde_json::to_string(&Entry::write(asked, now))
}

/// Reads a sealed exchange back, as one that came by `origin`.
///
/// # Errors
/// What is wrong with the text, in words that end "expected …, found …".
pub fn unseal(text: &str, origin: Origin) -> Result<Asked, String> {
    Entry::read(text, origin)
}
