//! What the configuration says of channels: `[channel.NAME]`.
//!
//! An error names the place in the file and what was expected there. It repeats nothing
//! that may be a secret.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Deserializer, de};
use toml::Spanned;
use toml::de::{DeTable, DeValue, Error, ValueDeserializer};

use super::SecretSource;

/// One channel as the configuration has it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Settings {
    /// Mail.
    Smtp(Box<Smtp>),
    /// A workflow of Microsoft Teams.
    Teams(Teams),
    /// An incoming webhook of Slack.
    Slack(Slack),
    /// A topic of an ntfy server.
    Ntfy(Ntfy),
    /// Any other webhook.
    Webhook(Webhook),
    /// A program of one's own.
    Command(Command),
    /// Standard output.
    Stdout,
}

/// Mail over SMTP.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Smtp {
    /// The server.
    pub host: String,
    /// Its port; by default that of `tls`.
    pub port: Option<u16>,
    /// How the connection is kept secret.
    #[serde(default)]
    pub tls: Tls,
    /// The user, where the server wants one.
    pub username: Option<String>,
    /// The user's password.
    pub password: Option<SecretSource>,
    /// Whom the mail is from: an address, or `Name <address>`.
    pub from: String,
    /// Where answers go, if elsewhere.
    pub reply_to: Option<String>,
    /// Certificates to trust beside the system's.
    pub ca_file: Option<PathBuf>,
    /// The time for one mail.
    #[serde(default, deserialize_with = "duration")]
    pub timeout: Option<Duration>,
}

/// How the connection to a mail server is kept secret.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tls {
    /// From the first octet, port 465.
    #[default]
    Implicit,
    /// After STARTTLS, port 587; without it nothing is sent.
    Starttls,
    /// Not at all, port 25: on this machine alone.
    None,
}

/// A workflow of Microsoft Teams.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Teams {
    /// The address that the workflow was given.
    pub url: SecretSource,
    /// Certificates to trust beside the system's.
    pub ca_file: Option<PathBuf>,
    /// The time for one post.
    #[serde(default, deserialize_with = "duration")]
    pub timeout: Option<Duration>,
}

/// An incoming webhook of Slack.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Slack {
    /// The address of the webhook.
    pub url: SecretSource,
    /// Certificates to trust beside the system's.
    pub ca_file: Option<PathBuf>,
    /// The time for one post.
    #[serde(default, deserialize_with = "duration")]
    pub timeout: Option<Duration>,
}

/// A topic of an ntfy server.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Ntfy {
    /// The server; by default `https://ntfy.sh`.
    pub server: Option<String>,
    /// The topic. Who knows it can read it, so it is a secret.
    pub topic: SecretSource,
    /// The access token, where the server wants one.
    pub token: Option<SecretSource>,
    /// Certificates to trust beside the system's.
    pub ca_file: Option<PathBuf>,
    /// The time for one post.
    #[serde(default, deserialize_with = "duration")]
    pub timeout: Option<Duration>,
}

/// Any other webhook.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Webhook {
    /// Its address.
    pub url: SecretSource,
    /// The key that what is sent is signed with.
    pub secret: Option<SecretSource>,
    /// Certificates to trust beside the system's.
    pub ca_file: Option<PathBuf>,
    /// The time for one post.
    #[serde(default, deserialize_with = "duration")]
    pub timeout: Option<Duration>,
}

/// A program of one's own.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Command {
    /// The program and its arguments.
    #[serde(deserialize_with = "arguments")]
    pub command: Vec<String>,
    /// The time it has.
    #[serde(default, deserialize_with = "duration")]
    pub timeout: Option<Duration>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Smtp,
    Teams,
    Slack,
    Ntfy,
    Webhook,
    Command,
    Stdout,
}

#[derive(Debug, Deserialize)]
struct Head {
    kind: Kind,
}

impl Settings {
    /// Where its secrets are kept.
    pub fn secrets(&self) -> Vec<&SecretSource> {
        match self {
            Self::Smtp(smtp) => smtp.password.iter().collect(),
            Self::Teams(teams) => vec![&teams.url],
            Self::Slack(slack) => vec![&slack.url],
            Self::Ntfy(ntfy) => std::iter::once(&ntfy.topic).chain(&ntfy.token).collect(),
            Self::Webhook(hook) => std::iter::once(&hook.url).chain(&hook.secret).collect(),
            Self::Command(_) | Self::Stdout => Vec::new(),
        }
    }

    /// Whether it reaches people by their own addresses, and nobody else.
    pub fn needs_address(&self) -> bool {
        matches!(self, Self::Smtp(_))
    }
}

/// Reads the table `channel` of a configuration.
///
/// # Errors
/// When a kind or key is not known, one is missing, or a value does not fit; the error knows
/// its place in the file. To show the line itself would show what may be a secret.
pub fn read(channels: Spanned<DeValue<'_>>) -> Result<BTreeMap<String, Settings>, Error> {
    // A value in its place is not repeated: it may be a secret that slipped.
    let DeValue::Table(channels) = channels.into_inner() else {
        return Err(de::Error::custom("expected tables such as [channel.mail]"));
    };
    let mut read = BTreeMap::new();
    for (name, table) in channels {
        let name = name.into_inner().into_owned();
        if !matches!(table.get_ref(), DeValue::Table(_)) {
            let expected = format!("expected a table [channel.{name}] with its kind");
            return Err(de::Error::custom(expected));
        }
        read.insert(name, channel(table)?);
    }
    Ok(read)
}

fn channel(table: Spanned<DeValue<'_>>) -> Result<Settings, Error> {
    let Head { kind } = Head::deserialize(ValueDeserializer::from(table.clone()))?;
    let span = table.span();
    let rest = match table.into_inner() {
        DeValue::Table(rest) => without_kind(rest),
        other => other,
    };
    let rest = ValueDeserializer::from(Spanned::new(span, rest));
    Ok(match kind {
        Kind::Smtp => Settings::Smtp(Box::new(Smtp::deserialize(rest)?)),
        Kind::Teams => Settings::Teams(Teams::deserialize(rest)?),
        Kind::Slack => Settings::Slack(Slack::deserialize(rest)?),
        Kind::Ntfy => Settings::Ntfy(Ntfy::deserialize(rest)?),
        Kind::Webhook => Settings::Webhook(Webhook::deserialize(rest)?),
        Kind::Command => Settings::Command(Command::deserialize(rest)?),
        Kind::Stdout => Nothing::deserialize(rest).map(|Nothing {}| Settings::Stdout)?,
    })
}

fn without_kind(table: DeTable<'_>) -> DeValue<'_> {
    let rest = table
        .into_iter()
        .filter(|(key, _)| key.get_ref().as_ref() != "kind");
    DeValue::Table(rest.collect())
}

fn duration<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Duration>, D::Error> {
    let text = String::deserialize(deserializer)?;
    match humantime::parse_duration(&text) {
        Ok(time) if !time.is_zero() => Ok(Some(time)),
        _ => Err(de::Error::custom("expected a time such as 30s or 2m")),
    }
}

fn arguments<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let arguments = Vec::<String>::deserialize(deserializer)?;
    if arguments.first().is_none_or(String::is_empty) {
        return Err(de::Error::custom(
            "expected a program and its arguments, such as [\"notify-send\", \"Certifications\"]",
        ));
    }
    Ok(arguments)
}
