//! What every format holds to, whatever strangers write.

mod formats;
mod hostile;
mod outlets;
mod workbook;

use std::io::{self, Cursor, Write};

use chrono::{DateTime, Utc};
use futures_util::FutureExt as _;

use super::*;
use crate::catalog::Catalog;
use crate::check::Expectation;
use crate::report::Colour;
use crate::source::Demo;
use crate::verify::{AsOf, Terms, verify};

const ACTIVE: &str = "https://learn.microsoft.com/api/credentials/share/en-us/IngridSolvangReyes-4410/5D1E0C42A7B39F10?sharingId=0A1B2C3D4E5F6071";
const EXPIRED: &str = "https://learn.microsoft.com/api/credentials/37A1D5F08E6C2B94";
const LOOKALIKE: &str =
    "https://learn.microsoft.com.check.example/api/credentials/5D1E0C42A7B39F10";
const UNDETERMINED: &str = "https://learn.microsoft.com/api/credentials/6C0B9D83F1E5427A";

fn as_of() -> DateTime<Utc> {
    "2026-11-22T00:00:00Z".parse().unwrap()
}

/// What is found out of a sample.
fn result(link: &str) -> ResultJson {
    let terms = Terms {
        catalog: Catalog::embedded(),
        as_of: AsOf::Given(as_of()),
        expected: &Expectation::default(),
    };
    let trip = verify(link, &Demo, &terms).now_or_never().unwrap();
    ResultJson::of(&trip.verifications[0])
}

/// A result in which every stranger's text is this one.
fn saying(text: &str) -> ResultJson {
    let mut one = result(LOOKALIKE);
    one.input = text.to_owned();
    one.link.input = text.to_owned();
    one.credential.title = Some(text.to_owned());
    one.credential.holder = Some(text.to_owned());
    one.next_step = text.to_owned();
    for finding in &mut one.findings {
        finding.message = text.to_owned();
    }
    one
}

fn heading(columns: &[&str]) -> Heading {
    Heading {
        columns: columns.iter().map(ToString::to_string).collect(),
        as_of: as_of(),
        has_roles: false,
        has_changes: false,
    }
}

/// A row's own cells and its results; the first is its headline.
type Given = (Vec<String>, Vec<ResultJson>);

fn given(cells: &[&str], results: Vec<ResultJson>) -> Given {
    (cells.iter().map(ToString::to_string).collect(), results)
}

fn row(number: usize, given: &Given) -> SheetRow<'_> {
    SheetRow {
        number: number as u64,
        cells: &given.0,
        results: &given.1,
        headline: 0,
        role: None,
        change: None,
    }
}

fn outlet<'w>(out: impl Write + Send + 'w) -> Outlet<'w> {
    Outlet {
        out: Box::new(out),
        spool: Box::new(Cursor::new(Vec::new())),
        look: Look {
            width: 80,
            colour: Colour::Off,
        },
    }
}

fn totals(rows: &[Given]) -> Totals {
    let mut totals = Totals::default();
    for (_, results) in rows {
        let outcome = match results[0].outcome {
            "passed" => crate::check::Outcome::Passed,
            "failed" => crate::check::Outcome::Failed,
            _ => crate::check::Outcome::Undetermined,
        };
        totals.count(results[0].sort(), outcome);
    }
    totals
}

/// The whole document.
fn document(format: SheetFormat, heading: &Heading, rows: &[Given]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut sheet = open(format, heading, outlet(&mut bytes)).unwrap();
    for (at, given) in rows.iter().enumerate() {
        sheet.row(&row(at + 1, given)).unwrap();
    }
    let closing = Closing {
        totals: totals(rows),
        gone: Vec::new(),
    };
    sheet.finish(&closing).unwrap();
    bytes
}

fn text(format: SheetFormat, heading: &Heading, rows: &[Given]) -> String {
    String::from_utf8(document(format, heading, rows)).unwrap()
}
