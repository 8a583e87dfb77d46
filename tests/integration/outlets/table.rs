//! The table: where a stranger's text goes.

mod check;
mod know;
mod remind;
mod show;
mod text;

use std::sync::LazyLock;

use super::read::Reading;
use super::world::World;

/// A place that a stranger's text goes to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    /// The command as it is typed, with what decides the format.
    pub(crate) name: &'static str,
    /// Makes the documents.
    pub(crate) make: fn(&World) -> Vec<Vec<u8>>,
    /// Reads one of them.
    pub(crate) read: fn(&[u8]) -> Reading,
    /// The forms that a payload may have there once it is read.
    pub(crate) shown: fn(&str) -> Vec<String>,
    /// The fewest places in a document of words where a word must stand.
    pub(crate) least: usize,
}

/// Every place.
pub(crate) static PLACES: LazyLock<Vec<Place>> =
    LazyLock::new(|| [check::PLACES, show::PLACES, remind::PLACES, know::PLACES].concat());
