//! `bonafide exam plan`: renew, take it again, or go for the successor.

use super::super::args::{ExamPlan, Format, Keep};
use super::super::asking::{self, From};
use super::super::exit::Exit;
use super::super::output;
use super::super::settings::Settings;
use crate::check::Expectation;
use crate::report::exam as report;
use crate::report::json;
use crate::verify::Terms;

pub(super) fn run(args: &ExamPlan, settings: &Settings) -> anyhow::Result<Exit> {
    let as_of = settings.as_of();
    let terms = Terms {
        catalog: settings.catalog()?,
        as_of,
        expected: &Expectation::default(),
    };
    let from = From {
        links: &args.links,
        evidence: &args.evidence,
        fetch: &args.fetch,
        keep: &Keep { receipt: None },
    };
    let trips = asking::trips(&from, settings, &terms)?;
    let results: Vec<_> = trips
        .into_iter()
        .flat_map(|trip| trip.verifications)
        .collect();
    let file = args.output.output.as_deref();
    let as_of = as_of.instant();
    let document = match args.output.format {
        Format::Human => report::plan::human(&results, as_of, settings.look(file)),
        Format::Json => json::text(&report::plan::PlanDocument::of(&results, as_of)),
    };
    output::write(file, document.as_bytes())?;
    Ok(Exit::of(results.iter().map(|one| one.outcome)))
}
