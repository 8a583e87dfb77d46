//! One part of a document, by its format.

use super::text::Text;
use super::{Format, ScanError, docx, html, markdown, pdf, plain};

/// Reads a part that is no mail.
pub(super) fn read(format: Format, bytes: &[u8]) -> Result<Text, ScanError> {
    match format {
        Format::Pdf => pdf::read(bytes),
        Format::Docx => docx::read(bytes),
        Format::Html => html::read(bytes),
        Format::Markdown => markdown::read(bytes),
        Format::Text | Format::Mail => plain::read(bytes),
    }
}
