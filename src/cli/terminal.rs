//! What the terminal can show.

use std::io::{IsTerminal, stdout};

use clap::ValueEnum;

use crate::report::{Colour, Look};

/// When to use colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ColourChoice {
    /// On a terminal that shows it, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The widest that text is set, and the width off a terminal.
const WIDEST: usize = 100;

/// Decides how human output on standard output looks.
pub(crate) fn look(choice: ColourChoice, goes_to_file: bool) -> Look {
    let is_terminal = stdout().is_terminal() && !goes_to_file;
    let width = width(is_terminal).unwrap_or(WIDEST).min(WIDEST);
    let colour = match choice {
        ColourChoice::Always => Colour::On,
        ColourChoice::Auto if is_terminal && shows_colour() => Colour::On,
        ColourChoice::Auto | ColourChoice::Never => Colour::Off,
    };
    Look { width, colour }
}

/// The terminal's columns; off a terminal those that `COLUMNS` names.
fn width(is_terminal: bool) -> Option<usize> {
    if is_terminal {
        return terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    }
    std::env::var("COLUMNS").ok()?.parse().ok()
}

/// `NO_COLOR` counts when it is set to anything but nothing (no-color.org).
fn shows_colour() -> bool {
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    !no_color && !is_dumb && consoles_colour()
}

/// Windows consoles show colour once they were asked to; every other terminal does.
#[cfg(windows)]
fn consoles_colour() -> bool {
    anstyle_query::windows::enable_ansi_colors().unwrap_or(false)
}

#[cfg(not(windows))]
fn consoles_colour() -> bool {
    true
}
