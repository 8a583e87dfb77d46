//! Workbooks, read back by another library.

use calamine::{Data, DataType as _, Reader as _, Xlsx};

use super::super::xlsx;
use super::*;
use crate::report::neutral;

fn read(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

fn cells(book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str) -> Vec<Vec<Data>> {
    let range = book.worksheet_range(sheet).unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

/// A part of the package.
fn part(bytes: &[u8], name: &str) -> String {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    let mut part = package.by_name(name).unwrap();
    part.read_to_string(&mut text).unwrap();
    text
}

fn at<'r>(rows: &'r [Vec<Data>], row: usize, header: &str) -> &'r Data {
    let is_it = |cell: &Data| cell.as_string().as_deref() == Some(header);
    &rows[row][rows[0].iter().position(is_it).unwrap()]
}

#[test]
fn dates_are_dates_and_numbers_numbers() {
    let rows = [given(&["007", "x"], vec![result(EXPIRED)])];
    let bytes = document(SheetFormat::Xlsx, &heading(&["id", "link"]), &rows);
    let mut book = read(bytes);
    assert_eq!(book.sheet_names(), ["Results", "Summary"]);
    let read = cells(&mut book, "Results");
    assert_eq!(*at(&read, 1, "id"), Data::String("007".to_owned()));
    assert_eq!(*at(&read, 1, "status"), Data::String("expired".to_owned()));
    assert_eq!(*at(&read, 1, "outcome"), Data::String("failed".to_owned()));
    assert_eq!(*at(&read, 1, "valid"), Data::String("false".to_owned()));
    let days = i32::try_from(rows[0].1[0].days_left.unwrap())
        .unwrap()
        .into();
    assert_eq!(*at(&read, 1, "days_left"), Data::Float(days));
    let expires = at(&read, 1, "expires_on (UTC)");
    let Data::DateTime(when) = expires else {
        panic!("{expires:?}")
    };
    let said = rows[0].1[0].credential.expires_on.clone().unwrap();
    let year: i32 = said[..4].parse().unwrap();
    assert_eq!(i32::from(when.to_ymd_hms_milli().0), year);
    assert_eq!(plain_name("expires_on (UTC)"), "expires_on");
}

#[test]
fn strangers_text_is_never_a_formula_or_a_link() {
    let texts = [
        "=1+1",
        "@x",
        " +1",
        "https://evil.example/",
        "mailto:a@b.example",
        "internal:Sheet1!A1",
        "_x0041_",
        "a\0\u{1b}\u{202e}",
        "{=1}",
    ];
    let rows: Vec<_> = texts
        .iter()
        .map(|text| given(&[text], vec![saying(text)]))
        .collect();
    let bytes = document(SheetFormat::Xlsx, &heading(&["=name"]), &rows);
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    for sign in ["<f>", "<hyperlink", "r:id"] {
        assert!(!sheet.contains(sign), "{sign}");
    }
    assert!(part(&bytes, "xl/styles.xml").contains("quotePrefix=\"1\""));
    let read = cells(&mut read(bytes), "Results");
    for (at, text) in texts.iter().enumerate() {
        let shown = neutral::document(text).into_owned();
        assert_eq!(read[at + 1][0], Data::String(shown), "{text}");
    }
}

#[test]
fn what_is_too_long_for_a_cell_is_cut_and_said() {
    let long = "😀".repeat(40_000);
    let rows = [given(&[&long], vec![result(ACTIVE)])];
    let bytes = document(SheetFormat::Xlsx, &heading(&["a"]), &rows);
    let mut book = read(bytes);
    let cell = cells(&mut book, "Results")[1][0].as_string().unwrap();
    assert!(cell.encode_utf16().count() <= 32_767 && cell.ends_with("… (cut)"));
    let summary = format!("{:?}", cells(&mut book, "Summary"));
    assert!(summary.contains("1 cell: longer than"), "{summary}");
}

#[test]
fn more_rows_than_a_worksheet_holds_go_on_in_the_next() {
    let mut bytes = Vec::new();
    let heading = heading(&["name"]);
    let mut sheet = Box::new(xlsx::Xlsx::with_rows(&heading, &mut bytes, 4).unwrap());
    let given: Vec<_> = (1..=7)
        .map(|number| given(&[&format!("n{number}")], vec![result(ACTIVE)]))
        .collect();
    for (at, given) in given.iter().enumerate() {
        sheet.row(&row(at + 1, given)).unwrap();
    }
    let closing = Closing {
        totals: totals(&given),
        ..Closing::default()
    };
    Sheet::finish(sheet, &closing).unwrap();
    let mut book = read(bytes);
    assert_eq!(
        book.sheet_names(),
        ["Results", "Results 2", "Results 3", "Summary"]
    );
    let mut names = Vec::new();
    for sheet in ["Results", "Results 2", "Results 3"] {
        let rows = cells(&mut book, sheet);
        assert_eq!(rows[0][0], Data::String("name".to_owned()));
        names.extend(rows[1..].iter().map(|row| row[0].to_string()));
    }
    assert_eq!(names, ["n1", "n2", "n3", "n4", "n5", "n6", "n7"]);
}

#[test]
fn a_list_too_wide_for_a_worksheet_is_refused_in_words() {
    let columns: Vec<_> = (0..16_380).map(|number| number.to_string()).collect();
    let heading = Heading {
        columns,
        ..heading(&[])
    };
    let refused = open(SheetFormat::Xlsx, &heading, outlet(io::sink()));
    let error = refused.err().unwrap();
    assert_eq!(error.kind(), io::ErrorKind::InvalidInput);
    assert!(error.to_string().contains("16395"), "{error}");
}

#[test]
fn the_workbook_names_nobody_and_is_the_same_each_time() {
    let rows = [given(&["Jane"], vec![result(ACTIVE)])];
    let once = document(SheetFormat::Xlsx, &heading(&["name"]), &rows);
    let again = document(SheetFormat::Xlsx, &heading(&["name"]), &rows);
    assert_eq!(
        part(&once, "docProps/core.xml"),
        part(&again, "docProps/core.xml")
    );
    let core = part(&once, "docProps/core.xml");
    assert!(core.contains("<dc:creator></dc:creator>"), "{core}");
    assert!(core.contains("2026-11-22T00:00:00Z"), "{core}");
    let sheet = part(&once, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<autoFilter") && sheet.contains("state=\"frozen\""));
}

#[test]
fn the_summary_says_how_many_of_what_and_what_to_know() {
    let rows: Vec<_> = [ACTIVE, EXPIRED, UNDETERMINED]
        .map(|link| given(&["Jane"], vec![result(link)]))
        .into();
    let bytes = document(SheetFormat::Xlsx, &heading(&["name"]), &rows);
    let summary = cells(&mut read(bytes), "Summary");
    let number = |word: &str| {
        let line = summary.iter().find(|line| line[0] == *word);
        line.unwrap_or_else(|| panic!("{word}: {summary:?}"))[1].to_string()
    };
    for (word, count) in [
        ("Rows", "3"),
        ("passed", "1"),
        ("failed", "1"),
        ("not determined", "1"),
        ("expired", "1"),
        ("revoked", "0"),
    ] {
        assert_eq!(number(word), count, "{word}");
    }
    let all = format!("{summary:?}");
    assert!(all.contains("3 rows: from the samples"), "{all}");
    assert!(all.contains(concat!("bonafide ", env!("CARGO_PKG_VERSION"))));
}
