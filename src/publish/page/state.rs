//! What a page shows, as data: `credentials.json`, which the next run reads again.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::checked::HolderSaid;
use super::config::Config;
use crate::publish::{Tone, clean};

/// What every `credentials.json` of ours says it is.
const MADE_BY: &str = "bonafide page";

/// The version of the document written here.
const VERSION: u8 = 1;

/// `credentials.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PageDocument {
    /// Always 1.
    #[schemars(extend("const" = 1))]
    schema_version: u8,
    /// Always "bonafide page".
    #[schemars(extend("const" = "bonafide page"))]
    made_by: String,
    /// The instant of judgement, in UTC.
    #[schemars(extend("format" = "date-time"))]
    pub(super) as_of: String,
    /// Whose page it is, as its owner says.
    pub(super) name: String,
    /// What the owner does, as the owner says.
    pub(super) headline: Option<String>,
    /// The page's language.
    pub(super) language: String,
    /// The credentials in the page's order.
    pub(super) credentials: Vec<Entry>,
    /// What changed, newest first.
    pub(super) changes: Vec<Change>,
    /// The feed's identifier, which stays for as long as the folder does.
    pub(super) feed_id: String,
}

/// One credential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Entry {
    /// What it is known by on this page from run to run.
    pub(super) key: String,
    /// Its title.
    pub(super) title: String,
    /// Its sort.
    #[schemars(extend("enum" = ["certification", "applied-skill", "exam", "badge", "unknown"]))]
    pub(super) kind: String,
    /// The headline, as `verify` has it.
    #[schemars(extend("enum" = ["active", "needs-renewal", "expired", "retired", "revoked", "undetermined"]))]
    pub(super) status: String,
    /// How it is shown: `good` alone is green.
    #[schemars(extend("enum" = ["good", "attention", "bad", "unverified"]))]
    pub(super) shown_as: String,
    /// Whether it is in force; null where that is not known.
    pub(super) valid: Option<bool>,
    /// What is said of it in a few words.
    pub(super) message: String,
    /// Why it is unverified.
    pub(super) reason: Option<String>,
    /// What the issuer's data says of the holder.
    pub(super) holder: HolderSaid,
    /// When it was first earned.
    pub(super) earned_on: Option<NaiveDate>,
    /// Its last day; null where it has no end or none is known.
    pub(super) valid_until: Option<NaiveDate>,
    /// Where the renewal window stands.
    #[schemars(extend("enum" = ["not-open", "open", "closed", "not-required", "impossible", "unknown"]))]
    pub(super) renewal: String,
    /// The first day of the window, on or about.
    pub(super) renewal_opens_on: Option<NaiveDate>,
    /// The last day to renew.
    pub(super) renewal_deadline: Option<NaiveDate>,
    /// The exam, where only one leads to it.
    pub(super) exam: Option<String>,
    /// The day on which the issuer said so, or was asked.
    pub(super) checked_on: NaiveDate,
    /// Whether a later check came to nothing, and this is what was said before.
    pub(super) kept: bool,
    /// Where everyone can check it.
    #[schemars(extend("format" = "uri"))]
    pub(super) link: Option<String>,
    /// Its badge, beside this file.
    pub(super) badge: String,
    /// The codes of what a reader should know.
    pub(super) findings: Vec<String>,
    /// Whether it comes from a shared transcript.
    pub(super) from_transcript: bool,
    /// What was last known of it for certain; null where nothing was.
    pub(super) settled: Option<Settled>,
}

/// What was known for certain at some time, to tell what changed since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Settled {
    /// The headline, or `not-as-required`.
    pub(super) status: String,
    /// Its last day.
    pub(super) valid_until: Option<NaiveDate>,
}

/// One change, as the feed tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// The feed entry's identifier.
    pub(super) id: String,
    /// When it was seen, in UTC.
    #[schemars(extend("format" = "date-time"))]
    pub(super) at: String,
    /// Of which credential.
    pub(super) key: String,
    /// What sort of change.
    #[schemars(extend("enum" = ["added", "changed", "removed"]))]
    pub(super) kind: String,
    /// What happened, in the page's language.
    pub(super) text: String,
    /// Where the credential can be checked.
    pub(super) link: Option<String>,
}

/// Why a file is not what an earlier run left.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StateError {
    /// It is no JSON of this form.
    #[error("expected what an earlier run left, found something else ({0})")]
    NotOurs(String),
    /// A newer program wrote it.
    #[error("expected version {VERSION}, found version {0}; use a newer bonafide")]
    OtherVersion(u64),
}

