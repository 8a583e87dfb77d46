//! `bonafide completions` and `bonafide man`: for packagers.

use super::args::Completions;
use super::exit::Exit;
use super::{command, output};

pub(super) fn run(args: &Completions) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command(), "bonafide", &mut script);
    output::write(None, &script)?;
    Ok(Exit::Success)
}

pub(super) fn man() -> anyhow::Result<Exit> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command()).render(&mut page)?;
    output::write(None, &page)?;
    Ok(Exit::Success)
}
