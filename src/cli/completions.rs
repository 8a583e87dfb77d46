//! `bonafide completions` and `bonafide man`: for packagers.

use anyhow::Context;

use super::args::{Completions, Man};
use super::exit::Exit;
use super::{command, output};

pub(super) fn run(args: &Completions) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command(), "bonafide", &mut script);
    output::write(args.target.output.as_deref(), &script)?;
    Ok(Exit::Success)
}

/// The page of the program, or of one of its commands.
pub(super) fn man(args: &Man) -> anyhow::Result<Exit> {
    let mut program = command();
    program.build();
    let shown = match &args.command {
        None => program,
        Some(name) => program
            .find_subcommand(name)
            .cloned()
            .with_context(|| format!("there is no command {name}"))?,
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(shown).render(&mut page)?;
    output::write(args.target.output.as_deref(), &page)?;
    Ok(Exit::Success)
}
