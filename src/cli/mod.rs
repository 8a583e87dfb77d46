//! The command line: arguments in, a document and an exit code out.
//!
//! Data goes to standard output and everything else to standard error. The clock is read
//! here, once, and handed down.

pub(crate) mod args;
mod asking;
mod badge;
mod batch;
mod calendar;
mod catalog;
mod completions;
mod config;
mod data;
mod demo;
mod doctor;
mod exam;
mod exit;
mod help;
mod input;
mod inspect;
mod interrupt;
mod keep;
mod knowledge;
mod log;
mod output;
mod page;
mod patience;
mod progress;
mod receipt;
mod remind;
mod request;
mod scan;
mod schedule;
mod schema;
mod settings;
mod terminal;
mod track;
mod upkeep;
mod values;
mod verify;

use std::io::Write;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use crate::report::neutral;
use crate::source::{without_sharing_id, without_userinfo};
use args::{Cli, Commands};
pub use exit::Exit;
use settings::Settings;

/// Runs the program with the process's arguments.
pub fn run() -> ExitCode {
    let parsed = command()
        .try_get_matches()
        .and_then(|matches| Cli::from_arg_matches(&matches));
    match parsed {
        Ok(cli) => carry_out(cli).into(),
        Err(refusal) => refuse(&refusal).into(),
    }
}

/// The command line's definition, with the grouped help.
pub fn command() -> clap::Command {
    help::grouped(Cli::command())
}

/// Help and version are documents; anything else is wrong usage.
fn refuse(refusal: &clap::Error) -> Exit {
    if !refusal.use_stderr() {
        // A closed standard output leaves nobody to tell.
        let _ = refusal.print();
        return Exit::Success;
    }
    // What was typed may be a link with its sharingId, or anything at all.
    say_as_it_is(without_secrets(&refusal.to_string()).trim_end());
    if let Some(tip) = help::tip(refusal) {
        say(tip);
    }
    Exit::Usage
}

fn carry_out(cli: Cli) -> Exit {
    log::start(&cli.common);
    let ended = Settings::load(cli.common).and_then(|settings| match cli.command {
        Commands::Demo(args) => demo::run(&args, &settings),
        Commands::Inspect(args) => inspect::run(&args, &settings),
        Commands::Verify(args) => verify::run(&args, &settings),
        Commands::Batch(args) => batch::run(&args, &settings),
        Commands::Receipt(args) => receipt::run(&args, &settings),
        Commands::Request(args) => request::run(&args, &settings),
        Commands::Track(args) => track::run(&args, &settings),
        Commands::Remind(args) => remind::run(&args, &settings),
        Commands::Badge(args) => badge::run(&args, &settings),
        Commands::Catalog(args) => catalog::run(&args, &settings),
        Commands::Exam(args) => exam::run(&args, &settings),
        Commands::Data(args) => data::run(&args, &settings),
        Commands::Scan(args) => scan::run(&args, &settings),
        Commands::Calendar(args) => calendar::run(&args, &settings),
        Commands::Schedule(args) => schedule::run(&args, &settings),
        Commands::Doctor(args) => doctor::run(&args, &settings),
        Commands::Page(args) => page::run(&args, &settings),
        Commands::Schema(args) => schema::run(&args),
        Commands::Completions(args) => completions::run(&args),
        Commands::Man(args) => completions::man(&args),
    });
    ended.unwrap_or_else(|error| {
        say(&without_secrets(&format!("error: {error:#}")));
        Exit::Usage
    })
}

/// A message without what may be secret in an address that was typed.
fn without_secrets(message: &str) -> String {
    without_userinfo(&without_sharing_id(message))
}

/// Says something beside the document, on standard error. What is behind a line break is
/// indented: it may be a stranger's, such as one in a file's name, and must not look like a line
/// of ours.
fn say(text: &str) {
    say_as_it_is(&text.replace('\n', "\n  "));
}

/// Says a text whose line breaks are all ours.
fn say_as_it_is(text: &str) {
    // Nobody can be told that standard error is closed.
    let _ = writeln!(std::io::stderr(), "{}", neutral::terminal_lines(text));
}
