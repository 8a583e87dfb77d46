//! When a scheduler runs a job, read back from what stands in its files.

use chrono::{Datelike as _, Days, NaiveDateTime, NaiveTime, TimeDelta, Weekday};

use super::{Every, Kind};

/// When a job runs, by the clock of its scheduler.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Planned {
    /// At which time of the day; of hourly ones only the minute counts.
    pub at: NaiveTime,
    /// On which days.
    pub every: Every,
}

impl Planned {
    /// Reads a file that [`Kind::files`] wrote; `None` where somebody made another of it.
    pub fn read(kind: Kind, text: &str) -> Option<Self> {
        match kind {
            Kind::SystemdUser | Kind::SystemdSystem => systemd(text),
            Kind::Cron | Kind::Github => text.lines().find_map(cron),
            Kind::Launchd => launchd(text),
            Kind::WindowsTask => windows(text),
        }
    }

    /// The first run after an instant.
    pub fn next(self, after: NaiveDateTime) -> Option<NaiveDateTime> {
        let mut run = self.first_of(after)?;
        while run <= after || !self.is_on(run.weekday()) {
            run = run.checked_add_signed(self.step())?;
        }
        Some(run)
    }

    /// The last run before an instant.
    pub fn previous(self, before: NaiveDateTime) -> Option<NaiveDateTime> {
        let mut run = self.first_of(before)?.checked_add_days(Days::new(1))?;
        while run >= before || !self.is_on(run.weekday()) {
            run = run.checked_sub_signed(self.step())?;
        }
        Some(run)
    }

    fn first_of(self, day: NaiveDateTime) -> Option<NaiveDateTime> {
        use chrono::Timelike as _;
        let time = match self.every {
            Every::Hour => self.at.with_hour(0)?,
            _ => self.at,
        };
        Some(day.date().and_time(time))
    }

    const fn step(self) -> TimeDelta {
        match self.every {
            Every::Hour => TimeDelta::hours(1),
            _ => TimeDelta::days(1),
        }
    }

    fn is_on(self, day: Weekday) -> bool {
        match self.every {
            Every::Hour | Every::Day => true,
            Every::Weekday => !matches!(day, Weekday::Sat | Weekday::Sun),
            Every::Week => day == Weekday::Mon,
        }
    }
}

fn systemd(text: &str) -> Option<Planned> {
    let when = text
        .lines()
        .find_map(|line| line.strip_prefix("OnCalendar="))?;
    let (days, time) = when.trim().split_once("*-*-* ")?;
    let every = match days.trim() {
        "" if time.starts_with("*:") => Every::Hour,
        "" => Every::Day,
        "Mon..Fri" => Every::Weekday,
        "Mon" => Every::Week,
        _ => return None,
    };
    let at = NaiveTime::parse_from_str(&time.replace('*', "00"), "%H:%M:%S").ok()?;
    Some(Planned { at, every })
}

fn cron(line: &str) -> Option<Planned> {
    let line = line.trim().trim_start_matches("- cron: \"");
    let mut fields = line.split_whitespace();
    let minute = fields.next()?.parse().ok()?;
    let hour = fields.next()?;
    let days = [
        fields.next()?,
        fields.next()?,
        fields.next()?.trim_end_matches('"'),
    ];
    let every = match (hour, days) {
        ("*", ["*", "*", "*"]) => Every::Hour,
        (_, ["*", "*", "*"]) => Every::Day,
        (_, ["*", "*", "1-5"]) => Every::Weekday,
        (_, ["*", "*", "1"]) => Every::Week,
        _ => return None,
    };
    let hour = if every == Every::Hour {
        0
    } else {
        hour.parse().ok()?
    };
    let at = NaiveTime::from_hms_opt(hour, minute, 0)?;
    Some(Planned { at, every })
}

