//! The list, taken into the book of its run.

use std::io::Read as _;
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

/// By so much of its beginning a list from standard input is known again.
const START: u64 = 64 * 1024;

/// A list that is read to its end.
pub(super) struct Taken {
    pub(super) book: Book,
    pub(super) columns: Columns,
}

/// Reads the list into a book, which goes on with the journal of a run that was stopped.
pub(super) fn read(args: &Batch, settings: &Settings) -> anyhow::Result<Taken> {
    let (mut list, known_by) = open(args)?;
    let columns = Columns::find(list.headers(), &args.reading.map)
        .with_context(|| format!("in {}", args.list.display()))?;
    let path = journal_path(&known_by, settings)?;
    let journal = Journal::open(&path, Utc::now(), args.earlier.fresh)?;
    let mut book = Book::open(journal)?;
    if let Err(error) = fill(&mut book, &mut list, &columns) {
        if book.answers()? == 0 {
            // There is nothing in it to go on with.
            let _ = book.into_journal().remove();
        }
        return Err(error);
    }
    if !settings.is_quiet() {
        say(&columns.in_words(book.headers()));
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

/// Opens the list, and says what its journal is known by: where it is, or how it begins.
fn open(args: &Batch) -> anyhow::Result<(List, Vec<u8>)> {
    let (source, known_by) = if args.list == Path::new("-") {
        let mut start = Vec::new();
        let mut rest = std::io::stdin();
        (&mut rest)
            .take(START)
            .read_to_end(&mut start)
            .context("cannot read standard input")?;
        let known_by = [b"standard input ", &start[..]].concat();
        let whole = std::io::Cursor::new(start).chain(rest);
        (Source::Stream(Box::new(whole)), known_by)
    } else {
        let path = args.list.canonicalize();
        let path = path.or_else(|_| std::path::absolute(&args.list));
        let path = path.unwrap_or_else(|_| args.list.clone());
        let known_by = path.into_os_string().into_encoded_bytes();
        (Source::File(args.list.clone()), known_by)
    };
    let options = Options {
        sheet: args.reading.sheet.clone(),
    };
    Ok((input::open(source, &options)?, known_by))
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

fn journal_path(known_by: &[u8], settings: &Settings) -> anyhow::Result<PathBuf> {
    let data = settings
        .data_dir()
        .context("there is no place for the journal: name one with --data-dir")?;
    let name = hex::encode(&Sha256::digest(known_by)[..8]);
    Ok(data.journals().join(format!("{name}.jsonl")))
}
