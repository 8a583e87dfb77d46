//! What the configuration says of reminders: `[remind]`.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;
use std::time::Duration;

use chrono::{NaiveTime, TimeDelta};
use chrono_tz::Tz;
use serde::{Deserialize, Deserializer, de};
use toml::Spanned;

use crate::cli::values;
use crate::notify::channel::SecretSource;
use crate::report::request::Language;
use crate::watch::due::Thresholds;
use crate::watch::{Hours, Label, Plan, Weekends};

/// The longest time before a deadline of which people are told.
const MOST_DAYS: u16 = 730;

/// `[remind]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub(in crate::cli) struct Remind {
    #[serde(deserialize_with = "days")]
    days: Option<Vec<u16>>,
    #[serde(deserialize_with = "labels")]
    labels: BTreeMap<Label, Vec<u16>>,
    channels: Vec<Spanned<String>>,
    fallback: Option<Spanned<String>>,
    #[serde(deserialize_with = "time")]
    escalate_after: Option<Duration>,
    #[serde(deserialize_with = "time")]
    refresh_after: Option<Duration>,
    #[serde(deserialize_with = "quiet")]
    quiet_hours: Option<(NaiveTime, NaiveTime)>,
    weekdays_only: bool,
    #[serde(deserialize_with = "zone")]
    time_zone: Option<Tz>,
    #[serde(deserialize_with = "language")]
    language: Option<Language>,
    pub(in crate::cli) metrics: Option<PathBuf>,
    pub(in crate::cli) ping: Ping,
}

/// `[remind.ping]`: signs of life.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub(in crate::cli) struct Ping {
    pub(in crate::cli) start: Option<SecretSource>,
    pub(in crate::cli) success: Option<SecretSource>,
    pub(in crate::cli) failure: Option<SecretSource>,
}

impl Ping {
    /// Where each sign goes.
    pub(in crate::cli) fn all(&self) -> impl Iterator<Item = &SecretSource> {
        [&self.start, &self.success, &self.failure]
            .into_iter()
            .flatten()
    }
}

/// `[remind.labels.LABEL]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Labelled {
    #[serde(deserialize_with = "days")]
    days: Option<Vec<u16>>,
}

impl Remind {
    /// What was decided about reminders.
    pub(in crate::cli) fn plan(&self) -> Plan {
        let usual = Plan::default();
        let labels = self.labels.iter();
        let labels = labels.map(|(label, days)| (label.clone(), &days[..]));
        let since = |time: Option<Duration>, usual| {
            time.and_then(|time| TimeDelta::from_std(time).ok())
                .unwrap_or(usual)
        };
        let weekends = if self.weekdays_only {
            Weekends::Quiet
        } else {
            Weekends::LikeOthers
        };
        Plan {
            thresholds: match &self.days {
                Some(days) => Thresholds::new(days, labels),
                None => Thresholds::default().with(labels),
            },
            hours: Hours {
                zone: self.time_zone.unwrap_or(usual.hours.zone),
                quiet: self.quiet_hours,
                weekends,
            },
            channels: self
                .channels
                .iter()
                .map(|name| name.get_ref().clone())
                .collect(),
            fallback: self.fallback.as_ref().map(|name| name.get_ref().clone()),
            escalate_after: since(self.escalate_after, usual.escalate_after),
            refresh_after: since(self.refresh_after, usual.refresh_after),
            language: self.language.unwrap_or(usual.language),
        }
    }

    /// The first channel that is named and is none of the `known`, with its place.
    pub(super) fn unknown_channel(&self, known: &[&str]) -> Option<(Range<usize>, String)> {
        let mut named = self.channels.iter().chain(&self.fallback);
        let unknown = named.find(|name| !known.contains(&name.get_ref().as_str()))?;
        let name = unknown.get_ref();
        let message = if known.is_empty() {
            format!("unknown channel `{name}`: no [channel.NAME] is configured")
        } else {
            let known: Vec<_> = known.iter().map(|name| format!("`{name}`")).collect();
            format!(
                "unknown channel `{name}`, expected one of {}",
                known.join(", ")
            )
        };
        Some((unknown.span(), message))
    }
}

fn days<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<u16>>, D::Error> {
    let days = Vec::<u16>::deserialize(deserializer)?;
    match days.iter().find(|days| !(1..=MOST_DAYS).contains(*days)) {
        Some(other) => Err(de::Error::custom(format!(
            "expected days from 1 to {MOST_DAYS}, found {other}"
        ))),
        None => Ok(Some(days)),
    }
}

fn labels<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<Label, Vec<u16>>, D::Error> {
    let labels = BTreeMap::<String, Labelled>::deserialize(deserializer)?;
    let read = |(label, own): (String, Labelled)| {
        let label = label.parse().map_err(de::Error::custom)?;
        Ok((label, own.days.unwrap_or_default()))
    };
    labels.into_iter().map(read).collect()
}

fn time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Duration>, D::Error> {
    let text = String::deserialize(deserializer)?;
    values::duration(&text).map(Some).map_err(de::Error::custom)
}

fn quiet<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<(NaiveTime, NaiveTime)>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let time = |text: &str| NaiveTime::parse_from_str(text.trim(), "%H:%M").ok();
    let hours = text
        .split_once('-')
        .and_then(|(from, until)| Some((time(from)?, time(until)?)));
    match hours {
        Some((from, until)) if from != until => Ok(Some((from, until))),
        _ => Err(de::Error::custom(
            "expected quiet hours such as \"20:00-08:00\"",
        )),
    }
}

fn zone<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Tz>, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map(Some).map_err(|_| {
        let apart = |zone: &&Tz| strsim::osa_distance(&text, zone.name());
        let near = chrono_tz::TZ_VARIANTS.iter().min_by_key(apart);
        let near = near.map_or_else(String::new, |zone| {
            format!("; did you mean {}?", zone.name())
        });
        de::Error::custom(format!(
            "expected a time zone such as Europe/Berlin, found another text{near}"
        ))
    })
}

fn language<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Language>, D::Error> {
    let text = String::deserialize(deserializer)?;
    values::language(&text).map(Some).map_err(de::Error::custom)
}
