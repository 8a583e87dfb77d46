//! `bonafide catalog update`: what is new is taken over, and nothing known is lost.

use std::time::Duration;

use wiremock::ResponseTemplate;

use crate::harness::{DAY, RECORD_PATH, Ran, SHARE_LINK, Service, bonafide, codes, finish, run};

const PATH: &str = "/api/catalog/";

/// A catalogue of three, with what else the real one has.
const ANSWER: &str = r#"{
 "modules":[{"uid":"learn.x","title":"A module","units":["a","b"]}],
 "certifications":[
  {"uid":"certification.azure-administrator","title":"Microsoft Certified: Azure Administrator Associate","exams":["exam.az-104","exam.az-199"],"levels":["intermediate"]},
  {"uid":"certification.azure-ai-engineer","title":"Microsoft Certified: Azure AI Engineer Associate","exams":[],"subtitle":"<p>x</p>"}],
 "mergedCertifications":[{"uid":"certification.azure-wizard","title":"Microsoft Certified: Azure Wizard Expert","renewal_frequency_in_days":365}],
 "exams":[{"uid":"exam.az-199","title":"A new exam"}]}"#;

fn catalog(service: &Service, arguments: &[&str]) -> Ran {
    let mut command = bonafide();
    command
        .args(["catalog"])
        .args(arguments)
        .args(["--as-of", DAY]);
    finish(command.arg("--data-dir").arg(service.data.path()))
}

fn update(service: &Service, arguments: &[&str]) -> Ran {
    let url = service.url();
    let asked = ["update", "--learn-url", &url, "--retries", "0"];
    catalog(service, &[&asked, arguments].concat())
}

fn knows(service: &Service, name: &str) -> bool {
    catalog(service, &["show", name]).code == 0
}

fn answering(body: &str) -> Service {
    let service = Service::start();
    service.json(PATH, body);
    service
}

#[test]
fn an_update_is_shown_first_and_written_only_when_told() {
    let service = answering(ANSWER);
    let shown = update(&service, &[]);
    assert_eq!(shown.code, 0, "{}", shown.stderr);
    for said in [
        "NOT MICROSOFT: 127.0.0.1",
        "new exams of Microsoft Certified: Azure Administrator Associate: AZ-199",
        "new certification: Microsoft Certified: Azure Wizard Expert (azure-wizard)",
        "2 changes shown, and nothing was written: --yes takes them over.",
    ] {
        let text = shown
            .stdout
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        assert!(text.contains(said), "{text}");
    }
    assert!(!knows(&service, "azure-wizard"));
    assert!(!service.data.path().join("catalog").exists());

    let taken = update(&service, &["--yes"]);
    assert!(
        taken.stdout.contains("2 changes taken over"),
        "{}",
        taken.stdout
    );
    assert!(knows(&service, "azure-wizard") && knows(&service, "AZ-199"));
    assert!(update(&service, &[]).stdout.contains("Nothing is new."));
}

#[test]
fn an_update_touches_no_fact_of_expiry_or_retirement() {
    let service = answering(ANSWER);
    update(&service, &["--yes"]);
    for name in ["AI-102", "AZ-104"] {
        let show = ["show", name, "--format", "json"];
        let (before, after) = (
            run(&[&["catalog"], &show[..], &["--as-of", DAY]].concat()).json(),
            catalog(&service, &show).json(),
        );
        let (before, after) = (&before["certifications"][0], &after["certifications"][0]);
        for fact in [
            "state",
            "retires_on",
            "retires_basis",
            "expires",
            "validity_months",
            "replacement",
            "known_on",
            "renewal_url",
        ] {
            assert_eq!(before[fact], after[fact], "{name} {fact}");
        }
    }
}

#[test]
fn a_verdict_by_a_catalogue_of_another_host_says_so() {
    let service = answering(ANSWER);
    service.json(
        RECORD_PATH,
        r#"{"title":"Microsoft Certified: Azure Wizard Expert","awardedOn":"2026-03-01T10:00:00Z","expiresOn":"2027-03-01T23:59:59Z"}"#,
    );
    update(&service, &["--yes"]);
    let ran = service.verify(&[SHARE_LINK]);
    let result = &ran.json()["results"][0];
    assert_eq!(result["certification"]["origin"], "elsewhere");
    assert!(codes(result).contains(&"own-catalogue".to_owned()));
    assert!(codes(result).contains(&"unknown-certification".to_owned()));
}

