//! When people are told: not at night, not on weekends, by the clock of one place.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc, Weekday};
use chrono_tz::Tz;

/// When messages may be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours {
    /// By the clock of which place.
    pub zone: Tz,
    /// From when to when nobody is told anything; may pass midnight.
    pub quiet: Option<(NaiveTime, NaiveTime)>,
    /// Whether Saturday and Sunday are quiet as well.
    pub weekends: Weekends,
}

/// What is done on Saturday and Sunday.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Weekends {
    /// As on other days.
    #[default]
    LikeOthers,
    /// Nobody is told anything.
    Quiet,
}

impl Default for Hours {
    fn default() -> Self {
        Self {
            zone: Tz::UTC,
            quiet: None,
            weekends: Weekends::LikeOthers,
        }
    }
}

/// Whether messages may be sent now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// They may.
    Open {
        /// The day there, on which a person gets one message.
        day: NaiveDate,
        /// How many days right after it are quiet.
        pause: u16,
    },
    /// They may not, until this time there.
    Quiet {
        /// The time of day.
        until: NaiveTime,
    },
    /// They may not: it is Saturday or Sunday there.
    Weekend,
}

impl Hours {
    /// Whether messages may be sent at an instant.
    pub fn at(&self, instant: DateTime<Utc>) -> Gate {
        // From UTC there is one local time, also when clocks are changed.
        let there = instant.with_timezone(&self.zone).naive_local();
        if self.weekends == Weekends::Quiet && is_weekend(there.date()) {
            return Gate::Weekend;
        }
        match self.quiet {
            Some((from, until)) if is_between(there.time(), from, until) => Gate::Quiet { until },
            _ => Gate::Open {
                day: there.date(),
                pause: self.pause(there.date()),
            },
        }
    }

    fn pause(&self, day: NaiveDate) -> u16 {
        match (self.weekends, day.weekday()) {
            (Weekends::Quiet, Weekday::Fri) => 2,
            _ => 0,
        }
    }
}

fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

fn is_between(time: NaiveTime, from: NaiveTime, until: NaiveTime) -> bool {
    if from <= until {
        (from..until).contains(&time)
    } else {
        time >= from || time < until
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours() -> Hours {
        let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
        Hours {
            zone: "Europe/Berlin".parse().unwrap(),
            quiet: Some((time(20), time(8))),
            weekends: Weekends::Quiet,
        }
    }

    #[test]
    fn nobody_is_told_at_night_or_on_weekends_there() {
        for (instant, expected) in [
            // Berlin is two hours ahead until 2026-10-25, one hour after.
            ("2026-10-23T05:59:59Z", "quiet"),
            ("2026-10-23T06:00:00Z", "2026-10-23 2"),
            ("2026-10-23T17:59:59Z", "2026-10-23 2"),
            ("2026-10-23T18:00:00Z", "quiet"),
            ("2026-10-23T22:00:00Z", "weekend"),
            ("2026-10-25T22:59:59Z", "weekend"),
            ("2026-10-25T23:00:00Z", "quiet"),
            ("2026-10-26T06:59:59Z", "quiet"),
            ("2026-10-26T07:00:00Z", "2026-10-26 0"),
        ] {
            let said = match hours().at(instant.parse().unwrap()) {
                Gate::Open { day, pause } => format!("{day} {pause}"),
                Gate::Quiet { .. } => "quiet".to_owned(),
                Gate::Weekend => "weekend".to_owned(),
            };
            assert_eq!(said, expected, "{instant}");
        }
    }

    #[test]
    fn quiet_hours_within_a_day_end_on_it() {
        let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
        for (hour, expected) in [(11, false), (12, true), (13, true), (14, false)] {
            assert_eq!(
                is_between(time(hour), time(12), time(14)),
                expected,
                "{hour}"
            );
        }
    }
}
