//! JSON lines: one object a line.

use std::collections::HashMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::error::Fault;
use super::header::{COLUMN_LIMIT, Headers};
use super::lines::{LIMIT, Lines, decode};
use super::{Rows, Taken};

/// Objects, one a line.
pub(super) struct JsonLines {
    lines: Lines,
}

impl JsonLines {
    pub(super) const fn of(lines: Lines) -> Self {
        Self { lines }
    }
}

impl Rows for JsonLines {
    fn next(&mut self, headers: &mut Headers) -> Result<Option<Taken>, Fault> {
        while let Some(span) = self.lines.line_at(0).map_err(Fault::reading)? {
            let line = self.lines.line();
            let text = decode(self.lines.bytes(span.text.clone()));
            self.lines.consume(&span, 1).map_err(Fault::reading)?;
            if span.is_cut {
                let flaw = format!("Line {line} is longer than {LIMIT} bytes, and was not read.");
                return Ok(Some(Taken::flawed(flaw)));
            }
            if !text.trim().is_empty() {
                return Ok(Some(row(&text, line, headers)));
            }
        }
        Ok(None)
    }
}

fn row(text: &str, line: u64, headers: &mut Headers) -> Taken {
    match serde_json::from_str::<Members>(text) {
        Ok(members) => place(members, line, headers),
        Err(error) if error.is_data() => {
            Taken::flawed(format!("Line {line} is JSON, and not an object."))
        }
        Err(error) => Taken::flawed(format!(
            "Line {line} is not JSON: it breaks at column {}.",
            error.column()
        )),
    }
}

fn place(members: Members, line: u64, headers: &mut Headers) -> Taken {
    let mut cells: Vec<Option<String>> = Vec::new();
    let mut repeated = HashMap::new();
    let mut flaw = None;
    for (key, value) in members.0 {
        let times = repeated.entry(key.clone()).or_insert(1);
        match place_of(&key, times, &cells, headers) {
            Some(place) => {
                cells.resize(cells.len().max(place + 1), None);
                cells[place] = Some(text_of(&value));
            }
            None => {
                flaw = Some(format!(
                    "Line {line} has a member beyond the {COLUMN_LIMIT} columns that are read."
                ));
            }
        }
    }
    Taken {
        cells: cells.into_iter().map(Option::unwrap_or_default).collect(),
        flaw,
        targets: Vec::new(),
    }
}

/// The column of a key. A key that stands several times in one object has a column for
/// each; how many times it did so far is counted, so that each takes no longer.
fn place_of(
    key: &str,
    times: &mut usize,
    cells: &[Option<String>],
    headers: &mut Headers,
) -> Option<usize> {
    let is_free = |place: &usize| cells.get(*place).is_none_or(Option::is_none);
    loop {
        let name = match *times {
            1 => key.to_owned(),
            times => format!("{key} ({times})"),
        };
        *times += 1;
        match headers.place(&name) {
            Some(place) if is_free(&place) => return Some(place),
            None if headers.names().len() == COLUMN_LIMIT => return None,
            None => return Some(headers.add(name)),
            Some(_) => {}
        }
    }
}

/// A string as it is, nothing for null, and everything else as JSON text.
fn text_of(value: &RawValue) -> String {
    match value.get() {
        "null" => String::new(),
        json => serde_json::from_str(json).unwrap_or_else(|_| json.to_owned()),
    }
}

/// The members of an object in their order, each as often as it stands there.
struct Members(Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(InOrder)
    }
}

struct InOrder;

impl<'de> Visitor<'de> for InOrder {
    type Value = Members;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Members, M::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_become_cells_in_order_of_first_appearance() {
        let mut headers = Headers::default();
        let first = row(
            r#"{"z":"A\u00e4","a":null,"n":1.50,"o":{"b":[1, 2]}}"#,
            1,
            &mut headers,
        );
        assert_eq!(first.cells, ["Aä", "", "1.50", r#"{"b":[1, 2]}"#]);
        let second = row(r#"{"new":true,"z":"y"}"#, 2, &mut headers);
        assert_eq!(second.cells, ["y", "", "", "", "true"]);
        assert_eq!(headers.names(), ["z", "a", "n", "o", "new"]);
    }

    #[test]
    fn a_key_that_stands_twice_has_two_columns() {
        let mut headers = Headers::default();
        let taken = row(r#"{"a":1,"a":2,"a":3}"#, 1, &mut headers);
        assert_eq!(taken.cells, ["1", "2", "3"]);
        let taken = row(r#"{"a":4}"#, 2, &mut headers);
        assert_eq!(taken.cells, ["4"]);
        assert_eq!(headers.names(), ["a", "a (2)", "a (3)"]);
    }

    #[test]
    fn what_is_no_object_is_a_row_with_a_flaw() {
        for (text, flaw) in [
            ("[1]", "Line 7 is JSON, and not an object."),
            ("\"x\"", "Line 7 is JSON, and not an object."),
            ("{\"a\":}", "Line 7 is not JSON: it breaks at column 6."),
            ("{\"a\":1} x", "Line 7 is not JSON: it breaks at column 9."),
        ] {
            let taken = row(text, 7, &mut Headers::default());
            assert_eq!(taken.flaw.as_deref(), Some(flaw), "{text}");
            assert!(taken.cells.is_empty());
        }
    }
}
