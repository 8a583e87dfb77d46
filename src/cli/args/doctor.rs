//! What `bonafide doctor` takes.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::{Fetch, Output};
use crate::cli::values;
use crate::source::BaseUrl;
use crate::watch::MailAddress;

#[derive(Debug, Args)]
#[command(
    after_help = "Example: bonafide doctor --send-test --to jane@example.com\n\n\
    Without --send-test nobody is sent anything: secrets are read, and services reached.\n\n\
    Exit codes: 0 no problem was found; 1 somebody may not be reminded; 2 wrong usage, or a bad \
    configuration."
)]
pub(in crate::cli) struct Doctor {
    /// Prove every channel by a test message
    #[arg(long)]
    pub(in crate::cli) send_test: bool,
    /// Whom the test messages are for, where a channel needs to know
    #[arg(long, value_name = "MAIL", requires = "send_test")]
    pub(in crate::cli) to: Option<MailAddress>,
    #[command(flatten)]
    pub(in crate::cli) reach: Reach,
    #[command(flatten)]
    pub(in crate::cli) output: Output,
}

/// How the issuer is reached. Nothing is fetched, so there is less to say than elsewhere.
#[derive(Debug, Args)]
#[command(next_help_heading = "How to ask")]
pub(in crate::cli) struct Reach {
    /// Ask this service instead of Microsoft Learn (https, or http on loopback)
    #[arg(long, value_name = "URL", env = "BONAFIDE_LEARN_URL")]
    learn_url: Option<BaseUrl>,
    /// Trust these PEM certificates beside the system's
    #[arg(long, value_name = "FILE", env = "BONAFIDE_CA_FILE")]
    ca_file: Option<PathBuf>,
    /// The time in which the issuer must answer [default: 20s]
    #[arg(long, value_name = "TIME", value_parser = values::timeout)]
    timeout: Option<Duration>,
}

impl Reach {
    /// As the options of commands that fetch.
    pub(in crate::cli) fn fetch(&self) -> Fetch {
        Fetch {
            learn_url: self.learn_url.clone(),
            ca_file: self.ca_file.clone(),
            timeout: self.timeout,
            no_cache: true,
            ..Fetch::default()
        }
    }
}
