//! `bonafide track add`.

use anyhow::Context;

use crate::check::{Expectation, Outcome};
use crate::cli::args::{Format, TrackAdd, TrackDetails};
use crate::cli::exit::Exit;
use crate::cli::settings::Settings;
use crate::cli::{output, patience, say, upkeep};
use crate::lifecycle::Status;
use crate::link;
use crate::report::{human, json};
use crate::source::Live;
use crate::verify::{Terms, Trip, Verification};
use crate::watch::{self, Added, Checked, Details, Entry, TrackedLink};

pub(super) fn run(args: &TrackAdd, settings: &Settings) -> anyhow::Result<Exit> {
    super::no_evidence(&args.fetch)?;
    let judged = link::judge(&args.link);
    let Some(link) = TrackedLink::of(&judged) else {
        let why = judged
            .findings()
            .last()
            .map_or("it names no credential", |finding| finding.message());
        say(&format!("the link cannot be tracked: {why}"));
        return Ok(Exit::Failed);
    };
    super::known_channels(&args.details.channel, settings)?;
    let store = super::open(settings)?;
    let details = details(&args.details);
    let expected = Expectation {
        name: details.name.clone(),
        ..Expectation::default()
    };
    let terms = Terms {
        catalog: settings.catalog()?,
        as_of: settings.as_of(),
        expected: &expected,
    };
    let added = store.add(&link, details)?;
    let entry = store.entry(added.id())?.context("it was just added")?;
    let (trip, checked) = look(args, &link, &terms, settings)?;
    store.note(&[(added.id(), checked.clone())], terms.as_of.instant())?;
    show(args, &trip, &terms, settings)?;
    say(&match added {
        Added::New(id) => format!(
            "Tracked as {id}. The link is kept without its sharingId, which is not needed again."
        ),
        Added::Changed(id) => {
            format!(
                "Tracked already as {id}{}; what was named was changed.",
                other(&entry, &link)
            )
        }
        Added::Known(id) => format!("Tracked already as {id}{}, as it is.", other(&entry, &link)),
    });
    let is_told = entry.details.owner.is_some() || entry.details.lead.is_some();
    if !is_told {
        say(
            "No --owner and no --lead is named: only channels that need no address, such as a chat's, tell anybody.",
        );
    }
    say(outlook(&trip, &checked));
    Ok(exit(&trip))
}

/// That the link which is there is another one.
fn other(entry: &Entry, link: &TrackedLink) -> &'static str {
    if entry.link == *link {
        ""
    } else {
        ", by another link to the same"
    }
}

/// What is wrong with the credential is said; that the service names no holder is usual, and
/// nothing to fail for.
fn exit(trip: &Trip<'_>) -> Exit {
    let has = |is: fn(&Verification<'_>) -> bool| trip.verifications.iter().any(is);
    if has(|one| one.outcome == Outcome::Failed) {
        Exit::Failed
    } else if has(|one| one.standing.status == Status::Undetermined) {
        Exit::Undetermined
    } else {
        Exit::Success
    }
}

fn details(args: &TrackDetails) -> Details {
    Details {
        name: args.name.clone(),
        owner: args.owner.clone(),
        lead: args.lead.clone(),
        labels: args.label.iter().cloned().collect(),
        language: args.language,
        channels: args.channel.clone(),
        note: args.note.clone(),
    }
}

fn look<'a>(
    args: &TrackAdd,
    link: &TrackedLink,
    terms: &Terms<'a, '_>,
    settings: &Settings,
) -> anyhow::Result<(Trip<'a>, Checked)> {
    upkeep::before_fetching(settings);
    let live = Live::new(settings.policy(&args.fetch))?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start the network")?;
    let looked = watch::check(link, &live, terms);
    let looked = runtime.block_on(patience::with_a_word(settings, looked));
    // A name lookup that hangs on must not hold the answer back.
    runtime.shutdown_background();
    Ok(looked)
}

fn show(
    args: &TrackAdd,
    trip: &Trip<'_>,
    terms: &Terms<'_, '_>,
    settings: &Settings,
) -> anyhow::Result<()> {
    let as_of = terms.as_of.instant();
    let target = args.output.output.as_deref();
    let document = match args.output.format {
        Format::Human => human::results(&trip.verifications, as_of, settings.look(target)),
        Format::Json => json::text(&json::ResultDocument::of(&trip.verifications, as_of)),
    };
    output::write(target, document.as_bytes())
}

/// What there will be to remind of.
fn outlook(trip: &Trip<'_>, checked: &Checked) -> &'static str {
    let ends = trip.verifications.iter().any(|one| {
        one.record
            .as_ref()
            .is_some_and(|record| record.expires.instant().is_some())
    });
    let is_open = trip
        .verifications
        .iter()
        .any(|one| one.standing.status == Status::Undetermined);
    match checked {
        Checked::Unanswered(_) | Checked::ClockWrong => {
            "It could not be looked at now; `bonafide remind` tries again."
        }
        _ if ends => "`bonafide remind` tells what becomes due.",
        _ if is_open => {
            "Nothing tells when it ends: nobody can be reminded of a deadline until the issuer says."
        }
        _ => "It does not end: there is no deadline to remind of, only what becomes of it.",
    }
}
