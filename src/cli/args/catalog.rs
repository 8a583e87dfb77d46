//! What `bonafide catalog` takes.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand, ValueEnum};

use super::{Fetch, Output, Target};
use crate::catalog::Level;
use crate::cli::values;
use crate::report::catalog::StateWord;

#[derive(Debug, Args)]
pub(in crate::cli) struct Catalog {
    #[command(subcommand)]
    pub(in crate::cli) command: CatalogCommand,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum CatalogCommand {
    /// List certifications, all or those that are asked for
    List(CatalogList),
    /// Say everything that is known of a certification, and how well
    Show(CatalogShow),
    /// Show what replaced what
    Tree(CatalogTree),
    /// Say how old the knowledge is, and check own rows
    Check(CatalogCheck),
    /// Ask Microsoft's public catalogue for titles, slugs and exams that are new
    Update(Box<CatalogUpdate>),
}

/// Formats of a list of certifications.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum CatalogFormat {
    /// A table for people.
    #[default]
    Human,
    /// JSON, version 1.
    Json,
    /// CSV.
    Csv,
}

#[derive(Debug, Args)]
#[command(after_help = "Example: bonafide catalog list --level expert --retiring-within 180d")]
pub(in crate::cli) struct CatalogList {
    /// Only of this level or programme
    #[arg(long, value_name = "LEVEL", value_enum)]
    pub(in crate::cli) level: Option<Level>,
    /// Only in this state on the day
    #[arg(long, value_name = "STATE", value_enum)]
    pub(in crate::cli) state: Option<StateWord>,
    /// Only those that this exam leads or led to
    #[arg(long, value_name = "CODE")]
    pub(in crate::cli) exam: Option<String>,
    /// Only with all these words in a title, slug or exam
    #[arg(long, value_name = "WORDS")]
    pub(in crate::cli) text: Option<String>,
    /// Only those that retire within this time, such as 90d
    #[arg(long, value_name = "TIME", value_parser = values::duration)]
    pub(in crate::cli) retiring_within: Option<Duration>,
    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    pub(in crate::cli) format: CatalogFormat,
    #[command(flatten)]
    pub(in crate::cli) target: Target,
}

#[derive(Debug, Args)]
#[command(after_help = "Example: bonafide catalog show AI-102")]
pub(in crate::cli) struct CatalogShow {
    /// A slug, an exam or a title, current or former
    #[arg(value_name = "SLUG|EXAM|TITLE", required = true)]
    pub(in crate::cli) name: String,
    #[command(flatten)]
    pub(in crate::cli) output: Output,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct CatalogTree {
    /// Only what goes together with this slug, exam or title
    #[arg(value_name = "SLUG|EXAM|TITLE")]
    pub(in crate::cli) name: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) target: Target,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Exit codes: 0 the knowledge is younger than 180 days, and the table is sound; \
    1 the table breaks a rule; 2 the own file or the kept catalogue cannot be used; 3 the newest \
    knowledge is older than 180 days."
)]
pub(in crate::cli) struct CatalogCheck {
    /// Hold this table, in the form of certifications.csv, to the rules instead
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) table: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) output: Output,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Without --yes nothing is written. What is known of expiry and retirement is \
    never touched: the catalogue does not carry it."
)]
pub(in crate::cli) struct CatalogUpdate {
    /// Take over what is new; without it, only say what that is
    #[arg(long)]
    pub(in crate::cli) yes: bool,
    /// Go back to what was there before the last update; asks nobody
    #[arg(long, conflicts_with = "yes")]
    pub(in crate::cli) revert: bool,
    #[command(flatten)]
    pub(in crate::cli) fetch: Fetch,
    #[command(flatten)]
    pub(in crate::cli) output: Output,
}

impl ValueEnum for Level {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(self.as_str()))
    }
}

impl ValueEnum for StateWord {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(self.as_str()))
    }
}
