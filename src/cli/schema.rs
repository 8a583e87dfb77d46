//! `bonafide schema`: the JSON Schema of a document.

use schemars::generate::SchemaSettings;

use super::args::{Schema, SchemaName};
use super::exit::Exit;
use super::output;
use crate::report::{json, scan_json};

pub(super) fn run(args: &Schema) -> anyhow::Result<Exit> {
    // What is written, so that a member that may be null is there all the same.
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let generator = settings.into_generator();
    let schema = match args.name {
        SchemaName::Result => generator.into_root_schema_for::<json::ResultDocument>(),
        SchemaName::Inspect => generator.into_root_schema_for::<json::InspectDocument>(),
        SchemaName::Scan => generator.into_root_schema_for::<scan_json::ScanDocument>(),
    };
    output::write(
        args.target.output.as_deref(),
        json::text(&schema).as_bytes(),
    )?;
    Ok(Exit::Success)
}
