//! Files at random: whatever they hold, reading ends and says what it found.

use proptest::prelude::*;

use super::{Document, ScanError, read};
use crate::catalog::Catalog;

fn scan(name: &str, bytes: &[u8]) -> Result<Document, ScanError> {
    read(name, bytes, Catalog::embedded())
}

const FIXTURES: [(&str, &[u8]); 8] = [
    ("a.pdf", include_bytes!("../../fixtures/cv/chromium.pdf")),
    ("b.pdf", include_bytes!("../../fixtures/cv/libreoffice.pdf")),
    (
        "c.docx",
        include_bytes!("../../fixtures/cv/libreoffice.docx"),
    ),
    (
        "d.docx",
        include_bytes!("../../fixtures/cv/word-fields.docx"),
    ),
    (
        "e.eml",
        include_bytes!("../../fixtures/cv/quoted-printable.eml"),
    ),
    ("f.eml", include_bytes!("../../fixtures/cv/forwarded.eml")),
    ("g.md", include_bytes!("../../fixtures/cv/markdown.md")),
    ("h.html", include_bytes!("../../fixtures/cv/trick.html")),
];

/// Beginnings that lead into each reader.
const STARTS: [&[u8]; 8] = [
    b"",
    b"%PDF-1.4\n1 0 obj\n",
    b"PK\x03\x04[Content_Types].xmlword/",
    b"<!doctype html><body>",
    b"From: a\nTo: b\nSubject: c\nContent-Type: multipart/mixed; boundary=x\n\n--x\n",
    b"[a](http://",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_a_reader_panic(
        start in prop::sample::select(&STARTS[..]),
        rest in prop::collection::vec(any::<u8>(), 0..600),
        name in "[a-z]{1,3}(\\.(pdf|docx|html|md|txt|eml))?",
    ) {
        let _ = scan(&name, &[start, &rest].concat());
    }

    #[test]
    fn no_changed_file_makes_a_reader_panic(
        fixture in prop::sample::select(&FIXTURES[..]),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let (name, bytes) = fixture;
        let mut bytes = bytes.to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        // A stumble of a library is caught, and counts as one here.
        if let Err(ScanError::Damaged { reason, .. }) = scan(name, &bytes) {
            prop_assert_ne!(reason, "it cannot be taken apart");
        }
    }

    #[test]
    fn text_at_random_is_read(text in "(\\PC|https://learn\\.microsoft\\.com/|AZ-104|\\n|\\[|\\]\\(| ){0,200}") {
        for name in ["a.txt", "a.md", "a.html"] {
            if let Ok(document) = scan(name, text.as_bytes()) {
                for mention in document.mentions() {
                    prop_assert!(!mention.places().is_empty());
                }
            }
        }
    }
}

#[test]
fn ordinary_links_of_a_cv_are_not_held_against_its_owner() {
    let cv = "Jane Doe | AZ-104, AZ-305 | jane@example.com | https://www.linkedin.com/in/jane\n\
              AZ-104 project: see https://github.com/jane/azure for the code\n\
              Skills: Node.js/React, CI/CD, learn.microsoft.com/azure\n\
              https://learn.microsoft.com/en-us/azure/\n";
    let document = scan("cv.txt", cv.as_bytes()).unwrap();
    let found: Vec<_> = document
        .mentions()
        .iter()
        .map(|one| one.link().input())
        .collect();
    assert_eq!(found, [""; 0]);
    assert_eq!(document.loose_claims().len(), 2);
}

#[test]
fn links_offered_as_proof_are_named_wherever_they_lead() {
    for cv in [
        "AZ-104: https://drive.example/certificate.pdf",
        "AZ-104 (https://lnkd.in/abc)",
        "[AZ-104](https://drive.example/certificate.pdf)",
    ] {
        let document = scan("cv.txt", cv.as_bytes()).unwrap();
        assert_eq!(document.mentions().len(), 1, "{cv}");
        assert!(!document.mentions()[0].link().is_verifiable());
    }
}

#[test]
fn claims_are_put_to_the_link_they_stand_beside() {
    const A: &str = "https://learn.microsoft.com/api/credentials/20170DBC5AC04E38";
    const B: &str = "https://learn.microsoft.com/api/credentials/6E0995C2951D7DCD";
    for (cv, expected) in [
        (
            format!("AZ-104: {A}, AZ-305: {B}"),
            vec![vec!["AZ-104"], vec!["AZ-305"]],
        ),
        (
            format!("{A} AZ-104 {B} AZ-305"),
            vec![vec!["AZ-104"], vec!["AZ-305"]],
        ),
        (
            format!("AZ-104\nIssued May 2024\n{A}"),
            vec![vec!["AZ-104"]],
        ),
        (format!("AZ-104\n\n{A}"), vec![vec!["AZ-104"]]),
        (format!("AZ-104\n{A}\n{B}"), vec![vec!["AZ-104"], vec![]]),
        (format!("AZ-104\nWork and life\n{A}"), vec![vec![]]),
        (format!("- AZ-104\n- AZ-305: {A}"), vec![vec!["AZ-305"]]),
        (format!("- AZ-104\n- {A}"), vec![vec![]]),
        (format!("- AZ-104\n\nTranscript\n{A}"), vec![vec![]]),
        (
            format!("Azure Administrator Associate (AZ-104) {A}"),
            vec![vec!["Azure Administrator Associate", "AZ-104"]],
        ),
    ] {
        let document = scan("cv.txt", cv.as_bytes()).unwrap();
        let found: Vec<Vec<&str>> = document
            .mentions()
            .iter()
            .map(|one| one.claims().iter().map(super::Claim::text).collect())
            .collect();
        assert_eq!(found, expected, "{cv}");
    }
}
