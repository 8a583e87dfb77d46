//! What holds for every list.

use std::io::Write;

use proptest::prelude::*;

use super::stream;
use crate::harness::fixture;

/// Reads all there is, with errors; what comes is counted.
fn drain(bytes: &[u8]) -> usize {
    let Ok(mut list) = stream(bytes) else {
        return 0;
    };
    let mut widest = 0;
    let mut rows = 0;
    for row in list.by_ref() {
        rows += 1;
        if let Ok(row) = row {
            assert_eq!(row.number, rows, "rows come in order");
            widest = widest.max(row.cells.len());
        }
    }
    assert!(widest <= list.headers().len(), "every cell has a header");
    usize::try_from(rows).unwrap()
}

/// A cell that a list can give back: one with text and no white space around line ends.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z0-9 ,;|\"'\t\r\n\u{e4}\u{20ac}\u{1f980}=-]{0,12}",
        "\\PC{0,8}"
    ]
}

proptest! {
    #[test]
    fn no_bytes_make_a_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        drain(&bytes);
    }

    #[test]
    fn no_text_makes_a_reader_panic(
        start in "(link,name\n|link;name\r|\\{\"link\":1\\}\n|https://a\\.example/\n|sep=;\n)?",
        rest in "[a-z\",;|\t\r\n{}:\\[\\]=\u{e4}]{0,200}",
    ) {
        drain(format!("{start}{rest}").as_bytes());
    }

    #[test]
    fn a_damaged_workbook_makes_no_reader_panic(
        at in 0_usize..6000,
        byte: u8,
        cut in 0_usize..7000,
    ) {
        let mut bytes = std::fs::read(fixture("lists/openpyxl.xlsx")).unwrap();
        let last = bytes.len() - 1;
        bytes[at.min(last)] = byte;
        bytes.truncate(cut.max(8));
        drain(&bytes);
    }

    #[test]
    fn a_worksheet_of_any_text_makes_no_reader_panic(
        sheet in "(<(c|row|v|is|t|f|/c|/row|/v|hyperlink)( (r|t|s|ref|r:id)=\"[A-Z0-9:a-z]{0,6}\"){0,2}/?>|[0-9a-z&;]{0,3}){0,30}",
    ) {
        drain(&super::workbook::with_rows(&sheet));
    }

    #[test]
    fn what_a_csv_writer_wrote_is_read_as_it_was(
        rows in proptest::collection::vec(proptest::collection::vec(cell(), 3), 0..20),
        delimiter in prop_oneof![Just(b','), Just(b';'), Just(b'\t'), Just(b'|')],
        crlf: bool,
    ) {
        let mut writer = csv::WriterBuilder::new()
            .delimiter(delimiter)
            .terminator(if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') })
            .from_writer(Vec::new());
        writer.write_record(["link", "name", "email"]).unwrap();
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        writer.flush().unwrap();
        let written = writer.into_inner().unwrap();
        let found: Vec<_> = stream(&written).unwrap().map(Result::unwrap).collect();
        let is_blank = |row: &&Vec<String>| row.iter().all(|cell| cell.trim().is_empty());
        let expected: Vec<_> = rows.iter().filter(|row| !is_blank(row)).collect();
        prop_assert_eq!(found.len(), expected.len());
        for (found, expected) in found.iter().zip(expected) {
            prop_assert_eq!(&found.cells, expected);
            prop_assert_eq!(&found.flaw, &None);
        }
    }
}

#[test]
fn a_long_list_comes_out_whole_and_in_order() {
    let mut text = Vec::new();
    writeln!(text, "id;link").unwrap();
    for id in 1..=200_000 {
        writeln!(text, "{id};https://a.example/{id}").unwrap();
    }
    let list = stream(&text).unwrap();
    let mut rows = 0;
    for row in list {
        let row = row.unwrap();
        rows += 1;
        assert_eq!(row.number, rows);
        assert_eq!(row.cells[0], rows.to_string());
    }
    assert_eq!(rows, 200_000);
}
