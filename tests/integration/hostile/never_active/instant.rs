//! Instants as RFC 3339 writes them, counted by hand: nothing here is shared with the
//! program.

/// Seconds since 1970, in UTC.
pub(super) type Seconds = i64;

const DAY: Seconds = 86_400;

/// Which second of a bare day is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BareDay {
    First,
    Last,
}

/// Reads an instant with its offset, or a bare day; `None` for anything else, and outside
/// of the years in which there are credentials.
pub(super) fn read(text: &str, bare: BareDay) -> Option<Seconds> {
    let text = text.trim();
    let seconds = match (text.len(), bare) {
        (10, BareDay::First) => day(text)? * DAY,
        (10, BareDay::Last) => day(text)? * DAY + DAY - 1,
        _ => instant(text)?,
    };
    (1990..2200)
        .contains(&civil(seconds.div_euclid(DAY)).0)
        .then_some(seconds)
}

fn instant(text: &str) -> Option<Seconds> {
    let date = day(text.get(..10)?)?;
    let between = text.get(10..11)?;
    let clock = text.get(11..19)?;
    let mut rest = text.get(19..)?;
    if !matches!(between, "T" | "t" | " ") {
        return None;
    }
    let parts: Vec<&str> = clock.split(':').collect();
    let [hours, minutes, seconds] = parts[..] else {
        return None;
    };
    let (hours, minutes, seconds) = (two(hours, 23)?, two(minutes, 59)?, two(seconds, 60)?);
    if let Some(fraction) = rest.strip_prefix('.') {
        rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
        if rest.len() == fraction.len() {
            return None;
        }
    }
    Some(date * DAY + hours * 3600 + minutes * 60 + seconds.min(59) - offset(rest)?)
}

fn offset(text: &str) -> Option<Seconds> {
    if matches!(text, "Z" | "z") {
        return Some(0);
    }
    let sign = match text.get(..1)? {
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    let (hours, minutes) = text.get(1..)?.split_once(':')?;
    Some(sign * (two(hours, 23)? * 3600 + two(minutes, 59)? * 60))
}

fn two(digits: &str, most: i64) -> Option<i64> {
    let fits = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number = digits.parse().ok().filter(|number| *number <= most)?;
    fits.then_some(number)
}

/// Days since 1970.
fn day(text: &str) -> Option<i64> {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else {
        return None;
    };
    if year.len() != 4 || !year.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (year, month, day) = (year.parse().ok()?, two(month, 12)?, two(day, 31)?);
    let days = days(year, month, day);
    (civil(days) == (year, month, day)).then_some(days)
}

/// The civil calendar, as Howard Hinnant counts it
/// (<https://howardhinnant.github.io/date_algorithms.html>).
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year - era * 400;
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days - era * 146_097;
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

/// The day so many months before the one of an instant, clamped to the month's end; days
/// since 1970.
pub(super) fn months_before(seconds: Seconds, months: i64) -> i64 {
    let (year, month, day) = civil(day_of(seconds));
    let count = year * 12 + month - 1 - months;
    let (year, month) = (count.div_euclid(12), count.rem_euclid(12) + 1);
    let next = if month == 12 {
        days(year + 1, 1, 1)
    } else {
        days(year, month + 1, 1)
    };
    (days(year, month, 1) + day - 1).min(next - 1)
}

/// Days since 1970.
pub(super) fn day_of(seconds: Seconds) -> i64 {
    seconds.div_euclid(DAY)
}

#[test]
fn instants_are_counted_as_the_calendar_does() {
    let at = |text| read(text, BareDay::Last);
    assert_eq!(at("2026-11-22T00:00:00Z"), Some(1_795_305_600));
    assert_eq!(at("2026-11-22"), Some(1_795_305_600 + DAY - 1));
    assert_eq!(at("2027-03-06T00:59:59+01:00"), at("2027-03-05T23:59:59Z"));
    for bad in [
        "",
        "2027-02-29",
        "2026-11-22T00:00:00",
        "0001-01-01T00:00:00Z",
        "2026-11-2",
    ] {
        assert_eq!(at(bad), None, "{bad}");
    }
    let half_a_year = |text| months_before(at(text).unwrap(), 6);
    assert_eq!(half_a_year("2026-08-31"), day("2026-02-28").unwrap());
    assert_eq!(half_a_year("2028-08-30"), day("2028-02-29").unwrap());
    assert_eq!(half_a_year("2027-03-31"), day("2026-09-30").unwrap());
}
