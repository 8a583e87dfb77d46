//! `bonafide inspect`: what a pasted text is.

use super::args::{Format, Inspect};
use super::exit::Exit;
use super::settings::Settings;
use super::{input, output};
use crate::link::{self, Link};
use crate::report::{inspect, json};

pub(super) fn run(args: &Inspect, settings: &Settings) -> anyhow::Result<Exit> {
    let texts = input::texts(&args.links)?;
    let links: Vec<Link> = texts.iter().map(|text| link::judge(text)).collect();
    let document = match args.output.format {
        Format::Human => inspect::links(&links, settings.look(args.output.output.as_deref())),
        Format::Json => json::text(&json::InspectDocument::of(&links)),
    };
    output::write(args.output.output.as_deref(), document.as_bytes())?;
    let all = !links.is_empty() && links.iter().all(Link::is_verifiable);
    Ok(if all { Exit::Success } else { Exit::Failed })
}
