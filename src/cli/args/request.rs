//! What `bonafide request` takes.

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use super::Output;
use crate::cli::values;
use crate::finding::Code;
use crate::report::request::Language;

#[derive(Debug, Args)]
#[command(
    after_help = "Example: bonafide request \"LINK\" --name \"Jane Doe\" --lang de\n\n\
    Exit codes, as of inspect: 0 the link can be verified, so there is nothing to ask; 1 there \
    is, and the letter was written."
)]
pub(in crate::cli) struct Request {
    /// What the holder sent; - reads it from standard input
    #[arg(value_name = "LINK", required_unless_present_any = ["none", "because"])]
    pub(in crate::cli) link: Option<String>,
    /// They sent no link: a PDF, a picture, or nothing
    #[arg(long, conflicts_with_all = ["link", "because"])]
    pub(in crate::cli) none: bool,
    /// Ask about this finding of an earlier result, such as not-found
    #[arg(long, value_name = "CODE", value_parser = values::answered_code)]
    pub(in crate::cli) because: Option<Code>,
    /// The letter's language [default: that of the locale, else en]
    #[arg(long, value_name = "LANGUAGE", value_enum)]
    pub(in crate::cli) lang: Option<Language>,
    /// Whom to greet
    #[arg(long, value_name = "NAME", value_parser = values::name)]
    pub(in crate::cli) name: Option<String>,
    /// Whose name stands under the letter
    #[arg(long, value_name = "NAME", value_parser = values::name)]
    pub(in crate::cli) from: Option<String>,
    /// The day by which an answer is hoped for
    #[arg(long, value_name = "DATE", value_parser = values::day)]
    pub(in crate::cli) deadline: Option<NaiveDate>,
    #[command(flatten)]
    pub(in crate::cli) output: Output,
}

impl ValueEnum for Language {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(self.as_str()))
    }
}
