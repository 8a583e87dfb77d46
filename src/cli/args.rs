//! The command line: what was typed, before it means anything.

mod badge;
mod batch;
mod calendar;
mod catalog;
mod data;
mod doctor;
mod exam;
mod page;
mod receipt;
mod request;
mod schedule;
mod watch;

use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};

pub(super) use self::receipt::{Keep, Receipt, ReceiptCheck, ReceiptCommands, ReceiptSign};
use super::terminal::ColourChoice;
use super::values;
use crate::check::Require;
use crate::source::{BaseUrl, Rate};
use crate::verify::AsOf;
pub(super) use badge::{Badge, BadgeFormat, LabelChoice, ThemeChoice};
pub(super) use batch::{Batch, Roles};
pub(super) use calendar::Calendar;
pub(super) use catalog::{
    Catalog, CatalogCheck, CatalogCommand, CatalogFormat, CatalogList, CatalogShow, CatalogTree,
    CatalogUpdate,
};
pub(super) use data::{Data, DataCommand, Export, Purge, Show};
pub(super) use doctor::Doctor;
pub(super) use exam::{Exam, ExamCommand, ExamPlan, ExamScore, Retake, Skills};
pub(super) use page::Page;
pub(super) use request::Request;
pub(super) use schedule::Schedule;
pub(super) use watch::{
    Remind, Track, TrackAdd, TrackCommand, TrackDetails, TrackExport, TrackImport, TrackList,
    TrackRemove, TrackSnooze,
};

/// Tells whether a Microsoft certification is what its holder says it is.
#[derive(Debug, Parser)]
#[command(name = "bonafide", version, max_term_width = 100)]
#[command(
    after_help = "Exit codes: 0 everything is what was required; 1 at least one is not; \
    2 wrong usage or the run could not be carried out; 3 none failed, but at least one could \
    not be determined."
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(super) common: Common,
    #[command(subcommand)]
    pub(super) command: Commands,
}

/// Options of every command.
#[derive(Debug, Args)]
#[command(next_help_heading = "Everywhere")]
pub(crate) struct Common {
    /// Judge as of a day (its first second in UTC) or an instant; default now
    #[arg(long, global = true, value_name = "DATE|INSTANT", value_parser = values::as_of)]
    pub(super) as_of: Option<AsOf>,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", value_enum)]
    pub(super) color: Option<ColourChoice>,
    /// Say less: only the document and errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Say on stderr what is asked; twice for more
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub(super) verbose: u8,
    /// Read defaults from this file
    #[arg(long, global = true, value_name = "FILE", env = "BONAFIDE_CONFIG")]
    pub(super) config: Option<PathBuf>,
    /// Take own catalogue rows from this file [default: catalog.toml beside the configuration]
    #[arg(long, global = true, value_name = "FILE", env = "BONAFIDE_CATALOG")]
    pub(super) catalog: Option<PathBuf>,
    /// Keep data here [default: bonafide in the system's place for data]
    #[arg(long, global = true, value_name = "DIR", env = "BONAFIDE_DATA_DIR")]
    pub(super) data_dir: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Commands {
    /// Show every status on sample evidence, without network
    Demo(Demo),
    /// Say what a pasted link is and what is wrong with it, without network
    Inspect(Inspect),
    /// Fetch a credential's evidence, judge it and report
    Verify(Box<Verify>),
    /// Verify a whole list of candidates into one sheet
    Batch(Box<Batch>),
    /// Sign and check what a verification left behind
    Receipt(Box<Receipt>),
    /// Write the letter to a holder whose link cannot be verified, without network
    Request(Request),
    /// Keep the list of credentials that people are reminded of
    Track(Track),
    /// Tell people what is due, each step once
    Remind(Box<Remind>),
    /// Draw a badge that cannot lie, and put it into a README
    Badge(Box<Badge>),
    /// What is known of certifications: list, show, check, update
    Catalog(Box<Catalog>),
    /// When to take an exam again, what a score means, what to study, what to do at the end
    Exam(Exam),
    /// Show, export or remove what is stored here
    Data(Data),
    /// Find the links and claims in CVs, without network unless told to check them
    Scan(Box<Scan>),
    /// Write the days of everything that is tracked as a calendar file, without network
    Calendar(Calendar),
    /// Print or install what runs the reminders at set times
    Schedule(Schedule),
    /// Say whether everybody would be reminded, and what stands in the way
    Doctor(Box<Doctor>),
    /// Write a static status page of your own credentials
    Page(Box<Page>),
    /// Print the JSON Schema of a document
    Schema(Schema),
    /// Print a completion script for a shell
    Completions(Completions),
    /// Print the manual page of the program or of a command
    Man(Man),
}

/// Formats for people and programs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people.
    #[default]
    Human,
    /// JSON, version 1.
    Json,
}

