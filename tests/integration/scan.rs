//! `bonafide scan`, through the binary.

use serde_json::{Value, json};

use crate::harness::{Ran, SHARING_ID, bonafide, codes, finish, fixture, run};

/// Scans files below `fixtures/cv/`, with JSON out.
pub(crate) fn scan(files: &[&str]) -> Ran {
    let paths: Vec<_> = files.iter().map(|file| fixture("cv").join(file)).collect();
    finish(bonafide().args(["scan", "--format", "json"]).args(paths))
}

/// The numbers of the links of a file, with the certification each is expected to be.
fn proofs(file: &Value) -> Vec<(String, String)> {
    let of = |link: &Value| {
        let part = |name: &str| link["link"][name].as_str().map(str::to_owned);
        let number = part("credential_id")
            .or_else(|| part("badge_id"))
            .unwrap_or_default();
        let expected = link["expected_certifications"][0]
            .as_str()
            .unwrap_or_default();
        (number, expected.replace("Microsoft Certified: ", ""))
    };
    file["links"].as_array().unwrap().iter().map(of).collect()
}

fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |pair: &(&str, &str)| (pair.0.to_owned(), pair.1.to_owned());
    pairs.iter().map(owned).collect()
}

const BADGE: &str = "3ed06b52-2c42-4696-ae9f-3801940fe2b4";

#[test]
fn one_cv_made_by_three_programs_says_the_same() {
    for file in [
        "sources/jane.html",
        "libreoffice.docx",
        "libreoffice.pdf",
        "chromium.pdf",
    ] {
        let ran = scan(&[file]);
        assert_eq!(ran.code, 0, "{file}: {}", ran.stderr);
        let document = ran.json();
        let cv = &document["files"][0];
        assert_eq!(
            cv["name"],
            json!({"name": "Jane Doe", "basis": "top-line"}),
            "{file}"
        );
        let expected = [
            ("20170DBC5AC04E38", "Azure AI Engineer Associate"),
            ("CECC57C73681A9E1", "Azure Administrator Associate"),
            (BADGE, ""),
            ("F41008EF3A8CBCE4", ""),
        ];
        assert_eq!(proofs(cv), owned(&expected), "{file}");
        // The last one stands in a narrow column, and is broken over several lines.
        let joined = &cv["links"][3]["link"];
        assert_eq!(joined["sharing_id_present"], true, "{file}: {joined}");
        assert_eq!(
            cv["claims_without_link"][0]["text"], "Azure Fundamentals",
            "{file}"
        );
        assert_eq!(document["summary"]["claims_without_link"], 1, "{file}");
    }
}

#[test]
fn places_are_told_by_page_line_and_part() {
    let document = scan(&["chromium.pdf", "base64-with-attachment.eml"]).json();
    let place =
        |file: usize, link: usize| document["files"][file]["links"][link]["places"][0].clone();
    assert_eq!(place(0, 2)["page"], 2);
    assert_eq!(
        place(1, 0),
        json!({"part": "word-fields.docx", "page": null, "line": 2})
    );
    assert_eq!(place(1, 4)["part"], "word-fields.docx, footer");
}

#[test]
fn links_are_found_however_word_keeps_them() {
    let document = scan(&["word-fields.docx"]).json();
    let cv = &document["files"][0];
    let expected = [
        ("20170DBC5AC04E38", "Azure AI Engineer Associate"),
        ("CECC57C73681A9E1", "Azure Administrator Associate"),
        ("F41008EF3A8CBCE4", "Azure Fundamentals"),
        // Once, though a text box is written twice.
        ("3257D7653ACAAFA9", "Azure Data Fundamentals"),
        (BADGE, ""),
    ];
    assert_eq!(proofs(cv), owned(&expected));
    assert_eq!(cv["links"][1]["visible_text"], "certificate & more");
    assert_eq!(cv["claims_without_link"][0]["text"], "SC-900");
}

#[test]
fn plain_text_is_read_in_every_encoding_and_broken_links_are_joined() {
    for file in ["plain.txt", "plain-utf-16.txt", "plain-windows-1252.txt"] {
        let document = scan(&[file]).json();
        let cv = &document["files"][0];
        let expected = [
            ("20170DBC5AC04E38", "Azure AI Engineer Associate"),
            ("6E0995C2951D7DCD", "Azure Solutions Architect Expert"),
            (BADGE, ""),
        ];
        assert_eq!(proofs(cv), owned(&expected), "{file}");
        assert_eq!(cv["links"][0]["link"]["sharing_id_present"], true, "{file}");
        assert_eq!(cv["links"][0]["link"]["findings"], json!([]), "{file}");
    }
    let named = scan(&["plain-windows-1252.txt"]).json();
    assert_eq!(named["files"][0]["name"]["name"], "José Müller");
}

#[test]
fn markdown_links_of_every_form_are_found() {
    let document = scan(&["markdown.md"]).json();
    let expected = [
        ("20170DBC5AC04E38", "Azure AI Engineer Associate"),
        ("CECC57C73681A9E1", "Azure Administrator Associate"),
        ("6E0995C2951D7DCD", "Azure Solutions Architect Expert"),
        ("F41008EF3A8CBCE4", "Azure Fundamentals"),
        (BADGE, ""),
    ];
    assert_eq!(proofs(&document["files"][0]), owned(&expected));
    let lines = document["files"][0]["links"].as_array().unwrap().iter();
    let lines: Vec<_> = lines
        .map(|link| link["places"][0]["line"].clone())
        .collect();
    assert_eq!(lines, [7, 8, 9, 13, 15]);
}

