//! `bonafide catalog`, and what own rows and old knowledge do to a verdict.

mod own;
mod update;

use crate::harness::{DAY, Ran, run};

fn catalog(arguments: &[&str]) -> Ran {
    run(&[&["catalog"], arguments, &["--as-of", DAY]].concat())
}

fn slugs(ran: &Ran) -> Vec<String> {
    let rows = ran.json();
    let rows = rows["certifications"].as_array().unwrap().iter();
    rows.map(|row| row["slug"].as_str().unwrap_or_default().to_owned())
        .collect()
}

fn listed(filter: &[&str]) -> Vec<String> {
    let ran = catalog(&[&["list", "--format", "json"], filter].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    slugs(&ran)
}

#[test]
fn a_list_is_what_was_asked_for() {
    assert_eq!(listed(&[]).len(), 179);
    let experts = listed(&["--level", "expert"]);
    assert!(experts.contains(&"m365-administrator-expert".to_owned()));
    assert_eq!(experts.len(), 13);
    assert_eq!(
        listed(&["--retiring-within", "90d"]),
        ["m365-administrator-expert"]
    );
    // MS-102 retires on 2026-11-30, eight days later.
    assert_eq!(listed(&["--retiring-within", "8d"]).len(), 1);
    assert!(listed(&["--retiring-within", "7d"]).is_empty());
    assert!(listed(&["--exam", "ai-102"]) == ["azure-ai-engineer"]);
    assert_eq!(
        listed(&["--text", "ENGINEER ai azure", "--state", "retired"]),
        ["azure-ai-engineer"]
    );
    // A name of the past leads to it too.
    assert_eq!(
        listed(&["--text", "cosmos specialty"]),
        ["azure-cosmos-db-developer-specialty"]
    );
    assert!(listed(&["--text", "knitting"]).is_empty());
}

#[test]
fn the_state_is_that_of_the_day() {
    let on = |day| {
        run(&[
            "catalog", "show", "AI-102", "--format", "json", "--as-of", day,
        ])
        .json()
    };
    let state = |day| on(day)["certifications"][0]["state"].clone();
    assert_eq!(state("2026-06-30"), "retiring");
    assert_eq!(state("2026-07-01"), "retired");
}

#[test]
fn every_format_holds_the_same_certifications() {
    let csv = catalog(&["list", "--format", "csv"]).stdout;
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header = reader.headers().unwrap().clone();
    let slug = header.iter().position(|name| name == "slug").unwrap();
    let by_csv: Vec<_> = reader
        .records()
        .map(|record| record.unwrap()[slug].to_owned())
        .collect();
    assert_eq!(by_csv, listed(&[]));
    let human = catalog(&["list"]).stdout;
    assert!(
        human.contains("179 certifications as known for 2026-11-22."),
        "{human}"
    );
}

#[test]
fn one_certification_is_said_with_all_that_is_known() {
    let shown = catalog(&["show", "AI-102"]).stdout;
    insta::assert_snapshot!(shown);
    let by_slug = catalog(&["show", "azure-ai-engineer"]).stdout;
    let by_title = catalog(&["show", "Azure AI Engineer Associate"]).stdout;
    let loosely = catalog(&["show", "ai102"]).stdout;
    assert!(
        [by_slug, by_title, loosely]
            .iter()
            .all(|other| *other == shown)
    );
}

#[test]
fn what_is_unconfirmed_is_said_in_words() {
    for (name, said) in [
        ("MB-240", "The day of retirement is that of its exam"),
        ("AB-730", "does not expire (unconfirmed)"),
        ("AB-620", "All of it rests on third parties"),
        ("AB-620", "Its renewal page was not there"),
        ("AZ-800", "Whether it is retired is not known."),
        ("MB-330", "The day of retirement is not known."),
        ("mos-word-2019", "if earned on 2025-09-02 or later"),
    ] {
        let shown = catalog(&["show", name]).stdout;
        let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(shown.contains(said), "{name}: {shown}");
    }
}

#[test]
fn near_misses_are_suggested() {
    for arguments in [&["show", "AZ-109"][..], &["list", "--exam", "AZ-109"]] {
        let ran = catalog(arguments);
        assert_eq!(ran.code, 2);
        assert!(ran.stderr.contains("did you mean AZ-104"), "{}", ran.stderr);
        assert!(ran.stderr.contains("AZ-900"), "{}", ran.stderr);
    }
    let ran = catalog(&["show", "azure-adminstrator"]);
    assert!(
        ran.stderr.contains("did you mean azure-administrator"),
        "{}",
        ran.stderr
    );
    for name in ["", " ", "knitting", "\u{1b}[31mred"] {
        let ran = catalog(&["show", name]);
        assert_eq!(ran.code, 2, "{name}");
        assert!(!ran.stderr.contains('\u{1b}'));
    }
    for arguments in [
        &["list", "--level", "exprt"][..],
        &["list", "--state", "gone"],
        &["list", "--retiring-within", "soon"],
        &["list", "--text", " "],
    ] {
        assert_eq!(catalog(arguments).code, 2, "{arguments:?}");
    }
}

#[test]
fn names_that_were_given_up_are_shown_with_what_carries_them_on() {
    let ran = catalog(&["show", "windows-virtual-desktop-specialty"]);
    let said = ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        said.contains(
            "Earlier name Microsoft Certified: Windows Virtual Desktop Specialty \
             (windows-virtual-desktop-specialty)"
        ),
        "{said}"
    );
    let json = catalog(&["show", "AZ-140", "--format", "json"]).json();
    let names = &json["certifications"][0]["carries_on"];
    assert_eq!(names[0]["slug"], "windows-virtual-desktop-specialty");
    assert_eq!(names.as_array().unwrap().len(), 1);
}

