//! What `bonafide data` takes.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand};

use super::Output;
use crate::cli::values;

#[derive(Debug, Args)]
pub(in crate::cli) struct Data {
    #[command(subcommand)]
    pub(in crate::cli) command: DataCommand,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum DataCommand {
    /// Say what is stored here, where, how much of it, and until when
    Show(Show),
    /// Write everything that is stored about a person, as one JSON document
    Export(Export),
    /// Remove what is stored
    Purge(Purge),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Show {
    #[command(flatten)]
    pub(in crate::cli) output: Output,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Exit codes: 0 the document is complete; 3 it holds things that may be somebody \
    else's, or some file could not be read."
)]
pub(in crate::cli) struct Export {
    /// A name, a Learn user name, the number of a credential or shared transcript, or a link
    #[arg(long, value_name = "WHO", required = true)]
    pub(in crate::cli) person: String,
    /// Write to a file instead of standard output (-)
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(
    group = clap::ArgGroup::new("what").required(true).multiple(true),
    after_help = "Exit codes: 0 what was to go is gone; 2 some of it could not be removed; 3 \
    something that may be the person's was left, or some file could not be read."
)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a flag of its own on the command line"
)]
pub(in crate::cli) struct Purge {
    /// What was last written longer ago than this, such as 30d
    #[arg(long, value_name = "TIME", group = "what", value_parser = values::duration, conflicts_with_all = ["person", "all"])]
    pub(in crate::cli) older_than: Option<Duration>,
    /// What is about a person: as of export
    #[arg(long, value_name = "WHO", group = "what", conflicts_with = "all")]
    pub(in crate::cli) person: Option<String>,
    /// Everything, also in the folders that evidence and receipts were saved in
    #[arg(long, group = "what")]
    pub(in crate::cli) all: bool,
    /// The key of the pseudonyms: nobody can tell any more whose they are
    #[arg(long, group = "what")]
    pub(in crate::cli) redaction_key: bool,
    /// With --person: also what may be somebody else's
    #[arg(long, requires = "person", conflicts_with_all = ["all", "older_than"])]
    pub(in crate::cli) include_uncertain: bool,
    /// Remove nothing, and say what would go
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    #[command(flatten)]
    pub(in crate::cli) output: Output,
}
