//! Hostile text and secrets: nothing raw on a terminal, no sharingId anywhere.

use wiremock::ResponseTemplate;

use crate::harness::{
    PAGE_PATH, RECORD_PATH, SHARE_LINK, SHARING_ID, Service, codes, finish, run, text,
};

#[test]
fn hostile_text_reaches_no_terminal_raw() {
    let service = Service::start();
    service.json(RECORD_PATH, &text("learn-credential/hostile-text.json"));
    let ran = finish(
        service
            .command()
            .args([SHARE_LINK, "--expect-name", "Eve\u{1b}[31m"]),
    );
    assert_eq!(ran.code, 1, "{}", ran.stdout);
    for said in [&ran.stdout, &ran.stderr] {
        assert!(
            said.chars().all(|c| c == '\n' || !c.is_control()),
            "{said:?}"
        );
        assert!(
            !said.contains('\u{202e}') && !said.contains('\u{200b}'),
            "{said:?}"
        );
    }
}

#[test]
fn the_sharing_id_is_shown_nowhere_but_in_the_echoed_input() {
    let service = Service::start();
    service.answer(RECORD_PATH, ResponseTemplate::new(500));
    service.page(PAGE_PATH, &text("learn-page/share-page.html"));
    let folder = service.data.path().join("evidence");
    let human = finish(
        service
            .command()
            .args([SHARE_LINK, "-vv", "--save-evidence"])
            .arg(&folder),
    );
    assert!(!human.stdout.contains(SHARING_ID), "{}", human.stdout);
    assert!(!human.stderr.contains(SHARING_ID), "{}", human.stderr);
    assert!(!human.stderr.is_empty(), "-vv says what is asked");
    let mut json = service.verify(&[SHARE_LINK]).json();
    assert!(
        json["results"][0]["input"]
            .take()
            .as_str()
            .unwrap()
            .contains(SHARING_ID)
    );
    assert!(
        json["results"][0]["link"]["input"]
            .take()
            .as_str()
            .unwrap()
            .contains(SHARING_ID)
    );
    assert!(!json.to_string().contains(SHARING_ID));
    for_each_file(service.data.path(), &|path, bytes| {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains(SHARING_ID), "{}", path.display());
    });
}

fn for_each_file(folder: &std::path::Path, check: &dyn Fn(&std::path::Path, &[u8])) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            for_each_file(&path, check);
        } else {
            check(&path, &std::fs::read(&path).unwrap());
        }
    }
}

#[test]
fn links_are_read_from_standard_input_whatever_they_hold() {
    let service = Service::start();
    service.json(
        RECORD_PATH,
        &text("learn-credential/ai-engineer-retired.json"),
    );
    let mut input = format!("{SHARE_LINK}\r\n\n").into_bytes();
    input.extend_from_slice(b"\xff\xfe\x00 not text\n");
    input.extend(std::iter::repeat_n(b'x', 10 << 20));
    let ran = finish(
        service
            .command()
            .args(["--format", "json", "-"])
            .write_stdin(input),
    );
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    let json = ran.json();
    assert_eq!(json["summary"]["total"], 3);
    assert_eq!(json["results"][0]["status"], "retired");
    assert_eq!(codes(&json["results"][2]), ["malformed-link"]);
    assert!(
        ran.stdout.len() < 100_000,
        "a long input is not echoed whole"
    );
}

#[test]
fn a_stranger_cannot_write_lines_of_their_own() {
    let service = Service::start();
    let forged = r#"{"title":"Microsoft Certified: Azure Administrator Associate","expiresOn":"2027-09-01","userDisplayName":"Jane Doe\n\nACTIVE  Real\n  passed: it is what was required\n"}"#;
    service.json(RECORD_PATH, forged);
    let ran = finish(
        service
            .command()
            .args([SHARE_LINK, "--expect-name", "Bob Zed"]),
    );
    assert_eq!(ran.code, 1);
    let is_forged = |line: &str| {
        line.starts_with("ACTIVE  Real") || line.trim() == "passed: it is what was required"
    };
    assert!(!ran.stdout.lines().any(is_forged), "{}", ran.stdout);
}

#[test]
fn json_on_a_terminal_steers_nothing() {
    let service = Service::start();
    service.json(
        RECORD_PATH,
        "{\"title\":\"a\u{202e}b\u{9b}c\u{7f}\",\"expiresOn\":\"2027-09-01\"}",
    );
    let ran = service.verify(&[SHARE_LINK]);
    assert!(
        ran.stdout.chars().all(|c| c == '\n' || !c.is_control()),
        "{}",
        ran.stdout
    );
    assert!(!ran.stdout.contains('\u{202e}'));
    assert_eq!(
        ran.json()["results"][0]["credential"]["title"],
        "a\u{202e}b\u{9b}c\u{7f}"
    );
}

#[test]
fn a_huge_answer_in_the_wrong_place_floods_no_report() {
    let service = Service::start();
    service.json(RECORD_PATH, &format!("\"{}\"", "B".repeat(1_500_000)));
    let ran = service.verify(&[SHARE_LINK]);
    assert_eq!(ran.code, 3);
    assert!(ran.stdout.len() < 20_000, "{}", ran.stdout.len());
}

#[test]
fn a_forgotten_command_shows_no_secret_and_says_what_was_meant() {
    let ran = run(&[SHARE_LINK]);
    assert_eq!(ran.code, 2);
    assert!(!ran.stderr.contains(SHARING_ID), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("bonafide verify \"LINK\""),
        "{}",
        ran.stderr
    );
    let ran = run(&["verify", "x", "--as-of", "\u{202e}soon"]);
    assert!(!ran.stderr.contains('\u{202e}'), "{}", ran.stderr);
}
