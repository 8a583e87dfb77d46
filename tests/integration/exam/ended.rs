//! Exams that have ended, or end before the next attempt: the rules alone are no answer then.

use serde_json::{Value, json};

use super::holds_to_schema;
use crate::harness::{Ran, run};

fn retake(exam: &str, attempts: &[&str], as_of: &str, more: &[&str]) -> Ran {
    let mut arguments = vec!["exam", "retake", "--exam", exam, "--as-of", as_of];
    for attempt in attempts {
        arguments.extend(["--attempt", attempt]);
    }
    arguments.extend(more);
    run(&arguments)
}

fn json_of(exam: &str, attempts: &[&str], as_of: &str, more: &[&str]) -> Value {
    let ran = retake(
        exam,
        attempts,
        as_of,
        &[&["--format", "json"], more].concat(),
    );
    let json = ran.json();
    holds_to_schema("exam-retake", &json);
    json
}

fn flat(ran: &Ran) -> String {
    ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Worked out by hand: 14 days after the second attempt, and the exam ends on 2026-06-30.
#[test]
fn who_failed_ai_102_twice_is_told_whether_there_is_a_third_attempt() {
    // In time: 2026-06-10 and 14 days are 2026-06-24.
    let early = ["2026-06-01T10:00Z", "2026-06-10T10:00Z"];
    let ran = retake("AI-102", &early, "2026-06-20", &[]);
    assert_eq!(ran.code, 1);
    let said = flat(&ran);
    assert!(
        said.starts_with("NOT YET AI-102 may be taken again from 2026-06-24 10:00:00 UTC on"),
        "{said}"
    );
    assert!(
        said.contains("AI-102 retires with its certification on 2026-06-30"),
        "{said}"
    );

    // On its last day, and one day late: 2026-06-16 and -17, each with 14 days.
    let last = ["2026-06-01T10:00Z", "2026-06-16T10:00Z"];
    assert!(flat(&retake("AI-102", &last, "2026-06-20", &[])).starts_with("NOT YET"));
    let late = ["2026-06-01T10:00Z", "2026-06-17T10:00Z"];
    let ran = retake("AI-102", &late, "2026-06-20", &[]);
    assert_eq!(ran.code, 1);
    let said = flat(&ran);
    assert!(
        said.starts_with(
            "NO AI-102 cannot be taken again The rules allow the next attempt from 2026-07-01 \
             10:00:00 UTC on, and AI-102 retires with its certification before that, on 2026-06-30. \
             Instead: AI-103 "
        ),
        "{said}"
    );

    // Long after: the certification is gone, and what took over has no wait.
    let ran = retake("AI-102", &late, "2026-11-29", &[]);
    assert_eq!(ran.code, 1);
    let said = flat(&ran);
    assert!(
        said.starts_with("NO AI-102 cannot be taken any more AI-102 was retired"),
        "{said}"
    );
    assert!(
        said.contains(
            "Instead: AI-103 (Microsoft Certified: Azure AI Apps and Agents Developer Associate)."
        ),
        "{said}"
    );
    assert!(
        said.contains("Attempts count for one exam alone: those at AI-102 put off none at AI-103."),
        "{said}"
    );
    assert_eq!(retake("AI-103", &[], "2026-11-29", &[]).code, 0);
}

#[test]
fn a_script_is_told_of_the_end_beside_the_rules() {
    let late = ["2026-06-01T10:00Z", "2026-06-17T10:00Z"];
    for (as_of, eligible, state) in [
        ("2026-06-20", false, "retiring"),
        ("2026-11-29", true, "retired"),
    ] {
        let json = json_of("AI-102", &late, as_of, &[]);
        assert_eq!(json["eligible"], eligible);
        assert_eq!(json["next_eligible_at"], "2026-07-01T10:00:00Z");
        assert_eq!(json["exam_state"], state);
        assert_eq!(json["exam_retires_on"], "2026-06-30");
        let said = json["explanation"].as_str().unwrap();
        assert!(said.contains("Instead: AI-103"), "{said}");
    }
    let current = json_of("AI-103", &late, "2026-06-20", &[]);
    assert_eq!(current["exam_state"], Value::Null);
}

#[test]
fn an_exam_that_ended_before_its_certification_may_not_be_booked() {
    for (exam, last, instead) in [
        ("PL-400", "2026-10-30", "Instead: AB-400 ("),
        ("AI-900", "2026-06-30", "Instead: AI-901 ("),
        ("AZ-800", "2026-09-30", "Instead: AZ-802 ("),
        ("AZ-801", "2026-09-30", "Instead: AZ-802 ("),
        ("MS-100", "2023-09-30", "Instead: MS-102 ("),
        ("MS-101", "2023-09-30", "Instead: MS-102 ("),
    ] {
        let ran = retake(exam, &[], "2026-11-22", &[]);
        assert_eq!(ran.code, 1, "{exam}: {}", ran.stdout);
        let said = flat(&ran);
        let retired = format!("{exam} was retired on {last} and cannot be taken any more.");
        assert!(said.contains(&retired), "{said}");
        assert!(said.contains(instead), "{said}");
        let ran = retake(exam, &[], last, &[]);
        assert_eq!(ran.code, 0, "{exam}: {}", ran.stdout);
        let until = format!("{exam} retires on {last}: an attempt must be made by then");
        assert!(flat(&ran).contains(&until), "{}", ran.stdout);
    }
    assert_eq!(retake("AB-400", &[], "2026-11-22", &[]).code, 0);
}

#[test]
fn a_plan_ends_with_the_exam() {
    let plan = |as_of| {
        let json = json_of("MS-102", &["2026-11-20T10:00Z"], as_of, &["--plan", "4"]);
        let plan = json["plan"].as_array().unwrap().clone();
        plan.iter().map(|one| one["at"].clone()).collect::<Vec<_>>()
    };
    // The one after would be 2026-12-05, and MS-102 ends on 2026-11-30.
    assert_eq!(plan("2026-11-21"), [json!("2026-11-21T10:00:00Z")]);
    assert_eq!(plan("2026-12-01"), [Value::Null; 0]);
    let ran = retake("MS-102", &[], "2026-12-01", &["--plan", "4"]);
    let said = flat(&ran);
    assert!(
        said.contains("There is nothing to plan: MS-102 ends on 2026-11-30."),
        "{said}"
    );
}

#[test]
fn attempts_after_the_last_day_are_doubted() {
    let attempts = ["2026-11-01T10:00Z", "2026-11-15T10:00Z"];
    let json = json_of("AI-102", &attempts, "2026-11-29", &[]);
    let said = json["explanation"].as_str().unwrap();
    assert!(
        said.contains(
            "2 attempts lie after 2026-06-30, the last day of AI-102: check the exam's code and the \
             dates."
        ),
        "{said}"
    );
    let attempts = ["2026-06-01T10:00Z", "2026-06-30T23:00Z"];
    let json = json_of("AI-102", &attempts, "2026-11-29", &[]);
    assert!(
        !json["explanation"]
            .to_string()
            .contains("check the exam's code")
    );
}

#[test]
fn what_is_known_of_an_exam_from_too_long_ago_is_said() {
    // Known on 2026-03-06; 180 days later is 2026-09-02.
    let said = |as_of| json_of("DP-600", &[], as_of, &[])["explanation"].to_string();
    assert!(!said("2026-09-02").contains("may have retired"));
    let after = said("2026-09-03");
    assert!(
        after.contains("is of 2026-03-06, 181 days before this day: it may have retired since."),
        "{after}"
    );
    let skills = run(&["exam", "skills", "DP-600", "--as-of", "2026-09-03"]);
    assert!(
        flat(&skills).contains("may have retired since"),
        "{}",
        skills.stdout
    );
}

#[test]
fn the_rules_of_office_specialist_are_said_to_be_unconfirmed() {
    let json = json_of("MO-210", &[], "2026-11-22", &[]);
    assert!(json["explanation"].to_string().contains("third parties"));
}
