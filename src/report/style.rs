//! How human output looks: width and colour, decided by whoever knows the terminal.

use anstyle::{AnsiColor, Style};

use crate::check::Outcome;
use crate::finding::Severity;
use crate::lifecycle::Status;

/// Whether output carries colour. Nothing is ever said by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// ANSI colours.
    On,
    /// Plain text.
    Off,
}

/// How human output looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Columns to fit into.
    pub width: usize,
    /// Whether there is colour.
    pub colour: Colour,
}

impl Look {
    /// Wraps text that is already neutral in a style.
    pub(super) fn paint(self, style: Style, text: &str) -> String {
        match self.colour {
            Colour::On => format!("{style}{text}{style:#}"),
            Colour::Off => text.to_owned(),
        }
    }
}

pub(super) const fn of_status(status: Status) -> Style {
    let colour = match status {
        Status::Active => AnsiColor::Green,
        Status::NeedsRenewal | Status::Retired => AnsiColor::Yellow,
        Status::Expired | Status::Revoked => AnsiColor::Red,
        Status::Undetermined => AnsiColor::Magenta,
    };
    colour.on_default().bold()
}

pub(super) const fn of_outcome(outcome: Outcome) -> Style {
    let colour = match outcome {
        Outcome::Passed => AnsiColor::Green,
        Outcome::Undetermined => AnsiColor::Magenta,
        Outcome::Failed => AnsiColor::Red,
    };
    colour.on_default()
}

pub(super) const fn of_severity(severity: Severity) -> Style {
    match severity {
        Severity::Info => AnsiColor::Blue.on_default(),
        Severity::Warning => AnsiColor::Yellow.on_default(),
        Severity::Error => AnsiColor::Red.on_default().bold(),
    }
}

pub(super) const fn quiet() -> Style {
    Style::new().dimmed()
}