/// Where the document goes.
#[derive(Debug, Args)]
pub(super) struct Output {
    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
    /// Write to a file instead of standard output (-)
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Demo {
    #[command(flatten)]
    pub(super) output: Output,
}

#[derive(Debug, Args)]
#[command(after_help = "Exit codes: 0 every link is verifiable; 1 some are not.")]
pub(super) struct Inspect {
    /// What was pasted; - reads one a line from standard input
    #[arg(required = true, value_name = "LINK")]
    pub(super) links: Vec<String>,
    #[command(flatten)]
    pub(super) output: Output,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Example: bonafide verify \"LINK\" --expect-name \"Jane Doe\" --expect-certification AZ-104\n\n\
    Exit codes: 0 every credential is what was required; 1 at least one is not; 2 wrong usage or \
    the run could not be carried out; 3 none failed, but at least one could not be determined."
)]
pub(super) struct Verify {
    /// The credential's link; - reads one a line from standard input
    #[arg(required_unless_present = "evidence", value_name = "LINK")]
    pub(super) links: Vec<String>,
    /// Judge saved evidence instead of asking
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = ["links", "save_evidence"])]
    pub(super) evidence: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) check: Check,
    #[command(flatten)]
    pub(super) fetch: Fetch,
    /// Put pseudonyms in the place of names, user names and mail addresses
    #[arg(long, help_heading = "What comes out")]
    pub(super) redact: bool,
    #[command(flatten)]
    pub(super) keep: Keep,
    #[command(flatten)]
    pub(super) output: Output,
}

#[derive(Debug, Args)]
#[command(after_help = "Example: bonafide scan cvs/ --verify\n\n\
    Exit codes: 0 every link to a credential can be verified (with --verify: is what was required); \
    1 at least one is not; 2 wrong usage or a file could not be read; 3 none failed, but in at \
    least one file there is no such link, or one could not be determined.")]
pub(super) struct Scan {
    /// CVs: PDF, DOCX, HTML, Markdown, text or mail; or a folder of them; - is standard input
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// Ask the issuer about every link found, for the CV's own name and the claims beside it
    #[arg(long)]
    pub(super) verify: bool,
    #[command(flatten)]
    pub(super) check: Check,
    #[command(flatten)]
    pub(super) fetch: Fetch,
    #[command(flatten)]
    pub(super) keep: Keep,
    #[command(flatten)]
    pub(super) output: Output,
}

/// Options of commands that check.
#[derive(Debug, Args)]
#[command(next_help_heading = "What is expected")]
pub(super) struct Check {
    /// Whose credential it is said to be
    #[arg(long, value_name = "NAME", value_parser = values::name)]
    pub(super) expect_name: Option<String>,
    /// Which certification it is said to be: a title, slug or exam
    #[arg(long, value_name = "TITLE|SLUG|EXAM")]
    pub(super) expect_certification: Option<String>,
    /// How good its standing must be
    #[arg(long, value_enum, default_value_t)]
    pub(super) require: Require,
    /// The day through which it must last
    #[arg(long, value_name = "DATE", value_parser = values::day)]
    pub(super) valid_until: Option<NaiveDate>,
}

