//! JSON, CSV, workbooks and metrics.

use std::fmt;
use std::io::{Cursor, Read as _};

use bonafide::report::neutral;
use calamine::{Data, Reader as _, Xlsx};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::{Reading, harmless};

/// Members that say how long or what a document is, or when it was made.
const CHANGING: [&str; 3] = ["bytes", "received_bytes", "size"];

/// JSON with its members in their order.
#[derive(Debug)]
pub(crate) enum Json {
    Scalar(String),
    Text(String),
    List(Vec<Self>),
    Object(Vec<(String, Self)>),
}

impl Json {
    pub(crate) fn parse(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in {text:.300}"))
    }

    /// Goes through every member. Of `addresses` the frame is made.
    fn walk(&self, path: &str, reading: &mut Reading) {
        match self {
            Self::Scalar(scalar) => reading.frame(format!("{path} {scalar}")),
            Self::Text(text) => {
                let is_address = ["url", "canonical", "link"]
                    .iter()
                    .any(|end| path.ends_with(end));
                if is_address {
                    reading.frame(format!("{path} {text}"));
                } else {
                    reading.frame(format!("{path} text"));
                    reading.say(text);
                }
            }
            Self::List(items) => {
                reading.frame(format!("{path} {}", items.len()));
                for item in items {
                    item.walk(path, reading);
                }
            }
            Self::Object(members) => {
                reading.frame(format!("{path} members {}", members.len()));
                for (key, value) in members {
                    // What a service said is JSON inside JSON: `evidence` reads it as that.
                    let is_answer = key == "body" && path.ends_with("exchanges");
                    if CHANGING.contains(&key.as_str()) || is_answer {
                        continue;
                    }
                    // The names of a list's own columns are its owner's.
                    if path.ends_with("columns") {
                        reading.say(key);
                        value.walk(path, reading);
                    } else {
                        value.walk(&format!("{path}/{key}"), reading);
                    }
                }
            }
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;

        impl<'de> Visitor<'de> for Any {
            type Value = Json;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("JSON")
            }

            fn visit_unit<E>(self) -> Result<Json, E> {
                Ok(Json::Scalar("null".to_owned()))
            }

            fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
                Ok(Json::Scalar(value.to_string()))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
                Ok(Json::Scalar(value.to_string()))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
                Ok(Json::Scalar(value.to_string()))
            }

            fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
                Ok(Json::Scalar(value.to_string()))
            }

            fn visit_str<E>(self, value: &str) -> Result<Json, E> {
                Ok(Json::Text(value.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Json, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = seq.next_element()? {
                    items.push(item);
                }
                Ok(Json::List(items))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
                let mut members: Vec<(String, Json)> = Vec::new();
                while let Some((key, value)) = map.next_entry::<String, Json>()? {
                    assert!(
                        members.iter().all(|(other, _)| *other != key),
                        "{key:?} stands twice"
                    );
                    members.push((key, value));
                }
                Ok(Json::Object(members))
            }
        }

        deserializer.deserialize_any(Any)
    }
}

/// JSON: every member is where it was, and every text is what it was.
pub(crate) fn json(document: &[u8]) -> Reading {
    let mut reading = Reading::default();
    Json::parse(harmless(document)).walk("", &mut reading);
    reading
}

/// Saved evidence: what the service said, as it said it.
pub(crate) fn evidence(document: &[u8]) -> Reading {
    let mut reading = json(document);
    let parsed: serde_json::Value = serde_json::from_slice(document).unwrap();
    let body = parsed["exchanges"][0]["body"].as_str().unwrap();
    reading.add(json(neutral::json(body).as_bytes()));
    reading
}

/// JSON of which the payloads decide what is found: it is JSON, and steers no screen.
pub(crate) fn harmless_json(document: &[u8]) -> Reading {
    Json::parse(harmless(document));
    Reading::default()
}

