//! `bonafide remind`: looks, works out what is due, tells people, and says how that went.

mod metrics;
mod show;

use std::cell::RefCell;
use std::path::Path;

use anyhow::Context;

use super::args::Remind as Args;
use super::exit::Exit;
use super::interrupt;
use super::output;
use super::settings::Settings;
use super::{say, track, upkeep};
use crate::check::Expectation;
use crate::notify::channel::{SecretSource, ping};
use crate::notify::{self, Channel, Recipient};
use crate::source::Live;
use crate::verify::Terms;
use crate::watch::{Ending, Looked, Outcome, Plan, Refresh, Round, Run, RunOutcome, Store};

/// How long a run waits in all, for one request, where the service asks to wait.
const PATIENCE: std::time::Duration = std::time::Duration::from_hours(1);

pub(super) fn run(args: &Args, settings: &Settings) -> anyhow::Result<Exit> {
    track::no_evidence(&args.fetch)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start the network")?;
    let ran = runtime.block_on(async {
        if let Some(name) = &args.test {
            test(name, args, settings).await
        } else if args.dry_run {
            trial(args, settings).await
        } else {
            with_signs_of_life(args, settings).await
        }
    });
    // A name lookup that hangs on must not hold the answer back.
    runtime.shutdown_background();
    ran
}

/// Sends a test message through one channel.
async fn test(name: &str, args: &Args, settings: &Settings) -> anyhow::Result<Exit> {
    track::known_channels(&[name.to_owned()], settings)?;
    let channels = settings.channels()?;
    let channel = channels.iter().find(|channel| channel.name() == name);
    let channel = channel.context("it was just found")?;
    let recipient = Recipient {
        name: None,
        addresses: args.to.iter().map(ToString::to_string).collect(),
    };
    let at = settings.as_of().instant();
    let language = settings.remind().plan().language;
    match notify::test_message(channel.as_ref(), recipient, language, at).await {
        Ok(receipt) => {
            say(&format!("{name} took the test message: {}", receipt.answer));
            Ok(Exit::Success)
        }
        Err(error) => {
            say(&format!("{name} did not take the test message: {error}"));
            Ok(Exit::Failed)
        }
    }
}

/// Runs, and says so to whoever watches that it runs.
async fn with_signs_of_life(args: &Args, settings: &Settings) -> anyhow::Result<Exit> {
    let signs = &settings.remind().ping;
    sign_of_life(signs.start.as_ref(), "start", settings).await;
    let ran = for_real(args, settings).await;
    let (sign, word) = match &ran {
        Ok(Exit::Success) => (signs.success.as_ref(), "success"),
        _ => (signs.failure.as_ref(), "failure"),
    };
    sign_of_life(sign, word, settings).await;
    ran
}

async fn sign_of_life(to: Option<&SecretSource>, word: &str, settings: &Settings) {
    if let Some(to) = to
        && let Err(error) = ping(to, settings.place()).await
    {
        say(&format!("the sign of life ({word}) was not taken: {error}"));
    }
}

async fn for_real(args: &Args, settings: &Settings) -> anyhow::Result<Exit> {
    let path = track::place(settings)?;
    let _turn = Store::lock(&path)?;
    let store = Store::open(&path)?;
    let channels = settings.channels()?;
    let plan = settings.remind().plan();
    upkeep::before_fetching(settings);
    let (looked, outcome) = work(&store, &channels, &plan, args, settings).await?;
    let at = settings.as_of().instant();
    let ended = outcome.run_outcome(looked);
    let run = Run {
        at,
        outcome: ended,
        looked: looked.old,
        answered: looked.answered,
        sent: outcome.sent.len() as u64,
    };
    store.note_run(&run)?;
    let metrics = args
        .metrics
        .as_deref()
        .or(settings.remind().metrics.as_deref());
    if let Some(file) = metrics {
        write_metrics(file, &store, &run, &outcome)?;
    }
    show::ended(looked, &outcome, settings.is_quiet());
    Ok(exit(ended))
}

fn write_metrics(file: &Path, store: &Store, run: &Run, outcome: &Outcome) -> anyhow::Result<()> {
    let text = metrics::text(store, run, outcome)?;
    output::write(Some(file), text.as_bytes())
}

fn exit(outcome: RunOutcome) -> Exit {
    match outcome {
        RunOutcome::Whole => Exit::Success,
        RunOutcome::Failed => Exit::Failed,
        RunOutcome::Blind => Exit::Undetermined,
    }
}

/// Does everything in a copy of the list, through channels that only show.
async fn trial(args: &Args, settings: &Settings) -> anyhow::Result<Exit> {
    let store = Store::trial(&track::place(settings)?)?;
    let shown = std::rc::Rc::new(RefCell::new(String::new()));
    let channels: Vec<Box<dyn Channel>> = settings
        .channels()?
        .iter()
        .map(|channel| show::Showing::boxed(channel.name(), &shown))
        .collect();
    let plan = settings.remind().plan();
    let (looked, outcome) = work(&store, &channels, &plan, args, settings).await?;
    let text = shown.borrow().clone();
    output::write(None, text.as_bytes())?;
    show::ended(looked, &outcome, settings.is_quiet());
    say("Nothing was sent, and nothing noted.");
    Ok(exit(outcome.run_outcome(looked)))
}

/// Looks at what is old, and tells what is due.
async fn work(
    store: &Store,
    channels: &[Box<dyn Channel>],
    plan: &Plan,
    args: &Args,
    settings: &Settings,
) -> anyhow::Result<(Looked, Outcome)> {
    let catalog = settings.catalog()?;
    let as_of = settings.as_of();
    let ending = interrupt::ending(|| {
        say("Ending: what is under way is waited for, for some seconds; once more to leave it.");
    });
    let looked = look(store, plan, args, settings, &ending).await?;
    if looked.clock_is_wrong {
        // What day it is cannot be told, and with it what is due.
        return Ok((looked, Outcome::default()));
    }
    let round = Round {
        store,
        channels,
        plan,
        catalog,
        as_of: as_of.instant(),
        ending: &ending,
    };
    Ok((looked, round.tell().await?))
}

async fn look(
    store: &Store,
    plan: &Plan,
    args: &Args,
    settings: &Settings,
    ending: &Ending,
) -> anyhow::Result<Looked> {
    let live = Live::new(settings.policy(&args.fetch).with_patience(PATIENCE))?;
    let refresh = Refresh {
        store,
        source: &live,
        terms: Terms {
            catalog: settings.catalog()?,
            as_of: settings.as_of(),
            expected: &Expectation::default(),
        },
        after: plan.refresh_after,
        at_once: usize::try_from(live.policy().concurrency().get()).unwrap_or(1),
        ending,
    };
    Ok(refresh.run().await?)
}
