//! What the options, the environment and the configuration come to together.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::Utc;

use super::args::{Common, Fetch, RateChoice, Roles};
use super::config::{self, Config, Remind};
use super::knowledge::{Knowledge, OwnFile};
use super::terminal;
use crate::catalog::Catalog;
use crate::notify::Channel;
use crate::notify::channel::{self, Place};
use crate::report::Look;
use crate::source::{Policy, private};
use crate::store::{DataDir, Retention};
use crate::verify::AsOf;

/// A run's options together with its configuration.
#[derive(Debug)]
pub(super) struct Settings {
    common: Common,
    config: Config,
    knowledge: OnceCell<Knowledge>,
    data: OnceCell<Option<DataDir>>,
}

impl Settings {
    /// Reads the configuration that the options name.
    pub(super) fn load(common: Common) -> anyhow::Result<Self> {
        let config = Config::load(common.config.as_deref())?;
        Ok(Self {
            common,
            config,
            knowledge: OnceCell::new(),
            data: OnceCell::new(),
        })
    }

    /// The day of judgement. The program's one look at the clock for it.
    pub(super) fn as_of(&self) -> AsOf {
        self.common.as_of.unwrap_or_else(|| AsOf::Clock(Utc::now()))
    }

    /// The day that was asked for, if one was.
    pub(super) fn given_as_of(&self) -> Option<AsOf> {
        self.common.as_of
    }

    /// Whether only the document and errors are wanted.
    pub(super) fn is_quiet(&self) -> bool {
        self.common.quiet
    }

    /// The file of defaults and the data directory, as the options name them.
    pub(super) fn named(&self) -> (Option<&Path>, Option<&Path>) {
        (
            self.common.config.as_deref(),
            self.common.data_dir.as_deref(),
        )
    }

    /// How human output looks.
    pub(super) fn look(&self, output: Option<&Path>) -> Look {
        let choice = self.common.color.or(self.config.color).unwrap_or_default();
        let file = output.filter(|path| path.as_os_str() != "-");
        terminal::look(choice, file.is_some())
    }

    /// What is known of certifications: the shipped table, with what was fetched and the
    /// user's own rows.
    pub(super) fn catalog(&self) -> anyhow::Result<&Catalog> {
        self.knowledge().map(Knowledge::catalog)
    }

    /// The same with its parts.
    pub(super) fn knowledge(&self) -> anyhow::Result<&Knowledge> {
        if let Some(knowledge) = self.knowledge.get() {
            return Ok(knowledge);
        }
        let knowledge = Knowledge::load(&self.own_catalog(), self.data_dir().as_ref())?;
        Ok(self.knowledge.get_or_init(|| knowledge))
    }

    /// The file of own catalogue rows.
    pub(super) fn own_catalog(&self) -> OwnFile {
        match self
            .common
            .catalog
            .clone()
            .or_else(|| self.config.catalog.clone())
        {
            Some(named) => OwnFile::Named(named),
            None => OwnFile::Usual(config::usual_config_dir().map(|dir| dir.join("catalog.toml"))),
        }
    }

    /// How to ask, with so much time where nobody gave one.
    pub(super) fn policy_within(&self, fetch: &Fetch, usual: Duration) -> Policy {
        let policy = self.policy(fetch);
        match fetch.timeout.or(self.config.timeout) {
            Some(_) => policy,
            None => policy.with_timeout(usual),
        }
    }

    /// How to ask the services: the options, else the configuration, else the policy's own.
    pub(super) fn policy(&self, fetch: &Fetch) -> Policy {
        let config = &self.config;
        let own = Policy::default();
        let rate = match fetch.rate.or(config.rate) {
            Some(RateChoice::Limited(rate)) => Some(rate),
            Some(RateChoice::Unlimited) => None,
            None => own.rate(),
        };
        let (timeout, retries) = (own.timeout(), own.retries());
        let (concurrency, max_age) = (own.concurrency(), own.max_age());
        let mut policy = own
            .with_cache(self.cache_dir(fetch))
            .with_ca_file(fetch.ca_file.clone().or_else(|| config.ca_file.clone()))
            .with_timeout(fetch.timeout.or(config.timeout).unwrap_or(timeout))
            .with_retries(fetch.retries.or(config.retries).unwrap_or(retries))
            .with_concurrency(
                fetch
                    .concurrency
                    .or(config.concurrency)
                    .unwrap_or(concurrency),
            )
            .with_max_age(fetch.max_age.or(config.max_age).unwrap_or(max_age))
            .with_rate(rate);
        if let Some(base) = fetch.learn_url.as_ref().or(config.learn_url.as_ref()) {
            policy = policy.with_learn_base(base.clone());
        }
        if let Some(base) = fetch.credly_url.as_ref().or(config.credly_url.as_ref()) {
            policy = policy
                .with_credly_base(base.clone())
                .with_open_badge_base(base.clone());
        }
        policy
    }

    /// The file of roles.
    pub(super) fn roles(&self, roles: &Roles) -> Option<PathBuf> {
        roles.roles.clone().or_else(|| self.config.roles.clone())
    }

    /// Where answers are kept for the next run, unless they are not to be.
    fn cache_dir(&self, fetch: &Fetch) -> Option<PathBuf> {
        if fetch.no_cache {
            return None;
        }
        self.data_dir().map(|data| data.cache())
    }

    /// Where data is kept; `None` where the system names no place and nobody else did. What
    /// others can change there is said the first time.
    pub(super) fn data_dir(&self) -> Option<DataDir> {
        self.data.get_or_init(|| self.find_data_dir()).clone()
    }

    fn find_data_dir(&self) -> Option<DataDir> {
        let named = self.common.data_dir.clone();
        let path = named
            .or_else(|| self.config.data_dir.clone())
            .or_else(config::usual_data_dir)?;
        if let Some(exposure) = private::exposure(&path) {
            tracing::warn!(target: "bonafide", "{exposure}");
        }
        Some(DataDir::new(path))
    }

    /// When and how people are reminded.
    pub(super) fn remind(&self) -> &Remind {
        &self.config.remind
    }

    /// The channels of the configuration.
    pub(super) fn channels(&self) -> anyhow::Result<Vec<Box<dyn Channel>>> {
        self.config.open_channels()
    }

    /// What the configuration says of each channel.
    pub(super) fn channel_settings(&self) -> &BTreeMap<String, channel::Settings> {
        self.config.channel_settings()
    }

    /// What channels are opened with beside their own settings.
    pub(super) fn place(&self) -> &Place {
        self.config.place()
    }

    /// How long the data directory keeps things.
    pub(super) fn retention(&self) -> Retention {
        self.config.retention.unwrap_or_default()
    }
}
