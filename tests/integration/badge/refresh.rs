//! A failed refresh never leaves a green file behind.

use wiremock::ResponseTemplate;

use super::{Desk, GOOD, NOBODY, tone};
use crate::harness::{PAGE_PATH, RECORD_PATH, Service, finish, text};

const TRANSCRIPT: &str = "https://learn.microsoft.com/en-us/users/jo-1/transcript/abcdefghij12345";
const TRANSCRIPT_API: &str =
    "https://learn.microsoft.com/api/profiles/transcript/share/abcdefghij12345?locale=en-us";

/// A green badge of an earlier run.
fn with_badge() -> Desk {
    let desk = Desk::new();
    let evidence = desk.evidence(GOOD);
    assert_eq!(
        desk.badge(&["--evidence", &evidence, "-o", "b.svg"]).code,
        0
    );
    assert_eq!(tone(&desk.path("b.svg")), "good");
    desk
}

#[test]
fn what_was_green_turns_grey_when_nobody_answers() {
    let desk = with_badge();
    let ran = desk.badge_at(NOBODY, &["-o", "b.svg"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert_eq!(tone(&desk.path("b.svg")), "unverified");
    assert!(
        ran.stderr.contains("The issuer did not answer."),
        "{}",
        ran.stderr
    );
    assert!(desk.read("b.svg").contains("The issuer did not answer."));
}

#[test]
fn it_is_kept_with_its_old_date_where_that_was_asked_for() {
    let desk = with_badge();
    let before = desk.read("b.svg");
    let ran = desk.badge_at(NOBODY, &["-o", "b.svg", "--keep-on-error"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert_eq!(desk.read("b.svg"), before);
    assert!(before.contains("checked 2026-11-22"));
    assert!(
        ran.stderr.contains("kept as checked on 2026-11-22"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_badge_that_has_ended_since_is_not_kept() {
    let desk = with_badge();
    let command = |day| {
        let mut command = crate::harness::bonafide();
        command
            .args(["badge", crate::harness::SHARE_LINK, "--learn-url", NOBODY])
            .args([
                "--retries",
                "0",
                "-o",
                "b.svg",
                "--keep-on-error",
                "--as-of",
                day,
            ])
            .current_dir(desk.0.path());
        finish(&mut command)
    };
    assert_eq!(command("2027-09-01").code, 3);
    assert_eq!(tone(&desk.path("b.svg")), "good");
    assert_eq!(command("2027-09-02").code, 3);
    assert_eq!(tone(&desk.path("b.svg")), "unverified");
}

#[test]
fn an_answer_is_never_hidden_by_what_was_kept() {
    // A refusal is an answer; so is a record without what is needed.
    for status in [404, 410, 200] {
        let service = Service::start();
        for path in [RECORD_PATH, PAGE_PATH] {
            service.answer(path, ResponseTemplate::new(status).set_body_string("{}"));
        }
        let desk = with_badge();
        let ran = desk.badge_at(&service.url(), &["-o", "b.svg", "--keep-on-error"]);
        assert_ne!(ran.code, 0, "{status}");
        assert_eq!(tone(&desk.path("b.svg")), "unverified", "{status}");
    }
}

#[test]
fn somebody_elses_picture_is_never_kept() {
    for old in ["<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "no picture"] {
        let desk = Desk::new();
        std::fs::write(desk.path("b.svg"), old).unwrap();
        let ran = desk.badge_at(NOBODY, &["-o", "b.svg", "--keep-on-error"]);
        assert_eq!((ran.code, desk.read("b.svg").as_str()), (2, old));
    }
    let desk = with_badge();
    let other = desk.read("b.svg").replace("data-key=\"2", "data-key=\"3");
    std::fs::write(desk.path("b.svg"), other).unwrap();
    desk.badge_at(NOBODY, &["-o", "b.svg", "--keep-on-error"]);
    assert_eq!(tone(&desk.path("b.svg")), "unverified");
}

#[test]
fn the_picture_for_dark_pages_does_not_stay_green() {
    for (first, second) in [("b.svg", "b.svg"), ("out/", "out/")] {
        let desk = Desk::new();
        let evidence = desk.evidence(GOOD);
        let auto = ["--theme", "auto", "-o", first];
        desk.badge(&[&["--evidence", &evidence], &auto[..]].concat());
        let dark = match first {
            "out/" => "out/20170dbc5ac04e38-dark.svg",
            _ => "b-dark.svg",
        };
        assert_eq!(tone(&desk.path(dark)), "good");
        desk.badge_at(NOBODY, &["-o", second]);
        assert_eq!(tone(&desk.path(dark)), "unverified");
    }
}

#[test]
fn only_an_answer_to_the_same_question_is_kept() {
    for question in [
        &["--expect-name", "Tamsin Castellan"][..],
        &["--require", "active"],
        &["--valid-until", "2027-01-01"],
        &["--card"],
        &["--lang", "de"],
        &["--theme", "dark"],
        &["--style", "plastic"],
    ] {
        let desk = with_badge();
        let keep = ["-o", "b.svg", "--keep-on-error"];
        let ran = desk.badge_at(NOBODY, &[&keep[..], question].concat());
        assert_ne!(ran.code, 0, "{question:?}: {}", ran.stderr);
        assert_ne!(ran.code, 2, "{question:?}: {}", ran.stderr);
        assert_eq!(tone(&desk.path("b.svg")), "unverified", "{question:?}");
    }
}

/// Pictures in a folder, with their tones, by name.
fn tones(desk: &Desk) -> Vec<(String, String)> {
    let mut tones: Vec<_> = std::fs::read_dir(desk.path("out"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            (
                path.file_name().unwrap().to_string_lossy().into_owned(),
                tone(&path),
            )
        })
        .collect();
    tones.sort();
    tones
}

#[test]
fn what_a_transcript_no_longer_lists_turns_grey() {
    let desk = Desk::new();
    let whole = text("learn-transcript/full-active-and-historical.json");
    let saved = desk.saved(TRANSCRIPT, "learn-transcript", TRANSCRIPT_API, &whole);
    let ran = desk.badge(&["--evidence", &saved, "-o", "out"]);
    assert_ne!(ran.code, 2, "{}", ran.stderr);
    let before = tones(&desk);
    let valid = |tones: &[(String, String)]| {
        let is_valid = |tone: &str| tone == "good" || tone == "attention";
        tones.iter().filter(|(_, tone)| is_valid(tone)).count()
    };
    assert!(valid(&before) > 0 && before.len() > 1, "{before:?}");
    // A transcript's own address shows more than a badge does.
    for (name, _) in &before {
        assert!(
            !desk
                .read(&format!("out/{name}"))
                .contains("abcdefghij12345")
        );
    }

    let ask = ["--learn-url", NOBODY, "--retries", "0", "-o", "out"];
    let ran = desk.badge(&[&[TRANSCRIPT], &ask[..], &["--keep-on-error"]].concat());
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert_eq!(tones(&desk), before);

    let ran = desk.badge(&[&[TRANSCRIPT], &ask[..]].concat());
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert_eq!(valid(&tones(&desk)), 0, "{:?}", tones(&desk));
    for (name, _) in before {
        assert!(desk.path("out").join(name).exists());
    }
}
