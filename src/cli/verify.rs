//! `bonafide verify`: the main job.

use anyhow::{Context, bail};

use super::args::{Check, Format, Output, Verify};
use super::asking::{self, From};
use super::exit::Exit;
use super::settings::Settings;
use super::{output, upkeep};
use crate::catalog::Catalog;
use crate::check::{Expectation, Wanted};
use crate::report::{human, json};
use crate::verify::{AsOf, Terms, Verification};

pub(super) fn run(args: &Verify, settings: &Settings) -> anyhow::Result<Exit> {
    let catalog = settings.catalog()?;
    let as_of = settings.as_of();
    let expected = expectation(&args.check, as_of, catalog)?;
    let terms = Terms {
        catalog,
        as_of,
        expected: &expected,
    };
    let from = From {
        links: &args.links,
        evidence: &args.evidence,
        fetch: &args.fetch,
        keep: &args.keep,
    };
    let trips = asking::trips(&from, settings, &terms)?;
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
