//! What stands in a CV? Its links to credentials, and the claims beside them.
//!
//! Pure: bytes in, mentions out. A document becomes lines of text with the links that stand
//! in them ([`format`](Format) by format), and from there on all formats are one: addresses
//! are found and judged, the text shown for a link is held to its target, claims are put to
//! the link they stand beside, and the name at the top is taken where it can be told.
//!
//! ```
//! use bonafide::catalog::Catalog;
//!
//! let cv = "Jane Doe\njane.doe@example.com\n\nAzure Administrator Associate (AZ-104)\n\
//!           https://learn.microsoft.com/api/credentials/20170DBC5AC04E38\n";
//! let document = bonafide::scan::read("cv.txt", cv.as_bytes(), Catalog::embedded()).unwrap();
//! let mention = &document.mentions()[0];
//! assert!(mention.link().is_verifiable());
//! assert_eq!(mention.claimed().unwrap(), "Microsoft Certified: Azure Administrator Associate");
//! assert_eq!(document.name().as_str(), Some("Jane Doe"));
//! ```
//!
//! What it does not do: it asks nobody, and it reads no pictures. Time and memory are
//! bounded by [`LARGEST_FILE`] and by limits on what a file may unfold into.

mod address;
mod claim;
mod docx;
mod draft;
mod error;
mod format;
mod html;
mod mail;
mod markdown;
mod mention;
mod name;
mod near;
mod part;
mod pdf;
mod plain;
mod spot;
#[cfg(test)]
mod tests;
mod text;

pub use claim::{Claim, ClaimSort};
pub use error::ScanError;
pub use format::Format;
pub use mention::{LooseClaim, Mention};
pub use name::{Basis, Name};
pub use text::Place;

use crate::catalog::Catalog;
use mail::Letter;

/// The most bytes of a file that are read. CVs with photographs have a few million.
pub const LARGEST_FILE: usize = 64 * 1024 * 1024;

/// A document that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    format: Format,
    name: Name,
    mentions: Vec<Mention>,
    loose: Vec<LooseClaim>,
    unread: Vec<Unread>,
}

/// A part of a document that could not be read, such as an attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// What it is called.
    pub part: String,
    /// Why not.
    pub reason: ScanError,
}

impl Document {
    /// What sort of file it is.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Whose document it is, where that can be told.
    pub fn name(&self) -> &Name {
        &self.name
    }

    /// The links to credentials, each once, in the order in which they first stand there.
    pub fn mentions(&self) -> &[Mention] {
        &self.mentions
    }

    /// Claims of certifications that no link stands beside.
    pub fn loose_claims(&self) -> &[LooseClaim] {
        &self.loose
    }

    /// Parts that could not be read.
    pub fn unread(&self) -> &[Unread] {
        &self.unread
    }
}

/// Reads a document: tells its format by its content, then by the end of its name, and
/// finds what stands in it.
///
/// # Errors
/// [`ScanError`] where nothing of it can be read, with what to do.
pub fn read(name: &str, bytes: &[u8], catalog: &Catalog) -> Result<Document, ScanError> {
    let (format, letter) = unfold(name, bytes)?;
    let parts = letter
        .parts
        .iter()
        .map(|part| near::assemble(&part.text, catalog))
        .collect::<Result<_, _>>()?;
    let (mentions, loose) = mention::merge(parts);
    Ok(Document {
        format,
        name: name::tell(name, &letter, &mentions),
        mentions,
        loose,
        unread: letter.unread,
    })
}

fn unfold(name: &str, bytes: &[u8]) -> Result<(Format, Letter), ScanError> {
    if bytes.len() > LARGEST_FILE {
        return Err(ScanError::TooLarge);
    }
    let format = format::tell(name, bytes)?;
    let letter = match format {
        Format::Mail => mail::read(bytes)?,
        format => Letter::single(part::read(format, bytes)?),
    };
    Ok((format, letter))
}
