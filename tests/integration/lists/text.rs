//! Rows of cells as text: quoting, encodings, uneven rows.

use std::fmt::Write;

use super::{cells, flaws, read, stream};

const LINK: &str =
    "https://learn.microsoft.com/api/credentials/share/en-us/OturiDaZorama-8901/F41008EF3A8CBCE4";

#[test]
fn cells_are_kept_as_they_were() {
    let text = "\u{feff}link , Notes\r\n  x ,\"a \"\"b\"\"\r\nc\"\r\n\r\n\u{feff}y,5\" disk\r\n,\r\nz,\u{1f980}";
    let (headers, rows) = read(stream(text.as_bytes()).unwrap());
    assert_eq!(headers, ["link ", " Notes"]);
    assert_eq!(
        cells(&rows),
        [
            ["  x ", "a \"b\"\r\nc"],
            ["\u{feff}y", "5\" disk"],
            ["z", "\u{1f980}"]
        ]
    );
    assert!(flaws(&rows).is_empty());
    assert_eq!(rows[2].number, 3, "rows without any text are not counted");
}

#[test]
fn every_line_ending_and_the_line_of_excel_is_read() {
    for text in [
        "sep=;\r\nlink;name\r\na;b\r\n",
        "\nsep=;\nlink;name\na;b",
        "link;name\ra;b\r",
        "link|name\na|b",
    ] {
        let (headers, rows) = read(stream(text.as_bytes()).unwrap());
        assert_eq!(headers, ["link", "name"], "{text:?}");
        assert_eq!(cells(&rows), [["a", "b"]], "{text:?}");
    }
}

#[test]
fn a_cell_that_is_not_utf_8_is_windows_1252_and_the_others_are_not() {
    let text = b"link,name,town\nx,M\xfcller,K\xc3\xb6ln\n";
    let (_, rows) = read(stream(text).unwrap());
    assert_eq!(cells(&rows), [["x", "Müller", "Köln"]]);
}

#[test]
fn uneven_rows_are_rows_with_a_flaw() {
    let (headers, rows) = read(stream(b"link,name\na\n\nb,c,d,e\nf,g\n").unwrap());
    assert_eq!(headers, ["link", "name", "column 3", "column 4"]);
    assert_eq!(
        cells(&rows),
        [vec!["a"], vec!["b", "c", "d", "e"], vec!["f", "g"]]
    );
    assert_eq!(
        flaws(&rows),
        [
            (1, "Line 2 has 1 cell, and the header line has 2."),
            (2, "Line 4 has 4 cells, and the header line has 2."),
        ]
    );
}

#[test]
fn a_quote_that_is_never_closed_costs_only_its_line() {
    let mut text = String::from("name,link\n\"Jane,a\n");
    // Longer than what is taken for one row, and then short, to the end of the file.
    for rows in [100_000, 3] {
        text.truncate("name,link\n\"Jane,a\n".len());
        for row in 0..rows {
            writeln!(text, "John,link{row:020}").unwrap();
        }
        let (_, found) = read(stream(text.as_bytes()).unwrap());
        assert_eq!(found.len(), rows + 1);
        assert_eq!(found[0].cells, ["\"Jane", "a"]);
        assert_eq!(found[1].cells[0], "John");
        let flaws = flaws(&found);
        assert_eq!(flaws.len(), 1);
        assert!(
            flaws[0].1.starts_with("Line 2 opens a quote"),
            "{}",
            flaws[0].1
        );
    }
}

#[test]
fn a_quote_that_swallows_rows_until_another_gives_them_back() {
    let text = b"name,link\n\"Jane,a\nJohn,b\n\"Max\",c\nDana,d\n";
    let (_, rows) = read(stream(text).unwrap());
    assert_eq!(
        cells(&rows),
        [["\"Jane", "a"], ["John", "b"], ["Max", "c"], ["Dana", "d"]]
    );
    assert_eq!(flaws(&rows).len(), 1);
}

#[test]
fn text_behind_a_closing_quote_is_a_flaw_and_keeps_its_columns() {
    let (_, rows) = read(stream(b"name,link\n\"Doe, \"JJ\" Jane\",a\n\"x\",b\n").unwrap());
    assert_eq!(rows[0].cells[1], "a");
    assert!(flaws(&rows)[0].1.contains("text behind a closing quote"));
    assert_eq!(flaws(&rows).len(), 1);
}

#[test]
fn broken_quotes_without_end_take_bounded_time() {
    // Each line leaves a quote open by itself, and stays open behind another.
    let mut text = String::from("name,link\n");
    for _ in 0..200_000 {
        text.push_str("a\",\"\"b,\"\n");
    }
    let started = std::time::Instant::now();
    let (_, rows) = read(stream(text.as_bytes()).unwrap());
    assert_eq!(rows.len(), 200_000);
    assert!(rows.iter().all(|row| row.flaw.is_some()));
    assert!(started.elapsed().as_secs() < 30, "{:?}", started.elapsed());
}

#[test]
fn hundreds_of_megabytes_on_one_line_cost_a_row() {
    use std::io::Read;
    let start = format!("name,link\na,{LINK}\nb,");
    let long = std::io::repeat(b'x').take(1 << 28);
    let end = format!("\nc,{LINK}\n");
    let text = std::io::Cursor::new(start)
        .chain(long)
        .chain(std::io::Cursor::new(end));
    let source = bonafide::batch::input::Source::Stream(Box::new(text));
    let list =
        bonafide::batch::input::open(source, &bonafide::batch::input::Options::default()).unwrap();
    let (_, rows) = read(list);
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[2].cells, ["c", LINK]);
    assert_eq!(
        flaws(&rows),
        [(
            2,
            "Line 3 is longer than 1048576 bytes, and only its beginning was read."
        )]
    );
    assert_eq!(rows[1].cells[1].len(), (1 << 20) - 2);
}

#[test]
fn duplicate_headers_are_numbered_and_a_needed_one_is_named() {
    let (headers, _) = read(stream(b"link,notes,notes\n").unwrap());
    assert_eq!(headers, ["link", "notes", "notes (2)"]);
    let list = stream(b"Link,name,link\n").unwrap();
    let error = super::Columns::find(list.headers(), &[]).unwrap_err();
    assert!(error.to_string().contains("#1 Link, #3 link"), "{error}");
}

#[test]
fn many_equal_headers_and_keys_take_bounded_time() {
    let started = std::time::Instant::now();
    let header = vec!["a"; 16_384].join(",");
    let (headers, _) = read(stream(header.as_bytes()).unwrap());
    assert_eq!(headers[16_383], "a (16384)");
    let object = vec!["\"a\":1"; 17_000].join(",");
    let (_, rows) = read(stream(format!("{{{object}}}\n").repeat(3).as_bytes()).unwrap());
    assert_eq!(rows[2].cells.len(), 16_384);
    assert_eq!(flaws(&rows).len(), 3);
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}
