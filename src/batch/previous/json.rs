//! An earlier output as JSON lines or as one JSON document.

use std::fmt;
use std::io::BufRead;

use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::facts::ResultRead;
use super::limit::{Budget, Limited, line};
use super::{Facts, Named, PastRow, PreviousError, Stop};
use crate::report::json::SCHEMA_VERSION;

/// Reads one result a line.
pub(super) fn read_lines<E>(
    mut reader: impl BufRead,
    file: &Named,
    take: &mut impl FnMut(PastRow) -> Result<(), Stop<E>>,
) -> Result<(), Stop<E>> {
    let mut group = Group::new(file);
    let mut at = 0;
    loop {
        at += 1;
        let read = line(&mut reader).map_err(|cause| match cause.kind() {
            std::io::ErrorKind::InvalidData => file.damaged(at, cause.to_string()),
            _ => file.unreadable(cause),
        })?;
        let Some(line) = read else { break };
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line);
        if line.trim_ascii().is_empty() {
            continue;
        }
        let result: ResultRead = serde_json::from_slice(line).map_err(|error| {
            let problem = format!("line {at} is no result: {}", said(&error));
            // The first line tells whether the file is one of ours at all.
            match group.last {
                None if error.is_data() => file.not_ours(problem),
                _ => file.damaged(group.next_row(), problem),
            }
        })?;
        if let Some(row) = group.add(result)? {
            take(row)?;
        }
    }
    match group.end() {
        Some(row) => take(row),
        None => Err(file.empty().into()),
    }
}

/// Reads the document, result by result.
pub(super) fn read_document<E>(
    reader: impl BufRead,
    file: &Named,
    take: &mut impl FnMut(PastRow) -> Result<(), Stop<E>>,
) -> Result<(), Stop<E>> {
    let budget = Budget::new();
    let limited = Limited {
        inner: reader,
        budget: budget.clone(),
    };
    let mut stopped = None;
    let mut group = Group::new(file);
    let document = Document {
        budget: &budget,
        group: &mut group,
        take,
        stopped: &mut stopped,
    };
    let mut deserializer = serde_json::Deserializer::from_reader(std::io::BufReader::new(limited));
    let read = document
        .deserialize(&mut deserializer)
        .and_then(|has_results| deserializer.end().map(|()| has_results));
    if let Some(stop) = stopped {
        return Err(stop);
    }
    match read {
        Ok(true) => group.end().map_or(Ok(()), take),
        Ok(false) => Err(file.not_ours("it has no member results").into()),
        Err(error)
            if error.is_io() && error.io_error_kind() != Some(std::io::ErrorKind::InvalidData) =>
        {
            Err(file.unreadable(error.into()).into())
        }
        Err(error) if error.is_data() && group.last.is_none() => {
            Err(file.not_ours(said(&error)).into())
        }
        Err(error) => Err(file.damaged(group.next_row(), said(&error)).into()),
    }
}

/// The error, without the text that stood there.
fn said(error: &serde_json::Error) -> String {
    let said = error.to_string();
    said.chars().take(160).collect()
}

/// Puts the results of one row together and keeps the one that stands for it: the one that
/// says so, else the first.
struct Group<'f> {
    file: &'f Named,
    last: Option<PastRow>,
}

impl<'f> Group<'f> {
    fn new(file: &'f Named) -> Self {
        Self { file, last: None }
    }

    /// Takes a result; gives the row before where that is complete.
    fn add(&mut self, result: ResultRead) -> Result<Option<PastRow>, PreviousError> {
        if let Some(found) = result
            .schema_version
            .as_ref()
            .filter(|found| !is_ours(found))
        {
            let number = result.row.as_ref().map(|row| row.number);
            return Err(self.file.other_version(number, found.to_string()));
        }
        let is_headline = result.row.as_ref().is_some_and(|row| row.headline);
        let row = self.row(result)?;
        match &mut self.last {
            Some(last) if last.number == row.number => {
                if is_headline {
                    *last = row;
                }
                Ok(None)
            }
            last => Ok(last.replace(row)),
        }
    }

    fn row(&self, mut result: ResultRead) -> Result<PastRow, PreviousError> {
        let Some(row) = result.row.take() else {
            let lacks = "its results have no member row, as those of `verify` do not";
            return Err(self.file.not_ours(lacks));
        };
        let text = |value: Value| match value {
            Value::String(text) => text,
            Value::Null => String::new(),
            other => other.to_string(),
        };
        let mut columns: Vec<_> = row
            .columns
            .into_iter()
            .map(|(name, cell)| (name, text(cell)))
            .collect();
        columns.push((super::INPUT.to_owned(), std::mem::take(&mut result.input)));
        let facts = Facts::of_result(result);
        Ok(PastRow {
            number: row.number,
            columns,
            facts: facts.map_err(|problem| self.file.damaged(row.number, problem))?,
        })
    }

    fn end(&mut self) -> Option<PastRow> {
        self.last.take()
    }

    fn next_row(&self) -> u64 {
        self.last.as_ref().map_or(1, |row| row.number + 1)
    }
}

fn is_ours(version: &Value) -> bool {
    version.as_u64() == Some(u64::from(SCHEMA_VERSION))
}

/// The document as a whole; `true` where it has results.
struct Document<'d, 'f, T, E> {
    budget: &'d Budget,
    group: &'d mut Group<'f>,
    take: &'d mut T,
    stopped: &'d mut Option<Stop<E>>,
}

impl<'de, T, E> DeserializeSeed<'de> for Document<'_, '_, T, E>
where
    T: FnMut(PastRow) -> Result<(), Stop<E>>,
{
    type Value = bool;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, T, E> Visitor<'de> for Document<'_, '_, T, E>
where
    T: FnMut(PastRow) -> Result<(), Stop<E>>,
{
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a document with results")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<bool, A::Error> {
        let mut has_results = false;
        while let Some(key) = map.next_key::<String>()? {
            self.budget.refill();
            match key.as_str() {
                "schema_version" => {
                    let found: Value = map.next_value()?;
                    if !is_ours(&found) {
                        let error = self.group.file.other_version(None, found.to_string());
                        *self.stopped = Some(error.into());
                        return Err(A::Error::custom("stopped"));
                    }
                }
                "results" => {
                    has_results = true;
                    map.next_value_seed(Results(&mut self))?;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(has_results)
    }
}

struct Results<'r, 'd, 'f, T, E>(&'r mut Document<'d, 'f, T, E>);

impl<'de, T, E> DeserializeSeed<'de> for Results<'_, '_, '_, T, E>
where
    T: FnMut(PastRow) -> Result<(), Stop<E>>,
{
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, T, E> Visitor<'de> for Results<'_, '_, '_, T, E>
where
    T: FnMut(PastRow) -> Result<(), Stop<E>>,
{
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of results")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let Document {
            budget,
            group,
            take,
            stopped,
        } = self.0;
        while let Some(result) = seq.next_element::<ResultRead>()? {
            budget.refill();
            let added = group.add(result).map_err(Stop::from);
            let taken = added.and_then(|row| row.map_or(Ok(()), &mut *take));
            if let Err(stop) = taken {
                **stopped = Some(stop);
                return Err(A::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}
