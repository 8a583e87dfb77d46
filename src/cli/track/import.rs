//! `bonafide track import`.

use std::path::Path;

use anyhow::Context;

use crate::batch::input::{self, Columns, Options, Source};
use crate::cli::args::TrackImport;
use crate::cli::exit::Exit;
use crate::cli::say;
use crate::cli::settings::Settings;
use crate::source::without_sharing_id;
use crate::watch::{Added, Importer};

pub(super) fn run(args: &TrackImport, settings: &Settings) -> anyhow::Result<Exit> {
    let source = if args.list == Path::new("-") {
        Source::Stream(Box::new(std::io::stdin()))
    } else {
        Source::File(args.list.clone())
    };
    let mut list = input::open(source, &Options::default())?;
    let columns = Columns::find(list.headers(), &[])
        .with_context(|| format!("in {}", args.list.display()))?;
    let importer = Importer::new(list.headers(), &columns);
    let store = super::open(settings)?;
    let (mut new, mut known, mut refused) = (0_u64, 0_u64, 0_u64);
    for row in &mut list {
        let row = row?;
        let number = row.number;
        match importer.entry(&row) {
            Ok(entry) => match store.restore(&entry)? {
                Added::New(_) => new += 1,
                Added::Changed(_) | Added::Known(_) => known += 1,
            },
            Err(why) => {
                refused += 1;
                say(&without_sharing_id(&format!("row {number}: {why}")));
            }
        }
    }
    say(&format!(
        "{new} added, {known} tracked already, {refused} not taken. `bonafide remind` looks at them."
    ));
    Ok(if refused == 0 {
        Exit::Success
    } else {
        Exit::Failed
    })
}
