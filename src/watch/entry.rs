//! What is watched, for whom.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use crate::link::{self, Link};
use crate::report::request::Language;

/// The number by which a tracked link is known here. It is never given twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId(pub i64);

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A tracked link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number here.
    pub id: EntryId,
    /// The link.
    pub link: TrackedLink,
    /// Whose it is, and who is told how.
    pub details: Details,
    /// The day before which nobody is told anything.
    pub snoozed_until: Option<NaiveDate>,
    /// Whether its holder wants to let it end.
    pub plan: RenewalPlan,
}

impl Entry {
    /// Whether it is to be left alone on a day.
    pub fn is_snoozed_on(&self, day: NaiveDate) -> bool {
        self.snoozed_until.is_some_and(|until| day < until)
    }
}

/// Whose a credential is, and who is told how.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Details {
    /// The holder's name.
    pub name: Option<String>,
    /// The holder's mail address.
    pub owner: Option<MailAddress>,
    /// Their team lead's.
    pub lead: Option<MailAddress>,
    /// What it is sorted by; thresholds may be set for a label.
    pub labels: BTreeSet<Label>,
    /// The language in which people are told; `None` for the configuration's.
    pub language: Option<Language>,
    /// Channels by their names in the configuration; none for those of the configuration.
    pub channels: Vec<String>,
    /// A note for whoever keeps the list.
    pub note: Option<String>,
}

impl Details {
    /// Takes over what `other` names, and keeps the rest. Says whether anything changed.
    pub fn take_over(&mut self, other: Self) -> bool {
        let before = self.clone();
        let or = |new: Option<String>, old: &mut Option<String>| {
            if new.is_some() {
                *old = new;
            }
        };
        or(other.name, &mut self.name);
        or(other.note, &mut self.note);
        self.owner = other.owner.or(self.owner.take());
        self.lead = other.lead.or(self.lead.take());
        self.language = other.language.or(self.language);
        self.labels.extend(other.labels);
        if !other.channels.is_empty() {
            self.channels = other.channels;
        }
        *self != before
    }
}

/// What the holder wants to do about the end of a credential.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RenewalPlan {
    /// Renew it: the usual thing.
    #[default]
    Renew,
    /// Let it end: nobody is reminded of a deadline.
    LetEnd,
}

/// A link as it is stored: rebuilt from its parts, without its sharingId.
///
/// The record of a credential is asked for by its number alone, so that the sharingId, which
/// is a key to its holder's pages, is not needed again.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TrackedLink(String);

impl TrackedLink {
    /// The stored form; `None` for a link that the issuer cannot be asked about.
    pub fn of(link: &Link) -> Option<Self> {
        let canonical = link.canonical().filter(|_| link.is_verifiable())?;
        Some(Self(canonical.to_owned()))
    }

    /// What was stored.
    pub(super) fn stored(text: String) -> Self {
        Self(text)
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What it leads to, the same for every link that leads there: a credential has one on its
    /// holder's pages, one that is shared in each language, and one by its number.
    ///
    /// ```
    /// use bonafide::{link, watch::TrackedLink};
    ///
    /// let target = |text| TrackedLink::of(&link::judge(text)).unwrap().target();
    /// assert_eq!(
    ///     target("https://learn.microsoft.com/api/credentials/share/de-de/jane/20170DBC5AC04E38"),
    ///     target("https://learn.microsoft.com/en-us/users/jane/credentials/20170dbc5ac04e38"),
    /// );
    /// ```
    pub fn target(&self) -> String {
        let link = link::judge(&self.0);
        if let Some(id) = link.credential_id() {
            return number(id.as_str());
        }
        let transcript = link.share_id().map(|id| format!("transcript {id}"));
        let badge = || link.badge_id().map(|id| format!("badge {id}"));
        transcript.or_else(badge).unwrap_or_else(|| self.0.clone())
    }
}

/// A credential's number as it is compared: it is printed with and without leading zeros.
pub(super) fn number(id: &str) -> String {
    id.to_ascii_uppercase().trim_start_matches('0').to_owned()
}

impl fmt::Display for TrackedLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A word by which entries are sorted.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Label(String);

/// A text that is no label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a label of 1 to 40 letters, digits, '-', '_' and '.'")]
pub struct LabelError;

impl Label {
    /// The label as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Label {
    type Err = LabelError;

