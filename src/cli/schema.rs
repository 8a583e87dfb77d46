//! `bonafide schema`: the JSON Schema of a document.

use schemars::generate::SchemaSettings;

use super::args::{Schema, SchemaName};
use super::exit::Exit;
use super::output;
use crate::notify::DigestDocument;
use crate::publish::page::PageDocument;
use crate::receipt;
use crate::report::catalog::{CatalogDocument, CheckDocument, UpdateDocument};
use crate::report::doctor::DoctorDocument;
use crate::report::request::RequestDocument;
use crate::report::{exam, json, scan_json, sheet};

pub(super) fn run(args: &Schema) -> anyhow::Result<Exit> {
    // What is written, so that a member that may be null is there all the same.
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let generator = settings.into_generator();
    let schema = match args.name {
        SchemaName::Result => generator.into_root_schema_for::<json::ResultDocument>(),
        SchemaName::Batch => generator.into_root_schema_for::<sheet::BatchDocument<'static>>(),
        SchemaName::BatchLine => generator.into_root_schema_for::<sheet::RowResult<'static>>(),
        SchemaName::Inspect => generator.into_root_schema_for::<json::InspectDocument>(),
        SchemaName::Receipt => generator.into_root_schema_for::<receipt::Receipt>(),
        SchemaName::ReceiptCheck => generator.into_root_schema_for::<receipt::CheckDocument>(),
        SchemaName::Catalog => generator.into_root_schema_for::<CatalogDocument>(),
        SchemaName::CatalogCheck => generator.into_root_schema_for::<CheckDocument>(),
        SchemaName::CatalogUpdate => generator.into_root_schema_for::<UpdateDocument>(),
        SchemaName::Request => generator.into_root_schema_for::<RequestDocument>(),
        SchemaName::Page => generator.into_root_schema_for::<PageDocument>(),
        SchemaName::ExamRetake => generator.into_root_schema_for::<exam::retake::RetakeDocument>(),
        SchemaName::ExamScore => generator.into_root_schema_for::<exam::score::ScoreDocument>(),
        SchemaName::ExamSkills => generator.into_root_schema_for::<exam::skills::SkillsDocument>(),
        SchemaName::ExamPlan => generator.into_root_schema_for::<exam::plan::PlanDocument>(),
        SchemaName::Scan => generator.into_root_schema_for::<scan_json::ScanDocument>(),
        SchemaName::Doctor => generator.into_root_schema_for::<DoctorDocument>(),
        SchemaName::Digest => generator.into_root_schema_for::<DigestDocument>(),
    };
    output::write(
        args.target.output.as_deref(),
        json::text(&schema).as_bytes(),
    )?;
    Ok(Exit::Success)
}
