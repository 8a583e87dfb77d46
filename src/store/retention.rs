//! How long the data directory keeps things by itself.

use std::fs;
use std::io;
use std::time::Duration;

use chrono::{DateTime, Utc};

use super::removal::{Removal, remove_items, remove_left};
use super::{DataDir, Place};
use crate::source::private::{self, Durability};

/// How often it is looked whether something is past its time.
const EVERY: Duration = Duration::from_hours(24);

/// How long the data directory keeps things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retention {
    /// So long after they were last written.
    For(Duration),
    /// Until somebody removes them.
    Unlimited,
}

impl Default for Retention {
    fn default() -> Self {
        Self::For(Duration::from_hours(90 * 24))
    }
}

/// Removes what is past its time from the data directory, if that was not done within the
/// last day. `None` where nothing was looked at. Folders that somebody chose are left alone.
///
/// # Errors
/// When the directory cannot be written.
pub fn sweep(
    data: &DataDir,
    retention: Retention,
    now: DateTime<Utc>,
) -> io::Result<Option<Removal>> {
    let Retention::For(time) = retention else {
        return Ok(None);
    };
    if !data.path().is_dir() || !is_due(data, now) {
        return Ok(None);
    }
    // Noted first: a folder that cannot be cleared is not tried at every run.
    let staged = private::staged(data.path(), b"", Durability::Lazy)?;
    staged.persist(data.stamp())?;
    let was_left = |found: &fs::Metadata| {
        let at = found.modified().ok().map(DateTime::from);
        is_older(at, EVERY, now)
    };
    for folder in [data.path().to_owned(), data.catalog()] {
        remove_left(&folder, was_left)?;
    }
    let places = Place::of_the_data_dir(data);
    let old = places
        .iter()
        .flat_map(Place::items)
        .filter(|item| is_older(item.written_at, time, now) && !item.is_in_use());
    Ok(Some(remove_items(old)))
}

/// Whether something was last written longer ago than `time`. What is of an unknown age,
/// or from the future, is not.
pub(crate) fn is_older(at: Option<DateTime<Utc>>, time: Duration, now: DateTime<Utc>) -> bool {
    at.and_then(|at| (now - at).to_std().ok())
        .is_some_and(|age| age > time)
}

fn is_due(data: &DataDir, now: DateTime<Utc>) -> bool {
    let stamp = fs::symlink_metadata(data.stamp()).and_then(|found| found.modified());
    match stamp.map(DateTime::<Utc>::from) {
        // A stamp from the future was made under a wrong clock.
        Ok(at) => at > now || is_older(Some(at), EVERY, now),
        Err(_) => true,
    }
}
