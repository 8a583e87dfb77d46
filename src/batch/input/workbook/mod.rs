//! Rows of a worksheet: XLSX.
//!
//! A workbook is looked through before it is read ([`guard`]), so that a hostile one costs
//! bounded memory. Then a thread of its own reads it cell by cell, because what reads the
//! cells borrows the workbook; rows come over a channel that holds only a few.

mod guard;
mod kind;
mod rows;
mod sheet;
mod targets;
mod value;

use std::fs::File;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use super::error::Fault;
use super::header::Headers;
use super::{Rows, Taken};

pub(super) use kind::refuse_old;

/// How many rows are read ahead of the one that is asked for.
const AHEAD: usize = 64;

/// What the reading thread says.
enum Said {
    Headers(Vec<String>),
    Row(Taken),
    Failed(Fault),
    End,
}

/// The rows of a worksheet behind its header row.
pub(super) struct Worksheet {
    said: Receiver<Said>,
}

/// Opens a workbook, finds the worksheet and reads its headers.
pub(super) fn open(file: File, sheet: Option<&str>) -> Result<(Headers, Worksheet), Fault> {
    let file = guard::check(file)?;
    let sheet = sheet.map(str::to_owned);
    let (sender, said) = sync_channel(AHEAD);
    thread::spawn(move || {
        // Nobody listens any more when the list was dropped; then reading just ends.
        let last = match sheet::read(file, sheet.as_deref(), &sender) {
            Ok(()) => Said::End,
            Err(fault) => Said::Failed(fault),
        };
        let _ = sender.send(last);
    });
    match said.recv() {
        Ok(Said::Headers(names)) => Ok((Headers::of(names), Worksheet { said })),
        Ok(Said::Failed(fault)) => Err(fault),
        Ok(Said::Row(_) | Said::End) | Err(_) => Err(Fault::Stopped),
    }
}

impl Rows for Worksheet {
    fn next(&mut self, headers: &mut Headers) -> Result<Option<Taken>, Fault> {
        match self.said.recv() {
            Ok(Said::Row(taken)) => {
                headers.widen(taken.cells.len());
                Ok(Some(taken))
            }
            Ok(Said::End) => Ok(None),
            Ok(Said::Failed(fault)) => Err(fault),
            // The thread ended without saying so, which it does only when it panics.
            Ok(Said::Headers(_)) | Err(_) => Err(Fault::Stopped),
        }
    }
}
