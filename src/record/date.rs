//! Dates as services write them.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc};

use super::field::Field;

/// A date that an answer may or may not give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// It is not there.
    Missing,
    /// It is there and cannot be read; kept as it was, shortened. Never "no date".
    Unreadable(String),
    /// An instant, in UTC.
    At(DateTime<Utc>),
}

impl When {
    /// The instant, where there is a readable one.
    pub fn instant(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::At(instant) => Some(*instant),
            Self::Missing | Self::Unreadable(_) => None,
        }
    }
}

/// Which instant a bare day stands for.
#[derive(Debug, Clone, Copy)]
pub(super) enum BareDay {
    /// 00:00:00 UTC: something that began or was done on it.
    Starts,
    /// 23:59:59 UTC: something that lasts through it, as expiries do.
    Ends,
}

/// Longest text kept of a date that cannot be read.
const KEPT: usize = 40;

/// Years outside of which a date is no date of a credential: the service's platform
/// writes year 1 for "none", and others write 9999 for "never".
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2199;

/// Reads RFC 3339 with 0 to 9 fractional digits and any offset, or a bare day.
pub(super) fn read(field: Field<'_>, bare: BareDay) -> When {
    let text = match field {
        Field::Missing => return When::Missing,
        Field::Other => return When::Unreadable("not a text".to_owned()),
        Field::Text(text) => text,
    };
    parse(text.trim(), bare)
        .filter(|instant| YEARS.contains(&instant.year()))
        .map_or_else(
            || When::Unreadable(text.chars().take(KEPT).collect()),
            When::At,
        )
}

fn parse(text: &str, bare: BareDay) -> Option<DateTime<Utc>> {
    if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
        return Some(instant.to_utc());
    }
    // `%Y` alone would also take fewer digits or a sign.
    if text.len() != 10 {
        return None;
    }
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    let time = match bare {
        BareDay::Starts => NaiveTime::MIN,
        BareDay::Ends => NaiveTime::from_hms_opt(23, 59, 59)?,
    };
    Some(day.and_time(time).and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expiry(text: &str) -> When {
        read(Field::Text(text.into()), BareDay::Ends)
    }

    fn at(text: &str) -> When {
        When::At(text.parse().unwrap())
    }

    #[test]
    fn every_form_that_was_seen_is_read() {
        for (text, instant) in [
            ("2027-05-14T23:59:59Z", "2027-05-14T23:59:59Z"),
            ("2027-05-14T23:59:59+00:00", "2027-05-14T23:59:59Z"),
            ("2027-03-06T00:59:59+01:00", "2027-03-05T23:59:59Z"),
            ("2027-03-05T18:59:59-05:00", "2027-03-05T23:59:59Z"),
            (
                "2026-05-23T16:47:31.1500997+00:00",
                "2026-05-23T16:47:31.1500997Z",
            ),
            (
                "2026-05-23T16:47:31.123456789Z",
                "2026-05-23T16:47:31.123456789Z",
            ),
            ("2026-05-23T16:47:31.5Z", "2026-05-23T16:47:31.5Z"),
            ("2027-09-08", "2027-09-08T23:59:59Z"),
            (" 2027-09-08 ", "2027-09-08T23:59:59Z"),
        ] {
            assert_eq!(expiry(text), at(instant), "{text}");
        }
        let earned = read(Field::Text("2026-09-08".into()), BareDay::Starts);
        assert_eq!(earned, at("2026-09-08T00:00:00Z"));
    }

    #[test]
    fn what_cannot_be_read_is_never_taken_for_no_date() {
        for text in [
            "",
            "never",
            "null",
            "2027-13-01",
            "2027-02-29",
            "14.05.2027",
            "05/14/2027",
            "2027-05-14T23:59:59",
            "2027-5-14",
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z",
            "+2027-05-14",
            "1234567890",
            "2027-05-14T25:00:00Z",
        ] {
            assert!(matches!(expiry(text), When::Unreadable(_)), "{text}");
        }
        assert!(matches!(
            read(Field::Other, BareDay::Ends),
            When::Unreadable(_)
        ));
        assert_eq!(read(Field::Missing, BareDay::Ends), When::Missing);
    }

    #[test]
    fn what_is_kept_of_an_unreadable_date_is_short() {
        let When::Unreadable(kept) = expiry(&"x".repeat(1_000_000)) else {
            panic!("it cannot be read")
        };
        assert_eq!(kept.len(), KEPT);
    }
}