#[test]
fn mails_are_taken_apart() {
    let mail = scan(&["quoted-printable.eml"]).json();
    assert_eq!(mail["files"][0]["format"], "mail");
    assert_eq!(
        mail["files"][0]["name"],
        json!({"name": "Jané Doe", "basis": "mail-sender"})
    );
    assert_eq!(
        proofs(&mail["files"][0]).len(),
        1,
        "text and HTML say the same"
    );
    let forwarded = scan(&["forwarded.eml"]).json();
    let cv = &forwarded["files"][0];
    assert_eq!(
        cv["name"]["name"], "Jane Doe",
        "whoever passes a CV on is not its owner"
    );
    assert_eq!(
        cv["links"][0]["places"][0]["part"],
        "attached mail / plain.txt"
    );
}

#[test]
fn a_text_that_shows_another_address_is_told() {
    let ran = scan(&["trick.html"]);
    assert_eq!(ran.code, 1);
    let document = ran.json();
    let links = document["files"][0]["links"].as_array().unwrap();
    let found: Vec<_> = links.iter().map(|link| codes(&link["link"])).collect();
    assert_eq!(found[0], ["lookalike-host"]);
    assert_eq!(found[1], ["text-target-mismatch"]);
    assert_eq!(found[2], ["foreign-host", "text-target-mismatch"]);
    assert_eq!(
        document["summary"]["verifiable"], 0,
        "{}",
        document["summary"]
    );
    let pasted = run(&[
        "inspect",
        "--format",
        "json",
        "[https://learn.microsoft.com/api/credentials/20170DBC5AC04E38](https://learn.microsoft.com/api/credentials/6E0995C2951D7DCD)",
    ]);
    let codes = codes(&pasted.json()["links"][0]);
    assert!(
        codes.contains(&"text-target-mismatch".to_owned()),
        "{codes:?}"
    );
}

#[test]
fn what_people_read_reads_well_and_holds_no_sharing_id() {
    let path = fixture("cv");
    let mut command = bonafide();
    command
        .current_dir(path)
        .args(["scan", "chromium.pdf", "trick.html", "plain.txt"]);
    let ran = finish(&mut command);
    assert!(!ran.stdout.contains(SHARING_ID), "{}", ran.stdout);
    insta::assert_snapshot!(ran.stdout);
}

#[test]
fn the_sharing_id_stands_in_inputs_alone() {
    let ran = scan(&["sources/jane.html", "libreoffice.pdf", "markdown.md"]);
    for line in ran.stdout.lines().filter(|line| line.contains(SHARING_ID)) {
        assert!(line.trim_start().starts_with("\"input\":"), "{line}");
    }
}

#[test]
fn exit_codes_say_what_was_found() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let good = file(
        "good.txt",
        "https://learn.microsoft.com/api/credentials/20170DBC5AC04E38",
    );
    let none = file("none.txt", "Jane Doe, https://github.com/jane, AZ-104");
    let bad = file(
        "bad.txt",
        "https://learn-microsoft.com/api/credentials/20170DBC5AC04E38",
    );
    let profile = file(
        "profile.txt",
        "https://learn.microsoft.com/en-us/users/jane-1/",
    );
    let absent = folder
        .path()
        .join("absent.pdf")
        .to_str()
        .unwrap()
        .to_owned();
    for (files, code) in [
        (&[&good][..], 0),
        (&[&none], 3),
        (&[&good, &none], 3),
        (&[&good, &bad], 1),
        (&[&none, &bad], 1),
        (&[&profile], 1),
        (&[&good, &absent], 2),
        (&[&bad, &absent], 2),
    ] {
        let mut command = bonafide();
        let ran = finish(command.args(["scan", "--format", "json"]).args(files));
        assert_eq!(ran.code, code, "{files:?}: {}", ran.stderr);
        assert_eq!(
            ran.json()["files"].as_array().unwrap().len() + usize::from(code == 2),
            files.len()
        );
        assert_eq!(ran.stderr.contains("absent.pdf"), code == 2);
    }
    assert_eq!(run(&["scan"]).code, 2);
    let idle = run(&["scan", &good, "--expect-name", "Jane Doe"]);
    assert_eq!(idle.code, 2);
    assert!(idle.stderr.contains("--verify"), "{}", idle.stderr);
}

#[test]
fn a_folder_is_read_with_all_that_is_in_it_and_standard_input_too() {
    let folder = tempfile::tempdir().unwrap();
    let below = folder.path().join("below");
    std::fs::create_dir(&below).unwrap();
    std::fs::copy(fixture("cv/plain.txt"), below.join("cv.txt")).unwrap();
    std::fs::write(folder.path().join("me.png"), b"\x89PNG\r\n\x1a\n").unwrap();
    std::fs::write(folder.path().join("table.csv"), "name,link\n").unwrap();
    std::fs::write(folder.path().join(".hidden.txt"), "x").unwrap();
    let ran = finish(
        bonafide()
            .args(["scan", "--format", "json"])
            .arg(folder.path()),
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(ran.json()["summary"]["files"], 1);
    assert!(
        ran.stderr.contains("skipped") && ran.stderr.contains("me.png"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("table.csv") && !ran.stderr.contains("hidden"));
    let piped = bonafide()
        .args(["scan", "-", "--format", "json"])
        .write_stdin(std::fs::read(fixture("cv/libreoffice.docx")).unwrap())
        .output()
        .unwrap();
    let piped: Value = serde_json::from_slice(&piped.stdout).unwrap();
    assert_eq!(piped["files"][0]["file"], "standard input");
    assert_eq!(piped["files"][0]["format"], "docx");
}