/// JSON whose texts are cut where they are too long.
pub(crate) fn cut_json(document: &[u8]) -> Reading {
    Reading {
        is_loose: true,
        ..json(document)
    }
}

/// JSON lines whose texts are broken into lines.
pub(crate) fn wrapped_json_lines(document: &[u8]) -> Reading {
    Reading {
        is_loose: true,
        ..json_lines(document)
    }
}

/// JSON lines.
pub(crate) fn json_lines(document: &[u8]) -> Reading {
    let mut reading = Reading::default();
    for line in harmless(document).split_terminator('\n') {
        Json::parse(line).walk("", &mut reading);
    }
    reading
}

/// CSV: the same records of as many cells, and none that a spreadsheet runs.
pub(crate) fn csv(document: &[u8]) -> Reading {
    let text = harmless(document);
    let mut reading = Reading::default();
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    for record in reader.records() {
        let record = record.unwrap();
        reading.frame(record.len().to_string());
        for cell in &record {
            assert!(!runs(cell), "a spreadsheet runs {cell:.60?}");
            reading.say(bonafide::report::sheet::unguarded(cell));
        }
    }
    reading
}

/// Whether a spreadsheet takes a cell for a formula: not where it is a number.
fn runs(cell: &str) -> bool {
    let seen = cell.trim_start_matches(|c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}')
    });
    let begins = seen.starts_with([
        '=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
    ]);
    (begins || cell.starts_with(['\t', '\r'])) && cell.parse::<f64>().is_err()
}

/// A workbook: the same sheets and cells, no formula, and no link but to the issuer.
pub(crate) fn workbook(document: &[u8]) -> Reading {
    let mut reading = Reading::default();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(document)).unwrap();
    for name in book.sheet_names() {
        let formulas = book.worksheet_formula(&name).unwrap();
        let theirs: Vec<_> = formulas
            .used_cells()
            .filter(|cell| !cell.2.is_empty())
            .collect();
        // The summary counts with formulas of ours.
        reading.frame(format!("sheet {name} {theirs:.2000?}"));
        for (row, column, cell) in book.worksheet_range(&name).unwrap().used_cells() {
            // Said where a text is longer than a cell holds, which no word is.
            if cell
                .to_string()
                .contains("longer than a worksheet's cell holds")
            {
                continue;
            }
            reading.frame(format!("{row} {column}"));
            match cell {
                Data::String(text) => reading.say(text),
                Data::DateTime(_) => reading.frame("an instant"),
                other => reading.frame(format!("{other:?}")),
            }
        }
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(document)).unwrap();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        reading.frame(name.clone());
        if name.split('.').next_back() == Some("rels") {
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            let targets = text.split("Target=\"").skip(1);
            reading
                .frame
                .extend(targets.map(|rest| rest.split('"').next().unwrap().to_owned()));
        }
    }
    reading
}

/// Prometheus' text format, line by line: comments, and samples of `name{label="…"} number`.
pub(crate) fn metrics(document: &[u8]) -> Reading {
    let mut reading = Reading::default();
    for line in harmless(document).split_terminator('\n') {
        if line.starts_with('#') {
            reading.frame(line);
            continue;
        }
        let (start, value) = line.rsplit_once(' ').unwrap();
        let value: f64 = value.parse().unwrap();
        let (name, labels) = start.split_once('{').unwrap_or((start, "}"));
        assert!(
            name.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'),
            "{line}"
        );
        reading.frame(format!("{name} {value}"));
        let mut rest = labels;
        while let Some((label, after)) = rest.split_once("=\"") {
            let end = closing_quote(after);
            reading.frame(label.trim_start_matches(','));
            reading.say(&after[..end]);
            rest = &after[end + 1..];
        }
        assert_eq!(rest, "}", "{line}");
    }
    reading
}

fn closing_quote(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            '"' if !escaped => return at,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    panic!("a label of a metric has no end")
}
