//! A message as data: what a webhook and a command are given.

use schemars::JsonSchema;
use serde::Serialize;

use crate::notify::message::{Message, Section};
use crate::notify::{Digest, Item, Occasion};
use crate::report::neutral;

/// What a webhook receives as its body, and a command on its standard input.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DigestDocument {
    /// Always 1.
    #[schemars(extend("const" = 1))]
    schema_version: u8,
    /// The name of this message, the same when it is sent again.
    key: String,
    /// Why it is sent.
    #[schemars(extend("enum" = ["due", "test"]))]
    occasion: &'static str,
    /// The day on which it is true (UTC).
    day: String,
    /// The language of its texts, as a language tag.
    #[schemars(extend("enum" = ["en", "de"]))]
    language: &'static str,
    /// Whom it is for.
    recipient: RecipientJson,
    /// The subject line.
    subject: String,
    /// The whole message as text.
    text: String,
    /// One for each credential, the most urgent first.
    items: Vec<ItemJson>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct RecipientJson {
    /// Their name; null where it is not known.
    name: Option<String>,
    /// Their mail addresses.
    addresses: Vec<String>,
    /// Whether they read of their own credentials or of those of others.
    #[schemars(extend("enum" = ["holder", "team-lead"]))]
    reader: &'static str,
}

/// One step of one credential.
#[derive(Debug, Serialize, JsonSchema)]
struct ItemJson {
    /// What there is to tell.
    #[schemars(extend("enum" = [
        "window-open", "days-left", "last-day", "expired", "retirement-announced", "retired",
        "never-renewable-again", "renewed", "revoked", "not-verifiable", "last-known-end"
    ]))]
    step: &'static str,
    /// The threshold that was passed, in days; null except for days-left.
    threshold: Option<u16>,
    /// Whose credential it is; null where it is not known.
    holder: Option<String>,
    /// Its title; null where it is not known.
    title: Option<String>,
    /// The credential's id.
    credential_id: String,
    /// Its public address, without a sharingId.
    link: Option<String>,
    /// Where its renewal stands.
    #[schemars(extend("enum" = ["not-open", "open", "closed", "not-required", "impossible", "unknown"]))]
    renewal: &'static str,
    /// The first day of the renewal window, on or about.
    opens_on: Option<String>,
    /// The last day to act on.
    deadline: Option<String>,
    /// The last day on which it counts.
    expires_on: Option<String>,
    /// The last day of its certification.
    retires_on: Option<String>,
    /// Since when its link cannot be verified; the days are then those that were last known.
    unverified_since: Option<String>,
    /// Whole days from the message's day to the deadline; negative afterwards.
    days_left: Option<i64>,
    /// The page where it is renewed.
    renewal_url: Option<String>,
    /// The title of the certification to earn instead.
    successor: Option<String>,
    /// Whether this rests on rows of the sender's own catalogue, and is not common knowledge.
    own_catalogue: bool,
    /// What to do, as a sentence.
    next_step: String,
}

impl DigestDocument {
    pub(in crate::notify) fn of(digest: &Digest, message: &Message, text: String) -> Self {
        let clean = |text: &String| neutral::data(text).into_owned();
        let items = digest.items.iter().zip(&message.sections);
        Self {
            schema_version: 1,
            key: digest.key.as_str().to_owned(),
            occasion: match digest.occasion {
                Occasion::Due => "due",
                Occasion::Test => "test",
            },
            day: digest.day.to_string(),
            language: digest.language.as_str(),
            recipient: RecipientJson {
                name: digest.recipient.name.as_ref().map(clean),
                addresses: digest.recipient.addresses.iter().map(clean).collect(),
                reader: digest.reader.as_str(),
            },
            subject: message.subject.clone(),
            text,
            items: items
                .map(|(item, section)| item_json(item, section, digest))
                .collect(),
        }
    }
}

fn item_json(item: &Item, section: &Section, digest: &Digest) -> ItemJson {
    let clean = |text: &String| neutral::data(text).into_owned();
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
    ItemJson {
        step: item.step.word(),
        threshold: item.step.threshold(),
        holder: item.holder.as_ref().map(clean),
        title: item.title.as_ref().map(clean),
        credential_id: clean(&item.id),
        link: item.link.as_ref().map(clean),
        renewal: item.renewal.as_str(),
        opens_on: day(item.opens_on),
        deadline: day(item.deadline),
        expires_on: day(item.expires_on),
        retires_on: day(item.retires_on),
        unverified_since: day(item.unverified_since),
        days_left: item.days_left(digest.day),
        renewal_url: item.renewal_url.as_ref().map(clean),
        successor: item.successor.as_ref().map(clean),
        own_catalogue: item.rests_on_own_rows,
        next_step: section.todo.clone(),
    }
}
