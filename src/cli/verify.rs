//! `bonafide verify`: the main job.

use std::path::PathBuf;

use anyhow::{Context, bail};
use futures_util::{StreamExt, TryStreamExt, stream};

use super::args::{Check, Format, Output, Verify};
use super::exit::Exit;
use super::keep::Folders;
use super::settings::Settings;
use super::{input, output, patience, upkeep};
use crate::catalog::Catalog;
use crate::check::{Expectation, Wanted};
use crate::report::{human, json};
use crate::source::{Live, Recording, Saved};
use crate::verify::{self, AsOf, Terms, Trip, Verification};

pub(super) fn run(args: &Verify, settings: &Settings) -> anyhow::Result<Exit> {
    let catalog = Catalog::embedded();
    let as_of = settings.as_of();
    let expected = expectation(&args.check, as_of, catalog)?;
    let terms = Terms {
        catalog,
        as_of,
        expected: &expected,
    };
    let trips = if args.evidence.is_empty() {
        ask(args, settings, &terms)?
    } else {
        read(args, settings, &terms)?
    };
    let mut results: Vec<_> = trips
        .into_iter()
        .flat_map(|trip| trip.verifications)
        .collect();
    if args.redact {
        let redactor = upkeep::redactor(settings)?;
        for one in &mut results {
            *one = redactor.verification(one, expected.name.as_deref());
        }
    }
    report(&results, &terms, &args.output, settings)
}

/// Writes the document, and says how the run ended.
pub(super) fn report(
    results: &[Verification<'_>],
    terms: &Terms<'_, '_>,
    output: &Output,
    settings: &Settings,
) -> anyhow::Result<Exit> {
    let as_of = terms.as_of.instant();
    let document = match output.format {
        Format::Human => human::results(results, as_of, settings.look(output.output.as_deref())),
        Format::Json => json::text(&json::ResultDocument::of(results, as_of)),
    };
    output::write(output.output.as_deref(), document.as_bytes())?;
    Ok(Exit::of(results.iter().map(|one| one.outcome)))
}

pub(super) fn expectation(
    check: &Check,
    as_of: AsOf,
    catalog: &Catalog,
) -> anyhow::Result<Expectation> {
    let asked_on = as_of.instant().date_naive();
    if let Some(day) = check.valid_until.filter(|day| *day < asked_on) {
        bail!("--valid-until {day} lies before the day of judgement, {asked_on}");
    }
    let certification = check
        .expect_certification
        .as_deref()
        .map(|text| Wanted::parse(text, catalog))
        .transpose()
        .context("--expect-certification")?;
    Ok(Expectation {
        name: check.expect_name.clone(),
        certification,
        require: check.require,
        valid_until: check.valid_until,
    })
}

/// Asks the services, several at once; the results stay in the order of the links.
fn ask<'a>(
    args: &Verify,
    settings: &Settings,
    terms: &Terms<'a, '_>,
) -> anyhow::Result<Vec<Trip<'a>>> {
    let texts = input::texts(&args.links)?;
    upkeep::before_fetching(settings);
    let policy = settings.policy(&args.fetch);
    let at_once = usize::try_from(policy.concurrency().get()).unwrap_or(1);
    let live = Live::new(policy)?;
    let keep = Folders::of(Some(&args.fetch), &args.keep, settings)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start the network")?;
    let all = stream::iter(&texts)
        .map(|text| one(text, &live, keep, terms))
        .buffered(at_once)
        .try_collect();
    let trips = runtime.block_on(patience::with_a_word(settings, all));
    // A name lookup that hangs on must not hold the answer back.
    runtime.shutdown_background();
    trips
}

async fn one<'a>(
    text: &str,
    live: &Live,
    keep: Folders<'_>,
    terms: &Terms<'a, '_>,
) -> anyhow::Result<Trip<'a>> {
    if keep.is_none() {
        return Ok(verify::verify(text, live, terms).await);
    }
    let recording = Recording::new(live);
    let trip = verify::verify(text, &recording, terms).await;
    keep.leave(&trip, &recording.into_asked(), terms)?;
    Ok(trip)
}

/// Judges saved evidence, on any day.
fn read<'a>(
    args: &Verify,
    settings: &Settings,
    terms: &Terms<'a, '_>,
) -> anyhow::Result<Vec<Trip<'a>>> {
    let keep = Folders::of(None, &args.keep, settings)?;
    let one = |path: &PathBuf| {
        let saved = Saved::load(path)?;
        let trip = verify::again(saved.link(), saved.asked(), terms);
        keep.leave(&trip, saved.asked(), terms)?;
        Ok(trip)
    };
    args.evidence.iter().map(one).collect()
}
