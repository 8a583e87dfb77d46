//! `bonafide data`: what is stored here, of whom, and its removal.

mod export;
mod purge;
mod show;

use anyhow::{Context, bail};

use super::args::{Data, DataCommand};
use super::exit::Exit;
use super::settings::Settings;
use crate::store::{DataDir, Place, Who};

pub(super) fn run(args: &Data, settings: &Settings) -> anyhow::Result<Exit> {
    let data = settings
        .data_dir()
        .context("the system names no place for data; give one with --data-dir")?;
    match &args.command {
        DataCommand::Show(args) => show::run(args, &data, settings),
        DataCommand::Export(args) => export::run(args, &data),
        DataCommand::Purge(args) => purge::run(args, &data),
    }
}

fn places(data: &DataDir) -> anyhow::Result<Vec<Place>> {
    Place::all(data)
        .with_context(|| format!("cannot read the register {}", data.register().display()))
}

fn who(text: &str) -> anyhow::Result<Who> {
    let Some(who) = Who::parse(text) else {
        bail!(
            "--person: expected a name, a mail address, a Learn user name, the number of a credential \
             or shared transcript, or a link to one"
        );
    };
    Ok(who)
}
