//! The list, taken into the book of its run.

use std::path::{Path, PathBuf};

use anyhow::Context;
use chrono::Utc;
use sha2::{Digest, Sha256};

use super::super::args::Batch;
use super::super::say;
use super::super::settings::Settings;
use crate::batch::input::{self, Columns, List, Options, Source};
use crate::batch::{Book, Journal, Person};
use crate::link;

/// A list that is read to its end.
pub(super) struct Taken {
    pub(super) book: Book,
    pub(super) columns: Columns,
}

/// Reads the list into a book, which goes on with the journal of a run that was stopped.
pub(super) fn read(args: &Batch, settings: &Settings) -> anyhow::Result<Taken> {
    let mut list = open(args)?;
    let columns = Columns::find(list.headers(), &args.reading.map)
        .with_context(|| format!("in {}", args.list.display()))?;
    let path = journal_path(args, settings)?;
    let name = args.list.file_name().unwrap_or(args.list.as_os_str());
    let journal = Journal::open(
        &path,
        &name.to_string_lossy(),
        Utc::now(),
        args.earlier.fresh,
    )?;
    let mut book = Book::open(journal)?;
    if let Err(error) = fill(&mut book, &mut list, &columns) {
        if book.answers()? == 0 {
            // There is nothing in it to go on with.
            let _ = book.into_journal().remove();
        }
        return Err(error);
    }
    let answers = book.answers()?;
    if answers > 0 && !settings.is_quiet() {
        say(&format!(
            "Going on with the run begun on {}: {answers} {} there already. --fresh starts over.",
            book.journal().begun().format("%Y-%m-%d %H:%M UTC"),
            if answers == 1 {
                "answer is"
            } else {
                "answers are"
            },
        ));
    }
    Ok(Taken { book, columns })
}

fn open(args: &Batch) -> anyhow::Result<List> {
    let source = if args.list == Path::new("-") {
        Source::Stream(Box::new(std::io::stdin()))
    } else {
        Source::File(args.list.clone())
    };
    let options = Options {
        sheet: args.reading.sheet.clone(),
    };
    Ok(input::open(source, &options)?)
}

fn fill(book: &mut Book, list: &mut List, columns: &Columns) -> anyhow::Result<()> {
    for row in &mut *list {
        let row = row?;
        let candidate = columns.candidate(&row);
        let link = link::judge(candidate.link);
        let person = Person::new(
            candidate.id.unwrap_or_default(),
            candidate.email.unwrap_or_default(),
            candidate.name.as_deref().unwrap_or_default(),
        );
        book.add(row, &link, person)?;
    }
    book.close_list(list.headers())?;
    Ok(())
}

/// The journal of a list is known by where the list is, or by where its output goes.
fn journal_path(args: &Batch, settings: &Settings) -> anyhow::Result<PathBuf> {
    let data = settings
        .data_dir()
        .context("there is no place for the journal: name one with --data-dir")?;
    let whole = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut hash = Sha256::new();
    if args.list == Path::new("-") {
        hash.update("standard input ");
        let output = args.output.as_deref().map(whole).unwrap_or_default();
        hash.update(output.as_os_str().as_encoded_bytes());
    } else {
        let path = args.list.canonicalize();
        hash.update(
            path.unwrap_or_else(|_| whole(&args.list))
                .as_os_str()
                .as_encoded_bytes(),
        );
    }
    let name = hex::encode(&hash.finalize()[..8]);
    Ok(data.journals().join(format!("{name}.jsonl")))
}
