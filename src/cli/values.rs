//! Values on the command line and in the configuration, each with its own message.

use std::num::NonZeroU32;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};

use super::args::RateChoice;
use crate::finding::Code;
use crate::report::request::{Language, Why};
use crate::source::Rate;
use crate::store::Retention;
use crate::verify::AsOf;

/// Reads a day, or an instant with its offset.
pub(crate) fn as_of(text: &str) -> Result<AsOf, String> {
    if let Ok(day) = day(text) {
        return Ok(AsOf::day(day));
    }
    DateTime::parse_from_rfc3339(text)
        .map(|instant| AsOf::Given(instant.with_timezone(&Utc)))
        .map_err(|_| {
            "expected a day such as 2026-11-22, or an instant with its offset such as \
             2026-11-22T09:30:00Z"
                .to_owned()
        })
}

/// Reads a name, which must not be blank.
pub(crate) fn name(text: &str) -> Result<String, String> {
    if text.trim().is_empty() {
        Err("expected a name, found nothing".to_owned())
    } else {
        Ok(text.to_owned())
    }
}

/// Reads an address on the web, without a secret in it.
pub(crate) fn web_address(text: &str) -> Result<String, String> {
    let address = url::Url::parse(text).ok().filter(|address| {
        let is_open = address.username().is_empty() && address.password().is_none();
        matches!(address.scheme(), "https" | "http") && is_open && address.query().is_none()
    });
    address
        .map(|address| address.as_str().trim_end_matches('/').to_owned())
        .ok_or_else(|| "expected an address such as https://example.org/badges".to_owned())
}

/// Reads a day.
pub(crate) fn day(text: &str) -> Result<NaiveDate, String> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .ok()
        .filter(|_| text.len() == 10)
        .ok_or_else(|| "expected a day such as 2026-11-22".to_owned())
}

/// Reads the code of a finding that there is a letter for.
pub(crate) fn answered_code(text: &str) -> Result<Code, String> {
    let codes = Why::codes();
    if let Some(code) = codes.iter().find(|code| code.as_str() == text) {
        return Ok(*code);
    }
    let known = Code::ALL.iter().any(|code| code.as_str() == text);
    let why = if known {
        "its holder can do nothing about that one; there are letters for"
    } else {
        "expected the code of a finding:"
    };
    let list: Vec<_> = codes.iter().map(|code| code.as_str()).collect();
    Err(format!("{why} {}", list.join(", ")))
}

/// Reads a duration such as `500ms`, `20s`, `5m`, `12h` or `90d`.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    humantime::parse_duration(text)
        .map_err(|_| "expected a duration such as 500ms, 20s, 5m, 12h or 90d".to_owned())
}

/// Reads how long things are kept: a duration, or `none` for as long as nobody removes them.
pub(super) fn retention(text: &str) -> Result<Retention, String> {
    if text == "none" {
        return Ok(Retention::Unlimited);
    }
    duration(text)
        .map(Retention::For)
        .map_err(|error| format!("{error}, or none"))
}

/// Reads a duration that is not zero.
pub(crate) fn timeout(text: &str) -> Result<Duration, String> {
    duration(text).and_then(|time| {
        const LONGEST: Duration = Duration::from_hours(24);
        if time.is_zero() || time > LONGEST {
            Err("expected a time of up to 24h that is not zero, such as 20s".to_owned())
        } else {
            Ok(time)
        }
    })
}

/// Reads a rate such as `5/s`, or `none`.
pub(super) fn rate(text: &str) -> Result<RateChoice, String> {
    if text == "none" {
        return Ok(RateChoice::Unlimited);
    }
    Rate::parse(text)
        .map(RateChoice::Limited)
        .map_err(|error| format!("{error}, or none"))
}

/// Reads a number of requests at once.
pub(crate) fn concurrency(text: &str) -> Result<NonZeroU32, String> {
    text.parse()
        .ok()
        .filter(|number: &NonZeroU32| number.get() <= 1024)
        .ok_or_else(|| "expected a number from 1 to 1024".to_owned())
}

/// Reads a language that there are texts in.
pub(crate) fn language(text: &str) -> Result<Language, String> {
    let mut all = Language::ALL.iter().copied();
    all.find(|language| language.as_str() == text)
        .ok_or_else(|| {
            let known: Vec<_> = Language::ALL.iter().map(|one| one.as_str()).collect();
            format!("expected a language: {}", known.join(", "))
        })
}

/// A time of day, to the minute.
pub(crate) fn time(text: &str) -> Result<chrono::NaiveTime, String> {
    chrono::NaiveTime::parse_from_str(text, "%H:%M")
        .map_err(|_| "expected a time of day such as 08:30".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_means_its_first_second_in_utc() {
        let midnight: DateTime<Utc> = "2026-11-22T00:00:00Z".parse().unwrap();
        assert_eq!(as_of("2026-11-22").unwrap().instant(), midnight);
        assert_eq!(
            as_of("2026-11-22T01:00:00+01:00").unwrap().instant(),
            midnight
        );
        for wrong in [
            "",
            "today",
            "2026-11-22T00:00:00",
            "22.11.2026",
            "2026-2-3",
            "2026-02-30",
        ] {
            assert!(as_of(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn durations_are_read_in_every_unit_of_the_contract() {
        for (text, seconds) in [
            ("500ms", 0.5),
            ("20s", 20.0),
            ("5m", 300.0),
            ("12h", 43200.0),
            ("90d", 7_776_000.0),
        ] {
            assert!(
                (duration(text).unwrap().as_secs_f64() - seconds).abs() < 1e-9,
                "{text}"
            );
        }
        for wrong in ["", "20", "-5s", "soon", "1e9s"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
        assert!(timeout("0s").is_err());
    }
}
