//! What one person is told on one day.

use std::fmt;

use chrono::NaiveDate;
use sha2::{Digest as _, Sha256};

use crate::lifecycle::RenewalState;
use crate::publish::calendar::Event;
use crate::report::request::Language;

/// One message: everything that one person is told on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// The name by which the same message is known when it is sent twice.
    pub key: Key,
    /// Whom it is for.
    pub recipient: Recipient,
    /// Whether they read of their own credentials.
    pub reader: Reader,
    /// The language it is written in.
    pub language: Language,
    /// The day on which it is true.
    pub day: NaiveDate,
    /// Why it is sent.
    pub occasion: Occasion,
    /// What they are told, the most urgent first; none only in a test.
    pub items: Vec<Item>,
}

/// Why a message is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Occasion {
    /// Something is due.
    Due,
    /// Somebody wants to see that messages arrive.
    Test,
}

/// Whom a message is for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recipient {
    /// Their name, to greet them.
    pub name: Option<String>,
    /// Their mail addresses. What goes to a room or a program needs none.
    pub addresses: Vec<String>,
}

/// What the reader is to the credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reader {
    /// They are the reader's own.
    Holder,
    /// They are those of people the reader looks after.
    TeamLead,
}

impl Reader {
    /// The word used in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Holder => "holder",
            Self::TeamLead => "team-lead",
        }
    }
}

/// One step of one credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What there is to tell.
    pub step: Step,
    /// Whose credential it is.
    pub holder: Option<String>,
    /// Its title; `None` where not even that is known.
    pub title: Option<String>,
    /// Its id, by which calendar entries know it: the credential's number.
    pub id: String,
    /// Its public address, never with a sharingId.
    pub link: Option<String>,
    /// Where its renewal stands on the day.
    pub renewal: RenewalState,
    /// The first day of the renewal window, on or about.
    pub opens_on: Option<NaiveDate>,
    /// The last day to act on: the earlier of expiry and retirement.
    pub deadline: Option<NaiveDate>,
    /// The last day on which it counts (UTC).
    pub expires_on: Option<NaiveDate>,
    /// The last day on which its certification can be earned and renewed.
    pub retires_on: Option<NaiveDate>,
    /// The page where it is renewed, as the catalogue knows it.
    pub renewal_url: Option<String>,
    /// The title of the certification to earn instead, where it is retired or will be and one
    /// is known.
    pub successor: Option<String>,
    /// Whether what is said of it is not common knowledge, but rests on rows of the sender's
    /// own catalogue.
    pub rests_on_own_rows: bool,
    /// Since when its link cannot be verified: what is said of it is what was known before.
    pub unverified_since: Option<NaiveDate>,
    /// Its calendar entries as they now stand, to be attached to mail.
    pub calendar: Vec<Event>,
}

impl Item {
    /// An item of which no more is known than its step and credential.
    pub fn new(step: Step, id: impl Into<String>) -> Self {
        Self {
            step,
            id: id.into(),
            holder: None,
            title: None,
            link: None,
            renewal: RenewalState::Unknown,
            opens_on: None,
            deadline: None,
            expires_on: None,
            retires_on: None,
            renewal_url: None,
            successor: None,
            rests_on_own_rows: false,
            unverified_since: None,
            calendar: Vec::new(),
        }
    }

    /// Whole days from `day` to the deadline, or to the expiry where there is no deadline;
    /// 0 on the last day, negative afterwards.
    pub fn days_left(&self, day: NaiveDate) -> Option<i64> {
        let last = self.deadline.or(self.expires_on)?;
        Some(last.signed_duration_since(day).num_days())
    }
}

/// What there is to tell of a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// The renewal window has opened.
    WindowOpen,
    /// So many days or fewer are left until the deadline: the threshold that was passed.
    DaysLeft(u16),
    /// Today is the deadline.
    LastDay,
    /// It no longer counts.
    Expired,
    /// Its certification will be retired.
    RetirementAnnounced,
    /// Its certification was retired.
    Retired,
    /// It can never be renewed again.
    NeverRenewableAgain,
    /// It was renewed: good news.
    Renewed,
    /// The issuer took it back.
    Revoked,
    /// Its link could not be verified for days.
    NotVerifiable,
    /// The end that was last known has passed, and its link cannot be verified: whether it
    /// ended or was renewed under another number is not known.
    LastKnownEnd,
}

