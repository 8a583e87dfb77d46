//! Looks through everything that is stored for what is about one person.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read as _};
use std::path::PathBuf;

use serde_json::Value;

use super::holding::FILE_LIMIT;
use super::person::{Basis, Who};
use super::{Item, Place, Sort, traces};
use crate::source::private::read_bounded;
use crate::watch;

/// Something that is, or may be, about a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The file.
    pub item: Item,
    /// The line, counted from 1, in a file that holds many people's.
    pub line: Option<u64>,
    /// What it was found by.
    pub basis: Basis,
    /// What is stored.
    pub document: Value,
}

/// What a search found.
#[derive(Debug, Default)]
pub struct Search {
    /// What is, or may be, about the person.
    pub hits: Vec<Hit>,
    /// Files that could not be read, so that nobody knows whom they are about.
    pub unreadable: Vec<PathBuf>,
}

/// Finds everything about `who` in `places`.
///
/// A document about them names further numbers, which lead to further documents, until
/// nothing new is found.
pub fn search(places: &[Place], who: &Who) -> Search {
    let mut who = who.clone();
    loop {
        let mut found = Search::default();
        let mut grew = false;
        for item in places.iter().flat_map(Place::items) {
            let read = documents(&item, &mut |line, document| {
                let traces = traces::of(&document);
                let Some(basis) = who.find(&traces) else {
                    return;
                };
                grew |= who.follow(basis, &traces);
                found.hits.push(Hit {
                    item: item.clone(),
                    line,
                    basis,
                    document,
                });
            });
            if read.is_err() {
                found.unreadable.push(item.path);
            }
        }
        if !grew {
            return found;
        }
    }
}

/// Hands every document of a file on: one, or one for each line.
pub(super) fn documents(item: &Item, each: &mut dyn FnMut(Option<u64>, Value)) -> io::Result<()> {
    if item.sort == Sort::Watch {
        return watched(item, each);
    }
    if item.sort != Sort::Journal {
        let bytes = read_bounded(&item.path, FILE_LIMIT)?;
        each(None, serde_json::from_slice(&bytes)?);
        return Ok(());
    }
    lines(item, &mut |number, line| {
        if let Ok(document) = serde_json::from_slice(line) {
            each(Some(number), document);
        }
        Ok(())
    })
}

/// Hands every entry of the list of watched credentials on, under its number.
fn watched(item: &Item, each: &mut dyn FnMut(Option<u64>, Value)) -> io::Result<()> {
    let documents = watch::documents(&item.path).map_err(io::Error::other)?;
    for (id, document) in documents {
        each(u64::try_from(id.0).ok(), document);
    }
    Ok(())
}

/// Hands every line of a journal on, with its line break. A last line that was torn is no
/// document, and the next run cuts it off.
pub(super) fn lines(
    item: &Item,
    each: &mut dyn FnMut(u64, &[u8]) -> io::Result<()>,
) -> io::Result<()> {
    let mut reader = BufReader::new(File::open(&item.path)?);
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        if (&mut reader)
            .take(FILE_LIMIT)
            .read_until(b'\n', &mut line)?
            == 0
        {
            break;
        }
        each(number, &line)?;
    }
    Ok(())
}
