//! Exit codes: one exhaustive match.

use std::process::ExitCode;

use crate::check::Outcome;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Everything is what was required.
    Success,
    /// None failed, but at least one could not be determined.
    Undetermined,
    /// At least one is not what was required.
    Failed,
    /// Wrong usage, or the run could not be carried out.
    Usage,
}

impl Exit {
    /// The contract's number.
    pub const fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::Undetermined => 3,
        }
    }

    /// The worst of several outcomes: a failure is said before what could not be told.
    pub fn of(outcomes: impl IntoIterator<Item = Outcome>) -> Self {
        let exits = outcomes.into_iter().map(|outcome| match outcome {
            Outcome::Passed => Self::Success,
            Outcome::Undetermined => Self::Undetermined,
            Outcome::Failed => Self::Failed,
        });
        // No result at all is no success either.
        exits.max().unwrap_or(Self::Undetermined)
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        exit.code().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_outweighs_what_is_undetermined() {
        use Outcome::{Failed, Passed, Undetermined};
        for (outcomes, code) in [
            (&[Passed][..], 0),
            (&[Passed, Undetermined], 3),
            (&[Undetermined, Failed, Passed], 1),
            (&[], 3),
        ] {
            assert_eq!(
                Exit::of(outcomes.iter().copied()).code(),
                code,
                "{outcomes:?}"
            );
        }
    }
}
