//! Worksheets: odd ones, and hostile ones.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{cells, columns, flaws, read, stream};

const RELATED: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A workbook of one worksheet, part by part; parts given replace those of the same name.
pub(super) fn workbook(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let relations = |inner: &str| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
             {inner}</Relationships>"
        )
    };
    let root = relations(&format!(
        "<Relationship Id=\"r1\" Type=\"{RELATED}/officeDocument\" Target=\"xl/workbook.xml\"/>"
    ));
    let sheets = relations(&format!(
        "<Relationship Id=\"r1\" Type=\"{RELATED}/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
    ));
    let book = format!(
        "<workbook xmlns:r=\"{RELATED}\"><sheets><sheet name=\"One\" sheetId=\"1\" r:id=\"r1\"/>\
         </sheets></workbook>"
    );
    let usual: [(&str, &[u8]); 4] = [
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", sheets.as_bytes()),
    ];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let deflated = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let given = |name: &str| parts.iter().any(|(given, _)| *given == name);
    for (name, bytes) in usual.iter().filter(|(name, _)| !given(name)).chain(parts) {
        archive.start_file(*name, deflated).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn sheet(rows: &str, behind: &str) -> String {
    format!("<worksheet xmlns:r=\"{RELATED}\"><sheetData>{rows}</sheetData>{behind}</worksheet>")
}

/// A workbook whose worksheet has some rows.
pub(super) fn with_rows(rows: &str) -> Vec<u8> {
    workbook(&[("xl/worksheets/sheet1.xml", sheet(rows, "").as_bytes())])
}

fn inline(text: &str) -> String {
    format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

fn row(texts: &[&str]) -> String {
    let cells: String = texts.iter().map(|text| inline(text)).collect();
    format!("<row>{cells}</row>")
}

#[test]
fn rich_text_hyperlinks_over_ranges_and_links_with_a_fragment_are_read() {
    let rows = format!(
        "{}<row><c t=\"inlineStr\"><is><r><t>Jane </t></r><r><t xml:space=\"preserve\"> Doe</t></r>\
         </is></c>{}</row>{}",
        row(&["name", "link"]),
        inline("link"),
        row(&["John", "link"])
    );
    let links = "<hyperlinks><hyperlink ref=\"B2:B3\" r:id=\"r9\" location=\"tab\"/></hyperlinks>";
    let target = "https://learn.microsoft.com/en-us/users/a/transcript/vo1p3aexyz4kmqr?x=1&amp;y=2";
    let relations = format!(
        "<Relationships><Relationship Id=\"r9\" Type=\"{RELATED}/hyperlink\" Target=\"{target}\"/>\
         </Relationships>"
    );
    let bytes = workbook(&[
        ("xl/worksheets/sheet1.xml", sheet(&rows, links).as_bytes()),
        ("xl/worksheets/_rels/sheet1.xml.rels", relations.as_bytes()),
    ]);
    let (headers, rows) = read(stream(&bytes).unwrap());
    assert_eq!(rows[0].cells[0], "Jane Doe");
    for row in &rows {
        assert_eq!(
            columns(&headers).candidate(row).link,
            target.replace("&amp;", "&") + "#tab"
        );
    }
}

#[test]
fn a_cell_that_cannot_be_read_is_a_flaw_of_its_row() {
    let bad = "<row><c t=\"n\"><v>x</v></c></row>";
    let rows = format!(
        "{}{}{bad}{}{}",
        row(&["link", "name"]),
        row(&["a", "b"]),
        row(&["c", "d"]),
        row(&["e", "f"])
    );
    let (_, rows) = read(stream(&with_rows(&rows)).unwrap());
    assert_eq!(cells(&rows), [["a", "b"], ["c", "d"], ["e", "f"]]);
    let flawed: Vec<_> = flaws(&rows).iter().map(|(number, _)| *number).collect();
    assert_eq!(flawed, [1, 2], "which of the two it was is not known");
}

#[test]
fn a_worksheet_that_breaks_off_gives_its_rows_and_then_an_error() {
    let rows = row(&["link"]) + &row(&["a"]) + "<row><c t=\"inlineStr\"><is><t>b";
    let part = format!("<worksheet><sheetData>{rows}");
    let bytes = workbook(&[("xl/worksheets/sheet1.xml", part.as_bytes())]);
    let error = stream(&bytes).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let error = error.unwrap_err().to_string();
    assert!(error.starts_with("standard input: "), "{error}");
    assert!(error.contains("save it again"), "{error}");
}

#[test]
fn a_workbook_without_cells_is_empty_and_one_without_sheets_says_so() {
    assert!(stream(&with_rows("<row/>")).unwrap_err().is_empty());
    let hidden = format!(
        "<workbook xmlns:r=\"{RELATED}\"><sheets><sheet name=\"Secret\" sheetId=\"1\" \
         state=\"hidden\" r:id=\"r1\"/></sheets></workbook>"
    );
    let data = sheet(&row(&["link"]), "");
    let bytes = workbook(&[
        ("xl/workbook.xml", hidden.as_bytes()),
        ("xl/worksheets/sheet1.xml", data.as_bytes()),
    ]);
    let error = stream(&bytes).unwrap_err().to_string();
    assert!(
        error.contains("not hidden; choose one of these with --sheet: Secret"),
        "{error}"
    );
}

#[test]
fn a_damaged_part_counts_only_where_it_is_read() {
    let data = sheet(&(row(&["link"]) + &row(&["a"])), "");
    let sound = ("xl/worksheets/sheet1.xml", data.as_bytes());
    let beside = workbook(&[sound, ("docProps/app.xml", b"<a <b>")]);
    assert_eq!(read(stream(&beside).unwrap()).1.len(), 1);
    let inside = workbook(&[sound, ("xl/worksheets/sheet2.xml", b"<a <b></c")]);
    let error = stream(&inside).unwrap_err().to_string();
    assert!(
        error.contains("damaged XLSX file (xl/worksheets/sheet2.xml:"),
        "{error}"
    );
}

/// Whether a workbook is refused for what it would cost.
fn refused(parts: &[(&str, &[u8])]) -> String {
    let bytes = workbook(parts);
    assert!(bytes.len() < 2 << 20, "a bomb is small: {}", bytes.len());
    stream(&bytes).unwrap_err().to_string()
}

#[test]
fn bombs_are_refused_before_they_are_kept() {
    let zeros = vec![b'0'; 65 << 20];
    let cell = sheet(&inline(&"0".repeat(3 << 20)), "");
    let runs = "<r><t>0123456789012345678901234567890123456789</t></r>".repeat(50_000);
    let rich = sheet(
        &format!("<row><c t=\"inlineStr\"><is>{runs}</is></c></row>"),
        "",
    );
    let deep = sheet(&"<row>".repeat(100_000), "");
    let announced = b"<sst uniqueCount=\"99999999999\"><si><t>a</t></si></sst>";
    let styles = format!("<styleSheet>{}</styleSheet>", " ".repeat(17 << 20));
    for (part, bytes, reason) in [
        (
            "xl/worksheets/sheet1.xml",
            cell.as_bytes(),
            "more than 1 MiB",
        ),
        (
            "xl/worksheets/sheet1.xml",
            rich.as_bytes(),
            "more than 1 MiB",
        ),
        (
            "xl/worksheets/sheet1.xml",
            deep.as_bytes(),
            "deep in each other",
        ),
        ("xl/sharedStrings.xml", announced, "more pieces"),
        ("xl/styles.xml", styles.as_bytes(), "more than 16 MiB"),
        ("xl/media/image1.png", &zeros, "more than 64 MiB"),
    ] {
        let error = refused(&[(part, bytes)]);
        assert!(error.contains(part) && error.contains(reason), "{error}");
    }
}
