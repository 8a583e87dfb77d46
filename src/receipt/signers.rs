//! Whose signatures count: OpenSSH's list of allowed signers, or one public key.
//!
//! The format is that of ssh-keygen(1), ALLOWED SIGNERS. What is not understood in full
//! is refused, since an option that is passed over would allow more than was meant.

use chrono::{DateTime, Local, NaiveDateTime, TimeZone, Utc};
use ssh_key::PublicKey;

use super::pattern;

/// Those whose signatures count.
#[derive(Debug)]
pub struct Signers(Vec<Signer>);

/// One of them.
#[derive(Debug)]
pub struct Signer {
    /// A pattern list of who it is; `None` for a key that was given by itself.
    principals: Option<String>,
    key: PublicKey,
    namespaces: Option<String>,
    valid_after: Option<DateTime<Utc>>,
    valid_before: Option<DateTime<Utc>>,
}

/// Why a list of allowed signers cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {flaw}")]
pub struct SignerError {
    line: usize,
    flaw: String,
}

impl Signers {
    /// Everybody who holds one key, whatever their name.
    pub fn key(key: PublicKey) -> Self {
        Self(vec![Signer {
            principals: None,
            key,
            namespaces: None,
            valid_after: None,
            valid_before: None,
        }])
    }

    /// Reads a list of allowed signers.
    ///
    /// # Errors
    /// When a line is of another form, or has an option that is not supported; which
    /// options are, the guide says.
    pub fn parse(text: &str) -> Result<Self, SignerError> {
        let lines = text.lines().enumerate();
        let is_entry = |(_, line): &(usize, &str)| {
            let line = line.trim();
            !line.is_empty() && !line.starts_with('#')
        };
        let signers = lines.filter(is_entry).map(|(at, line)| {
            Signer::parse(line.trim()).map_err(|flaw| SignerError { line: at + 1, flaw })
        });
        let signers: Vec<_> = signers.collect::<Result<_, _>>()?;
        if signers.is_empty() {
            let flaw = "expected principals and a key, found no line with any".to_owned();
            return Err(SignerError { line: 1, flaw });
        }
        Ok(Self(signers))
    }

    /// Who made a signature with `key` that counts for `namespace` at `now`, or why none
    /// of them did. With an `identity` it must be theirs.
    pub(super) fn who(
        &self,
        key: &ssh_key::public::KeyData,
        namespace: &str,
        now: DateTime<Utc>,
        identity: Option<&str>,
    ) -> Result<Option<&str>, String> {
        let mut why = "its key is not among those that may sign".to_owned();
        for signer in self.0.iter().filter(|signer| signer.key.key_data() == key) {
            match signer.allows(namespace, now, identity) {
                Ok(()) => return Ok(signer.principals.as_deref()),
                Err(flaw) => why = flaw,
            }
        }
        Err(why)
    }
}

impl Signer {
    fn allows(
        &self,
        namespace: &str,
        now: DateTime<Utc>,
        identity: Option<&str>,
    ) -> Result<(), String> {
        let is_other = |identity: &&str| {
            let list = self.principals.as_deref();
            !list.is_some_and(|list| pattern::matches(list, identity))
        };
        if let Some(identity) = identity.filter(is_other) {
            return Err(format!("its key is not {identity}'s"));
        }
        let mut namespaces = self.namespaces.iter();
        if namespaces.any(|list| !pattern::matches(list, namespace)) {
            return Err(format!(
                "its key may not sign for the namespace {namespace}"
            ));
        }
        if let Some(from) = self.valid_after.filter(|from| now < *from) {
            return Err(format!("its key may sign only from {from} on"));
        }
        if let Some(end) = self.valid_before.filter(|end| now > *end) {
            return Err(format!("its key could sign only until {end}"));
        }
        Ok(())
    }

    fn parse(line: &str) -> Result<Self, String> {
        let (principals, rest) = principals(line)?;
        // A key begins with its type; anything else in its place is options.
        let (options, key) = if let Some(key) = key(rest) {
            ("", key)
        } else {
            let (options, rest) = quoted_word(rest)?;
            let key = key(rest).ok_or("expected a public key, found none")?;
            (options, key)
        };
        let mut signer = Self {
            principals: Some(principals.to_owned()),
            key,
            namespaces: None,
            valid_after: None,
            valid_before: None,
        };
        for option in split_options(options)? {
            signer.set(option)?;
        }
        if let (Some(from), Some(end)) = (signer.valid_after, signer.valid_before)
            && from >= end
        {
            return Err("expected valid-before after valid-after".to_owned());
        }
        Ok(signer)
    }

