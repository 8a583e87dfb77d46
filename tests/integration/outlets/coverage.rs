//! The table against the program: what is added there must get a row here.

use clap::{Arg, Command};

use super::table::PLACES;
use crate::harness::{bonafide, finish};

/// Commands that show no stranger's text, and why.
const NOTHING: [(&str, &str); 14] = [
    ("badge --png", "a picture of pixels, drawn from the SVG"),
    ("completions", "words of ours"),
    ("demo --format human", "samples of ours"),
    ("demo --format json", "samples of ours"),
    (
        "exam retake --format human",
        "codes of exams and instants, each read and written anew",
    ),
    ("exam retake --format json", "the same"),
    ("exam score --format human", "a number"),
    ("exam score --format json", "a number"),
    ("man", "words of ours"),
    (
        "receipt sign",
        "names of files, as errors of files have them",
    ),
    ("schema", "words of ours"),
    (
        "track import",
        "numbers of rows, and reasons as errors have them",
    ),
    ("track remove", "numbers"),
    ("track snooze", "numbers and days"),
];

/// Options, beside `--format` and `--kind`, each of which makes a document of its own.
const FORMS: [&str; 9] = [
    "png",
    "update",
    "linkedin",
    "json-resume",
    "json-ld",
    "receipt",
    "save-evidence",
    "metrics",
    "dry-run",
];

/// The rows of documents that have a schema.
const SCHEMAS: [(&str, &str); 18] = [
    ("result", "verify --format json"),
    ("inspect", "inspect --format json"),
    ("receipt", "verify --receipt"),
    ("receipt-check", "receipt check --format json"),
    ("batch", "batch --format json"),
    ("batch-line", "batch --format jsonl"),
    ("catalog", "catalog list --format json"),
    ("catalog-check", "catalog check --format json"),
    ("catalog-update", "catalog update --format json"),
    ("request", "request --format json"),
    ("scan", "scan --format json"),
    ("digest", "remind webhook"),
    ("page", "page credentials.json"),
    ("doctor", "doctor --format json"),
    ("exam-retake", "exam retake --format json"),
    ("exam-score", "exam score --format json"),
    ("exam-skills", "exam skills --format json"),
    ("exam-plan", "exam plan --format json"),
];

fn is_known(document: &str) -> bool {
    let nothing = NOTHING.iter().any(|(name, _)| *name == document);
    nothing || PLACES.iter().any(|place| place.name == document)
}

#[test]
fn every_document_of_every_command_has_a_row() {
    let mut documents = Vec::new();
    for (name, command) in leaves(&bonafide::cli::command(), "") {
        let of = |option: &str| {
            command
                .get_arguments()
                .find(|arg| arg.get_long() == Some(option))
                .map(values)
        };
        match of("format").or_else(|| of("kind").filter(|kinds| !kinds.is_empty())) {
            Some(values) => {
                let option = if of("format").is_some() {
                    "format"
                } else {
                    "kind"
                };
                documents.extend(
                    values
                        .iter()
                        .map(|value| format!("{name} --{option} {value}")),
                );
            }
            None => documents.push(name),
        }
    }
    // The rows of what writes several files, or tells in several ways, begin with its name.
    let parts = ["page", "remind"];
    let has_parts = |document: &String| {
        let starts = |place: &super::Place| place.name.starts_with(document.as_str());
        parts.contains(&document.as_str()) && PLACES.iter().any(starts)
    };
    let is_missing = |document: &&String| !is_known(document) && !has_parts(document);
    let missing: Vec<_> = documents.iter().filter(is_missing).collect();
    assert!(
        missing.is_empty(),
        "no row in the table of outlets for {missing:?}"
    );
    for (name, _) in NOTHING {
        let is_there = documents.iter().any(|document| document == name) || name == "badge --png";
        assert!(is_there, "{name} is not there any more");
        assert!(
            PLACES.iter().all(|place| place.name != name),
            "{name} has a row"
        );
    }
}

#[test]
fn every_option_that_makes_a_document_has_a_row() {
    for (name, command) in leaves(&bonafide::cli::command(), "") {
        for arg in command.get_arguments().filter_map(Arg::get_long) {
            if FORMS.contains(&arg) {
                let row = format!("--{arg}");
                let has_row = PLACES.iter().any(|place| place.name.contains(&row));
                assert!(
                    has_row || is_known(&format!("{name} {row}")),
                    "no row for {name} {row}"
                );
            }
        }
    }
    let badge = bonafide::cli::command();
    let badge = badge.find_subcommand("badge").unwrap();
    let forms = badge
        .get_groups()
        .find(|group| group.get_id() == "BadgeForm")
        .unwrap();
    for form in forms
        .get_args()
        .map(|form| form.as_str().replace('_', "-"))
        .filter(|form| form != "format")
    {
        assert!(
            is_known(&format!("badge --{form}")),
            "no row for badge --{form}"
        );
    }
}

#[test]
fn every_kind_of_channel_has_a_row() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("config.toml");
    std::fs::write(&config, "[channel.a]\nkind = \"?\"\n").unwrap();
    let ran = finish(bonafide().args(["inspect", "x", "--config"]).arg(config));
    let (_, kinds) = ran.stderr.split_once("expected one of ").unwrap();
    let kinds: Vec<_> = kinds.split('`').skip(1).step_by(2).collect();
    assert!(kinds.len() >= 7, "{}", ran.stderr);
    for kind in kinds {
        assert!(
            is_known(&format!("remind {kind}")),
            "no row for the channel {kind}"
        );
    }
}

#[test]
fn every_schema_names_a_row() {
    let command = bonafide::cli::command();
    let schema = command.find_subcommand("schema").unwrap();
    for name in values(
        schema
            .get_arguments()
            .find(|arg| arg.get_id() == "name")
            .unwrap(),
    ) {
        let row = SCHEMAS.iter().find(|(schema, _)| *schema == name);
        let (_, row) = row.unwrap_or_else(|| panic!("no row for the schema {name}"));
        assert!(is_known(row), "there is no {row}");
    }
}

/// Every command that does something, as it is typed.
pub(crate) fn leaves<'c>(command: &'c Command, before: &str) -> Vec<(String, &'c Command)> {
    let below = command
        .get_subcommands()
        .filter(|one| one.get_name() != "help");
    let leaves = below.flat_map(|one| {
        let name = format!("{before}{}", one.get_name());
        if one.has_subcommands() {
            leaves(one, &format!("{name} "))
        } else {
            vec![(name, one)]
        }
    });
    leaves.collect()
}

fn values(arg: &Arg) -> Vec<String> {
    let values = arg.get_possible_values();
    values
        .iter()
        .map(|value| value.get_name().to_owned())
        .collect()
}
