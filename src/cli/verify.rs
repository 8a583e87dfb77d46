//! `bonafide verify`: the main job.

use std::path::PathBuf;

use anyhow::{Context, bail};

use super::args::{Check, Format, Output, Verify};
use super::asking::{self, Question};
use super::exit::Exit;
use super::keep::Folders;
use super::settings::Settings;
use super::{input, output, upkeep};
use crate::catalog::Catalog;
use crate::check::{Expectation, Wanted};
use crate::link;
use crate::report::{human, json};
use crate::source::Saved;
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

/// What the options expect.
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

/// Asks the services; the results stay in the order of the links.
fn ask<'a>(
    args: &Verify,
    settings: &Settings,
    terms: &Terms<'a, '_>,
) -> anyhow::Result<Vec<Trip<'a>>> {
    let texts = input::texts(&args.links)?;
    let keep = Folders::of(Some(&args.fetch), &args.keep, settings)?;
    let questions: Vec<_> = texts
        .iter()
        .map(|text| Question {
            link: link::judge(text),
            terms: vec![*terms],
        })
        .collect();
    let trips = asking::ask(&questions, &args.fetch, keep, settings)?;
    Ok(trips.into_iter().flatten().collect())
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
