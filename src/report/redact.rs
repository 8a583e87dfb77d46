//! Outputs that name nobody: pseudonyms for names, user names and mail addresses.
//!
//! A pseudonym is an HMAC of what it stands for, so that the same person has the same one
//! in every output made with the same key, and nobody without the key can try names out.
//! That is pseudonymous and not anonymous: whoever has the key can tell whether a pseudonym
//! is a given person's, and the number of a credential stays, which Microsoft may still
//! answer with a name. `docs/privacy.md` says so.
//!
//! ```
//! use bonafide::report::Redactor;
//!
//! let redactor = Redactor::new([7; 32]);
//! let jane = redactor.name("Jane Doe");
//! assert!(jane.starts_with("person-"));
//! assert_eq!(jane, redactor.name("DOE, JANE"));
//! assert_eq!(
//!     redactor.text("Expected jane doe.", &["Jane Doe"]),
//!     format!("Expected {jane}.")
//! );
//! ```

mod address;
mod mail;
mod result;
mod row;
mod search;
mod spot;
#[cfg(test)]
mod tests;

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::check::holder;
use crate::link::{self, Link};
pub use row::About;
use search::Needle;

/// Hexadecimal digits of a pseudonym: with a million people, two share one in some
/// hundreds of sheets.
const DIGITS: usize = 12;

/// Gives pseudonyms, always the same ones for one key.
#[derive(Clone)]
pub struct Redactor {
    keyed: Hmac<Sha256>,
}

/// What a pseudonym stands for: told apart, so that no two sorts share one.
#[derive(Debug, Clone, Copy)]
enum Sort {
    Person,
    Mail,
    User,
    Transcript,
    Link,
}

impl Sort {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Mail => "mail",
            Self::User => "user",
            Self::Transcript => "transcript",
            Self::Link => "link",
        }
    }
}

impl Redactor {
    /// Gives the pseudonyms of a key.
    ///
    /// # Panics
    /// Never: an HMAC takes a key of any length.
    pub fn new(key: [u8; 32]) -> Self {
        Self {
            keyed: Hmac::new_from_slice(&key).expect("an HMAC takes a key of any length"),
        }
    }

    /// The pseudonym of a person. Spellings that differ in capitals, marks, titles or order
    /// alone have one, and so have two people of one name; a blank text stays blank.
    pub fn name(&self, name: &str) -> String {
        let folded = holder::key(name).unwrap_or_else(|| name.trim().to_lowercase());
        self.pseudonym(Sort::Person, name, &folded)
    }

    /// The pseudonym of a mail address, in any letter case; a blank text stays blank.
    pub fn mail(&self, mail: &str) -> String {
        self.pseudonym(Sort::Mail, mail, &mail.trim().to_lowercase())
    }

    /// A pasted link rebuilt without sharingId, its user and its transcript's number as
    /// pseudonyms. What cannot be rebuilt becomes a pseudonym as a whole.
    pub fn link(&self, text: &str) -> String {
        self.pasted(&link::judge(text))
    }

    /// A text with pseudonyms for the known names, in any letter case, and for every mail
    /// address.
    pub fn text(&self, text: &str, known: &[&str]) -> String {
        let names = known.iter().flat_map(|name| self.needles_of_name(name));
        self.replaced(text, &search::sorted(names.collect()))
    }

    /// Whether a text is a pseudonym of a person or a mail address.
    pub fn is_pseudonym(text: &str) -> bool {
        Self::starts_with_pseudonym(text) && text.len() == text.rfind('-').unwrap_or(0) + 1 + DIGITS
    }

    /// Whether a text begins with a pseudonym of a person or a mail address.
    pub fn starts_with_pseudonym(text: &str) -> bool {
        let digits = [Sort::Person, Sort::Mail].into_iter().find_map(|sort| {
            let rest = text.strip_prefix(sort.as_str())?.strip_prefix('-')?;
            rest.get(..DIGITS)
        });
        digits.is_some_and(|digits| {
            let is_hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
            digits.chars().all(is_hex)
        })
    }

    fn user(&self, user: &str) -> String {
        self.pseudonym(Sort::User, user, &user.to_lowercase())
    }

    fn pasted(&self, link: &Link) -> String {
        match link.canonical() {
            Some(canonical) => self.address(canonical, link.user()),
            None => self.pseudonym(Sort::Link, link.input(), link.input().trim()),
        }
    }

    fn needles_of_name(&self, name: &str) -> Vec<Needle> {
        let pseudonym = self.name(name);
        // Some messages quote a name with its odd characters escaped.
        let quoted = name.escape_debug().to_string();
        [
            Needle::new(name, &pseudonym),
            Needle::new(&quoted, &pseudonym),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn replaced(&self, text: &str, needles: &[Needle]) -> String {
        let mut out = String::with_capacity(text.len());
        let mut from = 0;
        for span in mail::spans(text) {
            out.push_str(&search::replace(&text[from..span.start], needles));
            out.push_str(&self.mail(&text[span.clone()]));
            from = span.end;
        }
        out.push_str(&search::replace(&text[from..], needles));
        out
    }

    fn pseudonym(&self, sort: Sort, given: &str, folded: &str) -> String {
        if given.trim().is_empty() {
            return String::new();
        }
        let mut mac = self.keyed.clone();
        mac.update(sort.as_str().as_bytes());
        mac.update(&[0]);
        mac.update(folded.as_bytes());
        let digits = hex::encode(mac.finalize().into_bytes());
        format!("{}-{}", sort.as_str(), &digits[..DIGITS])
    }
}

impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Redactor(key not shown)")
    }
}
