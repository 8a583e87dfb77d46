//! What `bonafide batch` was told.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Check, Fetch, Keep};
use crate::batch::input::Mapping;
use crate::report::sheet::SheetFormat;

#[derive(Debug, Args)]
#[command(
    after_help = "Example: bonafide batch candidates.csv -o checked.xlsx --sort\n\n\
    Exit codes: 0 every credential is what was required; 1 at least one is not; 2 wrong usage or \
    the run could not be carried out; 3 none failed, but at least one could not be determined."
)]
pub(in crate::cli) struct Batch {
    /// The list: CSV, TSV, XLSX, JSON lines, or one link a line; - is standard input
    #[arg(value_name = "FILE")]
    pub(in crate::cli) list: PathBuf,
    /// Write to this file; its extension decides the format. Standard output without it (-)
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// How to write it [default: by the extension, else for people]
    #[arg(long, value_enum)]
    pub(in crate::cli) format: Option<SheetFormat>,
    /// Put the worst rows first
    #[arg(long)]
    pub(in crate::cli) sort: bool,
    /// Put pseudonyms in the place of names, user names and mail addresses
    #[arg(long)]
    pub(in crate::cli) redact: bool,
    #[command(flatten)]
    pub(in crate::cli) earlier: Earlier,
    #[command(flatten)]
    pub(in crate::cli) reading: Reading,
    #[command(flatten)]
    pub(in crate::cli) roles: Roles,
    #[command(flatten)]
    pub(in crate::cli) check: Check,
    #[command(flatten)]
    pub(in crate::cli) fetch: Fetch,
    #[command(flatten)]
    pub(in crate::cli) keep: Keep,
}

/// What earlier runs left.
#[derive(Debug, Args)]
#[command(next_help_heading = "Earlier runs")]
pub(in crate::cli) struct Earlier {
    /// Start over instead of going on with a run that was stopped
    #[arg(long)]
    pub(in crate::cli) fresh: bool,
    /// Replace the output even if much less could be determined than in it
    #[arg(long)]
    pub(in crate::cli) force: bool,
    /// Compare with an earlier output, and say for each row what changed
    #[arg(long, value_name = "PREVIOUS")]
    pub(in crate::cli) against: Option<PathBuf>,
}

/// How the list is read.
#[derive(Debug, Args)]
#[command(next_help_heading = "How to read the list")]
pub(in crate::cli) struct Reading {
    /// Which column is what, such as link=Nachweis or link=#3; also name, certification,
    /// email, id and role
    #[arg(long, value_name = "WHAT=COLUMN")]
    pub(in crate::cli) map: Vec<Mapping>,
    /// The worksheet of a workbook [default: the first that holds something]
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) sheet: Option<String>,
}

/// What a person must have.
#[derive(Debug, Args)]
#[command(next_help_heading = "What a role asks for")]
pub(in crate::cli) struct Roles {
    /// The file of roles (TOML)
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) roles: Option<PathBuf>,
    /// Hold every person against this role; without it, the list's role column decides
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) role: Option<String>,
}

impl ValueEnum for SheetFormat {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(self.as_str()))
    }
}
