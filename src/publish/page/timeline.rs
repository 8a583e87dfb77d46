//! The geometry of the timeline: where each validity period lies, in shares of the width.
//!
//! Places are shares, so that one picture fits a telephone and a sheet of paper with its
//! letters at one size.

use std::fmt;

use chrono::{Datelike, Months, NaiveDate};

use crate::publish::Tone;

/// Further back and further ahead than this the picture is cut off.
const BEFORE: Months = Months::new(5 * 12);
const AHEAD: Months = Months::new(3 * 12);

/// The most years that are named below the picture.
const NAMED: i32 = 7;

/// Room beside the first and the last day, as a share of what lies between.
const MARGIN: f64 = 0.03;

/// Heights, in pixels.
const TOP: u32 = 34;
const ROW: u32 = 36;
const BOTTOM: u32 = 24;

/// One credential's period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Period<'t> {
    pub(super) title: &'t str,
    pub(super) tone: Tone,
    pub(super) from: Option<NaiveDate>,
    pub(super) until: Option<NaiveDate>,
    /// The first day of the renewal window, where there is one.
    pub(super) opens: Option<NaiveDate>,
}

/// A share of the width, written as a percentage.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub(super) struct Share(f64);

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}%", self.0 * 100.0)
    }
}

/// A stretch of the width.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stretch {
    pub(super) start: Share,
    pub(super) length: Share,
}

/// A credential's row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bar {
    pub(super) title: String,
    pub(super) tone: &'static str,
    /// After this day a good one is no longer shown as good.
    pub(super) until: Option<NaiveDate>,
    pub(super) period: Stretch,
    pub(super) window: Option<Stretch>,
    pub(super) top: u32,
    pub(super) base: u32,
}

/// A first of January.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Year {
    pub(super) at: Share,
    pub(super) name: Option<i32>,
}

/// The whole picture.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Timeline {
    pub(super) height: u32,
    /// Where the lines of years end and their names stand.
    pub(super) floor: u32,
    pub(super) today: Share,
    /// On which side of today's line its name has room.
    pub(super) anchor: &'static str,
    pub(super) bars: Vec<Bar>,
    pub(super) years: Vec<Year>,
}

/// Whether a day lies further back than the picture goes.
pub(super) fn is_cut_off(day: NaiveDate, today: NaiveDate) -> bool {
    today
        .checked_sub_months(BEFORE)
        .is_some_and(|earliest| day < earliest)
}

