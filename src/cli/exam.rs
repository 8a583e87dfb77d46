//! `bonafide exam`: what a candidate or holder needs next.

mod plan;
mod skills;

use super::args::{Exam as ExamArgs, ExamCommand, ExamScore, Format, Retake};
use super::exit::Exit;
use super::output;
use super::settings::Settings;
use crate::catalog::{Catalog, Level};
use crate::exam::code::Exam;
use crate::exam::retake::{self, History, Programme};
use crate::report::exam as report;
use crate::report::json;

pub(super) fn run(args: &ExamArgs, settings: &Settings) -> anyhow::Result<Exit> {
    match &args.command {
        ExamCommand::Retake(args) => retake(args, settings),
        ExamCommand::Score(args) => score(args, settings),
        ExamCommand::Skills(args) => skills::run(args, settings),
        ExamCommand::Plan(args) => plan::run(args, settings),
    }
}

fn retake(args: &Retake, settings: &Settings) -> anyhow::Result<Exit> {
    let catalog = settings.catalog()?;
    let exam = Exam::parse(&args.exam, catalog, &[])?;
    let history = History {
        programme: args.programme.unwrap_or_else(|| programme(&exam, catalog)),
        attempts: args.attempts.clone(),
        passed: args.passed,
        certification_expired: args.certification_expired,
    };
    let as_of = settings.as_of().instant();
    let answer = retake::judge(&history, as_of);
    let count = args.plan.and_then(|count| usize::try_from(count).ok());
    let mut plan = count.map(|count| retake::plan(&history, as_of, count));
    let asked = report::retake::Asked {
        exam: &exam,
        history: &history,
        catalog,
        as_of,
    };
    if let Some(plan) = &mut plan {
        plan.retain(|one| asked.lasts_until(one.at.date_naive()));
    }
    let file = args.output.output.as_deref();
    let plan = plan.as_deref();
    let document = match args.output.format {
        Format::Human => report::retake::human(&asked, &answer, plan, settings.look(file)),
        Format::Json => json::text(&report::retake::RetakeDocument::of(&asked, &answer, plan)),
    };
    output::write(file, document.as_bytes())?;
    Ok(success_if(answer.eligible && !asked.is_over()))
}

/// The programme of an exam, by the certifications that it leads to.
fn programme(exam: &Exam, catalog: &Catalog) -> Programme {
    let certifications = exam.certifications(catalog);
    let mut others = certifications
        .iter()
        .filter(|entry| entry.level() != Level::Mos);
    if !certifications.is_empty() && others.next().is_none() {
        Programme::OfficeSpecialist
    } else {
        Programme::Standard
    }
}

fn score(args: &ExamScore, settings: &Settings) -> anyhow::Result<Exit> {
    let file = args.output.output.as_deref();
    let document = match args.output.format {
        Format::Human => report::score::human(args.score, settings.look(file)),
        Format::Json => json::text(&report::score::ScoreDocument::of(args.score)),
    };
    output::write(file, document.as_bytes())?;
    Ok(success_if(args.score.is_pass()))
}

const fn success_if(is_so: bool) -> Exit {
    if is_so { Exit::Success } else { Exit::Failed }
}
