//! What `bonafide doctor` takes.

use clap::Args;

use super::{Fetch, Output};
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
    pub(in crate::cli) fetch: Fetch,
    #[command(flatten)]
    pub(in crate::cli) output: Output,
}
