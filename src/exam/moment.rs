//! When something was, as exactly as it was said.

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, Utc};

/// Years in which an exam can have been taken; anything else is a slip.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;

/// How exactly a moment was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Said {
    /// With its time and offset.
    Exactly,
    /// With its time alone: taken as UTC.
    WithoutZone,
    /// As a day alone: the whole day in UTC.
    AsDay,
}

/// When something was: an instant in UTC, or a whole day in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Moment {
    earliest: DateTime<Utc>,
    latest: DateTime<Utc>,
    said: Said,
}

/// What was typed is no moment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "expected a time such as 2026-11-01T10:00Z or 2026-11-01T11:00+01:00, or a day such as \
     2026-11-01, in a year from {} to {}", YEARS.start(), YEARS.end()
)]
pub struct NotAMoment;

impl Moment {
    /// Reads a time with its offset, a time alone (taken as UTC), or a day.
    ///
    /// # Errors
    /// [`NotAMoment`] for anything else.
    ///
    /// ```
    /// use bonafide::exam::moment::{Moment, Said};
    ///
    /// let moment = Moment::parse("2026-11-01T11:00+01:00").unwrap();
    /// assert_eq!(moment.latest().to_rfc3339(), "2026-11-01T10:00:00+00:00");
    /// assert_eq!(Moment::parse("2026-11-01T10:00").unwrap().said(), Said::WithoutZone);
    /// ```
    pub fn parse(text: &str) -> Result<Self, NotAMoment> {
        let text = text.trim();
        let moment = match day(text) {
            Some(day) => Some(Self::of_day(day)),
            None => zoned(text)
                .map(|instant| Self::of(instant, Said::Exactly))
                .or_else(|| local(text).map(|at| Self::of(at.and_utc(), Said::WithoutZone))),
        };
        moment
            .filter(|moment| YEARS.contains(&moment.latest.year()))
            .ok_or(NotAMoment)
    }

    /// An instant.
    pub const fn exactly(instant: DateTime<Utc>) -> Self {
        Self::of(instant, Said::Exactly)
    }

    const fn of(instant: DateTime<Utc>, said: Said) -> Self {
        Self {
            earliest: instant,
            latest: instant,
            said,
        }
    }

    fn of_day(day: NaiveDate) -> Self {
        let earliest = day.and_time(NaiveTime::MIN).and_utc();
        Self {
            earliest,
            latest: earliest + Duration::days(1) - Duration::seconds(1),
            said: Said::AsDay,
        }
    }

    /// The first instant that it can have been.
    pub const fn earliest(self) -> DateTime<Utc> {
        self.earliest
    }

    /// The last instant that it can have been: what waiting is counted from, so that it is
    /// never said to be over too early.
    pub const fn latest(self) -> DateTime<Utc> {
        self.latest
    }

    /// How exactly it was said.
    pub const fn said(self) -> Said {
        self.said
    }

    /// Whether both can be the same moment.
    pub fn may_be(self, other: Self) -> bool {
        self.earliest <= other.latest && other.earliest <= self.latest
    }
}

fn day(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .ok()
        .filter(|_| text.len() == 10)
}

fn zoned(text: &str) -> Option<DateTime<Utc>> {
    const FORMATS: [&str; 4] = [
        "%Y-%m-%dT%H:%M%#z",
        "%Y-%m-%d %H:%M%#z",
        "%Y-%m-%dT%H:%M:%S%.f%#z",
        "%Y-%m-%d %H:%M:%S%.f%#z",
    ];
    let text = text.to_ascii_uppercase();
    let text = text
        .strip_suffix('Z')
        .map_or_else(|| text.clone(), |time| format!("{}+00:00", time.trim_end()));
    let mut read = FORMATS
        .iter()
        .filter_map(|format| DateTime::parse_from_str(&text, format).ok());
    read.next().map(|instant| instant.with_timezone(&Utc))
}

fn local(text: &str) -> Option<NaiveDateTime> {
    const FORMATS: [&str; 4] = [
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%d %H:%M",
        "%Y-%m-%dT%H:%M:%S%.f",
        "%Y-%m-%d %H:%M:%S%.f",
    ];
    let text = text.to_ascii_uppercase();
    let mut read = FORMATS
        .iter()
        .filter_map(|format| NaiveDateTime::parse_from_str(&text, format).ok());
    read.next()
}

#[cfg(test)]
mod tests {
    use chrono::SecondsFormat;
    use proptest::prelude::*;

    use super::*;

    fn utc(text: &str) -> String {
        let moment = Moment::parse(text).unwrap_or_else(|_| panic!("{text}"));
        moment.latest().to_rfc3339_opts(SecondsFormat::AutoSi, true)
    }

    #[test]
    fn times_are_read_in_every_zone_and_become_utc() {
        for (text, instant) in [
            ("2026-11-01T10:00Z", "2026-11-01T10:00:00Z"),
            ("2026-11-01T10:00:00Z", "2026-11-01T10:00:00Z"),
            ("2026-11-01t10:00z", "2026-11-01T10:00:00Z"),
            ("2026-11-01 10:00 Z", "2026-11-01T10:00:00Z"),
            ("2026-11-01T11:00+01:00", "2026-11-01T10:00:00Z"),
            ("2026-11-01T11:00+0100", "2026-11-01T10:00:00Z"),
            ("2026-11-01T11:00+01", "2026-11-01T10:00:00Z"),
            ("2026-10-31T23:30:15-10:30", "2026-11-01T10:00:15Z"),
            ("2026-11-01T10:00:00.25Z", "2026-11-01T10:00:00.250Z"),
            ("2026-11-01T10:00", "2026-11-01T10:00:00Z"),
            (" 2026-11-01 10:00 ", "2026-11-01T10:00:00Z"),
            ("2024-02-29T10:00Z", "2024-02-29T10:00:00Z"),
            ("2026-11-01", "2026-11-01T23:59:59Z"),
        ] {
            assert_eq!(utc(text), instant, "{text}");
        }
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for text in [
            "",
            "yesterday",
            "2026-11",
            "2026-1-1",
            "2026-02-29T10:00Z",
            "2026-02-29",
            "2026-11-01T25:00Z",
            "2026-11-01T10Z",
            "2026-11-01T10:00 CET",
            "01.11.2026",
            "12026-11-01T10:00Z",
            "0026-11-01",
            "3026-11-01T10:00Z",
            "1761991200",
        ] {
            assert_eq!(Moment::parse(text), Err(NotAMoment), "{text}");
        }
    }

    #[test]
    fn a_day_may_be_any_instant_of_it() {
        let day = Moment::parse("2026-11-01").unwrap();
        for (text, may_be) in [
            ("2026-10-31T23:59:59Z", false),
            ("2026-11-01T00:00Z", true),
            ("2026-11-01T23:59:59Z", true),
            ("2026-11-02T00:00Z", false),
        ] {
            assert_eq!(day.may_be(Moment::parse(text).unwrap()), may_be, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_reading_panic(text in ".{0,40}") {
            let _ = Moment::parse(&text);
        }

        #[test]
        fn nearly_right_text_does_not_either(text in "[0-9TZ:+. -]{0,35}") {
            let _ = Moment::parse(&text);
        }
    }
}
