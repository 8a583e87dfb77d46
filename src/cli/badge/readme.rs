//! Puts badges into a README, and touches nothing else of it.

use std::path::Path;

use anyhow::{Context, bail};

use super::plan::Plan;
use super::{Made, earlier, pictures, snippet};
use crate::cli::output;
use crate::publish::marker::MarkerError;
use crate::publish::snippet::Markup;
use crate::report::neutral;

/// The largest document that is taken.
const LARGEST: u64 = 16 * 1024 * 1024;

/// A document with its markers.
#[derive(Debug)]
pub(super) struct Readme {
    /// The document as it is in the file.
    before: String,
    /// The same, with markers added where that was asked for.
    marked: String,
}

impl Readme {
    /// Reads a document that badges can be put into.
    ///
    /// # Errors
    /// When it cannot be read, is no UTF-8, or its markers are not in order.
    pub(super) fn load(file: &Path, markup: Markup, plan: &Plan) -> anyhow::Result<Self> {
        let named = || format!("cannot read {}", file.display());
        let size = std::fs::metadata(file).with_context(named)?.len();
        if size > LARGEST {
            bail!(
                "expected a README of at most {LARGEST} bytes, found {size} in {}",
                file.display()
            );
        }
        let bytes = std::fs::read(file).with_context(named)?;
        let Ok(before) = String::from_utf8(bytes) else {
            bail!(
                "expected UTF-8 text, found other bytes in {}; save it as UTF-8",
                file.display()
            );
        };
        let marked = match plan.marker.replace(&before, markup, "") {
            Ok(_) => before.clone(),
            Err(MarkerError::Missing(_)) if plan.add_marker => plan.marker.add(&before, markup),
            Err(error) => return Err(error).with_context(|| file.display().to_string()),
        };
        // A heading inside strange markup may be no place for comments.
        plan.marker
            .replace(&marked, markup, "")
            .with_context(|| format!("cannot add markers to {}", file.display()))?;
        Ok(Self { before, marked })
    }
}

/// Writes the pictures and then, only if anything changes, the document.
pub(super) fn update(
    file: &Path,
    markup: Markup,
    made: &Made<'_>,
    plan: &Plan,
) -> anyhow::Result<()> {
    // Two runs may fill two places of one file: what the other wrote must be read.
    let _turn = output::turn(file)?;
    let folder = plan.dir.as_deref().unwrap_or(Path::new("badges"));
    let stands = pictures::into_folder(made, plan, folder)?;
    let base = match &plan.image_url {
        Some(url) => url.clone(),
        None => snippet::relative(file.parent().unwrap_or(Path::new("")), folder)?,
    };
    let content = snippet::snippets(&stands, plan, markup, &base);
    // Read again: it may have been changed while the service was asked.
    let Readme { before, marked } = Readme::load(file, markup, plan)?;
    let after = plan.marker.replace(&marked, markup, &content)?;
    let has_changed = after != before;
    if has_changed {
        output::write(Some(file), after.as_bytes())?;
    }
    let between = plan.marker.between(&before, markup).unwrap_or_default();
    earlier::remove_unlisted(made, folder, &before[between], &after)?;
    let word = if has_changed { "changed" } else { "unchanged" };
    let shown = neutral::terminal_line(&file.display().to_string());
    output::write(None, format!("{shown}: {word}\n").as_bytes())
}
