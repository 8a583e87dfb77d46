//! The digest inside a receipt: every changed byte of the file is seen.

use sha2::{Digest as _, Sha256};

/// What stands in the digest's place while it is taken.
pub(super) const BLANK: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// How the last member of a receipt begins.
const MEMBER: &str = "\n  \"digest\": \"";

/// Puts the digest into a text that has [`BLANK`] in its place.
pub(super) fn fill(text: &str) -> String {
    match place(text) {
        Some(at) => [&text[..at], &of(text), &text[at + BLANK.len()..]].concat(),
        None => text.to_owned(),
    }
}

/// Whether the digest in a text is that of the text.
pub(super) fn holds(text: &str) -> bool {
    let Some(at) = place(text) else {
        return false;
    };
    let end = at + BLANK.len();
    text[at..end] == of(&[&text[..at], BLANK, &text[end..]].concat())
}

/// Where the digest begins: after the last `"digest": "` at the outermost indent. Inside
/// a string a line break is written `\n`, so no stranger's text can look like it.
fn place(text: &str) -> Option<usize> {
    let at = text.rfind(MEMBER)? + MEMBER.len();
    let digits = text.get(at..at + BLANK.len())?;
    digits
        .bytes()
        .all(|byte| byte.is_ascii_hexdigit())
        .then_some(at)
}

fn of(text: &str) -> String {
    hex::encode(Sha256::digest(text))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn receipt() -> String {
        fill(&format!(
            "{{\n  \"title\": \"Jané\",\n  \"digest\": \"{BLANK}\"\n}}\n"
        ))
    }

    #[test]
    fn every_changed_byte_is_seen() {
        let text = receipt();
        assert!(holds(&text));
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1;
            if let Ok(changed) = String::from_utf8(bytes) {
                assert!(!holds(&changed), "{at}");
            }
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "(\\PC|\n  \"digest\": \"[0-9a-fé]{60,70})*") {
            holds(&text);
        }
    }
}