    fn set(&mut self, option: &str) -> Result<(), String> {
        let (name, value) = option.split_once('=').unwrap_or((option, ""));
        let value = value
            .strip_prefix('"')
            .and_then(|value| value.strip_suffix('"'))
            .filter(|value| !value.is_empty() && !value.contains(['"', '\\']));
        let needed = || format!("expected {name}=\"…\", found another form");
        match name.to_ascii_lowercase().as_str() {
            "namespaces" if self.namespaces.is_none() => {
                self.namespaces = Some(value.ok_or_else(needed)?.to_owned());
            }
            "valid-after" if self.valid_after.is_none() => {
                self.valid_after = Some(moment(value.ok_or_else(needed)?, Latest)?);
            }
            "valid-before" if self.valid_before.is_none() => {
                self.valid_before = Some(moment(value.ok_or_else(needed)?, Earliest)?);
            }
            "namespaces" | "valid-after" | "valid-before" => {
                return Err(format!("expected {name} once, found it twice"));
            }
            "cert-authority" => {
                return Err(
                    "expected a signer's own key, found cert-authority: certificates are not \
                     supported"
                        .to_owned(),
                );
            }
            _ => return Err(format!("the option {name} is not supported")),
        }
        Ok(())
    }
}

/// Which of two readings of a local time counts: the one that allows less.
#[derive(Debug, Clone, Copy)]
enum Reading {
    Earliest,
    Latest,
}
use Reading::{Earliest, Latest};

/// `YYYYMMDD`, `YYYYMMDDHHMM` or `YYYYMMDDHHMMSS`; in UTC with `Z` behind it, else in this
/// machine's time zone.
fn moment(text: &str, reading: Reading) -> Result<DateTime<Utc>, String> {
    let flaw = || format!("expected a moment such as 20261122Z or 202611221530Z, found {text}");
    let (digits, is_utc) = match text.strip_suffix(['Z', 'z']) {
        Some(digits) => (digits, true),
        None => (text, false),
    };
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) || !matches!(digits.len(), 8 | 12 | 14) {
        return Err(flaw());
    }
    let whole = format!("{digits:0<14}");
    let naive = NaiveDateTime::parse_from_str(&whole, "%Y%m%d%H%M%S").map_err(|_| flaw())?;
    if is_utc {
        return Ok(naive.and_utc());
    }
    let local = Local.from_local_datetime(&naive);
    let local = match reading {
        Earliest => local.earliest(),
        Latest => local.latest(),
    };
    Ok(local.ok_or_else(flaw)?.with_timezone(&Utc))
}

fn key(text: &str) -> Option<PublicKey> {
    // The comment behind the key is anybody's and may be of any length.
    let mut words = text.split_whitespace();
    let key = format!("{} {}", words.next()?, words.next()?);
    PublicKey::from_openssh(&key).ok()
}

/// The first word of a line, which may stand in quotes, and what follows it.
fn principals(line: &str) -> Result<(&str, &str), String> {
    let (word, rest) = match line.strip_prefix('"') {
        Some(line) => line
            .split_once('"')
            .ok_or("expected a closing quote, found none")?,
        None => line
            .split_once([' ', '\t'])
            .ok_or("expected principals and a key, found one word")?,
    };
    if word.is_empty() || word.contains('"') {
        return Err("expected principals, found none".to_owned());
    }
    Ok((word, rest.trim_start()))
}

/// The first word where blanks inside quotes are part of it, and what follows it.
fn quoted_word(text: &str) -> Result<(&str, &str), String> {
    let mut quoted = false;
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ' ' | '\t' if !quoted => return Ok((&text[..at], text[at..].trim_start())),
            _ => {}
        }
    }
    Err("expected a public key behind the options, found none".to_owned())
}

