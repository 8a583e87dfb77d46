//! How well two names agree, in the contract's words.

use std::fmt;

/// How well two names agree, best first.
///
/// The first three pass by themselves, [`Grade::Compatible`] and [`Grade::Weak`] ask for
/// a human look, [`Grade::Different`] fails. [`Grade::NotCompared`] comes last because it
/// says the least; it is no judgement of the holder.
///
/// ```
/// use bonafide::check::holder::Grade;
///
/// assert!(Grade::Exact < Grade::Compatible);
/// assert!(Grade::Reordered.passes());
/// assert!(Grade::Weak.needs_a_look());
/// assert_eq!(Grade::NotCompared.as_str(), "not-compared");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// The same text.
    Exact,
    /// The same name in another notation.
    Normalised,
    /// The same name parts in another usual order.
    Reordered,
    /// Nothing contradicts, but something is left out or abbreviated.
    Compatible,
    /// Something speaks for it and too little to lean on.
    Weak,
    /// Another person's name.
    Different,
    /// There was nothing to compare, or too much.
    NotCompared,
}

impl Grade {
    /// Every grade, best first.
    pub const ALL: &'static [Self] = &[
        Self::Exact,
        Self::Normalised,
        Self::Reordered,
        Self::Compatible,
        Self::Weak,
        Self::Different,
        Self::NotCompared,
    ];

    /// The word used in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Normalised => "normalised",
            Self::Reordered => "reordered",
            Self::Compatible => "compatible",
            Self::Weak => "weak",
            Self::Different => "different",
            Self::NotCompared => "not-compared",
        }
    }

    /// Whether the grade settles that the names agree.
    pub const fn passes(self) -> bool {
        matches!(self, Self::Exact | Self::Normalised | Self::Reordered)
    }

    /// Whether a person should decide.
    pub const fn needs_a_look(self) -> bool {
        matches!(self, Self::Compatible | Self::Weak)
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
