//! `bonafide scan --verify`, through the binary.

use crate::harness::{DAY, RECORD_PATH, Ran, Service, bonafide, codes, finish, fixture, run, text};
use crate::scan::scan;

/// `bonafide scan --verify` against a service.
fn verify(service: &Service, arguments: &[&str]) -> Ran {
    let mut command = bonafide();
    command
        .args([
            "scan",
            "--verify",
            "--as-of",
            DAY,
            "--retries",
            "0",
            "--format",
            "json",
        ])
        .args([
            "--learn-url",
            &service.url(),
            "--credly-url",
            &service.url(),
        ])
        .arg("--data-dir")
        .arg(service.data.path())
        .args(arguments);
    finish(&mut command)
}

#[test]
fn links_are_checked_for_the_cvs_name_and_the_claim_beside_them() {
    let service = Service::start();
    service.json(
        RECORD_PATH,
        &text("learn-credential/ai-engineer-retired.json"),
    );
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, claim: &str| {
        let link = "https://learn.microsoft.com/api/credentials/20170DBC5AC04E38";
        let cv = format!("Jane Doe\njane.doe@example.com\n\n{claim}: {link}\n");
        let path = folder.path().join(name);
        std::fs::write(&path, cv).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let right = write("right.txt", "AI-102");
    let wrong = write("wrong.txt", "AZ-104");
    let newer = write("newer.txt", "AZ-199");
    let two = write("two.txt", "AI-102, AZ-104");
    let result = |arguments: &[&str]| {
        let ran = verify(&service, arguments);
        let json = ran.json();
        (ran.code, json["results"][0].clone())
    };
    let (_, first) = result(&[&right]);
    assert_eq!(first["expected_name"], "Jane Doe");
    assert!(
        first["expected_certification"]
            .as_str()
            .unwrap()
            .contains("AI Engineer")
    );
    assert_eq!(first["status"], "retired");
    assert_eq!(first["places"][0]["line"], 4);
    assert!(!codes(&first).contains(&"certification-different".to_owned()));
    let (code, other) = result(&[&wrong]);
    assert_eq!(code, 1);
    assert!(codes(&other).contains(&"certification-different".to_owned()));
    // An unknown exam, and two that contradict each other, neither fail a link nor pass it.
    for file in [&newer, &two] {
        let (_, open) = result(&[file]);
        assert!(codes(&open).contains(&"certification-uncertain".to_owned()));
        assert!(open["expected_certification"].is_null(), "{open}");
        assert!(!codes(&open).contains(&"certification-different".to_owned()));
    }
    let (_, given) = result(&[
        &wrong,
        "--expect-certification",
        "AI-102",
        "--expect-name",
        "Richard Roe",
    ]);
    assert_eq!(given["expected_name"], "Richard Roe");
    assert!(!codes(&given).contains(&"certification-different".to_owned()));
}

#[test]
fn a_claim_that_a_link_cannot_be_held_to_leaves_it_open() {
    let service = Service::start();
    service.json(
        RECORD_PATH,
        &text("learn-credential/ai-engineer-retired.json"),
    );
    let folder = tempfile::tempdir().unwrap();
    let cv = folder.path().join("cv.txt");
    let cv = cv.to_str().unwrap();
    for (words, code, said) in [
        (
            "AZ-999 Certified Foo",
            3,
            "AZ-999 is claimed beside the link",
        ),
        ("AI-102 and AZ-305", 3, "(AI-102, AZ-305)"),
        ("AI-102/AZ-305", 3, "(AI-102, AZ-305)"),
        ("AI-102, GH-999", 3, "(AI-102, GH-999)"),
        ("AI-102", 0, ""),
        ("Certified", 0, ""),
        ("AI-102, ISO-27001, ISO-270", 0, ""),
        ("RFC-822, CS-101, MS 365", 0, ""),
    ] {
        let link = "https://learn.microsoft.com/api/credentials/20170DBC5AC04E38";
        std::fs::write(cv, format!("{words}: {link}\n")).unwrap();
        let ran = verify(&service, &[cv]);
        assert_eq!(ran.code, code, "{words}: {}", ran.stdout);
        assert_eq!(ran.stdout.contains("certification-uncertain"), code == 3);
        assert!(ran.stdout.contains(said), "{words}: {}", ran.stdout);
        let given = verify(&service, &[cv, "--expect-certification", "AI-102"]);
        assert_eq!(given.code, 0, "{words}: {}", given.stdout);
    }
    let two = verify(&service, &[cv, "--expect-certification", "AI-102, AZ-305"]);
    assert_eq!(two.code, 2, "{}", two.stdout);
    assert!(
        two.stderr.contains("names several certifications"),
        "{}",
        two.stderr
    );
}

#[test]
fn one_link_in_several_files_is_asked_for_once() {
    let service = Service::start();
    service.json(
        RECORD_PATH,
        &text("learn-credential/ai-engineer-retired.json"),
    );
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.txt", "b.txt", "c.txt"] {
        std::fs::write(
            folder.path().join(name),
            "https://learn.microsoft.com/api/credentials/20170DBC5AC04E38\n",
        )
        .unwrap();
    }
    let saved = folder.path().join("saved");
    let ran = verify(
        &service,
        &[
            folder.path().to_str().unwrap(),
            "--save-evidence",
            saved.to_str().unwrap(),
        ],
    );
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    assert_eq!(ran.json()["results"].as_array().unwrap().len(), 3);
    assert_eq!(service.asked(), [RECORD_PATH]);
    assert_eq!(std::fs::read_dir(saved).unwrap().count(), 1);
}

