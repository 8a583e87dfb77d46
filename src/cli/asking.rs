//! Asks the services for several links at once.

use std::path::PathBuf;

use anyhow::Context;
use futures_util::{StreamExt, TryStreamExt, stream};

use super::args::{Fetch, Keep};
use super::keep::Folders;
use super::settings::Settings;
use super::{input, patience, upkeep};
use crate::link::{self, Link};
use crate::source::{Live, Recording, Saved};
use crate::verify::{self, Terms, Trip};

/// A link, and what it is held against by each who asks about it.
#[derive(Debug)]
pub(super) struct Question<'a, 'e> {
    pub(super) link: Link,
    pub(super) terms: Vec<Terms<'a, 'e>>,
}

/// What a command verifies: links to ask about, or else saved evidence.
#[derive(Debug, Clone, Copy)]
pub(super) struct From<'o> {
    pub(super) links: &'o [String],
    pub(super) evidence: &'o [PathBuf],
    pub(super) fetch: &'o Fetch,
    pub(super) keep: &'o Keep,
}

/// Verifies what a command was given, in its order.
pub(super) fn trips<'a>(
    from: &From<'_>,
    settings: &Settings,
    terms: &Terms<'a, '_>,
) -> anyhow::Result<Vec<Trip<'a>>> {
    if from.evidence.is_empty() {
        asked(from, settings, terms)
    } else {
        saved(from, settings, terms)
    }
}

/// Asks the services; the results stay in the order of the links.
fn asked<'a>(
    from: &From<'_>,
    settings: &Settings,
    terms: &Terms<'a, '_>,
) -> anyhow::Result<Vec<Trip<'a>>> {
    let texts = input::texts(from.links)?;
    let keep = Folders::of(Some(from.fetch), from.keep, settings)?;
    let questions: Vec<_> = texts
        .iter()
        .map(|text| Question {
            link: link::judge(text),
            terms: vec![*terms],
        })
        .collect();
    let trips = ask(&questions, from.fetch, keep, settings)?;
    Ok(trips.into_iter().flatten().collect())
}

/// Judges saved evidence, on any day.
fn saved<'a>(
    from: &From<'_>,
    settings: &Settings,
    terms: &Terms<'a, '_>,
) -> anyhow::Result<Vec<Trip<'a>>> {
    let keep = Folders::of(None, from.keep, settings)?;
    let one = |path: &PathBuf| {
        let saved = Saved::load(path)?;
        let trip = verify::again(saved.link(), saved.asked(), terms);
        keep.leave(&trip, saved.asked(), terms)?;
        Ok(trip)
    };
    from.evidence.iter().map(one).collect()
}

/// Asks every question once; the trips stay in the order of the questions and their terms.
pub(super) fn ask<'a>(
    questions: &[Question<'a, '_>],
    fetch: &Fetch,
    keep: Folders<'_>,
    settings: &Settings,
) -> anyhow::Result<Vec<Vec<Trip<'a>>>> {
    upkeep::before_fetching(settings);
    let policy = settings.policy(fetch);
    let at_once = usize::try_from(policy.concurrency().get()).unwrap_or(1);
    let live = Live::new(policy)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start the network")?;
    let all = stream::iter(questions)
        .map(|question| one(question, &live, keep))
        .buffered(at_once)
        .try_collect();
    let trips = runtime.block_on(patience::with_a_word(settings, all));
    // A name lookup that hangs on must not hold the answer back.
    runtime.shutdown_background();
    trips
}

async fn one<'a>(
    question: &Question<'a, '_>,
    live: &Live,
    keep: Folders<'_>,
) -> anyhow::Result<Vec<Trip<'a>>> {
    let Question { link, terms } = question;
    if keep.is_none() {
        return Ok(verify::verify_each(link, live, terms).await);
    }
    let recording = Recording::new(live);
    let trips = verify::verify_each(link, &recording, terms).await;
    let asked = recording.into_asked();
    keep.leave_evidence(link, &asked)?;
    for (trip, terms) in trips.iter().zip(terms) {
        keep.leave_receipt(trip, &asked, terms)?;
    }
    Ok(trips)
}
