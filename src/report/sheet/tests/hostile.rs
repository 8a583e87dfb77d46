//! Strangers' text in every format.

use quick_xml::events::Event;

use super::*;
use crate::report::neutral;

/// Text that means something to one of the formats.
fn hostile() -> Vec<String> {
    let mut texts: Vec<String> = [
        "=HYPERLINK(\"https://evil.example\",\"x\")",
        "+1+1",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        " ＝1",
        "</script><script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "]]><x/>",
        "--><b>",
        "a|b\\|c`d`",
        "[x](javascript:alert(1))",
        "a,b;c\"d\"",
        "line\r\nbreak\nand\u{2028}more",
        "nul\0 esc\u{1b}[2J csi\u{9b}31m",
        "\u{202e}gnirts\u{2066}",
        "{{ policy }} {% if %}",
        "&amp; & &#x0;",
        "_x0041_ \u{fffe}\u{ffff}",
        "https://evil.example/ www.evil.example",
        "'quoted'",
        "",
    ]
    .map(str::to_owned)
    .into();
    texts.push("x".repeat(40_000));
    texts.push("😀".repeat(40_000));
    texts
}

fn rows() -> Vec<Given> {
    let texts = hostile();
    let row = |text: &String| given(&[text, "b"], vec![saying(text), result(ACTIVE)]);
    texts.iter().map(row).collect()
}

/// A control character or a direction override that a screen would obey.
fn steers(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[test]
fn no_format_lets_a_stranger_steer_a_screen() {
    for format in SheetFormat::ALL {
        if format != SheetFormat::Xlsx {
            let text = text(format, &heading(&["=a\u{1b}", "status"]), &rows());
            assert!(!text.chars().any(steers), "{}", format.as_str());
        }
    }
}

#[test]
fn csv_holds_one_harmless_record_for_each_row() {
    let bytes = document(SheetFormat::Csv, &heading(&["=name", "link"]), &rows());
    let mut reader = ::csv::Reader::from_reader(bytes.as_slice());
    assert_eq!(&reader.headers().unwrap()[0], "'=name");
    let records: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(records.len(), hostile().len());
    for (record, text) in records.iter().zip(hostile()) {
        assert_eq!(record.len(), 2 + 14);
        for at in [0, 4, 5, 12] {
            let cell = &record[at];
            assert!(!cell::is_formula(cell) || cell.starts_with('\''));
            assert_eq!(unguarded(cell), neutral::data(&text), "{at}");
        }
    }
}

#[test]
fn json_gives_every_cell_back_as_it_was() {
    let names = ["a\u{1b}", "b"];
    let text = text(SheetFormat::Jsonl, &heading(&names), &rows());
    let lines: Vec<serde_json::Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), hostile().len() * 2);
    for (pair, text) in lines.chunks(2).zip(hostile()) {
        assert_eq!(pair[0]["row"]["columns"]["a\u{1b}"], text);
        assert_eq!(pair[0]["credential"]["title"], text);
        assert_eq!(pair[0]["row"]["headline"], true);
        assert_eq!(pair[1]["row"]["headline"], false);
    }
}

#[test]
fn the_page_holds_one_script_and_only_genuine_links() {
    let page = text(SheetFormat::Html, &heading(&["</title>", "link"]), &rows());
    assert_eq!(page.matches("<script").count(), 1);
    assert_eq!(page.matches("</script").count(), 1);
    assert_eq!(
        page.matches("</title").count(),
        2,
        "the page's and the chart's"
    );
    assert!(!page.contains("<img"));
    let links = page.split("href=\"").skip(1);
    for link in links {
        assert!(
            link.starts_with("https://learn.microsoft.com/"),
            "{link:.60}"
        );
    }
    assert_eq!(page.matches("<tr>").count(), hostile().len() + 1);
    assert!(page.contains("(40000 characters)"));
}

#[test]
fn the_page_allows_its_own_style_and_script_alone() {
    use base64::Engine as _;
    use sha2::Digest as _;
    let page = text(SheetFormat::Html, &heading(&["a"]), &rows());
    for tag in ["style", "script"] {
        let (_, rest) = page.split_once(&format!("<{tag}>")).unwrap();
        let (body, _) = rest.split_once(&format!("</{tag}>")).unwrap();
        let hash = base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(body));
        // Escaped as an attribute, in which a browser reads it back.
        let hash = hash.replace('+', "&#43;");
        let policy = page.replace('+', "&#43;");
        assert!(
            policy.contains(&format!("{tag}-src &#39;sha256-{hash}&#39;")),
            "{tag}"
        );
    }
    assert!(page.contains("default-src &#39;none&#39;"));
    assert!(!page.contains("style=\""));
}

#[test]
fn a_markdown_row_has_as_many_cells_as_its_header() {
    let table = text(SheetFormat::Markdown, &heading(&["a|b", "link"]), &rows());
    // A bar ends a cell unless a backslash pair or an escape stands before it.
    let bars = |line: &str| {
        let mut number = 0;
        let mut letters = line.chars();
        while let Some(c) = letters.next() {
            match c {
                '\\' => drop(letters.next()),
                '|' => number += 1,
                _ => {}
            }
        }
        number
    };
    let lines: Vec<_> = table.lines().take_while(|line| !line.is_empty()).collect();
    assert_eq!(lines.len(), hostile().len() + 2);
    for line in &lines {
        assert_eq!(bars(line), bars(lines[0]), "{line:.200}");
    }
    assert!(!table.replace("\\](", "").contains("](javascript"));
    assert!(!table.contains("<img"));
}

#[test]
fn junit_is_well_formed_and_counts_what_it_holds() {
    let mut rows = rows();
    rows.push(given(&["Leilani"], vec![result(UNDETERMINED)]));
    rows.push(given(&["Ingrid"], vec![result(ACTIVE)]));
    let xml = text(SheetFormat::Junit, &heading(&["name", "link"]), &rows);
    let legal = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    assert!(xml.chars().all(legal));
    let mut counts = std::collections::BTreeMap::<String, usize>::new();
    let mut said = None;
    let mut reader = quick_xml::Reader::from_str(&xml);
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => break,
            Event::Start(tag) => {
                let name = tag.name().as_ref().to_owned();
                if name == "testsuites" {
                    let number = |name: &str| {
                        let value = tag.try_get_attribute(name).unwrap().unwrap().value;
                        value.parse::<usize>().unwrap()
                    };
                    said = Some((number("tests"), number("failures"), number("errors")));
                }
                for attribute in tag.attributes() {
                    attribute.unwrap();
                }
                *counts.entry(name).or_default() += 1;
            }
            _ => {}
        }
    }
    let found = (counts["testcase"], counts["failure"], counts["error"]);
    assert_eq!(said, Some(found));
    assert_eq!(found, (hostile().len() + 2, hostile().len(), 1));
    assert!(!counts.contains_key("x") && !counts.contains_key("img"));
}

#[test]
fn undetermined_is_never_green_in_ci() {
    let rows = [given(&["Leilani"], vec![result(UNDETERMINED)])];
    let xml = text(SheetFormat::Junit, &heading(&["name"]), &rows);
    assert!(
        xml.contains("errors=\"1\"") && xml.contains("<error type=\"undetermined\""),
        "{xml}"
    );
    assert!(!xml.contains("<skipped"));
}
