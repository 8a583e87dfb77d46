//! `bonafide schedule`: what runs the reminders at set times.

mod install;
mod remove;

use std::path::{Path, PathBuf};

use anyhow::Context;

use super::args::Schedule;
use super::exit::Exit;
use super::settings::Settings;
use super::{output, say};
use crate::schedule::{Encoding, File, Job, Kind, Places};
use install::Installed;

pub(super) fn run(args: &Schedule, settings: &Settings) -> anyhow::Result<Exit> {
    let kind = args.kind.unwrap_or(Kind::usual());
    let places = places()?;
    let files = kind.files(&job(args, kind, settings)?, &places)?;
    let heard = |said: &[String]| {
        if !settings.is_quiet() {
            for line in said {
                say(line);
            }
        }
    };
    if args.install {
        heard(&install::install(kind, &files)?);
        heard(&install::start(kind, &files)?);
    } else if args.remove {
        let removed = remove::remove(kind, &files, &places)?;
        heard(&removed.said);
        if let Some(why) = removed.untold {
            say(&untold(kind, &why));
            return Ok(Exit::Failed);
        }
    } else if args.status {
        return status(kind, &files);
    } else if let Some(folder) = &args.output {
        heard(&write(folder, &files)?);
    } else {
        output::write(None, printed(&files).as_bytes())?;
    }
    Ok(Exit::Success)
}

/// What somebody must know whose scheduler was not there to be told.
fn untold(kind: Kind, why: &str) -> String {
    let end = match kind {
        Kind::SystemdUser | Kind::Launchd => "until you log out",
        _ => "until the machine is started again",
    };
    format!(
        "the scheduler could not be told: {why}\nIf it had started the reminders, it may go on with them \
         {end}."
    )
}

/// The run that is scheduled. Every path is made whole, since it starts elsewhere.
fn job(args: &Schedule, kind: Kind, settings: &Settings) -> anyhow::Result<Job> {
    let program = std::env::current_exe().context("cannot tell where this program is")?;
    let (config, data) = settings.named();
    let is_machines = kind == Kind::SystemdSystem;
    if is_machines && data.is_some() {
        say("the machine's service keeps its data in /var/lib/bonafide, not in --data-dir");
    }
    let data = data.filter(|_| !is_machines);
    let mut arguments = Vec::new();
    for (option, path) in [("--config", config), ("--data-dir", data)] {
        if let Some(path) = path {
            arguments.extend([option.to_owned(), text(&std::path::absolute(path)?)?]);
        }
    }
    arguments.push("remind".to_owned());
    Ok(Job::new(text(&program)?, arguments, args.at, args.every)?)
}

/// Something that is installed on this machine to start runs.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) kind: Kind,
    /// Its file that says when.
    pub(super) text: String,
    /// Why it does not run, where the scheduler says so.
    pub(super) stopped: Option<String>,
}

/// What is installed for the schedulers of this system. A scheduler that is not here, or
/// does not answer, has nothing.
pub(super) fn found() -> Vec<Found> {
    let kinds: &[Kind] = match Kind::usual() {
        Kind::SystemdUser => &[Kind::SystemdUser, Kind::SystemdSystem, Kind::Cron],
        Kind::Launchd => &[Kind::Launchd, Kind::Cron],
        Kind::WindowsTask => &[Kind::WindowsTask],
        _ => &[Kind::Cron],
    };
    let Ok(places) = places() else {
        return Vec::new();
    };
    let found = |kind: &Kind| {
        let text = install::found(*kind, &places)?;
        let (kind, stopped) = (*kind, install::stopped(*kind));
        Some(Found {
            kind,
            text,
            stopped,
        })
    };
    kinds.iter().filter_map(found).collect()
}

fn text(path: &Path) -> anyhow::Result<String> {
    let text = path.to_str().map(str::to_owned);
    text.with_context(|| format!("expected a path that is Unicode, found {}", path.display()))
}

fn places() -> anyhow::Result<Places> {
    use etcetera::BaseStrategy;
    let base = etcetera::choose_base_strategy().context("cannot tell where your home is")?;
    Ok(Places {
        home: base.home_dir().to_owned(),
        config: base.config_dir(),
    })
}

/// One file as it is; several with their names.
fn printed(files: &[File]) -> String {
    if let [file] = files {
        return file.text.clone();
    }
    let named = files
        .iter()
        .map(|file| format!("# {}\n{}", file.path.display(), file.text));
    named.collect::<Vec<_>>().join("\n")
}

fn write(folder: &Path, files: &[File]) -> anyhow::Result<Vec<String>> {
    let mut said = Vec::new();
    for file in files {
        let name = file.path.file_name().expect("every file has a name");
        let path: PathBuf = folder.join(name);
        output::write(Some(&path), &file.octets())?;
        let form = match file.encoding {
            Encoding::Utf8 => "",
            Encoding::Utf16 => " (UTF-16)",
        };
        said.push(format!("wrote {}{form}", path.display()));
    }
    Ok(said)
}

fn status(kind: Kind, files: &[File]) -> anyhow::Result<Exit> {
    let (installed, mut said) = install::status(kind, files)?;
    let (answer, exit) = match installed {
        Installed::Same => ("installed".to_owned(), Exit::Success),
        Installed::Different(stopped) => {
            let stopped =
                stopped.map_or_else(String::new, |why| format!(" and not started: {why}"));
            (
                format!(
                    "installed, but not as these options would{stopped}; --install replaces it"
                ),
                Exit::Failed,
            )
        }
        Installed::Stopped(why) => (
            format!("installed and not started: {why}; --install starts it"),
            Exit::Failed,
        ),
        Installed::Not => (
            "not installed; --install installs it".to_owned(),
            Exit::Failed,
        ),
    };
    said.insert(0, format!("{}: {answer}\n", kind.as_str()));
    output::write(None, said.concat().as_bytes())?;
    Ok(exit)
}
