//! The configuration file: defaults for the options, in TOML.
//!
//! What stands on the command line or in the environment wins over it.

mod remind;
mod wrong;

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, anyhow};
use serde::{Deserialize, Deserializer, de};
use toml::de::{DeTable, Error};

use super::args::RateChoice;
use super::receipt::PASSPHRASE;
use super::terminal::ColourChoice;
use super::values;
use crate::notify::Channel;
use crate::notify::channel::{self, Place, SecretSource};
use crate::source::{BaseUrl, private};
use crate::store::Retention;
pub(super) use remind::Remind;

/// What the file may set. Every key is the name of an option, and reads as it does.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub(super) struct Config {
    pub(super) color: Option<ColourChoice>,
    pub(super) data_dir: Option<PathBuf>,
    #[serde(deserialize_with = "base_url")]
    pub(super) learn_url: Option<BaseUrl>,
    #[serde(deserialize_with = "base_url")]
    pub(super) credly_url: Option<BaseUrl>,
    pub(super) ca_file: Option<PathBuf>,
    pub(super) catalog: Option<PathBuf>,
    pub(super) roles: Option<PathBuf>,
    #[serde(deserialize_with = "timeout")]
    pub(super) timeout: Option<Duration>,
    pub(super) retries: Option<u32>,
    #[serde(deserialize_with = "concurrency")]
    pub(super) concurrency: Option<NonZeroU32>,
    #[serde(deserialize_with = "rate")]
    pub(super) rate: Option<RateChoice>,
    #[serde(deserialize_with = "duration")]
    pub(super) max_age: Option<Duration>,
    #[serde(deserialize_with = "retention")]
    pub(super) retention: Option<Retention>,
    /// `[channel.NAME]`: how messages reach people.
    #[serde(skip)]
    channels: BTreeMap<String, channel::Settings>,
    /// Where the channels' own files are.
    #[serde(skip)]
    place: Place,
    /// `[remind]`: when and how people are reminded.
    pub(super) remind: Remind,
    /// Read on its own, and named here so that it is known.
    #[serde(rename = "channel")]
    _channel: de::IgnoredAny,
}

impl Config {
    /// Reads the file that was named, or the one in the usual place if there is one.
    ///
    /// # Errors
    /// When a named file is not there, or a file cannot be read or has a key or value that
    /// is not known; the message names file, line and key.
    pub(super) fn load(named: Option<&Path>) -> anyhow::Result<Self> {
        let Some(path) = named.map(Path::to_owned).or_else(usual_place) else {
            return Ok(Self::default());
        };
        let text = match std::fs::read_to_string(&path) {
            Err(error) if named.is_none() && private::is_absent(&error) => {
                return Ok(Self::default());
            }
            read => {
                read.with_context(|| format!("cannot read the configuration {}", path.display()))?
            }
        };
        let read = Self::parse(&text).map_err(|error| {
            let said = wrong::said(&error, &text);
            anyhow!("in the configuration {}: {said}", path.display())
        });
        let mut config = read?;
        let known: Vec<&str> = config.channels.keys().map(String::as_str).collect();
        if let Some((place, message)) = config.remind.unknown_channel(&known) {
            let said = wrong::said_at(Some(place), &message, &text);
            return Err(anyhow!("in the configuration {}: {said}", path.display()));
        }
        let place = Place::of_file(&path, config.ca_file.clone());
        let secrets = config
            .channels
            .values()
            .flat_map(channel::Settings::secrets);
        let secrets = secrets.chain(config.remind.ping.all());
        let passphrase = SecretSource::Env(PASSPHRASE.to_owned());
        config.place = place.with_secrets(secrets.chain([&passphrase]));
        // What does not fit together is said before there is anything to send.
        for (name, settings) in &config.channels {
            channel::open(name, settings, &config.place)?;
        }
        Ok(config)
    }

    fn parse(text: &str) -> Result<Self, Error> {
        let mut table = DeTable::parse(text)?;
        let channels = table.get_mut().remove("channel");
        Ok(Self {
            channels: channels.map_or(Ok(BTreeMap::new()), channel::settings::read)?,
            ..Self::deserialize(toml::Deserializer::from(table))?
        })
    }

    /// Opens every channel. Nothing is asked and no secret read until one sends.
    pub(super) fn open_channels(&self) -> anyhow::Result<Vec<Box<dyn Channel>>> {
        let open = |(name, settings): (&String, _)| channel::open(name, settings, &self.place);
        Ok(self.channels.iter().map(open).collect::<Result<_, _>>()?)
    }

    /// What the file says of each channel.
    pub(super) fn channel_settings(&self) -> &BTreeMap<String, channel::Settings> {
        &self.channels
    }

    /// What channels are opened with beside their own settings.
    pub(super) fn place(&self) -> &Place {
        &self.place
    }
}

/// `bonafide/config.toml` where the system keeps configuration.
fn usual_place() -> Option<PathBuf> {
    usual_config_dir().map(|folder| folder.join("config.toml"))
}

/// `bonafide` where the system keeps configuration.
pub(super) fn usual_config_dir() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    let base = etcetera::choose_base_strategy().ok()?;
    Some(base.config_dir().join("bonafide"))
}

/// `bonafide` where the system keeps programs' data.
pub(super) fn usual_data_dir() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    let base = etcetera::choose_base_strategy().ok()?;
    Some(base.data_dir().join("bonafide"))
}

fn base_url<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<BaseUrl>, D::Error> {
    read(deserializer, |text| {
        BaseUrl::parse(text).map_err(|error| error.to_string())
    })
}

fn timeout<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Duration>, D::Error> {
    read(deserializer, values::timeout)
}

fn duration<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Duration>, D::Error> {
    read(deserializer, values::duration)
}

fn retention<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Retention>, D::Error> {
    read(deserializer, values::retention)
}

fn rate<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<RateChoice>, D::Error> {
    read(deserializer, values::rate)
}

fn concurrency<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NonZeroU32>, D::Error> {
    let number = u32::deserialize(deserializer)?;
    values::concurrency(&number.to_string())
        .map(Some)
        .map_err(de::Error::custom)
}

/// Reads a value as the option of its name is read.
fn read<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    value: impl Fn(&str) -> Result<T, String>,
) -> Result<Option<T>, D::Error> {
    let text = String::deserialize(deserializer)?;
    value(&text).map(Some).map_err(de::Error::custom)
}
