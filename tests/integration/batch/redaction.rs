//! Sheets that name nobody, alone and against an earlier one.

use super::*;

const SHARING_ID: &str = "C72B4F60A795D7E4";

/// A list whose id is a mail address, with what tells its people apart in every column.
fn telling(rows: std::ops::RangeInclusive<usize>) -> String {
    let mut text = "id,first name,last name,email,notes,link\n".to_owned();
    for row in rows {
        let link = link(&number(row)).replace("/user/", "/ingrid-s7/");
        let holder = holder(&number(row));
        let (first, last) = holder.split_once(' ').unwrap();
        let mail = format!("ingrid{row}@example.org");
        let notes = format!(
            "\"{last}, {first}: {first} sent (ingrid-s7) {link}, learn.microsoft.com/x?sharingId={SHARING_ID}\""
        );
        writeln!(text, "{mail},{first},{last},{mail},{notes},{link}").unwrap();
    }
    text
}

fn names_nobody(text: &str) {
    for telling in ["Ingrid", "ingrid", "Reyes", "example.org", SHARING_ID] {
        assert!(!text.contains(telling), "{telling}: {text}");
    }
}

#[test]
fn no_cell_of_a_redacted_sheet_tells_its_person_or_sharing_key() {
    let desk = Desk::new(Records::start());
    desk.list("list.csv", &telling(1..=2));
    for name in ["out.csv", "out.json", "out.txt"] {
        let ran = desk.batch(&["list.csv", "--redact", "-o", name]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        names_nobody(&desk.read(name));
    }
    let rows = csv(&desk.read("out.csv"));
    assert!(rows[0]["id"].starts_with("mail-"), "{rows:?}");
    assert_eq!(rows[0]["first name"], rows[0]["last name"]);
    assert!(rows[0]["notes"].starts_with(&rows[0]["holder"]), "{rows:?}");
}

#[test]
fn an_id_that_is_veiled_still_finds_its_row() {
    let desk = Desk::new(Records::start());
    desk.list("list.csv", &telling(1..=2));
    desk.batch(&["list.csv", "-o", "plain.csv"]);
    desk.batch(&["list.csv", "--redact", "-o", "veiled.csv"]);
    for earlier in ["plain.csv", "veiled.csv"] {
        let arguments = ["list.csv", "--redact", "--against", earlier, "-o", "o.csv"];
        let ran = desk.batch(&arguments);
        assert_eq!(ran.code, 0, "{earlier}: {}", ran.stderr);
        let text = desk.read("o.csv");
        names_nobody(&text);
        for row in csv(&text) {
            assert_eq!(row["change"], "unchanged", "{earlier}: {row:?}");
        }
    }
    let ran = desk.batch(&["list.csv", "--against", "veiled.csv", "-o", "o.csv"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("with --redact"), "{}", ran.stderr);
}

#[test]
fn mail_addresses_find_rows_where_both_are_veiled_and_nowhere_else() {
    let desk = Desk::new(Records::start());
    let list: String = telling(1..=2)
        .lines()
        .map(|line| line.split_once(',').unwrap().1.to_owned() + "\n")
        .collect();
    desk.list("list.csv", &list);
    desk.batch(&["list.csv", "-o", "plain.csv"]);
    desk.batch(&["list.csv", "--redact", "-o", "veiled.csv"]);
    let ran = desk.batch(&[
        "list.csv",
        "--redact",
        "--against",
        "veiled.csv",
        "-o",
        "o.csv",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for row in csv(&desk.read("o.csv")) {
        assert_eq!(row["change"], "unchanged", "{row:?}");
    }
    for (arguments, said) in [
        (&["--against", "veiled.csv"][..], "was made with --redact"),
        (
            &["--redact", "--against", "plain.csv"],
            "was made without --redact",
        ),
    ] {
        let ran = desk.batch(&[&["list.csv", "-o", "o.csv"], arguments].concat());
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(ran.stderr.contains(said), "{}", ran.stderr);
    }
}

#[test]
fn neither_a_change_nor_a_row_that_is_gone_names_an_earlier_holder() {
    let mut desk = Desk::new(Records::start());
    desk.list("list.csv", &telling(1..=3));
    desk.batch(&["list.csv", "-o", "plain.csv"]);
    desk.list("list.csv", &telling(1..=2));
    desk.records = Records::with(|_, _| Fate::Missing);
    let arguments = [
        "list.csv",
        "--no-cache",
        "--redact",
        "--against",
        "plain.csv",
    ];
    let ran = desk.batch(&[&arguments[..], &["-o", "o.txt"]].concat());
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let text = desk.read("o.txt");
    names_nobody(&text);
    assert!(text.contains("holder changed"), "{text}");
    assert!(
        text.contains("Gone: row 3 of the earlier output: mail-"),
        "{text}"
    );
}
