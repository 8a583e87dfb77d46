//! What is refused before anything is asked or lost.

use super::{Desk, GOOD, NOBODY, RETIRED};
use crate::harness::{Service, run};

#[test]
fn an_output_that_is_something_else_is_never_written_over() {
    let desk = Desk::new();
    let evidence = desk.evidence(GOOD);
    let other = desk.saved("x", "learn-credential", "x", RETIRED);
    for (name, text) in [
        ("theirs.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ("theirs.png", "no picture"),
        ("theirs.json", "{}"),
    ] {
        std::fs::write(desk.path(name), text).unwrap();
    }
    for (arguments, says) in [
        (&["-o", "x.png"][..], "--png 2"),
        (&["-o", "x.json"], "--format shields"),
        (&["--png", "1", "-o", "x.svg"], "end in .png"),
        (&["--format", "shields", "-o", "x.svg"], "end in .json"),
        (&["-o", "theirs.svg"], "not written over"),
        (&["--png", "1", "-o", "theirs.png"], "not written over"),
        (
            &["--format", "shields", "-o", "theirs.json"],
            "not written over",
        ),
        (&["--format", "shields", "-o", &evidence], "the evidence"),
        (&["--json-ld", "-o", &evidence], "the evidence"),
        (
            &["--evidence", &other, "-o", "both.svg"],
            "several pictures need a folder",
        ),
    ] {
        let before = ["theirs.svg", "theirs.png", "theirs.json", &evidence].map(|it| desk.read(it));
        let given: Vec<&str> = match arguments {
            ["--evidence", other, rest @ ..] => [&["--evidence", &evidence, other], rest].concat(),
            rest => [&["--evidence", &evidence], rest].concat(),
        };
        let ran = desk.badge(&given);
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(says), "{arguments:?}: {}", ran.stderr);
        let after = ["theirs.svg", "theirs.png", "theirs.json", &evidence].map(|it| desk.read(it));
        assert_eq!(before, after);
        assert!(!desk.path("x.svg").exists() && !desk.path("both.svg").exists());
    }
    // What this program wrote is written again.
    for form in [
        &["-o", "b.svg"][..],
        &["--png", "1", "-o", "b.png"],
        &["--format", "shields", "-o", "b.json"],
    ] {
        for _ in 0..2 {
            let ran = desk.badge(&[&["--evidence", &evidence], form].concat());
            assert_eq!(ran.code, 0, "{}", ran.stderr);
        }
    }
}

#[test]
fn what_is_no_verifiable_link_is_refused_by_its_number() {
    let service = Service::start();
    let desk = Desk::new();
    std::fs::write(
        desk.path("README.md"),
        "<!-- bonafide:certs -->\n<!-- /bonafide:certs -->\n",
    )
    .unwrap();
    for bad in [
        "nonsense",
        "https://learn.microsoft.com.evil.example/x?sharingId=C72B4F60A795D7E4",
        "https://learn.microsoft.com/api/credentials/share/en-us/jo/SHORT?sharingId=C72B4F60A795D7E4",
    ] {
        let ran = desk.badge_at(&service.url(), &[bad, "--update", "README.md"]);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{bad}");
        assert!(
            ran.stderr.contains("link 2 cannot be verified: "),
            "{}",
            ran.stderr
        );
        assert!(!ran.stderr.contains("C72B4F60A795D7E4"), "{}", ran.stderr);
        assert!(!desk.path("badges").exists());
    }
    assert!(service.asked().is_empty());
    let ran = desk.badge_at(NOBODY, &[]);
    assert!(
        ran.stderr.contains("(20170DBC5AC04E38): unverified"),
        "{}",
        ran.stderr
    );
}

#[test]
fn what_cannot_be_made_is_refused_before_anything_is_asked() {
    let transcript = "https://learn.microsoft.com/en-us/users/jo-1/transcript/abcdefghij12345";
    for (arguments, says) in [
        (&[][..], "LINK"),
        (&["x", "--linkedin", "--json-ld"], "cannot be used with"),
        (&["x", "--png", "9"], "1 to 8"),
        (&["x", "--show-holder"], "--card"),
        (&["x", "--card", "--style", "flat"], "cannot be used with"),
        (&["x", "--dir", "d"], "-o for pictures"),
        (&["x", "--keep-on-error"], "-o FILE"),
        (
            &[
                "x",
                "--format",
                "shields",
                "-o",
                "f.json",
                "--keep-on-error",
            ],
            "SVG in files",
        ),
        (
            &["x", "--format", "rst", "--theme", "auto"],
            "light or dark",
        ),
        (
            &["x", "--marker", "a b", "--update", "README.md"],
            "letters",
        ),
        (&["x", "--add-marker"], "--update"),
        (&["x", "--format", "shields", "--card"], "its own picture"),
        (
            &["x", "--format", "shields", "--theme", "dark"],
            "its own picture",
        ),
        (&["x", "--update", "README.txt"], ".md"),
        (&["x", "--update", "nowhere.md"], "cannot read nowhere.md"),
        (
            &[
                "x",
                "--image-url",
                "javascript:alert(1)",
                "--format",
                "html",
            ],
            "https://",
        ),
        (&[transcript, "--png", "2", "-o", "d/"], "one credential"),
        (
            &[transcript, "--format", "shields", "-o", "d/"],
            "one credential",
        ),
    ] {
        let ran = Desk::new().badge(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(says), "{arguments:?}: {}", ran.stderr);
    }
    let ran = run(&["badge", "https://learn.microsoft.com.evil.example/x"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
}
