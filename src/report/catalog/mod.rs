//! Say what is known of certifications, and how well.

mod check;
mod human;
mod row;
mod sheet;
mod tree;
mod update;

pub use check::{CheckDocument, Parts, checked, table_checked};
pub use human::{list, show};
pub use row::{CatalogDocument, GivenUpJson, RowJson};
pub use sheet::sheet;
pub use tree::tree;
pub use update::{UpdateDocument, Written, updated};

use crate::catalog::State;

/// A state as people ask for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StateWord {
    /// It can be earned.
    Current,
    /// It can, and its end is announced.
    Retiring,
    /// It cannot any more.
    Retired,
    /// Not known.
    Unknown,
}

impl StateWord {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Current, Self::Retiring, Self::Retired, Self::Unknown];

    /// The word of a state.
    pub const fn of(state: State) -> Self {
        match state {
            State::Current => Self::Current,
            State::Retiring(_) => Self::Retiring,
            State::Retired(_) => Self::Retired,
            State::Unknown => Self::Unknown,
        }
    }

    /// The word used in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Retiring => "retiring",
            Self::Retired => "retired",
            Self::Unknown => "unknown",
        }
    }
}
