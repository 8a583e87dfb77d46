//! Messages to people, and the channels that they go through.
//!
//! A [`Digest`] is what one person is told on one day. A [`Channel`] takes it to them and
//! says by a [`Receipt`] that the service took it, or by a [`SendError`] that it did not.
//! Who is due to be told what is not decided here.
//!
//! Everything that leaves is rendered by pure functions. The secrets of the channels,
//! webhook addresses among them, reach no message, error, log or file.

pub mod channel;
mod digest;
mod form;
mod message;
mod words;

use std::borrow::Cow;
use std::fmt;
use std::pin::Pin;
use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::report::request::Language;
use message::Message;
use words::Words;

pub use digest::{Digest, Item, Key, KeyError, Occasion, Reader, Recipient, Step};
pub use form::document::DigestDocument;

/// A way for messages to reach people.
///
/// It can be made an object, so that a run holds all channels alike and a test brings its
/// own.
pub trait Channel: fmt::Debug {
    /// What the configuration calls it.
    fn name(&self) -> &str;

    /// How many of a digest's items go into each message, where one does not take them all.
    /// The numbers add up to all of them; what follows the first message is a digest of its
    /// own, with a [`Key`] of its own.
    fn split(&self, digest: &Digest) -> Vec<usize> {
        vec![digest.items.len()]
    }

    /// Hands a digest that one message takes to the service, and waits until the service has
    /// taken it.
    ///
    /// A digest that is sent again carries the same [`Key`], so that whoever receives it
    /// can tell.
    ///
    /// # Errors
    /// When it was not taken. Nothing may be counted as sent then.
    fn send<'a>(&'a self, digest: &'a Digest) -> Sending<'a>;

    /// Looks whether a message could be sent, as far as that can be told without sending
    /// one: its secrets can be read, its service can be reached. The receipt says how far.
    ///
    /// # Errors
    /// When a message would certainly not be taken.
    fn look(&self) -> Sending<'_> {
        let answer = "nothing can be told without sending".to_owned();
        Box::pin(std::future::ready(Ok(Receipt { answer })))
    }
}

/// A digest under way.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<Receipt, SendError>> + 'a>>;

/// That a service took a digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// What the service said, made harmless and short; holds no secret.
    pub answer: String,
}

/// Whether trying again may help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lasting {
    /// The same message may be taken later: the network, a busy service.
    Passing,
    /// It will be refused again until somebody changes something.
    Permanent,
}

/// Why a digest was not taken. Holds no secret and no address of a webhook.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{said}")]
pub struct SendError {
    lasting: Lasting,
    said: Cow<'static, str>,
    retry_after: Option<Duration>,
}

impl SendError {
    /// A failure that may pass.
    pub fn passing(said: impl Into<Cow<'static, str>>) -> Self {
        Self {
            lasting: Lasting::Passing,
            said: said.into(),
            retry_after: None,
        }
    }

    /// A failure that stays until somebody changes something.
    pub fn permanent(said: impl Into<Cow<'static, str>>) -> Self {
        Self {
            lasting: Lasting::Permanent,
            ..Self::passing(said)
        }
    }

    /// The same, where the service asked not to be asked again before so long.
    #[must_use]
    pub fn not_before(mut self, wait: Option<Duration>) -> Self {
        self.retry_after = wait;
        self
    }

    /// Whether trying again may help.
    pub fn lasting(&self) -> Lasting {
        self.lasting
    }

    /// How long the service asked to be left alone.
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }
}

/// Sends a message that says that messages arrive. `at` makes it one of its own.
///
/// # Errors
/// When the channel does not take it, as for any other message.
pub async fn test_message(
    channel: &dyn Channel,
    recipient: Recipient,
    language: Language,
    at: DateTime<Utc>,
) -> Result<Receipt, SendError> {
    let digest = Digest {
        key: Key::of(&["test", channel.name(), &at.to_rfc3339()]),
        recipient,
        reader: Reader::Holder,
        language,
        day: at.date_naive(),
        occasion: Occasion::Test,
        items: Vec::new(),
    };
    channel.send(&digest).await
}

/// A digest as text, as standard output and `--dry-run` show it.
pub fn preview(digest: &Digest, channel: &str) -> String {
    let message = Message::of(digest, channel);
    let text = form::text::write(&message, Words::of(digest.language), false);
    format!("{}\n\n{text}", message.subject)
}

/// A digest as JSON, as webhooks and commands are given it.
fn document(digest: &Digest, channel: &str) -> String {
    let message = Message::of(digest, channel);
    let text = form::text::write(&message, Words::of(digest.language), false);
    let document = DigestDocument::of(digest, &message, text);
    serde_json::to_string(&document).expect("names and texts are JSON")
}
