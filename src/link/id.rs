//! The identifiers inside links, each a type of its own.

use std::fmt;

/// The number of one credential: 1 to 16 upper-case hexadecimal digits.
///
/// Microsoft prints a 64-bit number without padding, so 14 and 15 digits are as genuine
/// as 16 and a shorter one is never padded. Lower-case digits are accepted, since the
/// credential page uses them, and made upper-case. (163 real links, read 2026-11-22.)
///
/// ```
/// use bonafide::link::CredentialId;
///
/// assert_eq!(CredentialId::parse("ed953c6bb9a4d04").unwrap().as_str(), "ED953C6BB9A4D04");
/// assert!(CredentialId::parse("20170DBC5AC04E380").is_none());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CredentialId(String);

impl CredentialId {
    /// Reads 1 to 16 hexadecimal digits of either case; anything else is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (1..=16).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_hexdigit());
        fits.then(|| Self(text.to_ascii_uppercase()))
    }

    /// The digits, upper-case.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether both print the same number, with or without leading zeros.
    pub fn same_number(&self, other: &Self) -> bool {
        self.0.trim_start_matches('0') == other.0.trim_start_matches('0')
    }
}

impl fmt::Display for CredentialId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The number of a shared transcript: 15 of `[0-9a-z]`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ShareId(String);

impl ShareId {
    /// Reads 15 lower-case letters or digits (upper-case is lowered); anything else is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = text.len() == 15 && text.bytes().all(|b| b.is_ascii_alphanumeric());
        fits.then(|| Self(text.to_ascii_lowercase()))
    }

    /// The characters, lower-case.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ShareId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The number of a Credly badge: a UUID in lower case.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BadgeId(String);

impl BadgeId {
    /// Reads a hyphenated UUID of either case; anything else is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = text.len() == 36
            && text.bytes().enumerate().all(|(at, b)| match at {
                8 | 13 | 18 | 23 => b == b'-',
                _ => b.is_ascii_hexdigit(),
            });
        fits.then(|| Self(text.to_ascii_lowercase()))
    }

    /// The UUID, lower-case and hyphenated.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for BadgeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A presentational language tag in a path: `xx-yy` or `xx-xxxx-yy`, lower-case.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Locale(String);

impl Locale {
    /// Reads `xx-yy` or `xx-xxxx-yy` of either case; anything else is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let letters = |part: &str, range: std::ops::RangeInclusive<usize>| {
            range.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic())
        };
        let parts: Vec<&str> = text.split('-').collect();
        let fits = match parts[..] {
            [language, region] => letters(language, 2..=3) && letters(region, 2..=2),
            [language, script, region] => {
                letters(language, 2..=3) && letters(script, 4..=4) && letters(region, 2..=2)
            }
            _ => false,
        };
        fits.then(|| Self(text.to_ascii_lowercase()))
    }

    /// The tag, lower-case.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The holder's key to their shared pages: a capability, never printed.
///
/// It is sent to the issuer as the holder meant it to be, and shown nowhere: `Debug` is
/// redacted and there is no `Display`. One per holder, not per credential; it may happen
/// to equal the [`CredentialId`].
#[derive(Clone, PartialEq, Eq)]
pub struct SharingId(String);

impl SharingId {
    /// Reads 1 to 16 hexadecimal digits; anything else is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        CredentialId::parse(text).map(|id| Self(id.0))
    }

    /// The secret itself, for the request to the issuer and for scrubbing only.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SharingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SharingId(redacted)")
    }
}

/// The user segment of a path: 1 to 64 of `[A-Za-z0-9._-]`, as written.
///
/// Real ones are `[A-Za-z0-9-]`, 6 to 34 characters (read 2026-11-22); the rest is
/// leeway. It neither begins nor ends with a dot, so that it is never a step in a path
/// and never loses its end to the trimming of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct UserName(String);

impl UserName {
    /// Reads a user segment; anything else is `None`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
        let fits = (1..=64).contains(&text.len())
            && text.bytes().all(plain)
            && !text.starts_with('.')
            && !text.ends_with('.');
        fits.then(|| Self(text.to_owned()))
    }

    /// The segment as written.
    pub(super) fn into_string(self) -> String {
        self.0
    }
}

/// A name in the catalogue, such as `azure-ai-engineer`: lower-case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Slug(String);

impl Slug {
    /// Reads 1 to 100 letters, digits or hyphens (upper-case is lowered); anything else
    /// is `None`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
        let fits = (1..=100).contains(&text.len()) && text.bytes().all(plain);
        fits.then(|| Self(text.to_ascii_lowercase()))
    }

    /// The name, lower-case.
    pub(super) fn into_string(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sharing_id_is_redacted_in_debug() {
        let id = SharingId::parse("C72B4F60A795D7E4").unwrap();
        assert_eq!(format!("{id:?}"), "SharingId(redacted)");
    }

    #[test]
    fn locales_of_both_forms_are_read() {
        assert_eq!(Locale::parse("zh-Hans-CN").unwrap().as_str(), "zh-hans-cn");
        assert!(Locale::parse("en-us").is_some());
        assert!(Locale::parse("users").is_none());
        assert!(Locale::parse("en_us").is_none());
    }

    #[test]
    fn badge_ids_need_hyphens_in_their_places() {
        assert!(BadgeId::parse("3ed06b52-2c42-4696-ae9f-3801940fe2b4").is_some());
        assert!(BadgeId::parse("3ed06b522c42-4696-ae9f-3801940fe2b4-").is_none());
    }

    #[test]
    fn user_names_are_never_steps_in_a_path() {
        for honest in ["NameSurname-1234", "62221688", "a_b.c", "at-0678"] {
            assert!(UserName::parse(honest).is_some(), "{honest}");
        }
        for bad in [
            "",
            ".",
            "..",
            ".a",
            "a.",
            "a%2Fb",
            "a/b",
            "José",
            &"a".repeat(65),
        ] {
            assert!(UserName::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn slugs_are_lower_case() {
        assert_eq!(
            Slug::parse("Azure-AI-Engineer").map(Slug::into_string),
            Some("azure-ai-engineer".to_owned())
        );
        assert!(Slug::parse("azure%2Fai").is_none());
    }
}