#[test]
fn a_transcript_is_held_to_each_claim_beside_it() {
    let service = Service::start();
    let shared = "/api/profiles/transcript/share/d8yjji9j0ne8xmz";
    service.json(
        shared,
        &text("learn-transcript/full-active-and-historical.json"),
    );
    let folder = tempfile::tempdir().unwrap();
    let cv = folder.path().join("cv.txt");
    let link = "https://learn.microsoft.com/en-us/users/jane-1/transcript/d8yjji9j0ne8xmz";
    std::fs::write(&cv, format!("AZ-104, AZ-900 and more: {link}\n")).unwrap();
    let ran = verify(&service, &[cv.to_str().unwrap()]);
    let json = ran.json();
    let results = json["results"].as_array().unwrap();
    let expected: Vec<_> = results
        .iter()
        .map(|one| one["expected_certification"].as_str().unwrap())
        .collect();
    assert_eq!(expected.len(), 2, "{expected:?}");
    assert!(expected[0].contains("Administrator") && expected[1].contains("Fundamentals"));
    assert_eq!(service.asked().len(), 1);
}

#[test]
fn a_trick_fails_also_when_its_target_is_good() {
    let service = Service::start();
    service.json(
        RECORD_PATH,
        &text("learn-credential/ai-engineer-retired.json"),
    );
    let folder = tempfile::tempdir().unwrap();
    let cv = folder.path().join("cv.html");
    let page = "<p><a href='https://learn.microsoft.com/api/credentials/20170DBC5AC04E38'>\
                https://learn.microsoft.com/api/credentials/6E0995C2951D7DCD</a></p>";
    std::fs::write(&cv, page).unwrap();
    let ran = verify(&service, &[cv.to_str().unwrap()]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert_eq!(ran.json()["results"][0]["outcome"], "failed");
}

#[test]
fn documents_hold_to_the_schema() {
    let schema = jsonschema::validator_for(&run(&["schema", "scan"]).json()).unwrap();
    let service = Service::start();
    service.json(
        RECORD_PATH,
        &text("learn-credential/ai-engineer-retired.json"),
    );
    let checked = verify(
        &service,
        &[
            fixture("cv/plain.txt").to_str().unwrap(),
            "/nonexistent.pdf",
        ],
    );
    for document in [
        scan(&[
            "chromium.pdf",
            "trick.html",
            "forwarded.eml",
            "word-fields.docx",
        ])
        .json(),
        checked.json(),
    ] {
        let errors: Vec<_> = schema
            .iter_errors(&document)
            .map(|error| error.to_string())
            .collect();
        assert_eq!(errors, [""; 0]);
    }
}