#[test]
fn the_one_before_is_kept_and_comes_back() {
    let service = answering(ANSWER);
    assert_eq!(catalog(&service, &["update", "--revert"]).code, 2);
    update(&service, &["--yes"]);
    let later = answering(
        &ANSWER
            .replace("azure-wizard", "azure-druid")
            .replace("Wizard", "Druid"),
    );
    let url = later.url();
    let ran = catalog(&service, &["update", "--yes", "--learn-url", &url]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    // Another port is another host: what the first said does not mix with it.
    assert!(knows(&service, "azure-druid") && !knows(&service, "azure-wizard"));
    let back = catalog(&service, &["update", "--revert"]);
    assert_eq!(back.code, 0, "{}", back.stderr);
    assert!(knows(&service, "azure-wizard") && !knows(&service, "azure-druid"));
    let back = catalog(&service, &["update", "--revert"]);
    assert!(
        back.stderr.contains("ships with the program"),
        "{}",
        back.stderr
    );
    assert!(!knows(&service, "azure-wizard"));
}

#[test]
fn what_is_no_catalogue_leaves_the_old_one() {
    let good = answering(ANSWER);
    update(&good, &["--yes"]);
    let kept = good.data.path().join("catalog/listing.json");
    let before = std::fs::read(&kept).unwrap();
    let html = ResponseTemplate::new(200).set_body_raw("<html>Sign in", "text/html");
    let cut = &ANSWER[..400];
    let json = |body: &str| ResponseTemplate::new(200).set_body_raw(body, "application/json");
    for (answer, said) in [
        (html, "found a page (HTML)"),
        (json(cut), "ends early"),
        (json("{}"), "lists no certification"),
        (json("[]"), "another shape"),
        (json(r#"{"error":"gone"}"#), "another shape"),
        (json("nonsense"), "no JSON"),
        (ResponseTemplate::new(404), "status 404"),
        (ResponseTemplate::new(410), "switched off"),
        (ResponseTemplate::new(503), "503"),
        (
            ResponseTemplate::new(302).insert_header("location", "https://example.org/"),
            "example.org",
        ),
        (json(ANSWER).set_delay(Duration::from_secs(5)), "300ms"),
    ] {
        let bad = Service::start();
        bad.answer(PATH, answer);
        let url = bad.url();
        let asked = ["update", "--yes", "--timeout", "300ms", "--retries", "0"];
        let ran = catalog(&good, &[&asked[..], &["--learn-url", &url]].concat());
        assert_eq!(ran.code, 2, "{said}: {}", ran.stdout);
        assert!(ran.stdout.is_empty());
        assert!(ran.stderr.contains(said), "{said}: {}", ran.stderr);
        assert!(
            ran.stderr.contains("what is known stays as it is"),
            "{}",
            ran.stderr
        );
        assert_eq!(std::fs::read(&kept).unwrap(), before, "{said}");
    }
}

#[test]
fn a_damaged_catalogue_is_said_and_not_read_around() {
    let service = answering(ANSWER);
    update(&service, &["--yes"]);
    let kept = service.data.path().join("catalog/listing.json");
    for damage in ["", "{", r#"{"bonafide_catalog":2}"#, "[]"] {
        std::fs::write(&kept, damage).unwrap();
        for arguments in [&["list"][..], &["check"]] {
            let ran = catalog(&service, arguments);
            assert_eq!(ran.code, 2);
            assert!(ran.stderr.contains("update --revert"), "{}", ran.stderr);
        }
    }
    assert_eq!(catalog(&service, &["update", "--revert"]).code, 0);
    assert_eq!(catalog(&service, &["list"]).code, 0);
}

#[test]
fn an_option_that_means_nothing_here_is_refused() {
    let service = answering(ANSWER);
    let ran = update(&service, &["--save-evidence", "folder"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("--save-evidence"), "{}", ran.stderr);
    assert!(service.asked().is_empty());
}

#[test]
fn a_long_answer_is_read_as_it_arrives() {
    // As long as the real one, nearly all of it modules.
    let module = r#"{"uid":"learn.x","title":"A module","summary":"SUMMARY","units":["a"]},"#;
    let module = module.replace("SUMMARY", &"words ".repeat(200));
    let modules = module.repeat(13_000_000 / module.len());
    let modules = modules.trim_end_matches(',');
    let answer = ANSWER.replacen("\"modules\":[", &format!("\"modules\":[{modules},"), 1);
    assert!(answer.len() > 12_000_000);
    let service = answering(&answer);
    let ran = update(&service, &["--yes", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let json = ran.json();
    assert_eq!(
        (json["certifications"].clone(), json["written"].clone()),
        (3.into(), true.into())
    );
    let schema = run(&["schema", "catalog-update"]).json();
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&json));
}

#[test]
fn an_endless_answer_is_dropped_at_the_limit() {
    let title = "t".repeat(70 * 1024 * 1024);
    let service = answering(&format!(r#"{{"modules":[{{"title":"{title}"}}]}}"#));
    let ran = update(&service, &["--yes", "--timeout", "60s"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("67108864") || ran.stderr.contains("64 MiB"),
        "{}",
        ran.stderr
    );
}
