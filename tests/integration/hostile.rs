//! Hostile text and secrets: nothing raw on a terminal, no sharingId anywhere.

use wiremock::ResponseTemplate;

use crate::harness::{
    PAGE_PATH, RECORD_PATH, SHARE_LINK, SHARING_ID, Service, codes, finish, text,
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
