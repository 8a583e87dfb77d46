//! What `bonafide track` and `bonafide remind` take.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use super::{Fetch, Output, Target};
use crate::batch::input::Mapping;
use crate::cli::values;
use crate::report::request::Language;
use crate::watch::{Label, MailAddress};

#[derive(Debug, Args)]
pub(in crate::cli) struct Track {
    #[command(subcommand)]
    pub(in crate::cli) command: TrackCommand,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum TrackCommand {
    /// Add a link, check it once and show what was found; a tracked one is changed
    Add(Box<TrackAdd>),
    /// List what is tracked, without network
    List(TrackList),
    /// Remove entries by their numbers
    Remove(TrackRemove),
    /// Leave an entry alone until a day, or note that it will not be renewed
    Snooze(TrackSnooze),
    /// Add the links of a list, in the formats of batch, without network
    Import(TrackImport),
    /// Write the list as CSV, also from a damaged or newer file
    Export(TrackExport),
}

#[derive(Debug, Args)]
#[command(
    after_help = "Example: bonafide track add \"LINK\" --name \"Jane Doe\" --owner jane@example.com --lead lead@example.com\n\n\
    Exit codes: 0 it is tracked and in force; 1 the link cannot be tracked, or is \
    tracked and not in force, such as expired; 3 it is tracked, and could not be determined."
)]
pub(in crate::cli) struct TrackAdd {
    /// The credential's link
    #[arg(value_name = "LINK")]
    pub(in crate::cli) link: String,
    #[command(flatten)]
    pub(in crate::cli) details: TrackDetails,
    #[command(flatten)]
    pub(in crate::cli) fetch: Fetch,
    #[command(flatten)]
    pub(in crate::cli) output: Output,
}

/// Whose it is, and who is told how.
#[derive(Debug, Args)]
#[command(next_help_heading = "Whose it is, and who is told")]
pub(in crate::cli) struct TrackDetails {
    /// The holder's name
    #[arg(long, value_name = "NAME", value_parser = values::name)]
    pub(in crate::cli) name: Option<String>,
    /// The holder's mail address
    #[arg(long, value_name = "MAIL")]
    pub(in crate::cli) owner: Option<MailAddress>,
    /// Their team lead's mail address
    #[arg(long, value_name = "MAIL")]
    pub(in crate::cli) lead: Option<MailAddress>,
    /// A word to sort it by; may be given several times
    #[arg(long, value_name = "LABEL")]
    pub(in crate::cli) label: Vec<Label>,
    /// A channel of the configuration; may be given several times [default: those of remind in the configuration]
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) channel: Vec<String>,
    /// The language in which people are told [default: that of remind in the configuration, else en]
    #[arg(long, value_name = "LANGUAGE", value_parser = values::language)]
    pub(in crate::cli) language: Option<Language>,
    /// A note for whoever keeps the list
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) note: Option<String>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct TrackList {
    /// Only entries with this label
    #[arg(long, value_name = "LABEL")]
    pub(in crate::cli) label: Option<Label>,
    #[command(flatten)]
    pub(in crate::cli) output: Output,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct TrackRemove {
    /// The entries' numbers, as `track list` shows them
    #[arg(required = true, value_name = "ID")]
    pub(in crate::cli) ids: Vec<i64>,
}

#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("what").required(true).multiple(false)))]
pub(in crate::cli) struct TrackSnooze {
    /// The entry's number, as `track list` shows it
    #[arg(value_name = "ID")]
    pub(in crate::cli) id: i64,
    /// Tell nobody anything before this day
    #[arg(long, value_name = "DAY", value_parser = values::day, group = "what")]
    pub(in crate::cli) until: Option<NaiveDate>,
    /// Its holder lets it end: no reminders of the deadline
    #[arg(long, group = "what")]
    pub(in crate::cli) will_not_renew: bool,
    /// Take both back
    #[arg(long, group = "what")]
    pub(in crate::cli) wake: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Example: bonafide track import team.csv\n\n\
    Columns: link, name and email (or owner) as in batch, and lead, labels, language, channels, note, \
    snoozed_until, will_not_renew. Columns that are not used are named.\n\n\
    A row that is wrong is named with what is wrong, and left out; the others are taken. Of a list \
    that cannot be read to its end nothing is.\n\n\
    Exit codes: 0 every row is tracked; 1 some rows could not be taken; 2 nothing was imported.")]
pub(in crate::cli) struct TrackImport {
    /// The list: CSV, TSV, XLSX, JSON lines, or one link a line; - is standard input
    #[arg(value_name = "FILE")]
    pub(in crate::cli) list: PathBuf,
    /// Which column is what, such as link=Nachweis or link=#3; also name and email
    #[arg(long, value_name = "WHAT=COLUMN")]
    pub(in crate::cli) map: Vec<Mapping>,
    /// Take over what the list says of links that are tracked already, instead of leaving them
    #[arg(long)]
    pub(in crate::cli) update: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct TrackExport {
    #[command(flatten)]
    pub(in crate::cli) target: Target,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Exit codes: 0 everything was looked at, and everybody told; 1 somebody could not be told; \
    2 wrong usage, or the list cannot be used; 3 nothing could be looked at."
)]
pub(in crate::cli) struct Remind {
    /// Show exactly what would go to whom; send nothing, note nothing
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    /// Send a test message through this channel, and do nothing else
    #[arg(long, value_name = "CHANNEL", conflicts_with = "dry_run")]
    pub(in crate::cli) test: Option<String>,
    /// Whom the test message is for, where the channel needs to know
    #[arg(long, value_name = "MAIL", requires = "test")]
    pub(in crate::cli) to: Option<MailAddress>,
    /// Write counts for Prometheus to this file
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) metrics: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) fetch: Fetch,
}
