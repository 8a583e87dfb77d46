//! What commands do for the data directory beside their own work.

use std::path::Path;

use anyhow::Context;
use chrono::Utc;

use super::settings::Settings;
use crate::report::Redactor;
use crate::store::{self, Register};

/// Removes what is past its time, at most once a day. It never fails a run.
pub(super) fn before_fetching(settings: &Settings) {
    let Some(data) = settings.data_dir() else {
        return;
    };
    match store::sweep(&data, settings.retention(), Utc::now()) {
        Ok(Some(removal)) => {
            let gone: u64 = removal.gone.values().sum();
            let left = removal.left.len();
            tracing::debug!(target: "bonafide", gone, left, "removed what was past the retention");
        }
        Ok(None) => {}
        Err(error) => {
            tracing::debug!(target: "bonafide", %error, "the retention could not be looked after");
        }
    }
}

/// Notes a folder in which things are saved, so that `data` finds them again. It never
/// fails a run: what is saved matters more.
pub(super) fn note_folder(settings: &Settings, folder: &Path) {
    let Some(data) = settings.data_dir() else {
        return;
    };
    if let Err(error) = Register::note(&data, folder, Utc::now()) {
        tracing::warn!(target: "bonafide", %error, folder = %folder.display(), "the folder could not be noted: `bonafide data` will not find what is saved there");
    }
}

/// Gives pseudonyms by the key of the data directory, which is made on first use.
pub(super) fn redactor(settings: &Settings) -> anyhow::Result<Redactor> {
    let data = settings.data_dir().context(
        "--redact keeps its key in the data directory, and the system names none; give one with --data-dir",
    )?;
    Ok(Redactor::new(store::redaction_key(&data)?))
}
