//! A cell of a worksheet as text.

use calamine::{DataRef, ExcelDateTime};

/// The text of a cell: dates as ISO 8601, whole numbers without a decimal point.
pub(super) fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(value) => value.to_string(),
        DataRef::Error(error) => error.to_string(),
        DataRef::DateTime(when) => instant(when),
    }
}

/// A day, a time of day, or both; what is no date of a worksheet stays a number.
fn instant(when: &ExcelDateTime) -> String {
    const DAYS: std::ops::Range<f64> = 0.0..2_958_466.0;
    let serial = when.as_f64();
    if when.is_duration() {
        return duration(serial);
    }
    if !DAYS.contains(&serial) {
        return serial.to_string();
    }
    let (year, month, day, hour, minute, second, milli) = when.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    let mut time = format!("{hour:02}:{minute:02}:{second:02}");
    if milli > 0 {
        time = format!("{time}.{milli:03}");
    }
    if serial < 1.0 {
        time
    } else if (hour, minute, second, milli) == (0, 0, 0, 0) {
        date
    } else {
        format!("{date}T{time}")
    }
}

fn duration(days: f64) -> String {
    const SECONDS: f64 = 86_400.0;
    let seconds = (days * SECONDS).round();
    if !(0.0..1e12).contains(&seconds) {
        return days.to_string();
    }
    let (minutes, seconds) = ((seconds / 60.0).floor(), seconds % 60.0);
    format!(
        "{}:{:02}:{:02}",
        (minutes / 60.0).floor(),
        minutes % 60.0,
        seconds
    )
}

#[cfg(test)]
mod tests {
    use calamine::{CellErrorType, ExcelDateTimeType};

    use super::*;

    #[test]
    fn cells_are_written_as_a_person_reads_them() {
        let date = |serial| {
            let when = ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, false);
            DataRef::DateTime(when)
        };
        let span = |serial| {
            let when = ExcelDateTime::new(serial, ExcelDateTimeType::TimeDelta, false);
            DataRef::DateTime(when)
        };
        for (value, expected) in [
            (DataRef::Empty, ""),
            (DataRef::Float(42.0), "42"),
            (DataRef::Float(-0.5), "-0.5"),
            (DataRef::Float(4_111_222_233_334_444.0), "4111222233334444"),
            (DataRef::Bool(true), "true"),
            (DataRef::Error(CellErrorType::NA), "#N/A"),
            (DataRef::SharedString(" as it is "), " as it is "),
            (date(46_348.0), "2026-11-22"),
            (date(46_348.5), "2026-11-22T12:00:00"),
            (date(0.25), "06:00:00"),
            (date(-1.0), "-1"),
            (date(1e9), "1000000000"),
            (date(f64::NAN), "NaN"),
            (span(1.5), "36:00:00"),
            (span(0.000_011_574), "0:00:01"),
            (span(-1.0), "-1"),
        ] {
            assert_eq!(text(&value), expected, "{value:?}");
        }
    }
}
