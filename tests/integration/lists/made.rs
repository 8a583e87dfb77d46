//! Lists that other programs made.

use bonafide::batch::input::{Options, Source, open};

use super::{cells, columns, flaws, list, read};
use crate::harness::{fixture, text};

/// The first pasted texts of `fixtures/links`.
fn links() -> Vec<String> {
    let table = text("links/links.tsv");
    let first = |line: &str| line.split('\t').next().unwrap().to_owned();
    table.lines().skip(1).take(8).map(first).collect()
}

#[test]
fn one_list_is_read_alike_from_every_format_that_it_was_saved_in() {
    let (headers, expected) = read(list("candidates.csv"));
    assert_eq!(headers, ["Name", "Share link", "Exam", "E-Mail", "Notes"]);
    assert_eq!(expected.len(), 3);
    assert_eq!(expected[0].cells[0], "Zoë Müller");
    assert_eq!(expected[0].cells[4], "first line\nsecond line");
    assert_eq!(expected[1].cells[0], "Doe, Jane");
    assert_eq!(expected[1].cells[4], "„asked“ – waits");
    for name in [
        "libreoffice-windows-1252.csv",
        "libreoffice-unicode-text.txt",
        "libreoffice-from-csv.xlsx",
    ] {
        let (same_headers, mut rows) = read(list(name));
        // A worksheet says nothing of empty cells at the end.
        for row in &mut rows {
            row.cells.resize(headers.len(), String::new());
        }
        assert_eq!(
            (same_headers, rows),
            (headers.clone(), expected.clone()),
            "{name}"
        );
    }
}

#[test]
fn a_list_of_libreoffice_has_its_hyperlinks_dates_and_numbers() {
    let (headers, rows) = read(list("libreoffice-hyperlinks.xlsx"));
    let links = links();
    assert_eq!(
        headers,
        [
            "Personalnummer",
            "Vorname",
            "Nachname",
            "Nachweis",
            "Applied on",
            "Remote",
            "Score"
        ]
    );
    assert_eq!(
        cells(&rows),
        [
            vec!["1001", "Zoë", "Müller", "link", "2026-09-14", "1", "8.5"],
            vec![
                "1002",
                "Jane",
                "Doe",
                "link",
                "2026-10-01T09:30:00",
                "0",
                "#N/A"
            ],
            vec!["1003", "Simon", "Ørsted", &links[2]],
        ]
    );
    let columns = columns(&headers);
    let [first, second, third] = &rows[..] else {
        panic!("there are three rows")
    };
    let candidate = columns.candidate(first);
    assert_eq!(candidate.link, links[0]);
    assert_eq!(candidate.name.as_deref(), Some("Zoë Müller"));
    assert_eq!((candidate.id, candidate.flaw), (Some("1001"), None));
    let by_formula = columns.candidate(second);
    assert_eq!(
        (by_formula.link, by_formula.flaw),
        (links[1].as_str(), None)
    );
    let mismatched = columns.candidate(third);
    assert_eq!(mismatched.link, links[2]);
    let flaw = mismatched.flaw.unwrap();
    assert!(
        flaw.contains("Nachweis shows one address and leads to another"),
        "{flaw}"
    );
}

#[test]
fn a_list_of_openpyxl_is_read_from_its_first_visible_sheet() {
    let (headers, rows) = read(list("openpyxl.xlsx"));
    let links = links();
    assert_eq!(
        cells(&rows),
        [
            vec![
                "Anna Karlsson",
                "AZ-104",
                "Credential",
                "2026-09-14",
                "cloud-architect",
                "61000"
            ],
            vec![
                "Bruno Tagi",
                "AZ-305",
                &links[4],
                "2026-10-01T09:30:00",
                "cloud-architect",
                "61000.5"
            ],
            vec!["Chidi Okafor", "", &links[5], "08:15:00", "", "true"],
            vec!["Dana Levi", "SC-300", "here", "", "security"],
        ]
    );
    let columns = columns(&headers);
    let found: Vec<_> = rows.iter().map(|row| columns.candidate(row)).collect();
    let addresses: Vec<_> = found.iter().map(|candidate| candidate.link).collect();
    assert_eq!(addresses, links[3..7]);
    assert!(found.iter().all(|candidate| candidate.flaw.is_none()));
    assert_eq!(found[3].role, Some("security"));
}

#[test]
fn a_sheet_is_chosen_by_name_even_when_it_is_hidden() {
    let path = fixture("lists/openpyxl.xlsx");
    let sheet = |name: &str| {
        let options = Options {
            sheet: Some(name.to_owned()),
        };
        open(Source::File(path.clone()), &options)
    };
    assert_eq!(sheet("Cover").unwrap().headers(), ["Do not read"]);
    assert_eq!(sheet("shortlist").unwrap().headers()[0], "candidate");
    let error = sheet("Lang").unwrap_err().to_string();
    assert!(
        error.ends_with("has no worksheet \"Lang\"; it has: Cover, Shortlist"),
        "{error}"
    );
    let options = Options {
        sheet: Some("x".into()),
    };
    let error = open(Source::File(fixture("lists/links.txt")), &options).unwrap_err();
    assert!(error.to_string().contains("--sheet is for XLSX"), "{error}");
}

#[test]
fn a_worksheet_is_read_from_a_stream_as_from_a_file() {
    let bytes = std::fs::read(fixture("lists/openpyxl.xlsx")).unwrap();
    let streamed = read(super::stream(&bytes).unwrap());
    assert_eq!(streamed, read(list("openpyxl.xlsx")));
}

#[test]
fn json_lines_are_read_with_their_keys_in_order() {
    let list = list("candidates.jsonl");
    assert_eq!(
        list.headers(),
        ["name", "link", "tags", "score", "id", "address"]
    );
    let (headers, rows) = read(list);
    assert_eq!(rows[0].cells[2..], ["[\"remote\",\"senior\"]", "8.50"]);
    assert_eq!(rows[1].cells[4..], ["17", "{\"city\":\"Łódź\"}"]);
    assert_eq!(flaws(&rows), [(3, "Line 4 is JSON, and not an object.")]);
    let columns = columns(&headers);
    assert_eq!(columns.candidate(&rows[3]).link, links()[5]);
    assert_eq!(columns.candidate(&rows[3]).name, None);
}

#[test]
fn one_link_a_line_is_a_list_with_one_column() {
    let (headers, rows) = read(list("links.txt"));
    assert_eq!(headers, ["link"]);
    let found: Vec<_> = rows.iter().map(|row| row.cells[0].clone()).collect();
    assert_eq!(found, links());
}

#[test]
fn files_that_are_no_list_say_what_to_do() {
    for (name, part) in [
        (
            "candidates.ods",
            "is an OpenDocument file (.ods), which cannot be read as a list",
        ),
        ("candidates.xls", "is an Excel 97 workbook (.xls)"),
        ("password.xlsx", "is protected by a password"),
        ("hyperlinks.fods", "is HTML or XML"),
    ] {
        let path = fixture(&format!("lists/{name}"));
        let error = open(Source::File(path), &Options::default()).unwrap_err();
        let error = error.to_string();
        assert!(error.contains(name) && error.contains(part), "{error}");
    }
}
