//! JSON: one object a line, or one document whose results are written as they come.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use schemars::JsonSchema;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::super::json::{ResultJson, SCHEMA_VERSION, Totals};
use super::super::neutral;
use super::super::words::rfc3339_second;
use super::column::own_names;
use super::{ChangeJson, Closing, Heading, RoleJson, Sheet, SheetRow};

/// What `batch --format json` writes.
#[derive(Debug, Serialize, JsonSchema)]
pub struct BatchDocument<'a> {
    /// Always 1.
    #[schemars(extend("const" = 1))]
    schema_version: u8,
    /// The instant of judgement, in UTC.
    #[schemars(extend("format" = "date-time"))]
    as_of: String,
    /// One for each credential, in the order of the rows.
    results: Vec<RowResult<'a>>,
    /// Rows of the earlier output that are no longer there, in words; only where one was
    /// compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    gone: Option<&'a [String]>,
    /// How many rows of what, each counted by its headline.
    summary: &'a Totals,
}

/// A result with the row it belongs to: a line of `batch --format jsonl`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RowResult<'a> {
    #[serde(flatten)]
    result: &'a ResultJson,
    /// The row of the input.
    row: RowJson<'a>,
    /// What the row's person has of the role they are held against.
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'a RoleJson>,
    /// How the row differs from the earlier output.
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<&'a ChangeJson>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct RowJson<'a> {
    /// The first data row is 1.
    #[schemars(range(min = 1))]
    number: u64,
    /// Whether this result stands for the row where a row has one line. A row has one such.
    headline: bool,
    /// The input's own columns. Like `input` they echo what was given.
    #[schemars(with = "BTreeMap<String, String>")]
    columns: Columns<'a>,
}

/// The input's own cells by their headers, in their order.
#[derive(Debug)]
struct Columns<'a> {
    names: &'a [String],
    cells: &'a [String],
}

impl Serialize for Columns<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.names.len()))?;
        for (at, name) in self.names.iter().enumerate() {
            map.serialize_entry(name, self.cells.get(at).map_or("", String::as_str))?;
        }
        map.end()
    }
}

/// The results of a row, each as one line of JSON without its end.
fn lines<'a>(
    row: &'a SheetRow<'a>,
    names: &'a [String],
) -> impl Iterator<Item = io::Result<String>> + 'a {
    row.results.iter().enumerate().map(move |(at, result)| {
        line(&RowResult {
            result,
            row: RowJson {
                number: row.number,
                headline: at == row.headline,
                columns: Columns {
                    names,
                    cells: row.cells,
                },
            },
            role: row.role,
            change: row.change,
        })
    })
}

fn line(value: &impl Serialize) -> io::Result<String> {
    let text = serde_json::to_string(value)?;
    Ok(match safe(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(safe) => safe,
    })
}

/// Serialising has escaped what is below a space already.
fn safe(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte < 0x7f) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(neutral::json(text))
    }
}

/// One object a line.
pub(super) struct Lines<W> {
    out: W,
    names: Vec<String>,
}

impl<W: Write> Lines<W> {
    pub(super) fn open(heading: &Heading, out: W) -> Self {
        Self {
            out,
            names: own_names(&heading.columns, &[]),
        }
    }
}

impl<W: Write + Send> Sheet for Lines<W> {
    fn row(&mut self, row: &SheetRow<'_>) -> io::Result<()> {
        for line in lines(row, &self.names) {
            let mut line = line?;
            line.push('\n');
            self.out.write_all(line.as_bytes())?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>, _closing: &Closing) -> io::Result<()> {
        self.out.flush()
    }
}

/// One document: each result on a line of its own.
pub(super) struct Document<W> {
    out: W,
    names: Vec<String>,
    has_changes: bool,
    is_first: bool,
}

impl<W: Write> Document<W> {
    pub(super) fn open(heading: &Heading, mut out: W) -> io::Result<Self> {
        let as_of = rfc3339_second(heading.as_of);
        write!(
            out,
            "{{\n\"schema_version\":{SCHEMA_VERSION},\n\"as_of\":\"{as_of}\",\n\"results\":["
        )?;
        Ok(Self {
            out,
            names: own_names(&heading.columns, &[]),
            has_changes: heading.has_changes,
            is_first: true,
        })
    }
}

impl<W: Write + Send> Sheet for Document<W> {
    fn row(&mut self, row: &SheetRow<'_>) -> io::Result<()> {
        for line in lines(row, &self.names) {
            let before = if self.is_first { "\n" } else { ",\n" };
            self.is_first = false;
            self.out
                .write_all((before.to_owned() + &line?).as_bytes())?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>, closing: &Closing) -> io::Result<()> {
        let mut end = b"\n],\n".to_vec();
        if self.has_changes {
            writeln!(end, "\"gone\":{},", line(&closing.gone)?)?;
        }
        write!(end, "\"summary\":{}\n}}\n", line(&closing.totals)?)?;
        self.out.write_all(&end)?;
        self.out.flush()
    }
}
