//! What cannot be compared, and files that are damaged.

use super::*;

/// Loads a file of that name and text, which fails with that message.
fn refused(name: &str, text: &str, expected: &str) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    let error = Against::load(&path, &named()).unwrap_err().to_string();
    assert!(error.contains(expected), "{error}");
}

#[test]
fn a_table_that_cannot_be_compared_is_refused() {
    let line = |row: &str| format!("name,link,{OURS}\n{row}\n");
    for (name, text, expected) in [
        ("a.csv", String::new(), "a.csv is empty"),
        (
            "a.csv",
            "name,link\nJo,x\n".into(),
            "is no output of `batch` that can be compared: the columns status, valid, title, holder, holder_match, expires_on, findings, checked_at are missing",
        ),
        (
            "a.csv",
            line("").replace(",findings", ""),
            "the column findings is missing",
        ),
        (
            "a.csv",
            line("Jo,x,active"),
            "a.csv, row 1: found 3 cells, expected 14",
        ),
        (
            "a.csv",
            line("Jo,x,great,true,,,,,,,,,,"),
            "a.csv, row 1: the status is \"great\", which is none",
        ),
        (
            "a.csv",
            line("Jo,x,active,perhaps,,,,,,,,,,"),
            "a.csv, row 1: valid is \"perhaps\"",
        ),
        (
            "a.csv",
            line("Jo,x,active,true,,,,,soon,,,,,"),
            "a.csv, row 1: expires_on is \"soon\", which is no date",
        ),
        (
            "a.csv",
            line("person-3fa9c1e04b27,x,active,true,,,,,,,,,,"),
            "a.csv was made with --redact and this run was not",
        ),
        (
            "a.csv",
            format!("kind,size,{OURS}\na,b,active,true,,,,,,,,,,\n"),
            "has none of this list's columns for an id, an e-mail address, a name or a link, so its rows cannot be found again; it has kind, size",
        ),
    ] {
        refused(name, &text, expected);
    }
}

#[test]
fn any_other_file_that_cannot_be_compared_is_refused() {
    let result = |more: &str| {
        format!(
            r#"{{"row":{{"number":1,"columns":{{"name":"Jo"}}}},{more}"status":"active","valid":true,"credential":{{}},"holder_match":{{"grade":"exact"}},"findings":[]}}"#
        )
    };
    for (name, text, expected) in [
        (
            "a.html",
            "<html>".into(),
            "it is a .html file, made for people",
        ),
        (
            "a.jsonl",
            "{}\n".into(),
            "is no output of `batch` that can be compared: line 1 is no result: missing field",
        ),
        (
            "a.jsonl",
            format!("{}\n{{\"row\":", result("")),
            "a.jsonl, row 2: line 2 is no result: EOF",
        ),
        (
            "a.jsonl",
            result("\"schema_version\":2,"),
            "a.jsonl, row 1 is of schema version 2, and this program reads version 1",
        ),
        (
            "a.json",
            "{\"schema_version\":2,\"results\":[]}".into(),
            "a.json is of schema version 2",
        ),
        (
            "a.json",
            "{\"schema_version\":1,\"links\":[]}".into(),
            "it has no member results",
        ),
        (
            "a.json",
            format!("{{\"results\":[{},", result("")),
            "a.json, row 2: EOF",
        ),
        (
            "a.json",
            format!(
                "{{\"results\":[{}]}}",
                result("").replace("\"row\"", "\"line\"")
            ),
            "its results have no member row",
        ),
        ("a.xlsx", "PK\u{3}\u{4}".into(), "a.xlsx: it is no workbook"),
    ] {
        refused(name, &text, expected);
    }
    let folder = TempDir::new().unwrap();
    let missing = Against::load(&folder.path().join("none.csv"), &named());
    let error = missing.unwrap_err().to_string();
    assert!(error.contains("none.csv cannot be read"), "{error}");
}

#[test]
fn pseudonyms_are_no_matter_where_both_lists_have_numbers() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a.csv");
    let text = std::fs::read_to_string(fixture("list.csv")).unwrap();
    std::fs::write(&path, text.replace("Jane Doe", "person-3fa9c1e04b27")).unwrap();
    assert!(Against::load(&path, &headers()).is_ok());
    assert!(matches!(
        Against::load(&path, &named()),
        Err(AgainstError::Redacted { previous: true, .. })
    ));
    let hidden = Headers {
        pseudonyms: true,
        ..named()
    };
    assert!(matches!(
        Against::load(&path, &hidden),
        Err(AgainstError::Redacted {
            previous: false,
            ..
        })
    ));
}

#[test]
fn a_row_without_end_is_an_error_and_not_memory() {
    let folder = TempDir::new().unwrap();
    let long = "x".repeat(17 * 1024 * 1024);
    for (name, text) in [
        ("a.csv", format!("name,link,{OURS}\n\"{long}")),
        ("a.jsonl", format!("{{\"row\":\"{long}")),
        ("a.json", format!("{{\"results\":[{{\"input\":\"{long}")),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        let error = Against::load(&path, &named()).unwrap_err().to_string();
        assert!(error.contains("longer than 16 MiB"), "{error}");
    }
}
