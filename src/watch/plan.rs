//! What somebody decided about reminders, as the configuration says it.

use chrono::TimeDelta;

use super::Hours;
use super::due::Thresholds;
use crate::report::request::Language;

/// How people are reminded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// How many days before a deadline.
    pub thresholds: Thresholds,
    /// When.
    pub hours: Hours,
    /// Through which channels, where an entry names none.
    pub channels: Vec<String>,
    /// The channel that takes the place of one that failed for too long.
    pub fallback: Option<String>,
    /// How long a channel may fail before that.
    pub escalate_after: TimeDelta,
    /// How old the last answer about a link may be before it is asked for again.
    pub refresh_after: TimeDelta,
    /// In which language, where an entry names none.
    pub language: Language,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            thresholds: Thresholds::default(),
            hours: Hours::default(),
            channels: Vec::new(),
            fallback: None,
            escalate_after: TimeDelta::days(3),
            // A daily run starts some minutes earlier or later each day.
            refresh_after: TimeDelta::hours(20),
            language: Language::English,
        }
    }
}
