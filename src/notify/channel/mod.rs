//! The channels themselves: each takes a message in its form to a service.

mod chat;
mod command;
mod http;
mod ping;
mod scrubbed;
mod secret;
pub mod settings;
mod smtp;
mod stdout;
mod webhook;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

pub use ping::{look as look_at_ping, ping};
pub use secret::{SecretError, SecretSource};
pub use settings::Settings;

use super::{Channel, SendError};
use chat::{Ntfy, Slack, Teams};
use command::Command;
use http::Post;
use secret::Secret;
use smtp::Smtp;
use stdout::Stdout;
use webhook::Webhook;

/// Why a channel cannot work as it is configured.
#[derive(Debug, thiserror::Error)]
#[error("channel {name}: {said}")]
pub struct OpenError {
    name: String,
    said: String,
}

/// What channels are opened with beside their own settings.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// The folder of the configuration: relative files of secrets stand in it.
    pub folder: PathBuf,
    /// Certificates to trust beside the system's, where a channel names none of its own.
    pub ca_file: Option<PathBuf>,
    /// The environment variables that hold secrets: a channel's own program is started
    /// without them, since they are for others.
    pub secret_variables: BTreeSet<String>,
}

/// Makes a channel of its settings. Nothing is asked and no secret read until it sends.
///
/// # Errors
/// When the settings do not fit together, such as mail in the clear to another machine.
pub fn open(name: &str, settings: &Settings, place: &Place) -> Result<Box<dyn Channel>, OpenError> {
    let name = name.to_owned();
    let secret = |source: &SecretSource| Secret::new(source.clone(), &place.folder);
    let post = |timeout, own: Option<&PathBuf>| Post::new(timeout, place.certificates(own));
    Ok(match settings {
        Settings::Smtp(settings) => {
            let ca_file = place.certificates(settings.ca_file.as_ref());
            let smtp = Smtp::new(name.clone(), settings, ca_file, secret)
                .map_err(|said| OpenError { name, said })?;
            Box::new(smtp)
        }
        Settings::Teams(settings) => Box::new(Teams {
            name,
            url: secret(&settings.url),
            post: post(settings.timeout, settings.ca_file.as_ref()),
        }),
        Settings::Slack(settings) => Box::new(Slack {
            name,
            url: secret(&settings.url),
            post: post(settings.timeout, settings.ca_file.as_ref()),
        }),
        Settings::Ntfy(settings) => Box::new(Ntfy {
            name,
            server: settings.server.clone(),
            topic: secret(&settings.topic),
            token: settings.token.as_ref().map(secret),
            post: post(settings.timeout, settings.ca_file.as_ref()),
        }),
        Settings::Webhook(settings) => Box::new(Webhook {
            name,
            url: secret(&settings.url),
            key: settings.secret.as_ref().map(secret),
            post: post(settings.timeout, settings.ca_file.as_ref()),
        }),
        Settings::Command(settings) => Box::new(Command {
            name,
            settings: settings.clone(),
            without: place.secret_variables.clone(),
        }),
        Settings::Stdout => Box::new(Stdout { name }),
    })
}

impl Place {
    fn certificates(&self, own: Option<&PathBuf>) -> Option<PathBuf> {
        let relative = own.map(|own| self.folder.join(own));
        relative.or_else(|| self.ca_file.clone())
    }

    /// The place of a configuration file.
    pub fn of_file(configuration: &Path, ca_file: Option<PathBuf>) -> Self {
        Self {
            folder: configuration.parent().unwrap_or(Path::new("")).to_owned(),
            ca_file,
            secret_variables: BTreeSet::new(),
        }
    }

    /// The same, where these are where secrets are kept.
    #[must_use]
    pub fn with_secrets<'a>(mut self, sources: impl IntoIterator<Item = &'a SecretSource>) -> Self {
        let names = sources.into_iter().filter_map(SecretSource::variable);
        self.secret_variables.extend(names.map(str::to_owned));
        self
    }
}

/// A secret that cannot be had stays so until somebody changes something.
impl From<SecretError> for SendError {
    fn from(error: SecretError) -> Self {
        let cause = std::error::Error::source(&error);
        let cause = cause.map_or_else(String::new, |cause| format!(": {cause}"));
        Self::permanent(format!("{error}{cause}"))
    }
}
