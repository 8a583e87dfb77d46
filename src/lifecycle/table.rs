//! The table of the headline in `docs/lifecycle.md`, held to the code.

use chrono::{DateTime, Utc};

use super::{Doubt, Renewal, RenewalState, State, Status, Validity, headline};

/// The rows: validity, certification, renewal window, status.
fn rows() -> Vec<Vec<&'static str>> {
    let document = include_str!("../../docs/lifecycle.md");
    let (_, table) = document.split_once("## The headline").unwrap();
    let table = table.split("\n## ").next().unwrap();
    let lines = table.lines().filter(|line| line.starts_with("| ")).skip(1);
    lines
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect()
}

/// The status that the first row for these facts names.
fn by_table(validity: &str, state: &str, window: &str) -> &'static str {
    let fits = |cell: &str, fact: &str| cell == "any" || cell.contains(fact);
    let mut rows = rows().into_iter();
    let row = rows.find(|row| {
        fits(row[0], validity) && fits(row[1], state) && (row[2] == "any" || row[2] == window)
    });
    let status = row.unwrap_or_else(|| panic!("no row for {validity}, {state}, {window}"))[3];
    status.split('`').nth(1).unwrap()
}

#[test]
fn every_headline_is_the_documents() {
    let until: Option<DateTime<Utc>> = "2027-01-01T23:59:59Z".parse().ok();
    let validities = [
        ("took it back", Validity::Revoked),
        ("past expiry", Validity::Expired { since: until }),
        ("valid", Validity::Valid { until }),
        ("cannot be told", Validity::CannotTell(Doubt::NoRecord)),
    ];
    let day = "2026-06-30".parse().ok();
    let states = [
        ("current", State::Current),
        ("retiring later", State::Retiring(day)),
        ("retired, or", State::Retired(day)),
        ("not known", State::Unknown),
    ];
    let mut seen = Vec::new();
    for (validity_said, validity) in &validities {
        for (state_said, state) in states {
            for (window, is_due) in [("open", true), ("not open, or no expiry", false)] {
                let renewal = Renewal {
                    is_due,
                    ..Renewal::of(RenewalState::NotOpen)
                };
                let said = headline(validity, state, &renewal);
                let facts = format!("{validity_said}, {state_said}, {window}");
                assert_eq!(
                    said.as_str(),
                    by_table(validity_said, state_said, window),
                    "{facts}"
                );
                seen.push(said);
            }
        }
    }
    assert!(Status::ALL.iter().all(|status| seen.contains(status)));
}