impl Step {
    /// The word without its number, as the files of words know it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::WindowOpen => "window-open",
            Self::DaysLeft(_) => "days-left",
            Self::LastDay => "last-day",
            Self::Expired => "expired",
            Self::RetirementAnnounced => "retirement-announced",
            Self::Retired => "retired",
            Self::NeverRenewableAgain => "never-renewable-again",
            Self::Renewed => "renewed",
            Self::Revoked => "revoked",
            Self::NotVerifiable => "not-verifiable",
            Self::LastKnownEnd => "last-known-end",
        }
    }

    /// The days of the threshold that was passed, where it is one of days.
    pub const fn threshold(self) -> Option<u16> {
        match self {
            Self::DaysLeft(days) => Some(days),
            _ => None,
        }
    }

    /// Reads what [`Step`] prints.
    ///
    /// ```
    /// use bonafide::notify::Step;
    ///
    /// assert_eq!(Step::DaysLeft(30).to_string(), "days-left-30");
    /// assert_eq!(Step::parse("days-left-30"), Some(Step::DaysLeft(30)));
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(days) = text.strip_prefix("days-left-") {
            let step = days.parse().ok().map(Self::DaysLeft)?;
            // Only as printed: "+7" and "007" read as numbers too.
            return (step.to_string() == text).then_some(step);
        }
        let plain = [
            Self::WindowOpen,
            Self::LastDay,
            Self::Expired,
            Self::RetirementAnnounced,
            Self::Retired,
            Self::NeverRenewableAgain,
            Self::Renewed,
            Self::Revoked,
            Self::NotVerifiable,
            Self::LastKnownEnd,
        ];
        plain.into_iter().find(|step| step.word() == text)
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DaysLeft(days) => write!(f, "{}-{days}", self.word()),
            _ => f.write_str(self.word()),
        }
    }
}

/// The name of one message, the same however often it is sent: it becomes the Message-ID
/// of a mail and a header of a webhook.
///
/// It is safe in all of them: 1 to 64 of `a-z`, `A-Z`, `0-9`, `-`, `_` and `.`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(String);

/// A text that is not a [`Key`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a key of 1 to 64 letters, digits, '-', '_' and '.'")]
pub struct KeyError;

impl Key {
    /// The most characters of a key.
    const LONGEST: usize = 64;

    /// A key that is a function of `parts` alone and tells nothing of them.
    ///
    /// ```
    /// use bonafide::notify::Key;
    ///
    /// let key = Key::of(&["jane@example.com", "2026-11-22"]);
    /// assert_eq!(key, Key::of(&["jane@example.com", "2026-11-22"]));
    /// assert_ne!(key, Key::of(&["jane@example.com2026-11-22", ""]));
    /// assert_eq!(key.as_str().len(), 32);
    /// ```
    pub fn of(parts: &[&str]) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
        Self(hex::encode(&hash.finalize()[..16]))
    }

    /// Reads a key that was stored.
    ///
    /// # Errors
    /// When it is empty, long, or holds anything that would need quoting somewhere.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let is_safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if text.is_empty() || text.len() > Self::LONGEST || !text.chars().all(is_safe) {
            return Err(KeyError);
        }
        Ok(Self(text.to_owned()))
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_step_is_printed_and_read_again() {
        for step in [
            Step::WindowOpen,
            Step::DaysLeft(90),
            Step::DaysLeft(1),
            Step::LastDay,
            Step::Expired,
            Step::RetirementAnnounced,
            Step::Retired,
            Step::NeverRenewableAgain,
            Step::Renewed,
            Step::Revoked,
            Step::NotVerifiable,
            Step::LastKnownEnd,
        ] {
            assert_eq!(Step::parse(&step.to_string()), Some(step));
        }
        for other in [
            "",
            "days-left",
            "days-left-",
            "days-left-x",
            "days-left-+7",
            "Expired",
        ] {
            assert_eq!(Step::parse(other), None, "{other}");
        }
    }

    proptest! {
        #[test]
        fn a_key_never_needs_quoting(text in "\\PC{0,70}|[\\x00-\\x1f<>@a]{0,8}") {
            if let Ok(key) = Key::parse(&text) {
                prop_assert!(!key.as_str().contains(['<', '>', '@', '\r', '\n', ' ', '"']));
                prop_assert!((1..=64).contains(&key.as_str().len()));
            }
        }
    }
}