impl PageDocument {
    /// Reads what an earlier run left.
    ///
    /// # Errors
    /// When it is something else, or of a version that is not known here.
    pub fn read(text: &[u8]) -> Result<Self, StateError> {
        #[derive(Deserialize)]
        struct Head {
            schema_version: u64,
            made_by: String,
        }
        let not_ours = |error: serde_json::Error| StateError::NotOurs(error.to_string());
        let head: Head = serde_json::from_slice(text).map_err(not_ours)?;
        if head.made_by != MADE_BY {
            return Err(StateError::NotOurs("another program's".to_owned()));
        }
        if head.schema_version != u64::from(VERSION) {
            return Err(StateError::OtherVersion(head.schema_version));
        }
        serde_json::from_slice(text).map_err(not_ours)
    }

    /// A document that holds nothing yet.
    pub(super) fn blank(feed_id: String) -> Self {
        Self {
            schema_version: VERSION,
            made_by: MADE_BY.to_owned(),
            as_of: String::new(),
            name: String::new(),
            headline: None,
            language: String::new(),
            credentials: Vec::new(),
            changes: Vec::new(),
            feed_id,
        }
    }

    /// Says whose page it is on which day, and what is on it.
    pub(super) fn describe(&mut self, config: &Config, as_of: DateTime<Utc>, entries: Vec<Entry>) {
        self.as_of = as_of.to_rfc3339_opts(SecondsFormat::Secs, true);
        self.name = clean::line(&config.name);
        self.headline = config.headline.as_deref().map(clean::line);
        config.language.as_str().clone_into(&mut self.language);
        self.credentials = entries;
    }

    /// The credential of a key.
    pub(super) fn find(&self, key: &str) -> Option<&Entry> {
        self.credentials.iter().find(|entry| entry.key == key)
    }

    /// How many credentials are shown as what.
    pub fn summary(&self) -> String {
        let number = |tone| {
            let shown = self.credentials.iter();
            shown.filter(|entry| entry.tone() == tone).count()
        };
        let said = [
            (number(Tone::Good), "valid"),
            (number(Tone::Attention), "valid with a note"),
            (number(Tone::Bad), "not valid"),
            (number(Tone::Unverified), "unverified"),
        ];
        let said = said.into_iter().filter(|(number, _)| *number > 0);
        let said: Vec<_> = said
            .map(|(number, what)| format!("{number} {what}"))
            .collect();
        if said.is_empty() {
            return "Nothing to show.".to_owned();
        }
        format!("{}.", said.join(", "))
    }

    /// Whose page it says it is.
    pub fn name(&self) -> String {
        clean::line(&self.name)
    }

    /// The badges that it names, those alone that could be ours.
    pub(super) fn badges(&self) -> impl Iterator<Item = &str> {
        let named = self.credentials.iter().map(|entry| entry.badge.as_str());
        named.filter(|badge| is_badge_name(badge))
    }
}

/// Whether a file's name is one that badges have here, and so leads nowhere else.
fn is_badge_name(name: &str) -> bool {
    let name = name
        .strip_prefix("badges/")
        .and_then(|name| name.strip_suffix(".svg"));
    name.is_some_and(|name| {
        !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    })
}

impl Entry {
    /// How it is shown; what is not understood is unverified.
    pub(super) fn tone(&self) -> Tone {
        Tone::parse(&self.shown_as).unwrap_or(Tone::Unverified)
    }

    /// Whether it is over: expired or taken back.
    pub(super) fn is_past(&self) -> bool {
        matches!(self.status.as_str(), "expired" | "revoked") && self.tone() == Tone::Bad
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_others_wrote_is_not_taken_for_ours() {
        for text in [
            "",
            "[]",
            "{}",
            "{\"schema_version\":1,\"made_by\":\"x\"}",
            "\u{0}",
        ] {
            let read = PageDocument::read(text.as_bytes());
            assert!(matches!(read, Err(StateError::NotOurs(_))), "{text}");
        }
        let newer = br#"{"schema_version":2,"made_by":"bonafide page","all":"new"}"#;
        let said = PageDocument::read(newer).unwrap_err().to_string();
        assert_eq!(
            said,
            "expected version 1, found version 2; use a newer bonafide"
        );
    }

    #[test]
    fn only_names_of_badges_are_names_of_badges() {
        for (name, is) in [
            ("badges/20170DBC5AC04E38.svg", true),
            ("badges/t-0a1b.svg", true),
            ("badges/../index.svg", false),
            ("badges/.svg", false),
            ("/etc/passwd", false),
            ("badges/a/b.svg", false),
            ("badges\\a.svg", false),
        ] {
            assert_eq!(is_badge_name(name), is, "{name}");
        }
    }

    proptest! {
        #[test]
        fn no_file_makes_the_reader_panic(text in "\\PC*|\\{\"schema_version\":1,\"made_by\":\"bonafide page\",\\PC*") {
            let _ = PageDocument::read(text.as_bytes());
        }
    }
}
