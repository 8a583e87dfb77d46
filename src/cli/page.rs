//! `bonafide page`: a static status page of one holder's credentials.

mod folder;

use std::io;
use std::path::Path;

use anyhow::{Context, bail};

use super::args::{Fetch, Keep, Page as Args};
use super::asking::{self, Question};
use super::exit::Exit;
use super::keep::Folders;
use super::say;
use super::settings::Settings;
use crate::check::holder::{self, Grade};
use crate::check::{Expectation, Outcome};
use crate::publish::Tone;
use crate::publish::page::{Checked, Config, Earlier, OnError, Page, PageDocument, Run, darkened};
use crate::source::Saved;
use crate::verify::{self, AsOf, Terms, Trip, Verification};
use folder::Folder;

/// The largest configuration that is read.
const LIMIT: u64 = 1024 * 1024;

pub(super) fn run(args: &Args, settings: &Settings) -> anyhow::Result<Exit> {
    let config = read(&args.owner)?;
    if let Some(used) = darkened(&config) {
        say(&format!(
            "The accent would be hard to read on white; on light paper {used} is used in its place."
        ));
    }
    if config.links.is_empty() && args.evidence.is_empty() {
        let file = args.owner.display();
        bail!("{file} names nothing to show; expected links, a transcript, or --evidence FILE");
    }
    let folder = opened(args, &config)?;
    let as_of = settings.as_of();
    let (found, exit) = find(args, &config, as_of, settings)?;
    // Another run may have written the page while this one asked: what it left is read again.
    let _turn = folder.turn()?;
    let folder = opened(args, &config)?;
    let run = Run {
        config: &config,
        as_of: as_of.instant(),
        on_error: if args.keep_on_error {
            OnError::Keep
        } else {
            OnError::Unverified
        },
    };
    let badge = |name: &str| folder.badge(name);
    let earlier = folder.earlier().map(|document| Earlier {
        document,
        badge: &badge,
    });
    let page = Page::assemble(run, found, earlier.as_ref());
    let failed = folder.write(&page)?;
    if !settings.is_quiet() {
        page.doubts().iter().for_each(|doubt| say(doubt));
    }
    if !failed.is_empty() {
        for error in &failed {
            say(&format!("{error:#}"));
        }
        let folder = args.output.display();
        bail!("not every file of {folder} is up to date; mend this and run again");
    }
    if !settings.is_quiet() {
        say(&format!(
            "{} Written to {}.",
            page.document().summary(),
            args.output.join("index.html").display()
        ));
    }
    Ok(exit)
}

fn opened(args: &Args, config: &Config) -> anyhow::Result<Folder> {
    let folder = Folder::open(&args.output)?;
    if let Some(earlier) = folder.earlier() {
        same_owner(config, earlier, &args.output)?;
    }
    Ok(folder)
}

/// Refuses the folder of another's page: their feed and their badges would go on under this
/// name. Another spelling of a name is no other.
fn same_owner(config: &Config, earlier: &PageDocument, folder: &Path) -> anyhow::Result<()> {
    let other = earlier.name();
    if holder::compare(&config.name, &other).grade() == Grade::Different {
        let folder = folder.display();
        bail!(
            "{folder} is the page of {other}; name another folder, or remove credentials.json \
             from it to begin anew"
        );
    }
    Ok(())
}

fn read(file: &Path) -> anyhow::Result<Config> {
    let named = file.display();
    let bytes = match folder::read_bounded(file, LIMIT) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => bail!(
            "there is no {named}, which says what the page shows; begin one with\n\
             name = \"Jane Doe\"\nlinks = [\"https://learn.microsoft.com/api/credentials/share/…\"]"
        ),
        read => read.with_context(|| format!("cannot read {named}"))?,
    };
    let text = String::from_utf8(bytes)
        .ok()
        .with_context(|| format!("expected UTF-8 text, found other bytes in {named}"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Config::parse(text).with_context(|| format!("in {named}"))
}

/// Finds out about every credential, and how the run ends.
fn find(
    args: &Args,
    config: &Config,
    as_of: AsOf,
    settings: &Settings,
) -> anyhow::Result<(Vec<Checked>, Exit)> {
    let named = Expectation {
        name: Some(config.name.clone()),
        ..Expectation::default()
    };
    let unnamed = Expectation::default();
    let catalog = settings.catalog()?;
    let terms = [&named, &unnamed].map(|expected| Terms {
        catalog,
        as_of,
        expected,
    });
    let trips = if args.evidence.is_empty() {
        ask(config, &args.fetch, &terms, settings)?
    } else {
        judge(&args.evidence, &terms)?
    };
    let (mut all, mut outcomes) = (Vec::new(), Vec::new());
    for [named, unnamed] in trips {
        for (named, unnamed) in named.verifications.iter().zip(&unnamed.verifications) {
            let found = Checked::of(named, unnamed, as_of.instant(), config.language);
            outcomes.push(outcome(&found, named, unnamed));
            all.push(found);
        }
    }
    Ok((all, Exit::of(outcomes)))
}

/// What is shown as unverified is open, however good the answer was.
fn outcome(found: &Checked, named: &Verification<'_>, unnamed: &Verification<'_>) -> Outcome {
    let judged = if found.is_named() { named } else { unnamed };
    match found.tone() {
        Tone::Unverified => judged.outcome.max(Outcome::Undetermined),
        _ => judged.outcome,
    }
}

/// Asks about the links, each once, for both terms.
fn ask<'a>(
    config: &Config,
    fetch: &Fetch,
    terms: &[Terms<'a, '_>; 2],
    settings: &Settings,
) -> anyhow::Result<Vec<[Trip<'a>; 2]>> {
    let questions: Vec<_> = config
        .links
        .iter()
        .map(|link| Question {
            link: link.clone(),
            terms: terms.to_vec(),
        })
        .collect();
    let no_receipts = Keep { receipt: None };
    let keep = Folders::of(Some(fetch), &no_receipts, settings)?;
    let trips = asking::ask(&questions, fetch, keep, settings)?;
    let pair = |trips: Vec<_>| trips.try_into().ok().context("each term has its trip");
    trips.into_iter().map(pair).collect()
}

/// Judges saved evidence, for both terms.
fn judge<'a>(
    files: &[std::path::PathBuf],
    terms: &[Terms<'a, '_>; 2],
) -> anyhow::Result<Vec<[Trip<'a>; 2]>> {
    let one = |path: &std::path::PathBuf| {
        let saved = Saved::load(path)?;
        Ok(terms.map(|terms| verify::again(saved.link(), saved.asked(), &terms)))
    };
    files.iter().map(one).collect()
}
