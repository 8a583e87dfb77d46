//! The forms that a message takes: pure, one for each kind of channel.
//!
//! Each escapes all text for where it goes, so that a stranger's title or name is shown and
//! never read: no mark-up, no mention of a whole room, no second header of a mail.

pub(super) mod document;
pub(super) mod html;
pub(super) mod ntfy;
pub(super) mod slack;
pub(super) mod teams;
pub(super) mod text;

use super::{Digest, Item};

/// How many of a digest's items go into each message, where none may be longer than `limit`
/// as `length` measures it. Each holds at least one, as does the message of a digest without
/// any.
pub(super) fn split_by(
    digest: &Digest,
    limit: usize,
    length: impl Fn(&Digest) -> usize,
) -> Vec<usize> {
    let mut counts = Vec::new();
    let mut rest = &digest.items[..];
    loop {
        let mut count = rest.len();
        while count > 1 && length(&part(digest, &rest[..count])) > limit {
            count = count.div_ceil(2);
        }
        counts.push(count);
        rest = &rest[count..];
        if rest.is_empty() {
            return counts;
        }
    }
}

/// The same where a message takes so many items.
pub(super) fn split_evenly(digest: &Digest, most: usize) -> Vec<usize> {
    if digest.items.is_empty() {
        return vec![0];
    }
    digest.items.chunks(most).map(<[_]>::len).collect()
}

fn part(digest: &Digest, items: &[Item]) -> Digest {
    Digest {
        key: digest.key.clone(),
        recipient: digest.recipient.clone(),
        items: items.to_vec(),
        ..*digest
    }
}

#[cfg(test)]
mod tests;
