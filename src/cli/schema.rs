//! `bonafide schema`: the JSON Schema of a document.

use super::args::{Schema, SchemaName};
use super::exit::Exit;
use super::output;
use crate::report::json;

pub(super) fn run(args: &Schema) -> anyhow::Result<Exit> {
    let schema = match args.name {
        SchemaName::Result => schemars::schema_for!(json::ResultDocument),
        SchemaName::Inspect => schemars::schema_for!(json::InspectDocument),
    };
    output::write(None, json::text(&schema).as_bytes())?;
    Ok(Exit::Success)
}
