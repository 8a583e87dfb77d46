//! `bonafide badge`: pictures for the public, and what goes with them.

mod earlier;
mod pictures;
mod plan;
mod readme;
mod snippet;

use std::collections::HashMap;
use std::fmt::Write as _;

use anyhow::{Context, bail};

use super::args::{Badge, Keep};
use super::asking::{self, From};
use super::exit::Exit;
use super::settings::Settings;
use super::{input, output, say, verify};
use crate::check::Outcome;
use crate::link;
use crate::publish::badge::shields::Endpoint;
use crate::publish::json_ld::{self, Credential, Place};
use crate::publish::json_resume::Resume;
use crate::publish::{Shown, Tone, linkedin};
use crate::report::{json, next_step};
use crate::verify::{Terms, Verification, again};
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
    let links = links(args, &terms)?;
    let keep = Keep { receipt: None };
    let from = From {
        links: &links,
        evidence: &args.evidence,
        fetch: &args.fetch,
        keep: &keep,
    };
    let trips = asking::trips(&from, settings, &terms)?;
    plan.fits(trips.iter().map(|trip| &trip.link))?;
    let several = trips.len() > 1 || trips.iter().any(|trip| plan::may_grow(&trip.link));
    let mut numbers = HashMap::new();
    let (mut results, mut shown) = (Vec::new(), Vec::new());
    for (at, trip) in trips.into_iter().enumerate() {
        for one in trip.verifications {
            let mut of = Shown::of(&one, as_of.instant(), plan.asked);
            of.question = Some(plan.question(&args.check, &one.link));
            numbers.entry(of.stem.clone()).or_insert(at + 1);
            results.push(one);
            shown.push(of);
        }
    }
    let exit = exit(&results, &shown);
    let shown = each_once(shown);
    let made = Made {
        shown: &shown,
        numbers: &numbers,
        several,
        is_quiet: settings.is_quiet(),
        today: as_of.instant().date_naive(),
    };
    write(&made, &plan, args)?;
    if !settings.is_quiet() {
        warn(&made);
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
    /// The number of the link or file that each name of a picture came from, from one on.
    numbers: &'s HashMap<String, usize>,
    /// Whether there may be several pictures, now or in the next run.
    several: bool,
    /// Whether only the document and errors are wanted.
    is_quiet: bool,
    today: chrono::NaiveDate,
}

impl Made<'_> {
    /// What a message calls a credential.
    fn name(&self, one: &Shown) -> String {
        match (&one.credential_id, self.numbers.get(&one.stem)) {
            (Some(id), _) => format!("{} ({id})", one.title),
            (None, Some(number)) => format!("{} (link {number})", one.title),
            (None, None) => one.title.clone(),
        }
    }
}

/// The links given, each of which leads to a record.
///
/// # Errors
/// When one does not: then nothing is asked, and no picture drawn that nothing could renew.
fn links(args: &Badge, terms: &Terms<'_, '_>) -> anyhow::Result<Vec<String>> {
    if args.links.is_empty() {
        return Ok(Vec::new());
    }
    let texts = input::texts(&args.links)?;
    for (at, text) in texts.iter().enumerate() {
        if link::judge(text).is_verifiable() {
            continue;
        }
        let trip = again(Some(text), &[], terms);
        let one = &trip.verifications[0];
        let found = one
            .link
            .findings()
            .first()
            .map(crate::finding::Finding::message);
        let advice = next_step(one);
        bail!(
            "link {} cannot be verified: {} {advice}",
            at + 1,
            found.unwrap_or_default()
        );
    }
    Ok(texts)
}

fn write(made: &Made<'_>, plan: &Plan, args: &Badge) -> anyhow::Result<()> {
    let output = args.target.output.as_deref();
    let document = match &plan.form {
        Form::Svg | Form::Png(_) | Form::Shields => {
            return pictures::write(made, plan, output);
        }
        Form::Readme { file, markup } => return readme::update(file, *markup, made, plan),
        Form::Snippet(markup) => snippet::written(made, plan, *markup, output)?,
        Form::LinkedIn => linked_in(made),
        Form::JsonResume => json::text(&Resume::of(made.shown)),
        Form::JsonLd => linked_data(made),
    };
    output::write(output, document.as_bytes())
}

fn linked_in(made: &Made<'_>) -> String {
    let mut document = String::new();
    for one in made.shown {
        match linkedin::link(one) {
            Some(link) => {
                let _ = writeln!(document, "{link}");
            }
            None => say(&format!(
                "{}: no link, since it is {}",
                made.name(one),
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
fn warn(made: &Made<'_>) {
    for one in made.shown.iter().filter(|one| !one.tone().is_valid()) {
        let reason = one.reason().map(|reason| format!(" {reason}"));
        let message = one.message();
        say(&format!(
            "{}: {message}.{}",
            made.name(one),
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
