//! Every command, as it runs with secrets.

mod checking;
mod keeping;

use super::desk::link;

/// A command and what it is run with.
pub(crate) struct Row {
    /// As it is typed.
    pub(crate) command: &'static str,
    /// `LINK` stands for a link with its key, `SERVICE` for the address of the service.
    pub(crate) arguments: &'static [&'static str],
    /// The exit codes that it may end with.
    pub(crate) codes: &'static [i32],
    /// What it may echo.
    pub(crate) echo: Echo,
}

/// What standard output may hold of what was given.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Echo {
    /// Nothing.
    Nothing,
    /// JSON members called `input`, and the columns of a list.
    Json,
    /// The columns of a list, which are in the first record.
    Columns,
    /// The columns of a list, where the whole link stands as it was given.
    Link,
}

impl Echo {
    /// A document without what it may echo.
    pub(crate) fn without_given(self, document: &[u8]) -> Vec<u8> {
        match self {
            Self::Nothing => document.to_vec(),
            Self::Json => {
                let lines = serde_json::Deserializer::from_slice(document).into_iter();
                let lines = lines.map(|line| without_input(line.unwrap()).to_string());
                lines.collect::<Vec<_>>().join("\n").into_bytes()
            }
            Self::Columns => without_columns(document),
            Self::Link => {
                let text = String::from_utf8_lossy(document);
                let text = [1, 2].iter().fold(text.into_owned(), |text, number| {
                    text.replace(&link(*number), "")
                });
                text.into_bytes()
            }
        }
    }
}

fn without_input(mut json: serde_json::Value) -> serde_json::Value {
    match &mut json {
        serde_json::Value::Object(members) => {
            members.retain(|name, _| name != "input" && name != "columns");
            for value in members.values_mut() {
                *value = without_input(value.take());
            }
        }
        serde_json::Value::Array(items) => {
            for item in items {
                *item = without_input(item.take());
            }
        }
        _ => {}
    }
    json
}

fn without_columns(document: &[u8]) -> Vec<u8> {
    let mut left = Vec::new();
    for record in csv::Reader::from_reader(document).records() {
        // The list has two columns.
        for cell in record.unwrap().iter().skip(2) {
            left.extend_from_slice(cell.as_bytes());
            left.push(b'\n');
        }
    }
    left
}

const ANY: &[i32] = &[0, 1, 3];
const REFUSED: &[i32] = &[2];
const ALL: &[i32] = &[0, 1, 2, 3];

const fn row(
    command: &'static str,
    arguments: &'static [&'static str],
    codes: &'static [i32],
) -> Row {
    Row {
        command,
        arguments,
        codes,
        echo: Echo::Nothing,
    }
}

const fn echoing(command: &'static str, arguments: &'static [&'static str], echo: Echo) -> Row {
    Row {
        command,
        arguments,
        codes: ANY,
        echo,
    }
}

/// What the runs of reminders need.
pub(crate) const IMPORT: Row = row("track import", &["given/track.csv"], ANY);

/// The rows of all commands.
pub(crate) fn all() -> impl Iterator<Item = &'static Row> {
    checking::ROWS.iter().chain(keeping::ROWS)
}