#[test]
fn the_last_day_of_an_exam_is_shown_beside_it() {
    let shown = catalog(&["show", "PL-400"]).stdout;
    assert!(
        shown.contains("AB-400, PL-400 (until 2026-10-30)"),
        "{shown}"
    );
    let json = catalog(&["show", "AI-901", "--format", "json"]).json();
    let last_days = &json["certifications"][0]["exam_retirements"];
    assert_eq!(*last_days, serde_json::json!({ "AI-900": "2026-06-30" }));
    let csv = catalog(&["list", "--exam", "AZ-801", "--format", "csv"]).stdout;
    assert!(csv.contains("AZ-800=2026-09-30;AZ-801=2026-09-30"), "{csv}");
}

#[test]
fn an_exam_is_found_however_its_code_is_written() {
    for written in ["AZ-104", "az104", "AZ 104", "Exam AZ-104"] {
        let ran = catalog(&["list", "--exam", written, "--format", "json"]);
        assert_eq!(slugs(&ran), ["azure-administrator"], "{written}");
        assert!(
            catalog(&["show", written])
                .stdout
                .contains("azure-administrator")
        );
    }
    for written in ["AZ-109", "az109"] {
        let ran = catalog(&["show", written]);
        assert_eq!(ran.code, 2);
        assert!(ran.stderr.contains("AZ-104 or AZ-900"), "{}", ran.stderr);
    }
}

#[test]
fn a_tree_shows_what_replaced_what() {
    let ran = catalog(&["tree", "AI-103"]);
    assert!(
        ran.stdout
            .contains("  <- Microsoft Certified: Azure AI Engineer Associate (AI-102; retired"),
        "{}",
        ran.stdout
    );
    assert!(catalog(&["tree"]).stdout.len() > ran.stdout.len());
    assert!(
        catalog(&["tree", "MB-820"])
            .stdout
            .contains("replaced nothing")
    );
}

#[test]
fn a_check_says_how_old_the_knowledge_is() {
    let ran = catalog(&["check"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stdout.contains("2026-10-08, 45 days old"),
        "{}",
        ran.stdout
    );
    let json = catalog(&["check", "--format", "json"]).json();
    assert_eq!(json["knowledge"]["certifications"], 179);
    let on = |day| run(&["catalog", "check", "--as-of", day]).code;
    // 180 days after 2026-10-08, and a day more.
    assert_eq!((on("2027-04-06"), on("2027-04-07")), (0, 3));
}

#[test]
fn the_checked_in_table_keeps_every_rule_and_a_broken_one_does_not() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let table = root.join("src/catalog/certifications.csv");
    let ran = run(&["catalog", "check", "--table", table.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.stdout);
    let folder = tempfile::TempDir::new().unwrap();
    let broken = folder.path().join("broken.csv");
    let text = std::fs::read_to_string(table).unwrap();
    std::fs::write(&broken, text.replacen("AZ-104", "AZ-700", 1)).unwrap();
    let ran = run(&["catalog", "check", "--table", broken.to_str().unwrap()]);
    assert_eq!(ran.code, 1);
    assert!(ran.stdout.contains("broken.csv:"), "{}", ran.stdout);
    assert!(
        ran.stdout.contains("the exam AZ-700 leads to"),
        "{}",
        ran.stdout
    );
}

#[test]
fn the_documents_have_their_schemas() {
    for (name, arguments) in [
        ("catalog", &["list"][..]),
        ("catalog", &["show", "MB-200"]),
        ("catalog-check", &["check"]),
        (
            "catalog-check",
            &["check", "--table", "src/catalog/certifications.csv"],
        ),
    ] {
        let schema = run(&["schema", name]).json();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let document = catalog(&[arguments, &["--format", "json"]].concat()).json();
        assert!(validator.is_valid(&document), "{name}");
        assert_eq!(document["schema_version"], 1);
    }
}
