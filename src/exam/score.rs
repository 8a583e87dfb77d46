//! Is that a pass?

use std::fmt;

/// The score that passes, of [`LOWEST`] to [`HIGHEST`] (official; stored copies read
/// 2026-11-22).
pub const PASSING: u16 = 700;
/// The lowest score.
pub const LOWEST: u16 = 1;
/// The highest score.
pub const HIGHEST: u16 = 1000;

/// A scaled score, from 1 to 1,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Score(u16);

/// What was typed is no score.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected a whole number from {LOWEST} to {HIGHEST}, as on the score report")]
pub struct NotAScore;

impl Score {
    /// Reads a score.
    ///
    /// # Errors
    /// [`NotAScore`] for anything but a whole number in the range.
    ///
    /// ```
    /// use bonafide::exam::score::Score;
    ///
    /// assert!(Score::parse("700").unwrap().is_pass());
    /// assert!(!Score::parse("699").unwrap().is_pass());
    /// assert!(Score::parse("70%").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self, NotAScore> {
        text.parse()
            .ok()
            .filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
            .filter(|score| (LOWEST..=HIGHEST).contains(score))
            .map(Self)
            .ok_or(NotAScore)
    }

    /// Whether it passes.
    pub const fn is_pass(self) -> bool {
        self.0 >= PASSING
    }

    /// The number.
    pub const fn get(self) -> u16 {
        self.0
    }

    /// How many points it lacks; 0 for a pass.
    pub const fn missing(self) -> u16 {
        PASSING.saturating_sub(self.0)
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seven_hundred_passes_and_nothing_below() {
        for (text, passes) in [
            ("1", false),
            ("699", false),
            ("700", true),
            ("701", true),
            ("1000", true),
        ] {
            assert_eq!(Score::parse(text).unwrap().is_pass(), passes, "{text}");
        }
    }

    #[test]
    fn what_is_out_of_range_is_no_score() {
        for text in [
            "0",
            "1001",
            "-1",
            "+700",
            "700.0",
            "70%",
            "",
            " 700",
            "７００",
            "99999999999",
        ] {
            assert_eq!(Score::parse(text), Err(NotAScore), "{text}");
        }
    }
}
