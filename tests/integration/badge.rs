//! `bonafide badge`, through the binary.

mod beside;
mod hostile;
mod readme;
mod refresh;

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::harness::{
    DAY, RECORD_PATH, Ran, SHARE_LINK, SHARING_ID, Service, bonafide, finish, run,
};

/// Records that the issuer answered with, by what they show on the day of the tests.
pub(crate) const GOOD: &str = r#"{"title":"Microsoft Certified: Azure Administrator Associate","userDisplayName":"Ingrid Solvang-Reyes","awardedOn":"2024-09-01","expiresOn":"2027-09-01"}"#;
pub(crate) const RETIRED: &str = r#"{"title":"Microsoft Certified: Azure AI Engineer Associate","awardedOn":"2024-05-14","expiresOn":"2027-05-14"}"#;
pub(crate) const EXPIRED: &str = r#"{"title":"Microsoft Certified: Azure Administrator Associate","awardedOn":"2024-05-14","expiresOn":"2026-05-14"}"#;
pub(crate) const OPEN: &str = r#"{"title":"Microsoft Certified: Azure Administrator Associate"}"#;

/// A folder with evidence in it that says that Microsoft itself answered.
pub(crate) struct Desk(pub(crate) tempfile::TempDir);

impl Desk {
    pub(crate) fn new() -> Self {
        Self(tempfile::TempDir::new().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// Saves evidence for the README's link.
    pub(crate) fn evidence(&self, record: &str) -> String {
        let link = SHARE_LINK.split('?').next().unwrap();
        let url = format!("https://learn.microsoft.com{RECORD_PATH}");
        self.saved(link, "learn-credential", &url, record)
    }

    /// Saves evidence in the form of `--save-evidence`.
    pub(crate) fn saved(&self, link: &str, kind: &str, url: &str, body: &str) -> String {
        let digest = hex::encode(Sha256::digest(body));
        let saved = serde_json::json!({
            "bonafide_evidence": 1,
            "program": "bonafide 0.1.0",
            "link": link,
            "exchanges": [{
                "kind": kind,
                "url": url,
                "answerer": "issuer",
                "status": 200,
                "content_type": "application/json",
                "fetched_at": "2026-11-22T00:00:00Z",
                "service_date": "2026-11-22T00:00:00Z",
                "sha256": digest,
                "received_bytes": body.len(),
                "bytes": body.len(),
                "kept_sha256": digest,
                "body": body,
            }],
        });
        let name = format!("{}.json", &digest[..12]);
        std::fs::write(self.path(&name), saved.to_string()).unwrap();
        name
    }

    /// Runs `bonafide badge` here.
    pub(crate) fn badge(&self, arguments: &[&str]) -> Ran {
        let mut command = bonafide();
        command
            .args(["badge", "--as-of", DAY, "--data-dir", "data"])
            .args(arguments)
            .current_dir(self.0.path());
        finish(&mut command)
    }

    /// The same against a service on loopback, for the README's link.
    pub(crate) fn badge_at(&self, url: &str, arguments: &[&str]) -> Ran {
        let ask = ["--learn-url", url, "--credly-url", url, "--retries", "0"];
        self.badge(&[&[SHARE_LINK][..], &ask, &["--no-cache"], arguments].concat())
    }
}

/// Where nobody answers.
pub(crate) const NOBODY: &str = "http://127.0.0.1:9";

/// An attribute of a picture's root element.
pub(crate) fn attribute(svg: &str, name: &str) -> Option<String> {
    let document = resvg::usvg::roxmltree::Document::parse(svg).unwrap();
    let root = document.root_element();
    root.attribute(name).map(str::to_owned)
}

pub(crate) fn tone(path: &Path) -> String {
    let svg = std::fs::read_to_string(path).unwrap();
    attribute(&svg, "data-tone").unwrap()
}

#[test]
fn each_standing_has_its_badge_and_exit_code() {
    for (record, code, said) in [
        (GOOD, 0, "valid until 2027-09-01"),
        (RETIRED, 0, "retired, valid until 2027-05-14"),
        (EXPIRED, 1, "expired 2026-05-14"),
        (OPEN, 3, "unverified"),
        ("{}", 3, "unverified"),
    ] {
        let desk = Desk::new();
        let evidence = desk.evidence(record);
        let ran = desk.badge(&["--evidence", &evidence]);
        assert_eq!(ran.code, code, "{record}: {}", ran.stderr);
        let aria = attribute(&ran.stdout, "aria-label").unwrap();
        assert!(aria.ends_with(&format!(": {said}")), "{aria}");
        assert!(
            ran.stdout
                .contains(&format!("{said}, checked {DAY}</title>"))
        );
        assert_eq!(ran.stderr.is_empty(), code == 0, "{}", ran.stderr);
        assert_eq!(ran.stdout.contains("#177834"), record == GOOD, "green");
    }
}

#[test]
fn what_another_host_says_is_never_green() {
    let service = Service::start();
    service.json(RECORD_PATH, GOOD);
    let ran = Desk::new().badge_at(&service.url(), &[]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert_eq!(attribute(&ran.stdout, "data-tone").unwrap(), "unverified");
    assert!(
        ran.stdout
            .contains("Not Microsoft but another service was asked.")
    );
    assert!(ran.stderr.contains("Not Microsoft"), "{}", ran.stderr);
}

#[test]
fn what_is_judged_for_a_day_before_its_answer_is_never_green() {
    for (record, day) in [(EXPIRED, "2025-10-01"), (GOOD, "2026-11-21")] {
        let desk = Desk::new();
        let evidence = desk.evidence(record);
        let at = |form: &[&str]| {
            let mut command = bonafide();
            command
                .args(["badge", "--as-of", day, "--evidence", &evidence])
                .args(form)
                .current_dir(desk.0.path());
            finish(&mut command)
        };
        let ran = at(&[]);
        assert_eq!(ran.code, 3, "{}", ran.stderr);
        assert_eq!(attribute(&ran.stdout, "data-tone").unwrap(), "unverified");
        assert_eq!(attribute(&ran.stdout, "data-checked").unwrap(), DAY);
        assert!(
            ran.stderr.contains("for a day before the issuer's answer"),
            "{}",
            ran.stderr
        );
        assert_eq!(at(&["--format", "shields"]).json()["isError"], true);
        assert_eq!(at(&["--linkedin"]).stdout, "");
        let resume = at(&["--json-resume"]).json();
        assert_eq!(resume, serde_json::json!({"certificates": []}));
        let linked = at(&["--json-ld"]).json();
        assert_eq!(linked["creativeWorkStatus"], "unverified");
        assert_eq!(linked["sdDatePublished"], DAY);
        assert!(linked.get("expires").is_none());
    }
}

#[test]
fn evidence_with_clocks_far_apart_is_never_green() {
    let desk = Desk::new();
    let evidence = desk.evidence(GOOD);
    let text = desk.read(&evidence).replace(
        "\"service_date\":\"2026-11-22",
        "\"service_date\":\"2027-11-22",
    );
    std::fs::write(desk.path(&evidence), text).unwrap();
    let ran = desk.badge(&["--evidence", &evidence]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("more than a day apart"),
        "{}",
        ran.stderr
    );
}

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
fn what_was_expected_counts() {
    let desk = Desk::new();
    let evidence = desk.evidence(GOOD);
    for (expected, code, said) in [
        ("Ingrid Solvang-Reyes", 0, "valid until 2027-09-01"),
        ("I. Solvang-Reyes", 3, "unverified"),
        ("Tamsin Castellan", 1, "not as required"),
    ] {
        let ran = desk.badge(&["--evidence", &evidence, "--expect-name", expected]);
        let aria = attribute(&ran.stdout, "aria-label").unwrap();
        assert_eq!(
            (ran.code, aria.ends_with(said)),
            (code, true),
            "{expected}: {aria}"
        );
        assert!(!ran.stdout.contains(expected));
    }
}

#[test]
fn nothing_that_comes_out_holds_the_secret_or_names_the_holder_unasked() {
    let desk = Desk::new();
    let evidence = desk.evidence(GOOD);
    let forms: [&[&str]; 9] = [
        &["--format", "svg"],
        &["--format", "shields"],
        &["--format", "markdown"],
        &["--format", "html"],
        &["--format", "asciidoc"],
        &["--format", "rst"],
        &["--linkedin"],
        &["--json-ld"],
        &["--card"],
    ];
    for form in forms {
        let ran = desk.badge(&[&["--evidence", &evidence], form].concat());
        assert_eq!(ran.code, 0, "{form:?}: {}", ran.stderr);
        assert!(!ran.stdout.contains(SHARING_ID), "{form:?}");
        assert!(!ran.stdout.contains("Solvang"), "{form:?}");
        assert!(
            form[0] == "--format" && form[1] == "shields"
                || ran.stdout.contains("20170DBC5AC04E38")
        );
    }
    // The same from a link that carries the secret.
    let ran = desk.badge_at(NOBODY, &["--format", "markdown"]);
    assert!(!format!("{}{}", ran.stdout, ran.stderr).contains(SHARING_ID));
    let ran = desk.badge(&["--evidence", &evidence, "--card", "--show-holder"]);
    assert!(ran.stdout.contains("Ingrid Solvang-Reyes"));
}

#[test]
fn several_pictures_go_into_a_folder() {
    let desk = Desk::new();
    let one = desk.evidence(GOOD);
    let url = "https://learn.microsoft.com/api/credentials/90C4E7711BD2A86E";
    let two = desk.saved(url, "learn-credential", url, RETIRED);
    let both = ["--evidence", &one, &two];
    assert_eq!(desk.badge(&both).code, 2);
    for (form, end) in [
        (&[][..], "svg"),
        (&["--format", "shields"], "json"),
        (&["--png", "1"], "png"),
    ] {
        let ran = desk.badge(&[&both[..], form, &["-o", "out"]].concat());
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        for stem in ["20170dbc5ac04e38", "90c4e7711bd2a86e"] {
            assert!(desk.path(&format!("out/{stem}.{end}")).is_file());
        }
    }
    let ran = desk.badge(&["--evidence", &one, "--theme", "auto", "-o", "one.svg"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(desk.read("one.svg") != desk.read("one-dark.svg"));
}

#[test]
fn a_snippet_shows_the_picture_and_links_the_credential() {
    let desk = Desk::new();
    let evidence = desk.evidence(GOOD);
    let page =
        "https://learn.microsoft.com/api/credentials/share/en-us/buchheister/20170DBC5AC04E38";
    for (format, image) in [
        ("markdown", "](my%20badges/20170dbc5ac04e38.svg)]("),
        (
            "html",
            "<img src=\"my%20badges/20170dbc5ac04e38.svg\" alt=\"Microsoft Certified: ",
        ),
        ("asciidoc", "image:my%20badges/20170dbc5ac04e38.svg["),
        ("rst", ".. image:: my%20badges/20170dbc5ac04e38.svg\n"),
    ] {
        let ran = desk.badge(&[
            "--evidence",
            &evidence,
            "--format",
            format,
            "--dir",
            "my badges",
        ]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert!(
            ran.stdout.contains(image) && ran.stdout.contains(page),
            "{}",
            ran.stdout
        );
        assert_eq!(tone(&desk.path("my badges/20170dbc5ac04e38.svg")), "good");
    }
    for format in ["markdown", "html", "asciidoc", "rst"] {
        let ran = desk.badge(&["--evidence", &evidence, "--format", format]);
        assert!(ran.stdout.contains("checked 2026-11-22"), "{}", ran.stdout);
    }
    let far = [
        "--format",
        "markdown",
        "--image-url",
        "https://example.org/b/",
    ];
    let ran = desk.badge(&[&["--evidence", &evidence], &far[..]].concat());
    assert!(
        ran.stdout
            .contains("(https://example.org/b/20170dbc5ac04e38.svg)")
    );
    let both = ["--format", "html", "--dir", "b", "--theme", "auto"];
    let ran = desk.badge(&[&["--evidence", &evidence], &both[..]].concat());
    assert!(
        ran.stdout
            .contains("srcset=\"b/20170dbc5ac04e38-dark.svg\""),
        "{}",
        ran.stdout
    );
    assert!(desk.path("b/20170dbc5ac04e38-dark.svg").is_file());
    // Without a folder it is said where the picture is looked for, unless that is not wanted.
    let ran = desk.badge(&["--evidence", &evidence, "--format", "markdown", "-q"]);
    assert_eq!(ran.stderr, "");
    let ran = desk.badge(&["--evidence", &evidence, "--format", "markdown"]);
    assert!(ran.stderr.contains("--dir badges"), "{}", ran.stderr);
}

#[test]
fn words_and_labels_can_be_chosen() {
    let desk = Desk::new();
    let evidence = desk.evidence(GOOD);
    let ran = desk.badge(&["--evidence", &evidence, "--lang", "de", "--label", "exam"]);
    assert!(ran.stdout.contains(">AZ-104</text>"), "{}", ran.stdout);
    assert!(
        ran.stdout
            .contains("gültig bis 2027-09-01, geprüft 2026-11-22</title>")
    );
    let ran = desk.badge(&["--evidence", &evidence, "--style", "for-the-badge"]);
    assert!(
        ran.stdout.contains(">VALID UNTIL 2027-09-01</text>"),
        "{}",
        ran.stdout
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
