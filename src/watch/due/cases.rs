//! The table of steps: before, on and after each boundary.

use super::*;
use crate::catalog::Catalog;
use crate::watch::{Facts, Sighting};
use chrono::{DateTime, Utc};

pub(super) const ADMINISTRATOR: &str = "Microsoft Certified: Azure Administrator Associate";
const AI_ENGINEER: &str = "Microsoft Certified: Azure AI Engineer Associate";
const M365_EXPERT: &str = "Microsoft 365 Certified: Administrator Expert";
const FUNDAMENTALS: &str = "Microsoft Certified: Azure Fundamentals";
pub(super) const DAYS: [u16; 7] = [90, 60, 30, 14, 7, 3, 1];

pub(super) fn facts(title: &str, expires: &str) -> Facts {
    let expires = (!expires.is_empty()).then(|| format!("{expires}T23:59:59Z").parse().unwrap());
    Facts {
        title: Some(title.to_owned()),
        expires,
        ..Facts::default()
    }
}

fn noon(day: &str) -> DateTime<Utc> {
    format!("{day}T12:00:00Z").parse().unwrap()
}

fn steps(facts: &Facts, history: &History, on: &str, pause: u16) -> String {
    let standing = facts.standing(Catalog::embedded(), noon(on));
    let situation = Situation {
        standing: Some(&standing),
        history,
        plan: RenewalPlan::Renew,
        days: &DAYS,
    };
    let day = Day {
        pause,
        ..Day::of(noon(on))
    };
    let due = due(&situation, day);
    let words: Vec<_> = due
        .iter()
        .map(|due| format!("{} {}", due.step, due.scope))
        .collect();
    words.join("; ")
}

/// Title, last day, day of looking, and what is due.
const BOUNDARIES: &[(&str, &str, &str, &str)] = &[
    // The window of 2027-05-31 opens on 2026-11-30.
    (ADMINISTRATOR, "2027-05-31", "2026-11-29", ""),
    (
        ADMINISTRATOR,
        "2027-05-31",
        "2026-11-30",
        "window-open 2027-05-31",
    ),
    (
        ADMINISTRATOR,
        "2027-05-31",
        "2027-03-01",
        "window-open 2027-05-31",
    ),
    (
        ADMINISTRATOR,
        "2027-05-31",
        "2027-03-02",
        "days-left-90 2027-05-31/2027-05-31",
    ),
    (
        ADMINISTRATOR,
        "2027-05-31",
        "2027-04-01",
        "days-left-60 2027-05-31/2027-05-31",
    ),
    (
        ADMINISTRATOR,
        "2027-05-31",
        "2027-05-01",
        "days-left-30 2027-05-31/2027-05-31",
    ),
    (
        ADMINISTRATOR,
        "2027-05-31",
        "2027-05-16",
        "days-left-30 2027-05-31/2027-05-31",
    ),
    (
        ADMINISTRATOR,
        "2027-05-31",
        "2027-05-17",
        "days-left-14 2027-05-31/2027-05-31",
    ),
    (
        ADMINISTRATOR,
        "2027-05-31",
        "2027-05-24",
        "days-left-7 2027-05-31/2027-05-31",
    ),
    (
        ADMINISTRATOR,
        "2027-05-31",
        "2027-05-28",
        "days-left-3 2027-05-31/2027-05-31",
    ),
    (
        ADMINISTRATOR,
        "2027-05-31",
        "2027-05-29",
        "days-left-3 2027-05-31/2027-05-31",
    ),
    (
        ADMINISTRATOR,
        "2027-05-31",
        "2027-05-30",
        "days-left-1 2027-05-31/2027-05-31",
    ),
    (
        ADMINISTRATOR,
        "2027-05-31",
        "2027-05-31",
        "last-day 2027-05-31/2027-05-31",
    ),
    (
        ADMINISTRATOR,
        "2027-05-31",
        "2027-06-01",
        "expired 2027-05-31",
    ),
    (
        ADMINISTRATOR,
        "2027-05-31",
        "2029-06-01",
        "expired 2027-05-31",
    ),
    // MS-102 is retired on 2026-11-30: the deadline is that day, not the expiry.
    (
        M365_EXPERT,
        "2027-05-20",
        "2026-11-19",
        "retirement-announced 2026-11-30",
    ),
    (
        M365_EXPERT,
        "2027-05-20",
        "2026-11-22",
        "retirement-announced 2026-11-30; days-left-14 2027-05-20/2026-11-30",
    ),
    (
        M365_EXPERT,
        "2027-05-20",
        "2026-11-30",
        "retirement-announced 2026-11-30; last-day 2027-05-20/2026-11-30",
    ),
    (M365_EXPERT, "2027-05-20", "2026-12-01", "retired "),
    (
        M365_EXPERT,
        "2027-05-20",
        "2027-05-01",
        "retired ; days-left-30 2027-05-20/2027-05-20",
    ),
    (
        M365_EXPERT,
        "2027-06-30",
        "2026-11-22",
        "never-renewable-again 2027-06-30",
    ),
    (
        AI_ENGINEER,
        "2027-01-11",
        "2026-11-22",
        "retired ; days-left-60 2027-01-11/2027-01-11",
    ),
    (
        AI_ENGINEER,
        "2027-01-11",
        "2027-01-12",
        "expired 2027-01-11",
    ),
    // A title that nobody knows ends all the same.
    (
        "Contoso Certified",
        "2026-12-20",
        "2026-11-22",
        "days-left-30 2026-12-20/2026-12-20",
    ),
    (FUNDAMENTALS, "", "2026-11-22", ""),
    (ADMINISTRATOR, "", "2026-11-22", ""),
];

