//! What `bonafide schedule` takes.

use std::path::PathBuf;

use chrono::NaiveTime;
use clap::{Args, ValueEnum};

use crate::cli::values;
use crate::schedule::{Every, Kind};

#[derive(Debug, Args)]
#[command(
    after_help = "Example: bonafide schedule --at 07:45 --every weekday --install\n\n\
    The scheduled run gets the --config and --data-dir that are given here.\n\n\
    Exit codes: 0 it was done, or is installed; 1 --status: it is not installed, differs, or is not started; \
    --remove: its files are gone, and its scheduler could not be told."
)]
pub(in crate::cli) struct Schedule {
    /// For which scheduler [default: that of this system]
    #[arg(long, value_enum, value_name = "KIND")]
    pub(in crate::cli) kind: Option<Kind>,
    /// When, by this machine's clock (github: in UTC)
    #[arg(long, value_name = "HH:MM", default_value = "08:30", value_parser = values::time)]
    pub(in crate::cli) at: NaiveTime,
    /// How often
    #[arg(long, value_enum, default_value_t, value_name = "INTERVAL")]
    pub(in crate::cli) every: Every,
    /// Install it instead of printing it
    #[arg(long, conflicts_with_all = ["remove", "status", "output"])]
    pub(in crate::cli) install: bool,
    /// Remove what was installed
    #[arg(long, conflicts_with_all = ["status", "output"])]
    pub(in crate::cli) remove: bool,
    /// Say whether it is installed
    #[arg(long, conflicts_with = "output")]
    pub(in crate::cli) status: bool,
    /// Write the files into this folder instead of printing them
    #[arg(short, long, value_name = "DIR")]
    pub(in crate::cli) output: Option<PathBuf>,
}

impl ValueEnum for Kind {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        let help = match self {
            Self::SystemdUser => "a timer of your own systemd",
            Self::SystemdSystem => "a timer of the machine's systemd, hardened",
            Self::Cron => "a line of your crontab",
            Self::Launchd => "an agent of macOS",
            Self::WindowsTask => "a task of Windows",
            Self::Github => "a workflow of GitHub Actions",
        };
        Some(clap::builder::PossibleValue::new(self.as_str()).help(help))
    }
}

impl ValueEnum for Every {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Hour, Self::Day, Self::Weekday, Self::Week]
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        let (name, help) = match self {
            Self::Hour => ("hour", "at the minute of --at"),
            Self::Day => ("day", "every day"),
            Self::Weekday => ("weekday", "from Monday to Friday"),
            Self::Week => ("week", "on Mondays"),
        };
        Some(clap::builder::PossibleValue::new(name).help(help))
    }
}
