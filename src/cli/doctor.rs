//! `bonafide doctor`: would everybody be reminded?

mod entries;
mod list;
mod reach;
mod runs;

use anyhow::Context;

use super::args::{Doctor as Args, Format};
use super::exit::Exit;
use super::settings::Settings;
use super::{output, schedule, track};
use crate::report::doctor::{Check, DoctorDocument, State};
use crate::report::json;

pub(super) fn run(args: &Args, settings: &Settings) -> anyhow::Result<Exit> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start the network")?;
    somebody_to_send_to(args, settings)?;
    let mut document = DoctorDocument::begin(settings.as_of().instant());
    let found = schedule::found();
    let store = list::look(&mut document, &found, settings)?;
    catalog(&mut document, settings);
    let looked = runtime.block_on(reach::look(&mut document, args, settings));
    // A name lookup that hangs on must not hold the answer back.
    runtime.shutdown_background();
    looked?;
    runs::look(&mut document, store.as_ref(), &found, settings)?;
    let text = match args.output.format {
        Format::Json => json::text(&document),
        Format::Human => document.human() + advice(args, settings),
    };
    output::write(args.output.output.as_deref(), text.as_bytes())?;
    Ok(if document.is_sound() {
        Exit::Success
    } else {
        Exit::Failed
    })
}

/// Holds the options against the channels before anything is sent.
fn somebody_to_send_to(args: &Args, settings: &Settings) -> anyhow::Result<()> {
    if args.send_test {
        for name in settings.channel_settings().keys() {
            track::somebody_to_test(name, args.to.as_ref(), settings)?;
        }
    }
    Ok(())
}

fn advice(args: &Args, settings: &Settings) -> &'static str {
    if args.send_test || settings.channel_settings().is_empty() {
        return "";
    }
    "Only a message proves a channel: bonafide doctor --send-test --to MAIL\n"
}

/// Looks whether a run could judge: own rows that cannot be read stop it.
fn catalog(document: &mut DoctorDocument, settings: &Settings) {
    let (state, message) = match settings.catalog() {
        Ok(_) => (
            State::Fine,
            "what is known of certifications can be read".to_owned(),
        ),
        Err(error) => (State::Problem, format!("{error:#}")),
    };
    document.found(Check::Catalog, None, state, &message);
}