fn launchd(text: &str) -> Option<Planned> {
    let (_, when) = text.split_once("<key>StartCalendarInterval</key>")?;
    let (when, _) = when.split_once("<key>ProcessType</key>")?;
    let number = |key: &str| -> Option<u32> {
        let (_, rest) = when.split_once(&format!("<key>{key}</key><integer>"))?;
        rest.split('<').next()?.parse().ok()
    };
    let hour = number("Hour");
    let every = match (hour, when.matches("<key>Weekday</key>").count()) {
        (None, 0) => Every::Hour,
        (Some(_), 0) => Every::Day,
        (Some(_), 5) => Every::Weekday,
        (Some(_), 1) => Every::Week,
        _ => return None,
    };
    let at = NaiveTime::from_hms_opt(hour.unwrap_or(0), number("Minute")?, 0)?;
    Some(Planned { at, every })
}

fn windows(text: &str) -> Option<Planned> {
    let (_, boundary) = text.split_once("<StartBoundary>")?;
    let (boundary, _) = boundary.split_once("</StartBoundary>")?;
    let start = NaiveDateTime::parse_from_str(boundary, "%Y-%m-%dT%H:%M:%S").ok()?;
    let at = start.time();
    let every = if text.contains("<Interval>PT1H</Interval>") {
        Every::Hour
    } else if text.contains("<ScheduleByDay>") {
        Every::Day
    } else if text.contains("<Friday") {
        Every::Weekday
    } else if text.contains("<Monday") {
        Every::Week
    } else {
        return None;
    };
    Some(Planned { at, every })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedule::{Job, Places};

    const EVERY: [Every; 4] = [Every::Hour, Every::Day, Every::Weekday, Every::Week];

    #[test]
    fn what_is_written_is_read_back() {
        for kind in Kind::ALL {
            for every in EVERY {
                for time in ["00:00:00", "08:05:00", "23:59:00"] {
                    let at: NaiveTime = time.parse().unwrap();
                    let job = Job::new("/opt/8 1 * * 1/bonafide", vec![], at, every).unwrap();
                    let files = kind.files(&job, &Places::default()).unwrap();
                    let read = Planned::read(*kind, &files.last().unwrap().text).unwrap();
                    let is_same = match every {
                        // Only the minute is written.
                        Every::Hour => read.at.to_string()[3..] == time[3..],
                        _ => read.at == at,
                    };
                    assert!(
                        is_same && read.every == every,
                        "{kind:?} {every:?} {time}: {read:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn what_somebody_else_wrote_is_not_understood() {
        for kind in Kind::ALL {
            for text in [
                "",
                "OnCalendar=weekly",
                "@daily bonafide",
                "*/5 * * * * x",
                "<Monday",
            ] {
                assert_eq!(Planned::read(*kind, text), None, "{kind:?} {text}");
            }
        }
    }

    #[test]
    fn the_next_run_and_the_last_are_found() {
        // 2026-11-22 is a Sunday.
        let at = "08:30:00".parse().unwrap();
        let instant = |text: &str| -> NaiveDateTime { text.parse().unwrap() };
        for (every, now, previous, next) in [
            (
                Every::Hour,
                "2026-11-22T08:30:00",
                "2026-11-22T07:30:00",
                "2026-11-22T09:30:00",
            ),
            (
                Every::Hour,
                "2026-11-22T23:45:00",
                "2026-11-22T23:30:00",
                "2026-11-23T00:30:00",
            ),
            (
                Every::Day,
                "2026-11-22T08:29:59",
                "2026-11-21T08:30:00",
                "2026-11-22T08:30:00",
            ),
            (
                Every::Day,
                "2026-11-22T08:30:00",
                "2026-11-21T08:30:00",
                "2026-11-23T08:30:00",
            ),
            (
                Every::Weekday,
                "2026-11-22T10:00:00",
                "2026-11-20T08:30:00",
                "2026-11-23T08:30:00",
            ),
            (
                Every::Week,
                "2026-11-22T10:00:00",
                "2026-11-16T08:30:00",
                "2026-11-23T08:30:00",
            ),
        ] {
            let planned = Planned { at, every };
            assert_eq!(
                planned.previous(instant(now)),
                Some(instant(previous)),
                "{every:?} {now}"
            );
            assert_eq!(
                planned.next(instant(now)),
                Some(instant(next)),
                "{every:?} {now}"
            );
        }
    }
}