#[test]
fn every_boundary_has_its_step() {
    for (title, expires, on, expected) in BOUNDARIES {
        let found = steps(&facts(title, expires), &History::default(), on, 0);
        assert_eq!(found, *expected, "{title} {expires} on {on}");
    }
}

#[test]
fn what_a_quiet_weekend_would_hide_is_told_before_it() {
    // 2027-05-28 is a Friday, and nobody is told anything until the deadline is over.
    let facts = facts(ADMINISTRATOR, "2027-05-30");
    let found = |pause| steps(&facts, &History::default(), "2027-05-28", pause);
    assert_eq!(found(0), "days-left-3 2027-05-30/2027-05-30");
    assert_eq!(found(2), "days-left-1 2027-05-30/2027-05-30");
}

#[test]
fn a_renewal_is_told_until_the_next_window_opens() {
    let mut history = History::default();
    history.saw(
        &facts(ADMINISTRATOR, "2026-12-31"),
        noon("2026-11-01"),
        Sighting::First,
    );
    let renewed = facts(ADMINISTRATOR, "2027-12-31");
    history.saw(&renewed, noon("2026-11-22"), Sighting::Later);
    assert_eq!(
        steps(&renewed, &history, "2026-11-22", 0),
        "renewed 2027-12-31"
    );
    assert_eq!(
        steps(&renewed, &history, "2027-07-01", 0),
        "window-open 2027-12-31"
    );
}

#[test]
fn what_was_over_when_it_was_first_seen_is_no_news() {
    let mut history = History::default();
    let old: Facts = serde_json::from_str(
        r#"{"title":"Microsoft Certified: Azure Administrator Associate","historical":true,
            "expires":"2022-01-01T23:59:59Z","status":"Expired"}"#,
    )
    .unwrap();
    history.saw(&old, noon("2026-11-22"), Sighting::First);
    assert_eq!(steps(&old, &history, "2026-11-22", 0), "");
}

#[test]
fn three_failed_days_are_told_with_the_day_on_which_they_began() {
    let mut history = History::default();
    for day in ["2026-11-20", "2026-11-21"] {
        history.missed("not-found", day.parse().unwrap());
    }
    let known = facts(ADMINISTRATOR, "2027-05-31");
    assert_eq!(steps(&known, &history, "2026-11-21", 0), "");
    history.missed("not-found", "2026-11-22".parse().unwrap());
    assert_eq!(
        steps(&known, &history, "2026-11-22", 0),
        "not-verifiable 2026-11-20"
    );
}

