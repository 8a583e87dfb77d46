//! What `bonafide exam` takes.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{Fetch, Output};
use crate::exam::moment::{Moment, NotAMoment};
use crate::exam::retake::Programme;
use crate::exam::score::{NotAScore, Score};

/// Attempts that are planned at most: four years of them.
const MOST_PLANNED: i64 = 20;

#[derive(Debug, Args)]
pub(in crate::cli) struct Exam {
    #[command(subcommand)]
    pub(in crate::cli) command: ExamCommand,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum ExamCommand {
    /// Say when an exam may be taken again, and which rule decides
    Retake(Retake),
    /// Say whether a score passes, and what it does and does not mean
    Score(ExamScore),
    /// Show what an exam measures, and what to study first after a score report
    Skills(Skills),
    /// Say whether to renew a credential, take its exam again or go for its successor
    Plan(Box<ExamPlan>),
}

#[derive(Debug, Args)]
#[command(
    after_help = "Example: bonafide exam retake --exam AI-103 --attempt 2026-11-01T10:00Z --attempt 2026-11-10T10:00Z\n\n\
    A time without a zone is UTC; a day without a time counts to its last second in UTC.\n\n\
    Exit codes: 0 an attempt may be booked now; 1 not yet, or not at all: it was passed, or \
    the exam was retired; 2 wrong usage."
)]
pub(in crate::cli) struct Retake {
    /// The exam's code, such as AI-103
    #[arg(long, value_name = "CODE")]
    pub(in crate::cli) exam: String,
    /// When an attempt was made, such as 2026-11-01T10:00Z; once for each attempt
    #[arg(long = "attempt", value_name = "TIME", value_parser = moment)]
    pub(in crate::cli) attempts: Vec<Moment>,
    /// When it was passed
    #[arg(long, value_name = "DATE|TIME", value_parser = moment)]
    pub(in crate::cli) passed: Option<Moment>,
    /// When the certification that it led to expired, or will
    #[arg(long, value_name = "DATE|TIME", value_parser = moment)]
    pub(in crate::cli) certification_expired: Option<Moment>,
    /// By whose rules [default: those of the exam's programme]
    #[arg(long, value_name = "PROGRAMME", value_enum)]
    pub(in crate::cli) programme: Option<Programme>,
    /// List the earliest instants of the next N attempts as well
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(1..=MOST_PLANNED))]
    pub(in crate::cli) plan: Option<i64>,
    #[command(flatten)]
    pub(in crate::cli) output: Output,
}

#[derive(Debug, Args)]
#[command(after_help = "Exit codes: 0 it passes; 1 it does not; 2 it is no score.")]
pub(in crate::cli) struct ExamScore {
    /// The score on the report, from 1 to 1000
    #[arg(value_name = "N", value_parser = score, allow_hyphen_values = true)]
    pub(in crate::cli) score: Score,
    #[command(flatten)]
    pub(in crate::cli) output: Output,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Example: bonafide exam skills AI-102 --report \"computer vision=low\" \"plan=high\"\n\n\
    Exit codes: 0 the areas are known; 2 wrong usage, or a file that cannot be used; 3 they are not \
    known here."
)]
pub(in crate::cli) struct Skills {
    /// The exam's code, such as AI-102
    #[arg(value_name = "CODE")]
    pub(in crate::cli) exam: String,
    /// The bars of your score report: \"area=low|mid|high\" for each area, or a TOML file of them
    #[arg(long, value_name = "AREA=BAR|FILE", num_args = 1..)]
    pub(in crate::cli) report: Vec<String>,
    /// Read the skill areas of further exams from this file
    #[arg(long = "skills-file", value_name = "FILE")]
    pub(in crate::cli) further: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) output: Output,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Exit codes, as of verify: 0 every credential is valid; 1 at least one is not; 2 wrong usage \
    or the run could not be carried out; 3 none failed, but at least one could not be determined."
)]
pub(in crate::cli) struct ExamPlan {
    /// The credential's link; - reads one a line from standard input
    #[arg(required_unless_present = "evidence", value_name = "LINK")]
    pub(in crate::cli) links: Vec<String>,
    /// Judge saved evidence instead of asking
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = ["links", "save_evidence"])]
    pub(in crate::cli) evidence: Vec<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) fetch: Fetch,
    #[command(flatten)]
    pub(in crate::cli) output: Output,
}

fn moment(text: &str) -> Result<Moment, NotAMoment> {
    Moment::parse(text)
}

fn score(text: &str) -> Result<Score, NotAScore> {
    Score::parse(text)
}

impl ValueEnum for Programme {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Standard, Self::OfficeSpecialist]
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        let help = match self {
            Self::Standard => "role-based, specialty and fundamentals exams",
            Self::OfficeSpecialist => "Microsoft Office Specialist",
        };
        Some(clap::builder::PossibleValue::new(self.as_str()).help(help))
    }
}
