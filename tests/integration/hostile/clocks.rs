//! A service whose clock is a year off, by the clock of this machine.

use chrono::{DateTime, Months, Utc};

use super::table::{Behaviour, active, answer, hold, row, undetermined};
use crate::raw_server::Step;

#[test]
fn a_clock_that_is_a_year_off_is_told_and_never_decides() {
    hold(rows());
}

fn rows() -> Vec<Behaviour> {
    let now = Utc::now();
    let year = Months::new(12);
    let (before, after) = (now - year, now + year);
    let skewed = || undetermined(&["clock-skew"]);
    // Whether it is in force is not the same a year before or after.
    let of_this_year = record(now - Months::new(3), Some(now + Months::new(9)));
    let of_all_years = record(now - Months::new(36), None);
    let mut active_and_skewed = active();
    active_and_skewed.codes = vec!["clock-skew"];
    vec![
        row("right", dated(now, &of_this_year), active()).by_the_clock(),
        row("a year ahead", dated(after, &of_this_year), skewed()).by_the_clock(),
        row("a year behind", dated(before, &of_this_year), skewed()).by_the_clock(),
        row(
            "a year ahead, of no matter",
            dated(after, &of_all_years),
            active_and_skewed.clone(),
        )
        .by_the_clock(),
        row(
            "a year behind, of no matter",
            dated(before, &of_all_years),
            active_and_skewed,
        )
        .by_the_clock(),
        row(
            "the year 9999",
            with_date("Fri, 31 Dec 9999 23:59:59 GMT", &of_this_year),
            skewed(),
        )
        .by_the_clock(),
        row(
            "the year 1970",
            with_date("Thu, 01 Jan 1970 00:00:00 GMT", &of_this_year),
            skewed(),
        )
        .by_the_clock(),
        row("no date", with_date("yesterday", &of_this_year), active()).by_the_clock(),
    ]
}

fn record(earned: DateTime<Utc>, expires: Option<DateTime<Utc>>) -> String {
    let expires = expires.map(|at| format!(r#","expiresOn":"{}""#, at.to_rfc3339()));
    let title = match expires {
        Some(_) => "Microsoft Certified: Azure Administrator Associate",
        None => "Microsoft Certified: Azure Fundamentals",
    };
    let expires = expires.unwrap_or_default();
    format!(
        r#"{{"title":"{title}","awardedOn":"{}"{expires}}}"#,
        earned.to_rfc3339()
    )
}

fn dated(at: DateTime<Utc>, record: &str) -> Vec<Step> {
    with_date(&httpdate::fmt_http_date(at.into()), record)
}

fn with_date(date: &str, record: &str) -> Vec<Step> {
    let lines = format!("Content-Type: application/json\r\nDate: {date}\r\n");
    answer("200 OK", &lines, record.as_bytes())
}