    fn from_str(text: &str) -> Result<Self, LabelError> {
        let text = text.trim();
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        let length = text.chars().count();
        if !(1..=40).contains(&length) || !text.chars().all(is_word) {
            return Err(LabelError);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A mail address. Capitals are not told apart: one person gets one message.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MailAddress(String);

/// A text that is no mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a mail address such as jane@example.com, found {found}")]
pub struct MailAddressError {
    found: &'static str,
}

impl MailAddress {
    /// The address as text, in small letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for MailAddress {
    type Err = MailAddressError;

    /// Takes the addresses that mail systems give to people; what needs quoting is refused.
    fn from_str(text: &str) -> Result<Self, MailAddressError> {
        let not = |found| MailAddressError { found };
        let text = text.trim();
        let Some((local, domain)) = text.split_once('@') else {
            return Err(not("no @ in it"));
        };
        if domain.contains('@') {
            return Err(not("more than one @"));
        }
        if text.len() > 254 || local.is_empty() || local.len() > 64 {
            return Err(not(
                "a part before the @ that is empty, or a text that is too long",
            ));
        }
        let is_plain = |c: char| c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c);
        let has_bad_dots = local.starts_with('.') || local.ends_with('.') || local.contains("..");
        if !local.chars().all(is_plain) || has_bad_dots {
            return Err(not("characters before the @ that stand in no address"));
        }
        let ascii =
            idna::domain_to_ascii_strict(domain).map_err(|_| not("no domain behind the @"))?;
        if !ascii.contains('.') || ascii.starts_with('.') || ascii.ends_with('.') {
            return Err(not("no whole domain behind the @"));
        }
        Ok(Self(text.to_lowercase()))
    }
}

impl fmt::Display for MailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link;

    #[test]
    fn a_mail_address_is_one_person_in_any_capitals() {
        let read = |text: &str| text.parse::<MailAddress>().unwrap();
        assert_eq!(read(" Jane.Doe@Example.COM "), read("jane.doe@example.com"));
        assert_eq!(
            read("jörg+x@bücher.example").as_str(),
            "jörg+x@bücher.example"
        );
    }

    #[test]
    fn what_is_no_mail_address_is_refused() {
        for text in [
            "",
            "jane",
            "jane@",
            "@example.com",
            "jane@@example.com",
            "jane@example",
            "a b@example.com",
            "jane@exa mple.com",
            ".jane@example.com",
            "ja..ne@example.com",
            "jane@example..com",
            "jane@example.com\r\nBcc: x@example.com",
            "Jane <jane@example.com>",
            "jane@example.com,b@example.com",
        ] {
            assert!(text.parse::<MailAddress>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn the_stored_link_has_no_sharing_id() {
        let link = link::judge(
            "https://learn.microsoft.com/api/credentials/share/en-us/JaneDoe-1/F41008EF3A8CBCE4?sharingId=E0A12B3C4D5E6F70",
        );
        let tracked = TrackedLink::of(&link).unwrap();
        assert!(!tracked.as_str().contains("E0A12B3C4D5E6F70"), "{tracked}");
        assert!(TrackedLink::of(&link::judge("https://example.com/")).is_none());
    }

    #[test]
    fn details_that_are_not_named_stay() {
        let mut details = Details {
            name: Some("Jane Doe".to_owned()),
            owner: Some("jane@example.com".parse().unwrap()),
            ..Details::default()
        };
        let other = Details {
            owner: Some("j.doe@example.com".parse().unwrap()),
            labels: [Label::from_str("azure").unwrap()].into(),
            ..Details::default()
        };
        assert!(details.take_over(other.clone()));
        assert_eq!(details.name.as_deref(), Some("Jane Doe"));
        assert_eq!(details.owner, other.owner);
        assert!(!details.take_over(other));
    }
}
