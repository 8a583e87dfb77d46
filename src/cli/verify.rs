//! `bonafide verify`: the main job.

use std::path::Path;

use anyhow::{Context, bail};
use chrono::Utc;
use futures_util::{StreamExt, TryStreamExt, stream};

use super::args::{Check, Format, Output, Verify};
use super::exit::Exit;
use super::settings::Settings;
use super::{input, output, patience, upkeep};
use crate::catalog::Catalog;
use crate::check::{Expectation, Wanted};
use crate::report::{human, json};
use crate::source::{Live, Recording, Saved, save};
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
        read(args, &terms)?
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
        Format::Human => human::results(results, as_of, settings.look(output)),
        Format::Json => json::text(&json::ResultDocument::of(results, as_of)),
    };
    output::write(output.output.as_deref(), document.as_bytes())?;
    Ok(Exit::of(results.iter().map(|one| one.outcome)))
}

fn expectation(check: &Check, as_of: AsOf, catalog: &Catalog) -> anyhow::Result<Expectation> {
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
    let keep = args.fetch.save_evidence.as_deref();
    if let Some(file) = keep.filter(|path| path.is_file()) {
        bail!(
            "--save-evidence {} is a file; expected a folder",
            file.display()
        );
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start the network")?;
    let all = stream::iter(&texts)
        .map(|text| one(text, &live, keep, terms, settings))
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
    keep: Option<&Path>,
    terms: &Terms<'a, '_>,
    settings: &Settings,
) -> anyhow::Result<Trip<'a>> {
    let Some(folder) = keep else {
        return Ok(verify::verify(text, live, terms).await);
    };
    let recording = Recording::new(live);
    let trip = verify::verify(text, &recording, terms).await;
    let asked = recording.into_asked();
    if !asked.is_empty() {
        upkeep::note_folder(settings, folder);
        save(folder, trip.link.canonical(), &asked, Utc::now())
            .with_context(|| format!("cannot save the evidence in {}", folder.display()))?;
    }
    Ok(trip)
}

/// Judges saved evidence, on any day.
fn read<'a>(args: &Verify, terms: &Terms<'a, '_>) -> anyhow::Result<Vec<Trip<'a>>> {
    args.evidence
        .iter()
        .map(|path| {
            let saved = Saved::load(path)?;
            Ok(verify::again(saved.link(), saved.asked(), terms))
        })
        .collect()
}
