//! `bonafide verify --redact`, through the binary.

use crate::harness::{RECORD_PATH, Ran, SHARE_LINK, SHARING_ID, Service, finish};

const RECORD: &str = r#"{"title":"Microsoft Certified: Azure AI Engineer Associate",
    "credentialId":"20170DBC5AC04E38","userDisplayName":"Johanna Buchheister",
    "awardedOn":"2024-05-14T10:22:31Z","expiresOn":"2027-05-14T23:59:59Z","credentialStatus":"Active"}"#;

fn service() -> Service {
    let service = Service::start();
    service.json(RECORD_PATH, RECORD);
    service
}

fn holds_nobody(text: &str) {
    let text = text.to_lowercase();
    for name in ["buchheister", "johanna", "jane", &SHARING_ID.to_lowercase()] {
        assert!(!text.contains(name), "{name} is in\n{text}");
    }
}

fn human(service: &Service, arguments: &[&str]) -> Ran {
    finish(service.command().args(arguments))
}

#[test]
fn neither_people_nor_programs_read_a_name() {
    let service = service();
    let arguments = [SHARE_LINK, "--redact", "--expect-name", "Jane Doe"];
    for ran in [service.verify(&arguments), human(&service, &arguments)] {
        assert_eq!(ran.code, 1, "{}", ran.stderr);
        holds_nobody(&ran.stdout);
        holds_nobody(&ran.stderr);
        assert!(ran.stdout.contains("20170DBC5AC04E38"));
        assert!(ran.stdout.contains("person-") && ran.stdout.contains("user-"));
    }
}

#[test]
fn the_grade_stays_and_the_pseudonym_is_the_same_in_every_output() {
    let service = service();
    let holder = |ran: &Ran| {
        ran.json()["results"][0]["credential"]["holder"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let one = service.verify(&[
        SHARE_LINK,
        "--redact",
        "--expect-name",
        "BUCHHEISTER Johanna",
    ]);
    assert_eq!(one.code, 0, "{}", one.stdout);
    assert_eq!(
        one.json()["results"][0]["holder_match"]["grade"],
        "reordered"
    );
    let other = service.verify(&[SHARE_LINK, "--redact"]);
    assert_eq!(holder(&one), holder(&other));
    std::fs::remove_file(service.data.path().join("redaction.key")).unwrap();
    let anew = service.verify(&[SHARE_LINK, "--redact"]);
    assert_ne!(holder(&one), holder(&anew));
}

#[test]
fn a_key_that_is_none_stops_the_run() {
    let service = service();
    std::fs::write(service.data.path().join("redaction.key"), "secret").unwrap();
    let ran = service.verify(&[SHARE_LINK, "--redact"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(
        ran.stderr.contains("64 hexadecimal digits"),
        "{}",
        ran.stderr
    );
}

#[test]
fn without_redaction_there_is_no_key() {
    let service = service();
    assert_eq!(service.verify(&[SHARE_LINK]).code, 0);
    assert!(!service.data.path().join("redaction.key").exists());
}
