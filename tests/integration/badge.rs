//! `bonafide badge`, through the binary.

mod beside;
mod hostile;
mod readme;
mod refresh;
mod refused;
mod when;

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::harness::{DAY, RECORD_PATH, Ran, SHARE_LINK, SHARING_ID, Service, bonafide, finish};

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
