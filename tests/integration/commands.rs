//! The commands beside `verify` and `inspect`: demo, schema, help, completions, manual.

use jsonschema::validator_for;
use serde_json::Value;

use crate::harness::{RECORD_PATH, SHARE_LINK, Service, finish, run, text};

#[test]
fn the_demo_shows_every_status_without_network() {
    let ran = run(&["demo", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let json = ran.json();
    for status in [
        "active",
        "needs-renewal",
        "expired",
        "retired",
        "revoked",
        "undetermined",
    ] {
        assert!(json["summary"][status].as_u64().unwrap() >= 1, "{status}");
    }
    for code in ["lookalike-host", "holder-different"] {
        assert!(ran.stdout.contains(code), "{code}");
    }
    let from_demo = |one: &Value| one["source"].is_null() || one["source"]["from"] == "demo";
    assert!(json["results"].as_array().unwrap().iter().all(from_demo));
}

#[test]
fn the_demo_reads_well() {
    insta::assert_snapshot!(run(&["demo"]).stdout);
}

#[test]
fn colour_adds_nothing_but_colour() {
    let plain = run(&["demo", "--color", "never"]).stdout;
    let coloured = run(&["demo", "--color", "always"]).stdout;
    assert!(coloured.contains('\u{1b}'));
    assert_eq!(without_colour(&coloured), plain);
}

fn without_colour(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        plain.push_str(before);
        rest = after.split_once('m').unwrap().1;
    }
    plain + rest
}

#[test]
fn every_help_text_reads_well() {
    for command in [
        "",
        "demo",
        "inspect",
        "verify",
        "batch",
        "receipt",
        "receipt sign",
        "receipt check",
        "request",
        "page",
        "data",
        "data show",
        "data export",
        "data purge",
        "exam",
        "exam retake",
        "exam score",
        "exam skills",
        "exam plan",
        "scan",
        "track",
        "track add",
        "track list",
        "track remove",
        "track snooze",
        "track import",
        "track export",
        "remind",
        "doctor",
        "schedule",
        "calendar",
        "schema",
        "completions",
        "man",
    ] {
        let arguments: Vec<&str> = command.split_whitespace().chain(["--help"]).collect();
        let ran = run(&arguments);
        assert_eq!(ran.code, 0);
        let name = if command.is_empty() { "help" } else { command };
        insta::assert_snapshot!(format!("help_{}", name.replace(' ', "_")), ran.stdout);
    }
}

#[test]
fn real_output_holds_to_the_schema() {
    let result = validator_for(&run(&["schema", "result"]).json()).unwrap();
    let inspect = validator_for(&run(&["schema", "inspect"]).json()).unwrap();
    let service = Service::start();
    service.json(
        RECORD_PATH,
        &text("learn-credential/ai-engineer-retired.json"),
    );
    let documents = [
        run(&["demo", "--format", "json"]).json(),
        service.verify(&[SHARE_LINK]).json(),
        service
            .verify(&[
                "",
                "https://lnkd.in/x",
                "https://learn.microsoft.com/api/credentials/FF",
            ])
            .json(),
    ];
    for document in &documents {
        let errors: Vec<_> = result
            .iter_errors(document)
            .map(|error| error.to_string())
            .collect();
        assert_eq!(errors, [""; 0]);
    }
    let links = run(&["inspect", "--format", "json", SHARE_LINK, "x"]).json();
    assert!(inspect.is_valid(&links));
    let request = validator_for(&run(&["schema", "request"]).json()).unwrap();
    for text in [SHARE_LINK, "x"] {
        assert!(request.is_valid(&run(&["request", "--format", "json", text]).json()));
    }
    // The schema says enough to refuse what is not the contract.
    let mut wrong = documents[0].clone();
    wrong["results"][0]["status"] = "fine".into();
    assert!(!result.is_valid(&wrong));
}

#[test]
fn completions_and_the_manual_are_made_for_packagers() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = run(&["completions", shell]);
        assert_eq!(ran.code, 0);
        assert!(ran.stdout.contains("bonafide"), "{shell}");
    }
    assert!(
        run(&["man"]).stdout.starts_with(".ie") || run(&["man"]).stdout.contains(".TH bonafide")
    );
}

#[test]
fn a_broken_pipe_is_no_error() {
    use std::io::Read;
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_bonafide"))
        .args(["schema", "result"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut said)
        .unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0), "{said}");
    assert_eq!(said, "");
}

#[test]
fn version_is_printed() {
    let ran = run(&["--version"]);
    assert_eq!(
        ran.stdout,
        concat!("bonafide ", env!("CARGO_PKG_VERSION"), "\n")
    );
    let bare = finish(&mut crate::harness::bonafide());
    assert_eq!(bare.code, 2);
}