/// Options of commands that fetch.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "How to ask")]
pub(super) struct Fetch {
    /// Ask this service instead of Microsoft Learn (https, or http on loopback); said in every result
    #[arg(long, value_name = "URL", env = "BONAFIDE_LEARN_URL")]
    pub(super) learn_url: Option<BaseUrl>,
    /// Ask this service instead of Credly, likewise
    #[arg(long, value_name = "URL", env = "BONAFIDE_CREDLY_URL")]
    pub(super) credly_url: Option<BaseUrl>,
    /// Trust these PEM certificates beside the system's
    #[arg(long, value_name = "FILE", env = "BONAFIDE_CA_FILE")]
    pub(super) ca_file: Option<PathBuf>,
    /// The time for one request, all its retries and waits included [default: 20s]
    #[arg(long, value_name = "TIME", value_parser = values::timeout)]
    pub(super) timeout: Option<Duration>,
    /// How often to try again after a passing failure [default: 3]
    #[arg(long, value_name = "N")]
    pub(super) retries: Option<u32>,
    /// Requests at once [default: 4]
    #[arg(long, value_name = "N", value_parser = values::concurrency)]
    pub(super) concurrency: Option<NonZeroU32>,
    /// The most requests in a time, such as 5/s, or none [default: 5/s]
    #[arg(long, value_name = "RATE", value_parser = values::rate)]
    pub(super) rate: Option<RateChoice>,
    /// Neither use nor fill the cache of earlier answers
    #[arg(long, conflicts_with = "max_age")]
    pub(super) no_cache: bool,
    /// Use a kept answer this young without asking [default: always ask whether it changed]
    #[arg(long, value_name = "TIME", value_parser = values::duration)]
    pub(super) max_age: Option<Duration>,
    /// Save what was received in this folder, without the sharingId
    #[arg(long, value_name = "DIR")]
    pub(super) save_evidence: Option<PathBuf>,
}

/// `5/s`, or `none` for as fast as it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RateChoice {
    /// At most so many.
    Limited(Rate),
    /// As fast as it goes.
    Unlimited,
}

/// Where a document of one format goes.
#[derive(Debug, Args)]
pub(super) struct Target {
    /// Write to a file instead of standard output (-)
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Schema {
    /// Which document
    #[arg(value_enum)]
    pub(super) name: SchemaName,
    #[command(flatten)]
    pub(super) target: Target,
}

/// Documents that have a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaName {
    /// What `verify --format json` writes
    Result,
    /// What `inspect --format json` writes
    Inspect,
    /// What `verify --receipt` leaves behind
    Receipt,
    /// What `receipt check --format json` writes
    ReceiptCheck,
    /// What `batch --format json` writes
    Batch,
    /// A line of what `batch --format jsonl` writes
    BatchLine,
    /// What `catalog list` and `catalog show --format json` write
    Catalog,
    /// What `catalog check --format json` writes
    CatalogCheck,
    /// What `catalog update --format json` writes
    CatalogUpdate,
    /// What `request --format json` writes
    Request,
    /// What `scan --format json` writes
    Scan,
    /// What a webhook and a command are given of reminders
    Digest,
    /// The `credentials.json` of a page
    Page,
    /// What `doctor --format json` writes
    Doctor,
    /// What `exam retake --format json` writes
    ExamRetake,
    /// What `exam score --format json` writes
    ExamScore,
    /// What `exam skills --format json` writes
    ExamSkills,
    /// What `exam plan --format json` writes
    ExamPlan,
}

#[derive(Debug, Args)]
pub(super) struct Man {
    /// Which command; the program itself without one
    pub(super) command: Option<String>,
    #[command(flatten)]
    pub(super) target: Target,
}

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// Which shell
    #[arg(value_enum)]
    pub(super) shell: clap_complete::Shell,
    #[command(flatten)]
    pub(super) target: Target,
}

impl ValueEnum for Require {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Valid, Self::Active]
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        let help = match self {
            Self::Valid => "in force: active, in need of renewal, or retired and not expired",
            Self::Active => "in force, its certification current, its renewal window not open",
        };
        Some(clap::builder::PossibleValue::new(self.as_str()).help(help))
    }
}
