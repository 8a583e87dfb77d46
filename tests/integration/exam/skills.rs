//! `bonafide exam skills`: areas, score reports and files of further exams.

use serde_json::Value;

use super::{exam, holds_to_schema};

const FILE: &str = r#"[exam.AZ-104]
title = "Microsoft Azure Administrator"
as_of = 2026-04-17

[[exam.AZ-104.area]]
name = "Manage Azure identities and governance"
percent = [40, 60]

[[exam.AZ-104.area]]
name = "Monitor and maintain Azure resources"
percent = [40, 60]
modules = "https://learn.microsoft.com/training/"
"#;

fn order(json: &Value) -> Vec<(String, u64)> {
    let areas = json["areas"].as_array().unwrap().iter();
    areas
        .map(|area| {
            let name = area["name"].as_str().unwrap().to_owned();
            (name, area["share"].as_u64().unwrap())
        })
        .collect()
}

#[test]
fn a_report_gives_an_order_of_study() {
    let ran = exam(&[
        "skills",
        "AI-102",
        "--format",
        "json",
        "--report",
        "plan=high",
        "generative=mid",
        "agentic=low",
        "vision=low",
        "nlp=mid",
        "mining=high",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let json = ran.json();
    holds_to_schema("exam-skills", &json);
    let order = order(&json);
    assert_eq!(
        order[0],
        ("Implement computer vision solutions".to_owned(), 22)
    );
    assert_eq!(order[1], ("Implement an agentic solution".to_owned(), 13));
    assert_eq!(order.iter().map(|(_, share)| share).sum::<u64>(), 100);
    assert_eq!(json["areas"][0]["bar"], "low");
    assert!(json["note"].as_str().unwrap().contains("AI-103"));
}

#[test]
fn a_report_may_stand_in_a_file() {
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("report.toml");
    std::fs::write(&file, "\"computer vision\" = \"low\"\nplan = \"high\"\n").unwrap();
    let path = file.to_str().unwrap();
    let arguments = ["skills", "AI-102", "--format", "json", "--report"];
    let from_file = exam(&[&arguments[..], &[path]].concat());
    let given = exam(&[&arguments[..], &["computer vision=low", "plan=high"]].concat());
    assert_eq!(from_file.json(), given.json(), "{}", from_file.stderr);
    std::fs::write(&file, "plan = \"high\"\nvisoin = \"low\"\n").unwrap();
    let ran = exam(&[&arguments[..], &[path]].concat());
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("report.toml: line 2: no area"),
        "{}",
        ran.stderr
    );
}

#[test]
fn an_exam_without_areas_says_so_and_where_to_look() {
    let ran = exam(&["skills", "AZ-104"]);
    assert_eq!(ran.code, 3);
    assert!(ran.stdout.contains("study-guides/az-104"), "{}", ran.stdout);
    assert!(ran.stdout.contains("--skills-file"), "{}", ran.stdout);
    let json = exam(&["skills", "AZ-104", "--format", "json"]).json();
    holds_to_schema("exam-skills", &json);
    assert_eq!(json["known"], false);
}

#[test]
fn a_file_adds_exams() {
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("skills.toml");
    let path = file.to_str().unwrap();
    std::fs::write(&file, FILE).unwrap();
    let ran = exam(&[
        "skills",
        "AZ-104",
        "--skills-file",
        path,
        "--report",
        "monitor=low",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("1. 60 %"), "{}", ran.stdout);
    // What ships is still there beside it.
    assert_eq!(exam(&["skills", "AI-102", "--skills-file", path]).code, 0);
    // An exam that is newer than the catalogue.
    std::fs::write(&file, FILE.replace("AZ-104", "ZZ-900")).unwrap();
    assert_eq!(exam(&["skills", "zz-900", "--skills-file", path]).code, 0);
    assert_eq!(exam(&["skills", "zz-900"]).code, 2);
}

#[test]
fn what_stands_in_a_file_steers_no_terminal() {
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("skills.toml");
    let hostile = FILE.replace("Monitor and", "Monitor \\u001b[31m\\u202eand");
    std::fs::write(&file, hostile).unwrap();
    let path = file.to_str().unwrap();
    for arguments in [
        &["skills", "AZ-104", "--skills-file", path][..],
        &[
            "skills",
            "AZ-104",
            "--skills-file",
            path,
            "--report",
            "monitor=low",
        ],
        &[
            "skills",
            "AZ-104",
            "--skills-file",
            path,
            "--report",
            "x=low",
        ],
        &[
            "skills",
            "AZ-104",
            "--skills-file",
            path,
            "--format",
            "json",
        ],
    ] {
        let ran = exam(arguments);
        let all = ran.stdout + &ran.stderr;
        assert!(
            !all.contains(['\u{1b}', '\u{202e}']),
            "{arguments:?}: {all}"
        );
    }
}

#[test]
fn bad_input_of_skills_is_wrong_usage_and_says_what_was_expected() {
    let folder = tempfile::TempDir::new().unwrap();
    let write = |name: &str, text: &[u8]| {
        let file = folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        file.to_str().unwrap().to_owned()
    };
    let html = write("page.toml", b"<!DOCTYPE html>\n<html></html>\n");
    let typo = write(
        "typo.toml",
        FILE.replace("percent = [40, 60]\n\n", "percnt = 40\n\n")
            .as_bytes(),
    );
    let sum = write("sum.toml", FILE.replace("40, 60", "10, 20").as_bytes());
    let bytes = write("bytes.toml", b"\xff\xfe\x00");
    let large = write("large.toml", &vec![b'#'; 1024 * 1024 + 1]);
    let nowhere = folder.path().join("nowhere.toml").display().to_string();
    for (arguments, said) in [
        (&["AI-12"][..], "did you mean AI-102"),
        (
            &["AI-102", "--report", "visoin=low"],
            "did you mean \"Implement computer vision",
        ),
        (
            &["AI-102", "--report", "vision=bad"],
            "expected low, mid or high",
        ),
        (&["AI-102", "--report", "vision"], "\"area=low\""),
        (
            &["AI-102", "--report", "vision=low", "vision=mid"],
            "there twice",
        ),
        (
            &["AI-102", "--report", &nowhere],
            "cannot read the score report",
        ),
        (&["AZ-104", "--skills-file", &html], "page.toml: line 1: "),
        (&["AZ-104", "--skills-file", &typo], "expected one of"),
        (&["AZ-104", "--skills-file", &sum], "20 to 40 %"),
        (&["AZ-104", "--skills-file", &bytes], "expected UTF-8"),
        (&["AZ-104", "--skills-file", &large], "at most 1 MiB"),
        (
            &["AZ-104", "--skills-file", &nowhere],
            "cannot read the skill areas",
        ),
    ] {
        let ran = exam(&[&["skills"], arguments].concat());
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.stdout);
        assert!(ran.stderr.contains(said), "{arguments:?}: {}", ran.stderr);
    }
}

/// The form of the file in the documents is the form that is read.
#[test]
fn the_file_in_the_documents_is_read() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/exams.md");
    let document = std::fs::read_to_string(path).unwrap();
    let block = document.split("```toml\n").nth(1).unwrap();
    let block = block.split("```").next().unwrap();
    let sets = bonafide::exam::skills::SkillSets::parse(block).unwrap();
    assert_eq!(sets.exams().count(), 1);
}
