//! The worked cases of `docs/exams.md`, each held to the code.

use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat, Utc};

use super::*;

fn moment(text: &str) -> Moment {
    Moment::parse(text).unwrap_or_else(|_| panic!("{text}"))
}

fn as_of(text: &str) -> DateTime<Utc> {
    let day = text.parse::<NaiveDate>();
    day.map_or_else(
        |_| text.parse().unwrap(),
        |day| day.and_time(NaiveTime::MIN).and_utc(),
    )
}

/// The rows of the table of worked cases.
fn cases() -> Vec<Vec<&'static str>> {
    let document = include_str!("../../../docs/exams.md");
    let (_, cases) = document.split_once("### Worked cases").unwrap();
    let cases = cases.split("\n## ").next().unwrap();
    let rows = cases.lines().filter(|line| line.starts_with("| ")).skip(1);
    rows.map(|row| row.trim_matches('|').split('|').map(str::trim).collect())
        .collect()
}

fn history(case: &[&str]) -> History {
    let some = |text: &str| (text != "-").then(|| moment(text));
    History {
        programme: match case[0] {
            "standard" => Programme::Standard,
            "office-specialist" => Programme::OfficeSpecialist,
            other => panic!("{other}"),
        },
        attempts: case[1].split(' ').filter_map(some).collect(),
        passed: some(case[2]),
        certification_expired: some(case[3]),
    }
}

#[test]
fn every_worked_case_has_its_answer() {
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    let utc = |at: Option<DateTime<Utc>>| {
        or_dash(at.map(|at| at.to_rfc3339_opts(SecondsFormat::AutoSi, true)))
    };
    let mut seen = Vec::new();
    for case in cases() {
        let answer = judge(&history(&case), as_of(case[4]));
        let said = [
            if answer.eligible { "yes" } else { "no" }.to_owned(),
            utc(answer.next_eligible_at),
            answer.used.to_string(),
            or_dash(answer.left.map(|left| left.to_string())),
            utc(answer.year_ends_at),
            answer.rule.as_str().to_owned(),
        ];
        assert_eq!(said, case[5..], "{case:?}");
        seen.push(answer.rule);
    }
    for rule in Rule::ALL {
        assert!(seen.contains(&rule), "no worked case for {rule:?}");
    }
}

/// What one must wait after the attempt of a number in its year, by the code.
fn wait(programme: Programme, number: usize) -> Duration {
    let first: DateTime<Utc> = "2026-01-01T00:00:00Z".parse().unwrap();
    let mut history = History::of(programme);
    for at in 0..number {
        let days = i64::try_from(at).unwrap() * 20;
        history
            .attempts
            .push(Moment::exactly(first + Duration::days(days)));
    }
    let last = history.attempts.last().unwrap().latest();
    judge(&history, last).next_eligible_at.unwrap() - last
}

#[test]
fn the_rules_are_the_documents() {
    let document = include_str!("../../../docs/exams.md");
    let row = |start: &str| -> Vec<&str> {
        let start = format!("| {start} |");
        let line = document.lines().find(|line| line.starts_with(&start));
        let cells = line.unwrap_or_else(|| panic!("no row {start}"));
        cells.split('|').map(str::trim).skip(2).take(2).collect()
    };
    let (standard, specialist) = (Programme::Standard, Programme::OfficeSpecialist);
    let hours = |programme| format!("{} hours", wait(programme, 1).num_hours());
    assert_eq!(
        row("after the first failed attempt"),
        [hours(standard), hours(specialist)]
    );
    for number in 2..PER_YEAR {
        let days = |programme| format!("{} days", wait(programme, number).num_days());
        assert_eq!(
            row("after each later one"),
            [days(standard), days(specialist)]
        );
    }
    assert_eq!(
        row("attempts in the 12 months from the first"),
        [PER_YEAR.to_string(), "no limit".to_owned()]
    );
    // From the fifth attempt on day 80 to the end of the year.
    assert_eq!(wait(standard, PER_YEAR), Duration::days(365 - 80));
    assert_eq!(row("after the fifth")[0], "until 12 months from the first");
    assert_eq!(wait(specialist, PER_YEAR + 3), Duration::days(2));
}

#[test]
fn what_did_not_count_is_said() {
    let history = History {
        attempts: [
            "2026-11-01T10:00Z",
            "2026-11-01T11:00+01:00",
            "2026-12-01T10:00Z",
        ]
        .map(moment)
        .to_vec(),
        ..History::of(Programme::Standard)
    };
    let answer = judge(&history, as_of("2026-11-22"));
    assert_eq!(
        answer.left_out,
        LeftOut {
            future: 1,
            doubled: 1
        }
    );
}

#[test]
fn a_day_and_an_exact_time_on_it_are_one_attempt() {
    let history = History {
        attempts: ["2026-11-01", "2026-11-01T10:00Z"].map(moment).to_vec(),
        ..History::of(Programme::Standard)
    };
    let answer = judge(&history, as_of("2026-11-22"));
    assert_eq!((answer.used, answer.left_out.doubled), (1, 1));
    assert_eq!(answer.next_eligible_at, Some(as_of("2026-11-02T10:00:00Z")));
}

#[test]
fn a_new_year_is_said_to_begin_anew() {
    let with = |attempts: &[&str]| {
        let history = History {
            attempts: attempts.iter().map(|text| moment(text)).collect(),
            ..History::of(Programme::Standard)
        };
        judge(&history, as_of("2026-11-22")).began_anew
    };
    assert!(!with(&["2026-11-01T10:00Z"]));
    assert!(with(&["2025-10-01T10:00Z", "2026-11-01T10:00Z"]));
    assert!(!with(&[
        "2025-10-01T10:00Z",
        "2026-11-01T10:00Z",
        "2026-11-03T10:00Z"
    ]));
}

#[test]
fn a_plan_goes_through_the_year_and_into_the_next() {
    let history = History {
        attempts: ["2026-11-01T10:00Z", "2026-11-10T10:00Z"]
            .map(moment)
            .to_vec(),
        ..History::of(Programme::Standard)
    };
    let planned = plan(&history, as_of("2026-11-22"), 6);
    let said: Vec<_> = planned
        .iter()
        .map(|one| {
            (
                one.at.to_rfc3339_opts(SecondsFormat::Secs, true),
                one.number,
                one.rule.as_str(),
            )
        })
        .collect();
    let expected = [
        ("2026-11-24T10:00:00Z", 3, "later-retake-14d"),
        ("2026-12-08T10:00:00Z", 4, "later-retake-14d"),
        ("2026-12-22T10:00:00Z", 5, "later-retake-14d"),
        ("2027-11-01T10:00:00Z", 1, "five-in-12-months"),
        ("2027-11-02T10:00:00Z", 2, "first-retake-24h"),
        ("2027-11-16T10:00:00Z", 3, "later-retake-14d"),
    ];
    assert_eq!(
        said,
        expected.map(|(at, number, rule)| (at.to_owned(), number, rule))
    );
}

#[test]
fn nothing_can_be_planned_after_a_pass_without_an_end() {
    let history = History {
        passed: Some(moment("2026-11-01")),
        ..History::of(Programme::Standard)
    };
    assert_eq!(plan(&history, as_of("2026-11-22"), 3), []);
}
