//! What the options, the environment and the configuration come to together.

use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context;
use chrono::Utc;

use super::args::{Common, Fetch, Output, RateChoice};
use super::config::{self, Config};
use super::terminal;
use super::values;
use crate::report::Look;
use crate::source::{BaseUrl, Policy};
use crate::verify::AsOf;

/// A run's options together with its configuration.
#[derive(Debug)]
pub(super) struct Settings {
    common: Common,
    config: Config,
}

impl Settings {
    /// Reads the configuration that the options name.
    pub(super) fn load(common: Common) -> anyhow::Result<Self> {
        let config = Config::load(common.config.as_deref())?;
        Ok(Self { common, config })
    }

    /// The day of judgement. The program's one look at the clock for it.
    pub(super) fn as_of(&self) -> AsOf {
        self.common.as_of.unwrap_or_else(|| AsOf::Clock(Utc::now()))
    }

    /// The day that was asked for, if one was.
    pub(super) fn given_as_of(&self) -> Option<AsOf> {
        self.common.as_of
    }

    /// How human output looks.
    pub(super) fn look(&self, output: &Output) -> Look {
        let choice = self.common.color.or(self.config.color).unwrap_or_default();
        let goes_to_file = output
            .output
            .as_ref()
            .is_some_and(|path| path.as_os_str() != "-");
        terminal::look(choice, goes_to_file)
    }

    /// How to ask the services.
    pub(super) fn policy(&self, fetch: &Fetch) -> anyhow::Result<Policy> {
        let config = &self.config;
        let ca_file = fetch.ca_file.clone().or_else(|| config.ca_file.clone());
        let mut policy = Policy::default()
            .with_cache(self.cache_dir(fetch))
            .with_ca_file(ca_file);
        if let Some(base) = either(
            fetch.learn_url.clone(),
            config.learn_url.as_deref(),
            "learn-url",
            |text| BaseUrl::parse(text).map_err(|error| error.to_string()),
        )? {
            policy = policy.with_learn_base(base);
        }
        if let Some(base) = either(
            fetch.credly_url.clone(),
            config.credly_url.as_deref(),
            "credly-url",
            |text| BaseUrl::parse(text).map_err(|error| error.to_string()),
        )? {
            policy = policy
                .with_credly_base(base.clone())
                .with_open_badge_base(base);
        }
        if let Some(timeout) = self.timeout(fetch)? {
            policy = policy.with_timeout(timeout);
        }
        if let Some(retries) = fetch.retries.or(config.retries) {
            policy = policy.with_retries(retries);
        }
        if let Some(concurrency) = self.concurrency(fetch)? {
            policy = policy.with_concurrency(concurrency);
        }
        match either(fetch.rate, config.rate.as_deref(), "rate", values::rate)? {
            Some(RateChoice::Limited(rate)) => policy = policy.with_rate(Some(rate)),
            Some(RateChoice::Unlimited) => policy = policy.with_rate(None),
            None => {}
        }
        if let Some(age) = either(
            fetch.max_age,
            config.max_age.as_deref(),
            "max-age",
            values::duration,
        )? {
            policy = policy.with_max_age(age);
        }
        Ok(policy)
    }

    fn timeout(&self, fetch: &Fetch) -> anyhow::Result<Option<Duration>> {
        either(
            fetch.timeout,
            self.config.timeout.as_deref(),
            "timeout",
            values::timeout,
        )
    }

    fn concurrency(&self, fetch: &Fetch) -> anyhow::Result<Option<NonZeroU32>> {
        let configured = self.config.concurrency.map(|number| number.to_string());
        either(
            fetch.concurrency,
            configured.as_deref(),
            "concurrency",
            values::concurrency,
        )
    }

    /// Where answers are kept for the next run, unless they are not to be.
    fn cache_dir(&self, fetch: &Fetch) -> Option<PathBuf> {
        if fetch.no_cache {
            return None;
        }
        self.common
            .data_dir
            .clone()
            .or_else(|| self.config.data_dir.clone())
            .or_else(config::usual_data_dir)
            .map(|folder| folder.join("cache"))
    }
}

/// The option where it was given, else the configured text, read the same way.
fn either<T>(
    given: Option<T>,
    configured: Option<&str>,
    key: &str,
    read: impl Fn(&str) -> Result<T, String>,
) -> anyhow::Result<Option<T>> {
    match (given, configured) {
        (Some(given), _) => Ok(Some(given)),
        (None, Some(text)) => read(text)
            .map(Some)
            .map_err(anyhow::Error::msg)
            .with_context(|| format!("in the configuration, {key} = {text:?}")),
        (None, None) => Ok(None),
    }
}
