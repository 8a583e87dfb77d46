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

use super::message::{Message, Section};

/// Cuts a message's sections into parts, each no longer than `limit` octets as `form`
/// writes it. A part holds at least one section, and a message without any is one part.
fn parts<'m, T>(
    message: &'m Message,
    limit: usize,
    form: impl Fn(&'m [Section]) -> T,
    length: impl Fn(&T) -> usize,
) -> Vec<T> {
    let mut parts = Vec::new();
    let mut rest = &message.sections[..];
    loop {
        let mut count = rest.len();
        let mut part = form(&rest[..count]);
        while count > 1 && length(&part) > limit {
            count = count.div_ceil(2);
            part = form(&rest[..count]);
        }
        parts.push(part);
        rest = &rest[count..];
        if rest.is_empty() {
            return parts;
        }
    }
}

#[cfg(test)]
mod tests;
