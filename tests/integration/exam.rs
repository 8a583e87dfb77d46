//! `bonafide exam`, through the binary.

mod ended;
mod plan;
mod skills;

use jsonschema::validator_for;
use serde_json::{Value, json};

use crate::harness::{DAY, Ran, run};

/// `bonafide exam …` on the fixed day.
fn exam(arguments: &[&str]) -> Ran {
    let mut all = vec!["exam"];
    all.extend(arguments);
    all.extend(["--as-of", DAY]);
    run(&all)
}

fn holds_to_schema(name: &str, document: &Value) {
    let schema = run(&["schema", name]).json();
    let errors: Vec<_> = validator_for(&schema)
        .unwrap()
        .iter_errors(document)
        .map(|error| error.to_string())
        .collect();
    assert_eq!(errors, [""; 0], "{document}");
}

#[test]
fn who_failed_twice_gets_the_right_date_from_one_command() {
    let attempts = [
        "retake",
        "--exam",
        "AI-103",
        "--attempt",
        "2026-11-10T10:00Z",
        "--attempt",
        "2026-11-01T10:00Z",
    ];
    let ran = exam(&[&attempts[..], &["--format", "json"]].concat());
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let mut document = ran.json();
    holds_to_schema("exam-retake", &document);
    let explanation = document["explanation"].take();
    let expected = json!({
        "schema_version": 1,
        "exam": "AI-103",
        "eligible": false,
        "next_eligible_at": "2026-11-24T10:00:00Z",
        "attempts_used": 2,
        "attempts_left": 3,
        "year_ends_at": "2027-11-01T10:00:00Z",
        "rule": "later-retake-14d",
        "explanation": null,
    });
    assert_eq!(document, expected);
    assert!(
        explanation
            .as_str()
            .unwrap()
            .contains("until 2026-11-24 10:00:00 UTC")
    );
    let ran = exam(&attempts);
    assert!(
        ran.stdout
            .starts_with("NOT YET  AI-103 may be taken again from 2026-11-24 10:00:00 UTC on"),
        "{}",
        ran.stdout
    );
}

#[test]
fn every_worked_case_of_the_documents_holds_through_the_program() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/exams.md");
    let document = std::fs::read_to_string(path).unwrap();
    let (_, cases) = document.split_once("### Worked cases").unwrap();
    let cases = cases.split("\n## ").next().unwrap();
    let mut seen = 0;
    for line in cases
        .lines()
        .filter(|line| line.starts_with("| ") && !line.contains("| may book |"))
    {
        let case: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
        let mut arguments = vec!["exam", "retake", "--exam", "AZ-104", "--format", "json"];
        arguments.extend(["--programme", case[0], "--as-of", case[4]]);
        for attempt in case[1].split(' ').filter(|attempt| *attempt != "-") {
            arguments.extend(["--attempt", attempt]);
        }
        for (option, value) in [("--passed", case[2]), ("--certification-expired", case[3])] {
            if value != "-" {
                arguments.extend([option, value]);
            }
        }
        let ran = run(&arguments);
        let json = ran.json();
        holds_to_schema("exam-retake", &json);
        let text = |key: &str| match &json[key] {
            Value::Null => "-".to_owned(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let may = if json["eligible"] == true {
            "yes"
        } else {
            "no"
        };
        let said = [
            may.to_owned(),
            text("next_eligible_at"),
            text("attempts_used"),
            text("attempts_left"),
            text("year_ends_at"),
            text("rule"),
        ];
        assert_eq!(said, case[5..], "{line}");
        assert_eq!(ran.code, i32::from(may == "no"), "{line}");
        seen += 1;
    }
    assert!(seen >= 20, "{seen}");
}

#[test]
fn a_plan_lists_the_earliest_dates() {
    let ran = exam(&[
        "retake",
        "--exam",
        "AI-103",
        "--attempt",
        "2026-11-01T10:00Z",
        "--attempt",
        "2026-11-10T10:00Z",
        "--plan",
        "4",
        "--format",
        "json",
    ]);
    let json = ran.json();
    holds_to_schema("exam-retake", &json);
    let dates: Vec<_> = json["plan"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["at"].as_str().unwrap())
        .collect();
    let expected = [
        "2026-11-24T10:00:00Z",
        "2026-12-08T10:00:00Z",
        "2026-12-22T10:00:00Z",
        "2027-11-01T10:00:00Z",
    ];
    assert_eq!(dates, expected);
}

#[test]
fn what_was_taken_for_granted_is_said() {
    let ran = exam(&[
        "retake",
        "--exam",
        "az104",
        "--attempt",
        "2026-11-01T10:00",
        "--attempt",
        "2026-11-05",
        "--attempt",
        "2026-12-24T10:00Z",
        "--attempt",
        "2026-11-01T11:00+01:00",
        "--format",
        "json",
    ]);
    let explanation = ran.json()["explanation"].as_str().unwrap().to_owned();
    for said in [
        "1 time came without a zone and counted as UTC.",
        "1 day came without a time and counted to the last second in UTC.",
        "1 attempt lies after the day of judgement and did not count.",
        "1 attempt was given twice and counted once.",
    ] {
        assert!(explanation.contains(said), "{said}: {explanation}");
    }
}

#[test]
fn a_retired_exam_may_not_be_booked_whatever_the_rules_allow() {
    let arguments = [
        "retake",
        "--exam",
        "AI-102",
        "--attempt",
        "2026-05-01T10:00Z",
    ];
    let ran = exam(&arguments);
    assert_eq!(ran.code, 1, "{}", ran.stdout);
    assert!(
        ran.stdout
            .starts_with("NO  AI-102 cannot be taken any more\n  AI-102 was retired"),
        "{}",
        ran.stdout
    );
    assert!(ran.stdout.contains("AI-103"), "{}", ran.stdout);
    let json = exam(&[&arguments[..], &["--format", "json"]].concat()).json();
    assert_eq!(json["eligible"], true);
    assert!(
        json["explanation"]
            .as_str()
            .unwrap()
            .contains("cannot be taken any more")
    );
    let mut before = vec!["exam"];
    before.extend(arguments);
    before.extend(["--as-of", "2026-06-01"]);
    assert_eq!(run(&before).code, 0);
}

#[test]
fn an_exam_of_your_own_catalogue_is_known_and_said_to_be_yours() {
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("own.toml");
    let row = "[certification.azure-wizard]\ntitle = \"Microsoft Certified: Azure Wizard Associate\"\n\
               level = \"associate\"\nstate = \"active\"\nexams = [\"AZ-999\"]\nas_of = 2026-11-20\n";
    std::fs::write(&file, row).unwrap();
    let arguments = [
        "retake",
        "--exam",
        "AZ-999",
        "--catalog",
        file.to_str().unwrap(),
    ];
    let ran = exam(&arguments);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stdout.contains("a catalogue of your own"),
        "{}",
        ran.stdout
    );
    assert_eq!(exam(&arguments[..3]).code, 2);
}