#[test]
fn the_end_of_what_is_lost_is_not_told_as_a_fact() {
    let mut history = History::default();
    for day in ["2027-05-20", "2027-05-21", "2027-05-22"] {
        history.missed("not-found", day.parse().unwrap());
    }
    let known = facts(ADMINISTRATOR, "2027-05-31");
    for (on, expected) in [
        ("2027-05-31", "last-day 2027-05-31/2027-05-31"),
        ("2027-06-01", "last-known-end 2027-05-31"),
    ] {
        let expected = format!("not-verifiable 2027-05-20; {expected}");
        assert_eq!(steps(&known, &history, on, 0), expected, "{on}");
    }
    history.saw(&known, noon("2027-06-02"), Sighting::Later);
    assert_eq!(
        steps(&known, &history, "2027-06-02", 0),
        "expired 2027-05-31"
    );
}

#[test]
fn who_lets_it_end_hears_of_the_end_alone() {
    let history = History::default();
    for (on, expected) in [("2027-05-31", 0), ("2027-06-01", 1)] {
        let facts = facts(ADMINISTRATOR, "2027-05-31");
        let standing = facts.standing(Catalog::embedded(), noon(on));
        let situation = Situation {
            standing: Some(&standing),
            history: &history,
            plan: RenewalPlan::LetEnd,
            days: &DAYS,
        };
        assert_eq!(due(&situation, Day::of(noon(on))).len(), expected, "{on}");
    }
}

const END: &str = "2027-05-31";

#[test]
fn a_more_urgent_step_covers_the_milder_ones_of_its_term() {
    let one = |text: &str| {
        let (step, scope) = text.split_once(' ').unwrap();
        Due::new(Step::parse(step).unwrap(), scope)
    };
    for (due, done, is_covered) in [
        ("window-open E", "window-open E", true),
        ("window-open E", "days-left-90 E/E", true),
        ("window-open E", "last-day E/2027-03-01", true),
        ("renewed E", "window-open E", true),
        ("days-left-30 E/E", "days-left-7 E/E", true),
        ("days-left-7 E/E", "days-left-30 E/E", false),
        ("last-day E/E", "days-left-1 E/E", false),
        ("days-left-1 E/E", "last-day E/E", true),
        // The deadline came nearer: its days are counted anew.
        ("days-left-30 E/2027-03-01", "days-left-7 E/E", false),
        ("window-open 2028-05-31", "last-day E/E", false),
        ("expired E", "last-day E/E", false),
        // That it ended is more than that its last known end has passed.
        ("last-known-end E", "expired E", true),
        ("last-known-end E", "last-known-end E", true),
        ("expired E", "last-known-end E", false),
        ("last-known-end 2028-05-31", "expired E", false),
        ("last-day E/E", "expired E", false),
        ("retired ", "never-renewable-again E", false),
        ("retirement-announced 2026-11-30", "retired ", false),
        (
            "not-verifiable 2026-11-20",
            "not-verifiable 2026-11-20",
            true,
        ),
        (
            "not-verifiable 2026-12-20",
            "not-verifiable 2026-11-20",
            false,
        ),
    ] {
        let (due, done) = (due.replace('E', END), done.replace('E', END));
        assert_eq!(
            one(&due).is_covered_by(&one(&done)),
            is_covered,
            "{due} after {done}"
        );
    }
}

#[test]
fn an_old_retirement_is_no_news_to_whom_it_takes_nothing() {
    // Retired on 2025-12-31, and without an end.
    let crm = "Microsoft Certified: Dynamics 365 Fundamentals (CRM)";
    for (title, expires, on, expected) in [
        (crm, "", "2026-01-01", "retired "),
        (crm, "", "2026-03-31", "retired "),
        (crm, "", "2026-04-01", ""),
        (M365_EXPERT, "2027-11-20", "2027-04-01", "retired "),
    ] {
        let found = steps(&facts(title, expires), &History::default(), on, 0);
        assert_eq!(found, expected, "{title} {on}");
    }
}