/// Options stand between commas that are not in quotes.
fn split_options(options: &str) -> Result<Vec<&str>, String> {
    let mut found = Vec::new();
    let (mut quoted, mut start) = (false, 0);
    for (at, c) in options.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => {
                found.push(&options[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    if !options.is_empty() {
        found.push(&options[start..]);
    }
    if found.iter().any(|option| option.is_empty()) {
        return Err("expected an option between the commas, found none".to_owned());
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KEY: &str =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILM+rvN+ot98qgEN796jTiQfZfG1KaT0PtFDJ/XFSqti";

    fn one(before: &str) -> Result<Signers, String> {
        Signers::parse(&format!("# a list\n\n{before} {KEY} a comment\n"))
            .map_err(|error| error.to_string())
    }

    fn who(signers: &Signers, at: &str, identity: Option<&str>) -> Result<String, String> {
        let key = PublicKey::from_openssh(KEY).unwrap();
        let who = signers.who(
            key.key_data(),
            "bonafide-receipt",
            at.parse().unwrap(),
            identity,
        );
        who.map(|who| who.unwrap_or_default().to_owned())
    }

    #[test]
    fn a_signer_counts_as_the_list_says() {
        let now = "2026-11-22T12:00:00Z";
        for (before, counts) in [
            ("jo@example.org", true),
            ("\"jo@example.org\"", true),
            ("jo@example.org,ann@example.org", true),
            ("jo@example.org namespaces=\"bonafide-receipt\"", true),
            ("jo@example.org NAMESPACES=\"file,bonafide-*\"", true),
            ("jo@example.org namespaces=\"file\"", false),
            ("jo@example.org namespaces=\"*,!bonafide-receipt\"", false),
            ("jo@example.org valid-after=\"20261122Z\"", true),
            ("jo@example.org valid-after=\"202611221200Z\"", true),
            ("jo@example.org valid-after=\"20261122120001Z\"", false),
            ("jo@example.org valid-before=\"20261122120000Z\"", true),
            ("jo@example.org valid-before=\"20261122115959Z\"", false),
            (
                "jo@example.org valid-after=\"20250101\",valid-before=\"20280101\"",
                true,
            ),
            (
                "jo@example.org valid-after=\"20250101Z\",namespaces=\"git\"",
                false,
            ),
        ] {
            assert_eq!(
                who(&one(before).unwrap(), now, None).is_ok(),
                counts,
                "{before}"
            );
        }
    }

    #[test]
    fn an_identity_must_be_among_the_principals() {
        let now = "2026-11-22T12:00:00Z";
        let signers = one("*@example.org,!eve@example.org").unwrap();
        assert!(who(&signers, now, Some("jo@example.org")).is_ok());
        assert!(who(&signers, now, Some("eve@example.org")).is_err());
        let signers = Signers::key(PublicKey::from_openssh(KEY).unwrap());
        assert!(who(&signers, now, None).is_ok());
        assert!(who(&signers, now, Some("jo@example.org")).is_err());
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for before in [
            "jo@example.org cert-authority",
            "jo@example.org no-touch-required",
            "jo@example.org namespaces=bonafide-receipt",
            "jo@example.org namespaces=\"\"",
            "jo@example.org namespaces=\"a\",namespaces=\"b\"",
            "jo@example.org namespaces=\"a\",,valid-after=\"20250101Z\"",
            "jo@example.org valid-after=\"2025-01-01\"",
            "jo@example.org valid-after=\"20251301Z\"",
            "jo@example.org valid-after=\"20270101Z\",valid-before=\"20260101Z\"",
            "\"jo@example.org",
            "jo@example.org namespaces=\"a",
        ] {
            let error = one(before).unwrap_err();
            assert!(error.starts_with("line 3: "), "{before}: {error}");
        }
        assert!(Signers::parse("").is_err());
        assert!(Signers::parse("# nobody\n").is_err());
        assert!(Signers::parse("jo@example.org ssh-ed25519 AAAA\n").is_err());
        assert!(Signers::parse(KEY).is_err());
    }

    proptest! {
        #[test]
        fn no_list_makes_it_panic(text in "(\\PC|[a-z\"=, !*?]|namespaces=\"|valid-after=\"2026|\n)*") {
            let _ = Signers::parse(&text);
            let _ = Signers::parse(&format!("{text} {KEY}"));
        }
    }
}
