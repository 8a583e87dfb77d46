//! `bonafide badge`: pictures for the public, and what goes with them.

mod pictures;
mod plan;
mod readme;
mod snippet;

use std::fmt::Write as _;

use anyhow::Context;

use super::args::{Badge, Keep};
use super::asking::{self, From};
use super::exit::Exit;
use super::settings::Settings;
use super::{output, say, verify};
use crate::check::Outcome;
use crate::publish::badge::shields::Endpoint;
use crate::publish::json_ld::{self, Credential, Place};
use crate::publish::json_resume::Resume;
use crate::publish::{Shown, Tone, linkedin};
use crate::report::json;
use crate::verify::{Terms, Verification};
use plan::{Form, Plan};

pub(super) fn run(args: &Badge, settings: &Settings) -> anyhow::Result<Exit> {
    let plan = Plan::of(args)?;
    if let Form::Readme { file, markup } = &plan.form {
        // Before anything is asked: what is wrong with the file is known now.
        readme::Readme::load(file, *markup, &plan)?;
    }
    let catalog = settings.catalog()?;
    let as_of = settings.as_of();
    let expected = verify::expectation(&args.check, as_of, catalog)?;
    let terms = Terms {
        catalog,
        as_of,
        expected: &expected,
    };
    let keep = Keep { receipt: None };
    let from = From {
        links: &args.links,
        evidence: &args.evidence,
        fetch: &args.fetch,
        keep: &keep,
    };
    let trips = asking::trips(&from, settings, &terms)?;
    plan.fits(trips.iter().map(|trip| &trip.link))?;
    let several = trips.len() > 1 || trips.iter().any(|trip| plan::may_grow(&trip.link));
    let results: Vec<_> = trips
        .into_iter()
        .flat_map(|trip| trip.verifications)
        .collect();
    let shown: Vec<_> = results
        .iter()
        .map(|one| Shown::of(one, as_of.instant(), plan.asked))
        .collect();
    let exit = exit(&results, &shown);
    let shown = each_once(shown);
    let made = Made {
        shown: &shown,
        several,
        today: as_of.instant().date_naive(),
    };
    write(&made, &plan, args)?;
    if !settings.is_quiet() {
        warn(&shown);
    }
    Ok(exit)
}

/// Each credential once: where a transcript lists one twice, or a link is given twice, the
/// worse counts.
fn each_once(shown: Vec<Shown>) -> Vec<Shown> {
    let mut kept: Vec<Shown> = Vec::new();
    for one in shown {
        match kept.iter_mut().find(|other| other.stem == one.stem) {
            Some(other) if one.tone() > other.tone() => *other = one,
            Some(_) => {}
            None => kept.push(one),
        }
    }
    kept
}

/// What a run came to.
#[derive(Debug, Clone, Copy)]
struct Made<'s> {
    shown: &'s [Shown],
    /// Whether there may be several pictures, now or in the next run.
    several: bool,
    today: chrono::NaiveDate,
}

fn write(made: &Made<'_>, plan: &Plan, args: &Badge) -> anyhow::Result<()> {
    let output = args.target.output.as_deref();
    let document = match &plan.form {
        Form::Svg | Form::Png(_) | Form::Shields => {
            return pictures::write(made, plan, output);
        }
        Form::Readme { file, markup } => return readme::update(file, *markup, made, plan),
        Form::Snippet(markup) => snippet::written(made, plan, *markup, output)?,
        Form::LinkedIn => linked_in(made.shown),
        Form::JsonResume => json::text(&Resume::of(made.shown)),
        Form::JsonLd => linked_data(made),
    };
    output::write(output, document.as_bytes())
}

fn linked_in(shown: &[Shown]) -> String {
    let mut document = String::new();
    for one in shown {
        match linkedin::link(one) {
            Some(link) => {
                let _ = writeln!(document, "{link}");
            }
            None => say(&format!(
                "{}: no link, since it is {}",
                one.title,
                one.message()
            )),
        }
    }
    document
}

fn linked_data(made: &Made<'_>) -> String {
    let all = made.shown.iter();
    let all: Vec<_> = all.map(|one| Credential::of(one, Place::Alone)).collect();
    match &all[..] {
        [one] if !made.several => json_ld::text(one),
        all => json_ld::text(&all),
    }
}

/// Bytes of one credential in a form that has no more than one in a file.
fn endpoint(shown: &Shown, plan: &Plan) -> Vec<u8> {
    json::text(&Endpoint::of(shown, plan.look.label)).into_bytes()
}

/// Says what no picture may hide: which are not green, and why.
fn warn(shown: &[Shown]) {
    for one in shown.iter().filter(|one| !one.tone().is_valid()) {
        let reason = one.reason().map(|reason| format!(" {reason}"));
        let message = one.message();
        say(&format!(
            "{}: {message}.{}",
            one.title,
            reason.unwrap_or_default()
        ));
    }
}

/// The contract's exit code; and what is shown as unverified is never a success.
fn exit(results: &[Verification<'_>], shown: &[Shown]) -> Exit {
    let outcomes = results.iter().zip(shown).map(|(one, shown)| {
        let is_open = shown.tone() == Tone::Unverified;
        if is_open {
            one.outcome.max(Outcome::Undetermined)
        } else {
            one.outcome
        }
    });
    Exit::of(outcomes)
}

/// Makes a folder for pictures.
fn make_folder(folder: &std::path::Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))
}
