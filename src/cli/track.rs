//! `bonafide track`: the list of watched credentials.

mod add;
mod import;
mod list;

use std::path::PathBuf;

use anyhow::{Context, bail};

use super::args::{Fetch, Track, TrackCommand, TrackExport, TrackRemove, TrackSnooze};
use super::exit::Exit;
use super::settings::Settings;
use super::{output, say};
use crate::notify::channel;
use crate::report::meant::meant;
use crate::watch::{self, Entry, EntryId, MailAddress, RenewalPlan, Store, StoreError};

pub(super) fn run(args: &Track, settings: &Settings) -> anyhow::Result<Exit> {
    match &args.command {
        TrackCommand::Add(args) => add::run(args, settings),
        TrackCommand::List(args) => list::run(args, settings),
        TrackCommand::Remove(args) => remove(args, settings),
        TrackCommand::Snooze(args) => snooze(args, settings),
        TrackCommand::Import(args) => import::run(args, settings),
        TrackCommand::Export(args) => export(args, settings),
    }
}

/// Where the list is.
pub(super) fn place(settings: &Settings) -> anyhow::Result<PathBuf> {
    let data = settings
        .data_dir()
        .context("the system names no place for data; give one with --data-dir")?;
    Ok(data.watch())
}

/// Opens the list, or begins it.
pub(super) fn open(settings: &Settings) -> anyhow::Result<Store> {
    Ok(Store::open(&place(settings)?)?)
}

/// Holds the names of channels against the configuration.
pub(super) fn known_channels(names: &[String], settings: &Settings) -> anyhow::Result<()> {
    let known: Vec<&str> = settings
        .channel_settings()
        .keys()
        .map(String::as_str)
        .collect();
    let held = names
        .iter()
        .try_for_each(|name| known_channel(name, &known));
    held.map_err(anyhow::Error::msg)
}

/// Holds the name of a channel against those that there are.
fn known_channel(name: &str, known: &[&str]) -> Result<(), String> {
    if known.contains(&name) {
        return Ok(());
    }
    Err(if let Some(near) = meant(name, known.iter().copied()) {
        format!("unknown channel {name}; did you mean {near}?")
    } else if known.is_empty() {
        format!("unknown channel {name}: no [channel.NAME] is configured")
    } else {
        format!(
            "unknown channel {name}; those of the configuration are {}",
            known.join(", ")
        )
    })
}

/// Refuses to test a channel that sends to people where nobody is named.
pub(super) fn somebody_to_test(
    name: &str,
    to: Option<&MailAddress>,
    settings: &Settings,
) -> anyhow::Result<()> {
    let channel = settings.channel_settings().get(name);
    if to.is_none() && channel.is_some_and(channel::Settings::needs_address) {
        bail!("{name} sends to people: name whom the test message is for with --to MAIL");
    }
    Ok(())
}

/// Refuses an option of fetching that is not carried out here.
pub(super) fn no_evidence(fetch: &Fetch) -> anyhow::Result<()> {
    if fetch.save_evidence.is_some() {
        bail!("--save-evidence is not done here; ask with `bonafide verify --save-evidence DIR`");
    }
    Ok(())
}

fn remove(args: &TrackRemove, settings: &Settings) -> anyhow::Result<Exit> {
    let store = open(settings)?;
    let mut missing = Vec::new();
    for id in &args.ids {
        if store.remove(EntryId(*id))? {
            say(&format!(
                "Removed {id}, with everything that was known of it."
            ));
        } else {
            missing.push(id.to_string());
        }
    }
    if !missing.is_empty() {
        bail!(
            "there is no entry {}; `bonafide track list` shows them",
            missing.join(", ")
        );
    }
    Ok(Exit::Success)
}

fn snooze(args: &TrackSnooze, settings: &Settings) -> anyhow::Result<Exit> {
    let store = open(settings)?;
    let Some(mut entry) = store.entry(EntryId(args.id))? else {
        bail!(
            "there is no entry {}; `bonafide track list` shows them",
            args.id
        );
    };
    if let Some(day) = args.until {
        let today = settings.as_of().instant().date_naive();
        if day <= today {
            bail!("--until {day} is not after today, {today}");
        }
        entry.snoozed_until = Some(day);
    }
    if args.will_not_renew {
        entry.plan = RenewalPlan::LetEnd;
    }
    if args.wake {
        entry.snoozed_until = None;
        entry.plan = RenewalPlan::Renew;
    }
    store.update(&entry)?;
    say(&state(&entry));
    Ok(Exit::Success)
}

fn state(entry: &Entry) -> String {
    let id = entry.id;
    match (entry.snoozed_until, entry.plan) {
        (Some(day), RenewalPlan::Renew) => format!("{id} is left alone until {day}."),
        (Some(day), RenewalPlan::LetEnd) => {
            format!("{id} is left alone until {day}, and will not be renewed.")
        }
        (None, RenewalPlan::LetEnd) => {
            format!(
                "{id} will not be renewed: nobody is reminded of its deadline, only told when it ended."
            )
        }
        (None, RenewalPlan::Renew) => format!("{id} is reminded of again."),
    }
}

/// Gets the entries out whatever state the file is in.
fn export(args: &TrackExport, settings: &Settings) -> anyhow::Result<Exit> {
    let path = place(settings)?;
    let (entries, is_damaged) = match Store::open_existing(&path) {
        Ok(None) => (Vec::new(), false),
        Ok(Some(store)) if store.check().is_ok() => (store.entries()?, false),
        Ok(Some(_)) | Err(StoreError::Newer { .. } | StoreError::Damaged { .. }) => rescue(&path)?,
        Err(error) if error.is_of_writing() => rescue(&path)?,
        Err(error) => return Err(error.into()),
    };
    output::write(args.target.output.as_deref(), &watch::to_csv(&entries))?;
    if is_damaged {
        say(
            "Part of the list is damaged: what could be read was written, and some entries may be missing.",
        );
        return Ok(Exit::Undetermined);
    }
    Ok(Exit::Success)
}

fn rescue(path: &std::path::Path) -> anyhow::Result<(Vec<Entry>, bool)> {
    let rescued = watch::rescue(path)?;
    Ok((rescued.entries, rescued.is_damaged))
}
