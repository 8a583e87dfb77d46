//! `bonafide exam plan`: what a holder does next, and that `verify` says the same.

use serde_json::{Value, json};

use super::holds_to_schema;
use crate::harness::{DAY, RECORD_PATH, Ran, SHARE_LINK, SHARING_ID, Service, bonafide, finish};

fn plan(service: &Service, arguments: &[&str]) -> Ran {
    let mut command = bonafide();
    command
        .args(["exam", "plan", SHARE_LINK, "--as-of", DAY, "--no-cache"])
        .arg("--learn-url")
        .arg(service.url())
        .args(arguments);
    finish(&mut command)
}

fn serve(title: &str, expires: &str) -> Service {
    let service = Service::start();
    let body = json!({ "title": title, "expiresOn": expires, "userDisplayName": "Jo Doe" });
    service.json(RECORD_PATH, &body.to_string());
    service
}

#[test]
fn every_action_has_its_exit_code_and_verify_says_the_same_next_step() {
    let administrator = "Microsoft Certified: Azure Administrator Associate";
    let engineer = "Microsoft Certified: Azure AI Engineer Associate";
    for (title, expires, action, exams, code) in [
        (administrator, "2027-09-01", "renew-later", &[][..], 0),
        (administrator, "2027-03-01", "renew", &[], 0),
        (administrator, "2026-11-21", "earn-again", &["AZ-104"], 1),
        (administrator, "soon", "find-out", &[], 3),
        (engineer, "2027-01-11", "earn-successor", &["AI-103"], 0),
        (engineer, "2026-11-01", "earn-successor", &["AI-103"], 1),
    ] {
        let service = serve(title, expires);
        let ran = plan(&service, &["--format", "json"]);
        assert_eq!(ran.code, code, "{title} {expires}: {}", ran.stderr);
        let json = ran.json();
        holds_to_schema("exam-plan", &json);
        let one = &json["plans"][0];
        assert_eq!(one["action"], action, "{title} {expires}");
        let targets: Vec<_> = one["targets"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|target| target["exam"].as_str())
            .collect();
        assert_eq!(targets, exams, "{title} {expires}");
        let verified = service.verify(&["--no-cache", SHARE_LINK]).json();
        assert_eq!(one["next_step"], verified["results"][0]["next_step"]);
        assert!(!(ran.stdout + &ran.stderr).contains(SHARING_ID));
    }
}

#[test]
fn who_lapsed_is_told_which_exam_to_take() {
    let service = serve(
        "Microsoft Certified: Azure AI Engineer Associate",
        "2026-11-01",
    );
    let ran = plan(&service, &[]);
    let flat = ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        flat.starts_with("EARN SUCCESSOR Microsoft Certified: Azure AI Engineer"),
        "{flat}"
    );
    assert!(
        flat.contains(
            "It can be neither renewed nor earned again, for its certification has retired. Its successor \
             must be earned anew: Microsoft Certified: Azure AI Apps and Agents Developer Associate \
             (exam AI-103)."
        ),
        "{flat}"
    );
    let service = serve(
        "Microsoft Certified: Azure Administrator Associate",
        "2026-11-01",
    );
    let shown = plan(&service, &[]).stdout;
    let host = service.url().replace("http://", "");
    insta::assert_snapshot!("exam_plan_earn_again", shown.replace(&host, "SERVICE"));
}

#[test]
fn saved_evidence_is_enough() {
    let service = serve(
        "Microsoft Certified: Azure Administrator Associate",
        "2026-11-01",
    );
    let folder = tempfile::TempDir::new().unwrap();
    let saved = folder.path().to_str().unwrap();
    assert_eq!(plan(&service, &["--save-evidence", saved]).code, 1);
    let file = std::fs::read_dir(folder.path())
        .unwrap()
        .next()
        .unwrap()
        .unwrap();
    let on = |day: &str| {
        let mut command = bonafide();
        command
            .args([
                "exam",
                "plan",
                "--format",
                "json",
                "--as-of",
                day,
                "--evidence",
            ])
            .arg(file.path());
        let ran = finish(&mut command);
        (ran.code, ran.json()["plans"][0]["action"].clone())
    };
    assert_eq!(on("2026-11-22"), (1, Value::from("earn-again")));
    assert_eq!(on("2026-10-22").1, "renew");
}

#[test]
fn what_is_no_credential_has_to_be_found_out_first() {
    let mut command = bonafide();
    command.args(["exam", "plan", "--as-of", DAY, "https://lnkd.in/x"]);
    let ran = finish(&mut command);
    assert_eq!(ran.code, 3);
    assert!(ran.stdout.starts_with("FIND OUT"), "{}", ran.stdout);
    let mut command = bonafide();
    assert_eq!(finish(command.args(["exam", "plan"])).code, 2);
}

#[test]
fn a_plan_says_what_its_verdict_rests_on() {
    let service = serve(
        "Microsoft Certified: Azure AI Engineer Associate",
        "2027-05-14",
    );
    let own = service.data.path().join("own.toml");
    std::fs::write(
        &own,
        "[certification.azure-ai-engineer]\nas_of = 2026-11-20\nstate = \"active\"\nretires_on = \"\"\n",
    )
    .unwrap();
    let own = ["--catalog", own.to_str().unwrap()];
    let human = plan(&service, &own).stdout;
    let human = human.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in [
        "[not-the-issuer]",
        "Without it the verdict is: passed, retired. [own-catalogue]",
    ] {
        assert!(human.contains(said), "{said}: {human}");
    }
    // Milder notes are for `verify`.
    assert!(!human.contains("[renewal-open]"), "{human}");
    let json = plan(&service, &[&own[..], &["--format", "json"]].concat()).json();
    holds_to_schema("exam-plan", &json);
    assert_eq!(json["plans"][0]["action"], "renew");
    assert!(crate::harness::codes(&json["plans"][0]).contains(&"own-catalogue".to_owned()));

    // Known on 2026-03-06.
    let old = serve(
        "Microsoft Certified: Fabric Data Engineer Associate",
        "2027-02-14",
    );
    let human = plan(&old, &[]).stdout;
    assert!(human.contains("[old-catalogue]"), "{human}");
}
