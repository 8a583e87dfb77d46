//! What `bonafide badge` takes.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Check, Fetch};
use crate::cli::values;
use crate::publish::badge::{Scale, Style};
use crate::publish::marker::Marker;
use crate::report::request::Language;

#[derive(Debug, Args)]
#[command(
    after_help = "Example: bonafide badge \"LINK\" --update README.md --add-marker\n\n\
    A badge is green only if the credential is valid and Microsoft itself said so just now; what \
    could not be verified is grey, also where a green one stood before.\n\n\
    Exit codes: 0 every credential is what was required; 1 at least one is not; 2 wrong usage or \
    the run could not be carried out; 3 none failed, but at least one is unverified."
)]
pub(in crate::cli) struct Badge {
    /// The credential's link; - reads one a line from standard input
    #[arg(required_unless_present = "evidence", value_name = "LINK")]
    pub(in crate::cli) links: Vec<String>,
    /// Judge saved evidence instead of asking
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = ["links", "save_evidence"])]
    pub(in crate::cli) evidence: Vec<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) look: BadgeLook,
    #[command(flatten)]
    pub(in crate::cli) form: BadgeForm,
    #[command(flatten)]
    pub(in crate::cli) target: BadgeTarget,
    #[command(flatten)]
    pub(in crate::cli) check: Check,
    #[command(flatten)]
    pub(in crate::cli) fetch: Fetch,
}

/// How a badge looks.
#[derive(Debug, Args)]
#[command(next_help_heading = "How it looks")]
pub(in crate::cli) struct BadgeLook {
    /// Its shape
    #[arg(long, value_enum, default_value_t, conflicts_with = "card")]
    pub(in crate::cli) style: Style,
    /// For light pages, dark pages, or both (two files)
    #[arg(long, value_enum, default_value_t)]
    pub(in crate::cli) theme: ThemeChoice,
    /// What stands on its left
    #[arg(long, value_enum, default_value_t, conflicts_with = "card")]
    pub(in crate::cli) label: LabelChoice,
    /// Draw a card: dates, the validity year with its renewal window, and a QR code
    #[arg(long)]
    pub(in crate::cli) card: bool,
    /// Name the holder on the card, as the issuer does
    #[arg(long, requires = "card")]
    pub(in crate::cli) show_holder: bool,
    /// The language of its words
    #[arg(long, value_name = "LANGUAGE", value_enum, default_value = "en")]
    pub(in crate::cli) lang: Language,
    /// Link a shared transcript too, which shows its holder's legal name and everything passed
    #[arg(long)]
    pub(in crate::cli) link_transcript: bool,
}

/// What is written.
#[derive(Debug, Args)]
#[command(next_help_heading = "What comes out")]
#[group(multiple = false)]
pub(in crate::cli) struct BadgeForm {
    /// The picture, shields.io's file, or a snippet that shows and links the picture
    #[arg(long, value_enum)]
    pub(in crate::cli) format: Option<BadgeFormat>,
    /// The picture as PNG, so many times its size (1 to 8)
    #[arg(long, value_name = "SCALE", value_parser = scale)]
    pub(in crate::cli) png: Option<Scale>,
    /// Write pictures, and put them into this README between its markers
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) update: Option<PathBuf>,
    /// The link that opens LinkedIn's form, filled in
    #[arg(long)]
    pub(in crate::cli) linkedin: bool,
    /// The certificates of a JSON Resume
    #[arg(long)]
    pub(in crate::cli) json_resume: bool,
    /// Linked data in the words of schema.org
    #[arg(long)]
    pub(in crate::cli) json_ld: bool,
}

/// Where it goes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Where it goes")]
pub(in crate::cli) struct BadgeTarget {
    /// Write to a file instead of standard output (-); for several pictures, a folder
    #[arg(short, long, value_name = "FILE|DIR", conflicts_with = "update")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// With a snippet or --update: write the pictures here [default with --update: badges beside the file]
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) dir: Option<PathBuf>,
    /// With a snippet or --update: where that folder is on the web, if not beside the document
    #[arg(long, value_name = "URL", value_parser = values::web_address)]
    pub(in crate::cli) image_url: Option<String>,
    /// With --update: the place is between <!-- bonafide:NAME --> and <!-- /bonafide:NAME -->
    #[arg(long, value_name = "NAME", default_value = "certs", value_parser = marker, requires = "update")]
    pub(in crate::cli) marker: Marker,
    /// With --update: add the markers where there are none, below the first heading
    #[arg(long, requires = "update")]
    pub(in crate::cli) add_marker: bool,
    /// If the service gives no answer, keep an earlier badge, with its date, unless its end has passed
    #[arg(long)]
    pub(in crate::cli) keep_on_error: bool,
}

/// What is written of a badge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum BadgeFormat {
    /// The picture (the default)
    Svg,
    /// The file that shields.io draws a badge from
    Shields,
    /// A snippet for Markdown
    Markdown,
    /// A snippet for HTML
    Html,
    #[value(name = "asciidoc", help = "A snippet for AsciiDoc")]
    AsciiDoc,
    /// A snippet for reStructuredText
    Rst,
}

/// The pages that pictures are made for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ThemeChoice {
    /// Light pages
    #[default]
    Light,
    /// Dark pages
    Dark,
    /// Both: two pictures, and a snippet that shows the one that fits
    Auto,
}

/// What stands on the left.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum LabelChoice {
    /// The title
    #[default]
    Title,
    /// The exam, where only one leads to the certification
    Exam,
}

impl ValueEnum for Style {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(self.as_str()))
    }
}

fn scale(text: &str) -> Result<Scale, String> {
    Scale::parse(text).ok_or_else(|| "expected a number from 1 to 8, such as 2".to_owned())
}

fn marker(text: &str) -> Result<Marker, String> {
    Marker::parse(text)
        .ok_or_else(|| "expected up to 64 letters, digits, - and _, such as certs".to_owned())
}
