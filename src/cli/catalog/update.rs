//! `bonafide catalog update`: titles, slugs and exams that are new.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, bail};
use chrono::Utc;

use super::super::args::{CatalogUpdate, Format};
use super::super::exit::Exit;
use super::super::knowledge::{LARGEST, kept, listing_file, previous_file};
use super::super::settings::Settings;
use super::super::{output, patience};
use crate::catalog::{Listing, ListingRead};
use crate::report::catalog::{UpdateDocument, Written, updated};
use crate::report::json;
use crate::source::Live;
use crate::source::private::{self, Durability};
use crate::store::DataDir;

/// The catalogue is large, and its service slow.
const TIMEOUT: Duration = Duration::from_mins(2);

pub(super) fn run(args: &CatalogUpdate, settings: &Settings) -> anyhow::Result<Exit> {
    let data = settings.data_dir().context(
        "the catalogue is kept in the data directory, and the system names none; give one with \
         --data-dir",
    )?;
    if args.fetch.save_evidence.is_some() {
        bail!("--save-evidence is for credentials; the catalogue is kept in the data directory");
    }
    if args.revert {
        return revert(&data, settings);
    }
    let before = kept(&listing_file(&data))?;
    let listing = fetched(args, settings)?.beside(before.as_ref());
    let written = if args.yes {
        replace(&data, &listing)?;
        Written::Yes
    } else {
        Written::No
    };
    let document = UpdateDocument::of(&listing, before.as_ref(), written);
    let to = args.output.output.as_deref();
    let text = match args.output.format {
        Format::Human => updated(&document, settings.look(to)),
        Format::Json => json::text(&document),
    };
    output::write(to, text.as_bytes())?;
    Ok(Exit::Success)
}

fn fetched(args: &CatalogUpdate, settings: &Settings) -> anyhow::Result<Listing> {
    let live = Live::new(settings.policy_within(&args.fetch, TIMEOUT))?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start the network")?;
    let asked = live.catalogue(|answer| ListingRead::from_json(answer));
    let streamed = runtime.block_on(patience::with_a_word(settings, asked));
    runtime.shutdown_background();
    let streamed = streamed.context("the catalogue was not had; what is known stays as it is")?;
    let read = streamed
        .read
        .with_context(|| format!("{} answered; what is known stays as it is", streamed.host))?;
    let fetched_at = Utc::now();
    Ok(Listing::new(
        read,
        &streamed.host,
        streamed.sha256,
        fetched_at,
    ))
}

/// Puts a listing in its place, and what was there beside it. A reader sees the old one or
/// the new one, never a part.
fn replace(data: &DataDir, listing: &Listing) -> anyhow::Result<()> {
    let (file, previous) = (listing_file(data), previous_file(data));
    let replaced = || -> std::io::Result<()> {
        private::create_own_dir(&data.catalog())?;
        let new = private::staged(
            &data.catalog(),
            listing.to_text().as_bytes(),
            Durability::Synced,
        )?;
        match private::read_own(&file, LARGEST) {
            Ok(old) => {
                let old = private::staged(&data.catalog(), &old, Durability::Synced)?;
                old.persist(&previous).map_err(|error| error.error)?;
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                remove(&previous)?;
            }
            Err(error) => return Err(error),
        }
        new.persist(&file).map_err(|error| error.error)?;
        private::sync_dir(&data.catalog())
    };
    replaced().with_context(|| format!("cannot write {}", file.display()))
}

fn remove(file: &Path) -> std::io::Result<()> {
    match std::fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Back to the one before, or to the shipped table where there was none.
fn revert(data: &DataDir, settings: &Settings) -> anyhow::Result<Exit> {
    let (file, previous) = (listing_file(data), previous_file(data));
    let back = kept(&previous)?;
    if back.is_none() && !file.exists() {
        bail!("there is nothing to go back from: no update was taken over");
    }
    let said = if let Some(listing) = back {
        std::fs::rename(&previous, &file)
            .with_context(|| format!("cannot write {}", file.display()))?;
        let day = listing.fetched_at().date_naive();
        format!("Back to the catalogue of {day}.")
    } else {
        remove(&file).with_context(|| format!("cannot remove {}", file.display()))?;
        "Back to the table that ships with the program.".to_owned()
    };
    if !settings.is_quiet() {
        super::super::say(&said);
    }
    Ok(Exit::Success)
}