/// Lays out the periods, or `None` where no date is known of any.
pub(super) fn lay_out(periods: &[Period<'_>], today: NaiveDate) -> Option<Timeline> {
    let periods: Vec<_> = periods
        .iter()
        .filter(|period| period.from.is_some() || period.until.is_some())
        .collect();
    if periods.is_empty() {
        return None;
    }
    let axis = Axis::around(&periods, today);
    let bars: Vec<_> = (0_u32..)
        .zip(&periods)
        .map(|(row, period)| axis.bar(period, TOP + row * ROW, today))
        .collect();
    let rows = u32::try_from(bars.len()).unwrap_or(u32::MAX / ROW / 2);
    let floor = TOP + rows * ROW;
    let at = axis.place(today);
    Some(Timeline {
        height: floor + BOTTOM,
        floor,
        today: at,
        anchor: match at.0 {
            at if at < 0.3 => "start",
            at if at > 0.7 => "end",
            _ => "middle",
        },
        bars,
        years: axis.years(),
    })
}

/// The days that the width stands for.
struct Axis {
    first: NaiveDate,
    days: f64,
}

impl Axis {
    fn around(periods: &[&Period<'_>], today: NaiveDate) -> Self {
        let limit = |day: Option<NaiveDate>| day.unwrap_or(today);
        let earliest = limit(today.checked_sub_months(BEFORE));
        let latest = limit(today.checked_add_months(AHEAD));
        let days = |day: fn(&Period<'_>) -> Option<NaiveDate>| {
            periods.iter().filter_map(move |period| day(period))
        };
        let first = days(|period| period.from.or(period.until))
            .chain([today])
            .min();
        let last = days(|period| period.until).chain([today]).max();
        let first = limit(first).max(earliest);
        let last = limit(last).min(latest);
        #[expect(clippy::cast_precision_loss, reason = "a few thousand days")]
        let days = (last - first).num_days().max(365) as f64;
        let margin = chrono::Duration::days(whole(days * MARGIN));
        Self {
            first: first.checked_sub_signed(margin).unwrap_or(first),
            days: days * (1.0 + 2.0 * MARGIN),
        }
    }

    /// Where a day lies; a little outside for days that are cut off.
    fn place(&self, day: NaiveDate) -> Share {
        #[expect(
            clippy::cast_precision_loss,
            reason = "a calendar holds few days enough"
        )]
        let days = (day - self.first).num_days() as f64;
        Share((days / self.days).clamp(-0.05, 1.05))
    }

    fn stretch(&self, from: NaiveDate, until: Option<NaiveDate>) -> Stretch {
        let start = self.place(from);
        let end = until.map_or(Share(1.05), |until| self.place(until));
        Stretch {
            start,
            length: Share((end.0 - start.0).max(0.01)),
        }
    }

    fn bar(&self, period: &Period<'_>, y: u32, today: NaiveDate) -> Bar {
        // Without the day it was earned, only the time from the check on is known.
        let known = period.until.map_or(today, |until| until.min(today));
        let from = period.from.unwrap_or(known);
        let opens = period.opens.filter(|opens| *opens >= from);
        Bar {
            title: period.title.to_owned(),
            tone: period.tone.as_str(),
            until: period.until.filter(|_| period.tone.is_valid()),
            period: self.stretch(from, period.until),
            window: opens
                .filter(|_| period.tone.is_valid())
                .map(|opens| self.stretch(opens, period.until)),
            top: y,
            base: y + 18,
        }
    }

    fn years(&self) -> Vec<Year> {
        let days = chrono::Duration::days(whole(self.days));
        let last = self
            .first
            .checked_add_signed(days)
            .unwrap_or(NaiveDate::MAX);
        let years = self.first.year() + 1..=last.year();
        let step = (years.end() - years.start() + 1 + NAMED - 1) / NAMED;
        let year = |year| {
            let at = self.place(NaiveDate::from_ymd_opt(year, 1, 1)?);
            let has_room = (0.06..=0.94).contains(&at.0);
            let name = (has_room && year % step.max(1) == 0).then_some(year);
            Some(Year { at, name })
        };
        years.filter_map(year).collect()
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a few thousand days")]
fn whole(days: f64) -> i64 {
    days as i64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn period(from: Option<&str>, until: Option<&str>) -> Period<'static> {
        Period {
            title: "Azure Administrator Associate",
            tone: Tone::Good,
            from: from.map(day),
            until: until.map(day),
            opens: None,
        }
    }

    fn end(stretch: Stretch) -> f64 {
        stretch.start.0 + stretch.length.0
    }

    #[test]
    fn a_period_lies_between_its_days_and_its_window_at_its_end() {
        let one = Period {
            opens: Some(day("2026-09-01")),
            ..period(Some("2025-03-01"), Some("2027-03-01"))
        };
        let line = lay_out(&[one], day("2026-03-01")).unwrap();
        let bar = &line.bars[0];
        let window = bar.window.unwrap();
        assert!((line.today.0 - 0.5).abs() < 0.01, "{}", line.today);
        assert!((end(window) - end(bar.period)).abs() < 1e-9);
        assert!((window.length.0 / bar.period.length.0 - 0.248).abs() < 0.01);
        assert_eq!(line.anchor, "middle");
        let named: Vec<_> = line.years.iter().filter_map(|year| year.name).collect();
        assert_eq!(named, [2026, 2027]);
    }

    #[test]
    fn what_has_no_end_goes_on_past_the_edge() {
        let line = lay_out(&[period(Some("2026-01-01"), None)], day("2026-11-22")).unwrap();
        assert!(end(line.bars[0].period) > 1.0);
    }

    #[test]
    fn what_lies_far_back_is_cut_off() {
        let periods = [
            period(Some("2009-01-01"), Some("2027-01-01")),
            period(Some("2026-01-01"), Some("2099-01-01")),
        ];
        let line = lay_out(&periods, day("2026-11-22")).unwrap();
        assert!(line.bars[0].period.start.0 < 0.0);
        assert!(end(line.bars[1].period) > 1.0);
        assert!(line.years.len() < 12);
    }

    #[test]
    fn without_any_date_there_is_no_picture() {
        assert_eq!(lay_out(&[period(None, None)], day("2026-11-22")), None);
        assert_eq!(lay_out(&[], day("2026-11-22")), None);
    }

    fn days() -> impl Strategy<Value = Option<NaiveDate>> {
        prop::option::of(
            (-500_000..500_000_i32)
                .prop_map(|days| day("2026-11-22") + chrono::Duration::days(days.into())),
        )
    }

    proptest! {
        #[test]
        fn no_days_make_the_picture_panic_or_leave_its_frame(
            from in days(), until in days(), opens in days(), today in days(),
        ) {
            let one = Period { opens, ..period(None, None) };
            let periods = [Period { from, until, ..one.clone() }, one];
            if let Some(line) = lay_out(&periods, today.unwrap_or(NaiveDate::MAX)) {
                for bar in &line.bars {
                    prop_assert!(bar.period.length.0 > 0.0 && bar.period.length.0 <= 1.2);
                    prop_assert!(bar.period.start.0 >= -0.06);
                }
                prop_assert!(line.years.iter().filter(|year| year.name.is_some()).count() <= 7);
            }
        }
    }
}