#[test]
fn an_office_specialist_exam_has_its_own_rules_unasked() {
    let ran = exam(&[
        "retake",
        "--exam",
        "MO-210",
        "--attempt",
        "2026-11-20T10:00Z",
        "--attempt",
        "2026-11-21T10:00Z",
        "--format",
        "json",
    ]);
    let json = ran.json();
    assert_eq!(json["next_eligible_at"], "2026-11-23T10:00:00Z");
    assert_eq!(json["attempts_left"], Value::Null);
}

#[test]
fn bad_input_of_retake_is_wrong_usage_and_says_what_was_expected() {
    for (arguments, said) in [
        (&["--exam", "AZ-109"][..], "did you mean AZ-104"),
        (&["--exam", "cooking"], "expected its code, such as AZ-104"),
        (&["--exam", ""], "expected its code"),
        (
            &["--exam", "AZ-104", "--attempt", ""],
            "such as 2026-11-01T10:00Z",
        ),
        (
            &["--exam", "AZ-104", "--attempt", "soon"],
            "such as 2026-11-01T10:00Z",
        ),
        (
            &["--exam", "AZ-104", "--attempt", "2026-02-29T10:00Z"],
            "expected a time",
        ),
        (
            &["--exam", "AZ-104", "--passed", "22.11.2026"],
            "expected a time",
        ),
        (&["--exam", "AZ-104", "--plan", "0"], "1..=20"),
        (
            &["--exam", "AZ-104", "--programme", "other"],
            "office-specialist",
        ),
        (&["--attempt", "2026-11-01T10:00Z"], "--exam"),
    ] {
        let ran = exam(&[&["retake"], arguments].concat());
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.stdout);
        assert!(ran.stderr.contains(said), "{arguments:?}: {}", ran.stderr);
        assert_eq!(ran.stdout, "");
    }
}

#[test]
fn a_score_passes_at_seven_hundred() {
    for (score, code) in [("1", 1), ("699", 1), ("700", 0), ("1000", 0)] {
        let ran = exam(&["score", score, "--format", "json"]);
        assert_eq!(ran.code, code, "{score}");
        let json = ran.json();
        holds_to_schema("exam-score", &json);
        assert_eq!(json["passed"], code == 0);
    }
    for wrong in ["0", "1001", "-5", "70%", "seven", ""] {
        let ran = exam(&["score", wrong]);
        assert_eq!(ran.code, 2, "{wrong}");
        assert!(ran.stderr.contains("from 1 to 1000"), "{}", ran.stderr);
    }
}

#[test]
fn what_people_read_reads_well() {
    let runs: [(&str, &[&str]); 6] = [
        ("score", &["score", "650"]),
        (
            "retake",
            &[
                "retake",
                "--exam",
                "AI-103",
                "--attempt",
                "2026-11-01T10:00Z",
                "--attempt",
                "2026-11-10",
                "--plan",
                "3",
            ],
        ),
        (
            "retake_passed",
            &["retake", "--exam", "AZ-104", "--passed", "2026-11-01"],
        ),
        ("retake_retired", &["retake", "--exam", "AI-102"]),
        ("skills", &["skills", "AI-102"]),
        (
            "study",
            &[
                "skills",
                "AI-102",
                "--report",
                "computer vision=low",
                "plan=high",
            ],
        ),
    ];
    for (name, arguments) in runs {
        insta::assert_snapshot!(format!("exam_{name}"), exam(arguments).stdout);
    }
}
