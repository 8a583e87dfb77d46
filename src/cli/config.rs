//! The configuration file: defaults for the options, in TOML.
//!
//! What stands on the command line or in the environment wins over it.

use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::Deserialize;

use super::terminal::ColourChoice;

/// What the file may set. Every key is the name of an option.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub(crate) struct Config {
    /// When to use colour.
    pub(crate) color: Option<ColourChoice>,
    /// Where the program keeps its data.
    pub(crate) data_dir: Option<PathBuf>,
    /// The service to ask instead of Microsoft Learn.
    pub(crate) learn_url: Option<String>,
    /// The service to ask instead of Credly.
    pub(crate) credly_url: Option<String>,
    /// Certificates to trust beside the system's.
    pub(crate) ca_file: Option<PathBuf>,
    /// The time for one request with all its retries.
    pub(crate) timeout: Option<String>,
    /// How often to try again.
    pub(crate) retries: Option<u32>,
    /// Requests at once.
    pub(crate) concurrency: Option<usize>,
    /// Requests in a time.
    pub(crate) rate: Option<String>,
    /// How old a kept answer may be.
    pub(crate) max_age: Option<String>,
}

impl Config {
    /// Reads the file that was named, or the one in the usual place if there is one.
    ///
    /// # Errors
    /// When a named file is not there, or a file cannot be read or has a key or value that
    /// is not known; the message names file, line and key.
    pub(crate) fn load(named: Option<&Path>) -> anyhow::Result<Self> {
        let (path, text) = match named {
            Some(path) => {
                let text = std::fs::read_to_string(path)
                    .with_context(|| format!("cannot read the configuration {}", path.display()))?;
                (path.to_owned(), text)
            }
            None => match usual_place().map(|path| (std::fs::read_to_string(&path), path)) {
                Some((Ok(text), path)) => (path, text),
                Some((Err(error), path)) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(error).with_context(|| {
                        format!("cannot read the configuration {}", path.display())
                    });
                }
                _ => return Ok(Self::default()),
            },
        };
        toml::from_str(&text).with_context(|| format!("in the configuration {}", path.display()))
    }
}

/// `bonafide/config.toml` where the system keeps configuration.
fn usual_place() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    let base = etcetera::choose_base_strategy().ok()?;
    Some(base.config_dir().join("bonafide").join("config.toml"))
}

/// `bonafide` where the system keeps programs' data.
pub(crate) fn usual_data_dir() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    let base = etcetera::choose_base_strategy().ok()?;
    Some(base.data_dir().join("bonafide"))
}
