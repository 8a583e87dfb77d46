//! What a question is known by in the journal.

use sha2::{Digest as _, Sha256};

use super::journal::Key;
use crate::source::Request;

/// Makes the keys of one journal.
#[derive(Debug, Clone)]
pub(super) struct Keys {
    salt: String,
}

impl Keys {
    /// With the salt of the journal.
    pub(super) fn new(salt: &str) -> Self {
        Self {
            salt: salt.to_owned(),
        }
    }

    /// What a question to `address` is known by.
    pub(super) fn of(&self, request: &Request, address: &str) -> Key {
        let mut hash = Sha256::new();
        hash.update(&self.salt);
        hash.update(request.kind().as_str());
        hash.update(address);
        if let Request::Page {
            sharing_id: Some(id),
            ..
        } = request
        {
            // Whether a page is shown may depend on it. Salted, it tells nothing.
            hash.update([0]);
            hash.update(id.reveal());
        }
        let mut key = Key::default();
        key.copy_from_slice(&hash.finalize()[..16]);
        key
    }
}
