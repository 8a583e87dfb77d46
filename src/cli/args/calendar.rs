//! What `bonafide calendar` takes.

use std::path::PathBuf;

use clap::Args;

use crate::cli::values;
use crate::report::request::Language;
use crate::watch::{Label, MailAddress};

#[derive(Debug, Args)]
#[command(after_help = "Example: bonafide calendar -o certifications.ics")]
pub(in crate::cli) struct Calendar {
    /// Only credentials with this label
    #[arg(long, value_name = "LABEL")]
    pub(in crate::cli) label: Option<Label>,
    /// Only this person's credentials
    #[arg(long, value_name = "ADDRESS")]
    pub(in crate::cli) owner: Option<MailAddress>,
    /// The calendar's language [default: that of the reminders]
    #[arg(long, value_name = "LANGUAGE", value_parser = values::language)]
    pub(in crate::cli) lang: Option<Language>,
    /// Write to a file instead of standard output (-)
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
}
