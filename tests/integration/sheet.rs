//! The formats of a list, made of real results.

use bonafide::catalog::Catalog;
use bonafide::check::{Expectation, Outcome};
use bonafide::report::json::{ResultJson, Totals};
use bonafide::report::sheet::{Closing, Heading, Outlet, SheetFormat, SheetRow, open};
use bonafide::report::{Colour, Look};
use bonafide::source::Demo;
use bonafide::verify::{AsOf, Terms, Verification, verify};
use jsonschema::validator_for;
use serde_json::Value;

use crate::harness::{DAY, run};

/// Rows of an invented list: name, note, link.
const LIST: [[&str; 3]; 6] = [
    [
        "Ingrid Solvang Reyes",
        "first choice",
        "https://learn.microsoft.com/api/credentials/share/en-us/IngridSolvangReyes-4410/5D1E0C42A7B39F10?sharingId=0A1B2C3D4E5F6071",
    ],
    [
        "Wisnicki Tomasz",
        "=1+1",
        "https://learn.microsoft.com/en-us/users/tomaszwisnicki-0871/credentials/90c4e7711bd2a86e",
    ],
    [
        "P. van Haalen",
        "line one\nline | two",
        "https://learn.microsoft.com/api/credentials/share/nl-nl/PieterVanHaalen-7315/37A1D5F08E6C2B94",
    ],
    [
        "Leilani Brandvold",
        "",
        "https://learn.microsoft.com/api/credentials/share/en-us/LeilaniBrandvold-1903/6C0B9D83F1E5427A",
    ],
    [
        "<b>Corin</b> \"Ash\", down",
        "\u{202e}rtl",
        "https://learn.microsoft.com.credential-check.example/api/credentials/share/en-us/CorinAshdown-5521/5D1E0C42A7B39F10",
    ],
    [
        "Tamsin Castellan",
        "-",
        "https://learn.microsoft.com/api/credentials/share/en-us/RubenCastellan-6604/1FA86D20C93B5E74",
    ],
];

fn verified(name: &str, link: &str) -> Verification<'static> {
    let expected = Expectation {
        name: Some(name.to_owned()),
        ..Expectation::default()
    };
    let terms = Terms {
        catalog: Catalog::embedded(),
        as_of: AsOf::day(DAY.parse().unwrap()),
        expected: &expected,
    };
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let trip = runtime.unwrap().block_on(verify(link, &Demo, &terms));
    trip.verifications.into_iter().next().unwrap()
}

fn document(format: SheetFormat, width: usize) -> String {
    let heading = Heading {
        columns: ["name", "status", "link"].map(str::to_owned).into(),
        as_of: AsOf::day(DAY.parse().unwrap()).instant(),
        has_roles: false,
        has_changes: false,
    };
    let mut bytes = Vec::new();
    let outlet = Outlet {
        out: Box::new(&mut bytes),
        spool: Box::new(tempfile::tempfile().unwrap()),
        look: Look {
            width,
            colour: Colour::Off,
        },
    };
    let mut sheet = open(format, &heading, outlet).unwrap();
    let mut totals = Totals::default();
    for (number, cells) in (1..).zip(LIST) {
        let found = verified(cells[0], cells[2]);
        totals.count(found.standing.status, found.outcome);
        let (cells, results) = (cells.map(str::to_owned), [ResultJson::of(&found)]);
        sheet
            .row(&SheetRow {
                number,
                cells: &cells,
                results: &results,
                headline: 0,
                role: None,
                change: None,
            })
            .unwrap();
    }
    let closing = Closing {
        totals,
        gone: Vec::new(),
    };
    sheet.finish(&closing).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn each_format_reads_well() {
    for format in SheetFormat::ALL {
        match format {
            // Its tests read it back.
            SheetFormat::Xlsx => {}
            SheetFormat::Human => {
                for width in [80, 120] {
                    let name = format!("sheet_human_{width}");
                    insta::assert_snapshot!(name, document(format, width));
                }
            }
            _ => {
                let name = format!("sheet_{}", format.as_str());
                let version = concat!("bonafide ", env!("CARGO_PKG_VERSION"));
                let text = document(format, 80).replace(version, "bonafide VERSION");
                insta::assert_snapshot!(name, text);
            }
        }
    }
}

#[test]
fn no_line_of_the_table_is_wider_than_the_terminal() {
    for width in [80, 100, 120] {
        for line in document(SheetFormat::Human, width).lines() {
            assert!(line.chars().count() <= width, "{line}");
        }
    }
}

#[test]
fn documents_hold_to_the_schemas_that_the_program_prints() {
    let whole = validator_for(&run(&["schema", "batch"]).json()).unwrap();
    let line = validator_for(&run(&["schema", "batch-line"]).json()).unwrap();
    let json: Value = serde_json::from_str(&document(SheetFormat::Json, 80)).unwrap();
    let errors: Vec<_> = whole
        .iter_errors(&json)
        .map(|error| error.to_string())
        .collect();
    assert_eq!(errors, [""; 0]);
    for text in document(SheetFormat::Jsonl, 80).lines() {
        let json: Value = serde_json::from_str(text).unwrap();
        assert!(line.is_valid(&json));
        assert!(!whole.is_valid(&json));
    }
    let mut wrong = json.clone();
    wrong["results"][0]["row"]["number"] = "one".into();
    assert!(!whole.is_valid(&wrong));
}

#[test]
fn a_sharing_id_stands_only_where_the_input_is_echoed() {
    const SECRET: &str = "0A1B2C3D4E5F6071";
    for (format, echoes) in [
        (SheetFormat::Csv, 1),
        // `input`, the link's `input`, and the own column.
        (SheetFormat::Jsonl, 3),
        (SheetFormat::Html, 1),
        (SheetFormat::Markdown, 1),
        (SheetFormat::Junit, 0),
        (SheetFormat::Human, 0),
    ] {
        let found = document(format, 80).matches(SECRET).count();
        assert_eq!(found, echoes, "{}", format.as_str());
    }
}

#[test]
fn the_totals_of_a_document_are_those_of_its_rows() {
    let json: Value = serde_json::from_str(&document(SheetFormat::Json, 80)).unwrap();
    let results = json["results"].as_array().unwrap();
    for outcome in [Outcome::Passed, Outcome::Failed] {
        let word = outcome.as_str();
        let with = results.iter().filter(|one| one["outcome"] == word).count();
        assert_eq!(json["summary"][word], with);
    }
}
