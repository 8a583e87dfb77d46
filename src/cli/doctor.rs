//! `bonafide doctor`: would everybody be reminded?

mod entries;
mod reach;
mod runs;

use anyhow::{Context, bail};

use super::args::{Doctor as Args, Format};
use super::exit::Exit;
use super::settings::Settings;
use super::{output, track};
use crate::report::doctor::{Check, DoctorDocument, State};
use crate::report::json;
use crate::source::private;
use crate::watch::{Store, StoreError};

pub(super) fn run(args: &Args, settings: &Settings) -> anyhow::Result<Exit> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start the network")?;
    somebody_to_send_to(args, settings)?;
    let mut document = DoctorDocument::begin(settings.as_of().instant());
    let store = store(&mut document, settings)?;
    catalog(&mut document, settings);
    let looked = runtime.block_on(reach::look(&mut document, args, settings));
    // A name lookup that hangs on must not hold the answer back.
    runtime.shutdown_background();
    looked?;
    runs::look(&mut document, store.as_ref(), settings)?;
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
    let mut channels = settings.channel_settings().iter();
    let in_need = channels.find(|(_, channel)| channel.needs_address());
    if let Some((name, _)) = in_need.filter(|_| args.send_test && args.to.is_none()) {
        bail!("--send-test needs to know for whom: {name} sends to people; add --to MAIL");
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

/// Looks at the list, and at who would be told of what is in it.
fn store(document: &mut DoctorDocument, settings: &Settings) -> anyhow::Result<Option<Store>> {
    let path = track::place(settings)?;
    let shown = path.display();
    if let Some(exposure) = path.parent().and_then(private::exposure) {
        document.found(Check::List, None, State::Problem, &exposure);
    }
    match opened(&path) {
        Ok(None) => {
            let message =
                format!("nothing is tracked yet, in {shown}; bonafide track add \"LINK\"");
            document.tracked = Some(0);
            document.found(Check::List, None, State::Note, &message);
            Ok(None)
        }
        Ok(Some((store, entries))) => {
            document.tracked = Some(entries.len() as u64);
            let links = if entries.len() == 1 { "link" } else { "links" };
            let message = format!("{} {links} in {shown}, sound and writable", entries.len());
            document.found(Check::List, None, State::Fine, &message);
            entries::look(document, &entries, settings);
            doubles(document, &store)?;
            Ok(Some(store))
        }
        Err(error) => {
            let message = format!("{:#}", anyhow::Error::new(error));
            document.found(Check::List, None, State::Problem, &message);
            Ok(None)
        }
    }
}

/// Says which credentials are tracked more than once: people are told of them once, but what
/// is set for one entry is easily looked for in the other.
fn doubles(document: &mut DoctorDocument, store: &Store) -> anyhow::Result<()> {
    for places in store.doubles()?.groups() {
        let ids: Vec<_> = places.iter().map(|(id, _)| id.to_string()).collect();
        let message = format!(
            "entries {} lead to the same credential, of which people are told once; bonafide track \
             remove takes one out",
            ids.join(" and ")
        );
        document.found(Check::Entries, None, State::Note, &message);
    }
    Ok(())
}

fn opened(path: &std::path::Path) -> Result<Option<(Store, Vec<crate::watch::Entry>)>, StoreError> {
    let Some(store) = Store::open_existing(path)? else {
        return Ok(None);
    };
    store.check()?;
    store.try_writing()?;
    let entries = store.entries()?;
    Ok(Some((store, entries)))
}
