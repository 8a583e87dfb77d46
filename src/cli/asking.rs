//! Asks the services for several links at once.

use anyhow::Context;
use futures_util::{StreamExt, TryStreamExt, stream};

use super::args::Fetch;
use super::keep::Folders;
use super::settings::Settings;
use super::{patience, upkeep};
use crate::link::Link;
use crate::source::{Live, Recording};
use crate::verify::{self, Terms, Trip};

/// A link, and what it is held against by each who asks about it.
#[derive(Debug)]
pub(super) struct Question<'a, 'e> {
    pub(super) link: Link,
    pub(super) terms: Vec<Terms<'a, 'e>>,
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
