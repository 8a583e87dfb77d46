//! What a run leaves behind of what it was judged on: only where that was asked for.

use std::path::Path;

use anyhow::{Context, bail};
use chrono::Utc;

use super::args::{Fetch, Keep};
use super::settings::Settings;
use super::upkeep;
use crate::link::Link;
use crate::receipt;
use crate::source::{Asked, save};
use crate::verify::{Terms, Trip};

/// The folders of evidence and receipts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Folders<'p> {
    evidence: Option<&'p Path>,
    receipts: Option<&'p Path>,
}

impl<'p> Folders<'p> {
    /// The folders that the options name, which `data` finds from now on.
    ///
    /// # Errors
    /// When one of them is a file.
    pub(super) fn of(
        fetch: Option<&'p Fetch>,
        keep: &'p Keep,
        settings: &Settings,
    ) -> anyhow::Result<Self> {
        let folders = Self {
            evidence: fetch.and_then(|fetch| fetch.save_evidence.as_deref()),
            receipts: keep.receipt.as_deref(),
        };
        let named = [
            ("--save-evidence", folders.evidence),
            ("--receipt", folders.receipts),
        ];
        for (option, path) in named {
            if let Some(file) = path.filter(|path| path.is_file()) {
                bail!("{option} {} is a file; expected a folder", file.display());
            }
            if let Some(folder) = path {
                upkeep::note_folder(settings, folder);
            }
        }
        Ok(folders)
    }

    /// Whether nothing is to be left.
    pub(super) fn is_none(self) -> bool {
        self.evidence.is_none() && self.receipts.is_none()
    }

    /// Leaves what was asked for one pasted text, and what came of it.
    ///
    /// # Errors
    /// When a folder cannot be made or a file not be written.
    pub(super) fn leave(
        self,
        trip: &Trip<'_>,
        asked: &[Asked],
        terms: &Terms<'_, '_>,
    ) -> anyhow::Result<()> {
        self.leave_receipt(trip, asked, terms)?;
        self.leave_evidence(&trip.link, asked)
    }

    /// Leaves what was asked for a link, where anything was.
    ///
    /// # Errors
    /// When the folder cannot be made or the file not be written.
    pub(super) fn leave_evidence(self, link: &Link, asked: &[Asked]) -> anyhow::Result<()> {
        if let Some(folder) = self.evidence.filter(|_| !asked.is_empty()) {
            save(folder, link.canonical(), asked, Utc::now())
                .with_context(|| format!("cannot save the evidence in {}", folder.display()))?;
        }
        Ok(())
    }

    /// Leaves a receipt of what came of a pasted text.
    ///
    /// # Errors
    /// When the folder cannot be made or the file not be written.
    pub(super) fn leave_receipt(
        self,
        trip: &Trip<'_>,
        asked: &[Asked],
        terms: &Terms<'_, '_>,
    ) -> anyhow::Result<()> {
        if let Some(folder) = self.receipts {
            receipt::write(folder, trip, asked, terms, Utc::now())
                .with_context(|| format!("cannot write a receipt in {}", folder.display()))?;
        }
        Ok(())
    }
}
