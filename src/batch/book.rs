//! The rows of a run and the answers it has: the temporary database and the journal
//! together.

use chrono::Utc;
use sha2::{Digest as _, Sha256};

use super::BatchError;
use super::input::Row;
use super::journal::{Digest, Journal, Key, Line};
use super::key::Keys;
use super::person::Person;
use super::scratch::{Scratch, Stored};
use crate::link::Link;
use crate::source::{Asked, Request};

/// Rows whose digests stand in one line of the journal.
const ROWS_A_LINE: usize = 512;

/// The rows and answers of one run.
#[derive(Debug)]
pub struct Book {
    pub(super) scratch: Scratch,
    journal: Journal,
    keys: Keys,
    /// How many rows an earlier run had.
    known: u64,
    fresh: Vec<Digest>,
    rows: u64,
    headers: Vec<String>,
}

impl Book {
    /// Opens the book of a run on what `journal` holds already.
    ///
    /// # Errors
    /// When the journal or the temporary database cannot be used.
    pub fn open(mut journal: Journal) -> Result<Self, BatchError> {
        let scratch = Scratch::new()?;
        journal.replay(Utc::now(), |line| {
            match line {
                Line::Answer(key, place) => scratch.place(&key, place)?,
                Line::Rows(digests) => digests.into_iter().try_for_each(|one| scratch.know(one))?,
            }
            Ok(())
        })?;
        let known = if scratch.answers()? == 0 {
            // There is nothing to go on with, so that it may have been any list.
            journal.begin_anew(Utc::now())?;
            0
        } else {
            scratch.count_known()?
        };
        Ok(Self {
            known,
            scratch,
            keys: Keys::new(journal.salt()),
            journal,
            fresh: Vec::new(),
            rows: 0,
            headers: Vec::new(),
        })
    }

    /// The journal.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// Gives the journal back.
    pub fn into_journal(self) -> Journal {
        self.journal
    }

    /// How many rows there are.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// How many answers there are.
    ///
    /// # Errors
    /// When the temporary database cannot be read.
    pub fn answers(&self) -> Result<u64, BatchError> {
        Ok(self.scratch.answers()?)
    }

    /// Takes the next row of the list in.
    ///
    /// # Errors
    /// When an earlier run had another row here, or it cannot be stored.
    pub fn add(&mut self, row: Row, link: &Link, person: Person) -> Result<(), BatchError> {
        self.recognise(&row)?;
        self.rows = row.number;
        self.scratch.add(&Stored {
            row,
            credential: credential(link),
            person,
        })?;
        Ok(())
    }

    /// The headers of the list.
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// Says that the list is through, and which headers it had.
    ///
    /// # Errors
    /// When an earlier run had more rows, or the books cannot be written.
    pub fn close_list(&mut self, headers: &[String]) -> Result<(), BatchError> {
        if self.known > self.rows {
            let (was, is) = (self.known, self.rows);
            return Err(self.other_list(format!("it had {was} rows, this one has {is}")));
        }
        self.note_fresh()?;
        self.headers = headers.to_vec();
        self.scratch.index()?;
        Ok(())
    }

    /// Holds a row against the one that an earlier run had in its place.
    fn recognise(&mut self, row: &Row) -> Result<(), BatchError> {
        let digest = self.digest(row);
        let known = match row.number {
            number if number <= self.known => self.scratch.known(number)?,
            _ => None,
        };
        match known {
            Some(known) if known == digest => {}
            Some(_) => return Err(self.other_list(format!("row {} differs", row.number))),
            None => {
                self.fresh.push(digest);
                if self.fresh.len() == ROWS_A_LINE {
                    self.note_fresh()?;
                }
            }
        }
        Ok(())
    }

    fn note_fresh(&mut self) -> Result<(), BatchError> {
        if !self.fresh.is_empty() {
            self.journal.note_rows(&self.fresh)?;
            self.fresh.clear();
        }
        Ok(())
    }

    fn other_list(&self, difference: String) -> BatchError {
        BatchError::OtherList {
            journal: self.journal.path().to_owned(),
            difference,
        }
    }

    fn digest(&self, row: &Row) -> Digest {
        let mut hash = Sha256::new();
        hash.update(self.journal.salt());
        for cell in &row.cells {
            hash.update((cell.len() as u64).to_le_bytes());
            hash.update(cell);
        }
        for target in &row.targets {
            hash.update((target.column as u64).to_le_bytes());
            hash.update(&target.address);
        }
        let mut digest = Digest::default();
        digest.copy_from_slice(&hash.finalize()[..8]);
        digest
    }

    /// What questions are known by.
    pub(super) fn keys(&self) -> &Keys {
        &self.keys
    }

    /// Who needs the answers to a row's questions.
    pub(super) fn scope(&self, row: &Stored) -> Result<Scope, BatchError> {
        // A run that goes on knows its answers by their questions alone.
        Ok(if self.known > 0 || self.scratch.is_shared(row)? {
            Scope::Shared
        } else {
            Scope::Row(row.row.number)
        })
    }

    /// What came of a question, if it was asked.
    pub(super) fn find(&self, scope: Scope, key: &Key) -> Result<Option<Asked>, BatchError> {
        let place = match scope {
            Scope::Shared => self.scratch.find(key)?,
            Scope::Row(number) => self.scratch.find_for(number, key)?,
        };
        let Some(place) = place else {
            return Ok(None);
        };
        // A damaged answer is none, and asked for again.
        Ok(self.journal.read(place)?)
    }

    /// Enters what came of a question. It is in the journal when this returns.
    pub(super) fn enter(&self, scope: Scope, key: &Key, asked: &Asked) -> Result<(), BatchError> {
        let place = self.journal.append(key, asked, Utc::now())?;
        match scope {
            Scope::Shared => self.scratch.place(key, place)?,
            Scope::Row(number) => self.scratch.place_for(number, key, place)?,
        }
        Ok(())
    }
}

/// Who needs the answer to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// Perhaps several rows.
    Shared,
    /// The row of that number alone.
    Row(u64),
}

/// What a link is known by across rows, whatever it looks like.
fn credential(link: &Link) -> Option<String> {
    if !link.is_verifiable() {
        return None;
    }
    let request = Request::for_link(link)?;
    Some(format!("{} {}", request.kind().as_str(), request.path()))
}
