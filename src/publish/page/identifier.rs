//! Identifiers for the feed: the same things have the same ones, on every machine.

use sha2::{Digest, Sha256};

/// A UUID of version 8 (RFC 9562, section 5.8: the bits are ours), from a hash of the parts.
pub(super) fn of(parts: &[&str]) -> String {
    let mut hash = Sha256::new_with_prefix("bonafide");
    for part in parts {
        hash.update([0]);
        hash.update(part);
    }
    let mut bits: [u8; 16] = std::array::from_fn({
        let digest = hash.finalize();
        move |at| digest[at]
    });
    bits[6] = bits[6] & 0x0f | 0x80;
    bits[8] = bits[8] & 0x3f | 0x80;
    let digits = hex::encode(bits);
    let cut = [0..8, 8..12, 12..16, 16..20, 20..32].map(|part| digits[part].to_owned());
    format!("urn:uuid:{}", cut.join("-"))
}

/// Whether a text has the form of an identifier.
pub(super) fn is_one(text: &str) -> bool {
    let digits = text.strip_prefix("urn:uuid:").unwrap_or_default();
    let is_plain = |byte: u8| byte.is_ascii_hexdigit() || byte == b'-';
    digits.len() == 36 && digits.bytes().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_has_the_form_of_a_uuid_and_depends_on_every_part() {
        let one = of(&["page", "Jane Doe"]);
        assert_eq!(one.len(), "urn:uuid:".len() + 36);
        assert_eq!(one.as_bytes()["urn:uuid:".len() + 14], b'8');
        assert!(is_one(&one) && !is_one("urn:uuid:x") && !is_one(&one[9..]));
        assert_eq!(one, of(&["page", "Jane Doe"]));
        assert_ne!(one, of(&["pageJane Doe"]));
        assert_ne!(one, of(&["page", "Jane", "Doe"]));
    }
}
