//! The archive of a Word document: its parts, and where their links lead.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;

use super::super::{ScanError, plain};
use super::WHAT;

/// The most bytes that one part may unfold into, and all of them together.
const LARGEST_PART: u64 = 24 * 1024 * 1024;
const LARGEST_WHOLE: u64 = 64 * 1024 * 1024;

/// The most entries of an archive; Word writes some dozens, and one for each picture.
const MOST_ENTRIES: usize = 10_000;

/// The targets of a part's links, by their identifiers.
pub(super) type Targets = HashMap<String, String>;

/// An opened archive.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, ScanError> {
        let archive =
            ZipArchive::new(Cursor::new(bytes)).map_err(|error| ScanError::damaged(WHAT, error))?;
        if archive.len() > MOST_ENTRIES {
            return Err(ScanError::Bomb("more than 10,000 entries"));
        }
        Ok(Self {
            archive,
            left: LARGEST_WHOLE,
        })
    }

    /// Unfolds a part as text; `None` where there is none of that name.
    pub(super) fn part(&mut self, path: &str) -> Result<Option<String>, ScanError> {
        let Ok(entry) = self.archive.by_name(path) else {
            return Ok(None);
        };
        let limit = LARGEST_PART.min(self.left);
        let mut bytes = Vec::new();
        entry
            .take(limit + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| ScanError::damaged(WHAT, error))?;
        let size = bytes.len() as u64;
        if size > limit {
            return Err(ScanError::Bomb("a part of more than 24 MiB"));
        }
        self.left -= size;
        Ok(Some(plain::decode(&bytes).into_owned()))
    }

    /// The part that the package names as its document.
    pub(super) fn main_part(&mut self) -> String {
        const USUAL: &str = "word/document.xml";
        let named = self.part("_rels/.rels").ok().flatten().and_then(|xml| {
            let related = relationships(&xml).into_iter();
            let mut main = related.filter(|one| one.sort.ends_with("/officeDocument"));
            main.next()
                .map(|one| one.target.trim_start_matches('/').to_owned())
        });
        named
            .filter(|path| self.archive.index_for_name(path).is_some())
            .unwrap_or_else(|| USUAL.to_owned())
    }

    /// Parts in the folder of `main` whose names begin so, in their order.
    pub(super) fn beside(&self, main: &str, start: &str) -> Vec<String> {
        let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
        let wanted = |path: &&str| {
            let (inside, name) = path.rsplit_once('/').unwrap_or(("", path));
            let xml = name.strip_suffix(".xml");
            let number = xml.and_then(|name| name.strip_prefix(start));
            inside == folder && number.is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()))
        };
        let names = self.archive.file_names().filter_map(Result::ok);
        let mut found: Vec<String> = names
            .map(std::borrow::Cow::into_owned)
            .filter(|path| wanted(&path.as_str()))
            .collect();
        found.sort_by_key(|path| (path.len(), path.clone()));
        found
    }

    /// Where the links of a part lead.
    pub(super) fn targets_of(&mut self, path: &str) -> Result<Targets, ScanError> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let rels = format!("{folder}/_rels/{name}.rels");
        let Some(xml) = self.part(rels.trim_start_matches('/'))? else {
            return Ok(Targets::new());
        };
        let links = relationships(&xml).into_iter();
        let links = links.filter(|one| one.sort.ends_with("/hyperlink"));
        Ok(links.map(|one| (one.id, one.target)).collect())
    }

    /// The author and the title that the document's description gives.
    pub(super) fn properties(&mut self) -> Result<Vec<String>, ScanError> {
        let Some(xml) = self.part("docProps/core.xml")? else {
            return Ok(Vec::new());
        };
        let mut reader = Reader::from_str(&xml);
        let mut found = Vec::new();
        let mut inside = false;
        loop {
            match reader.read_event() {
                Ok(Event::Start(tag)) => {
                    inside = matches!(
                        tag.local_name().as_ref(),
                        "creator" | "title" | "lastModifiedBy"
                    );
                }
                Ok(Event::End(_)) => inside = false,
                Ok(Event::Text(text)) if inside => found.push(text.html_content().into_owned()),
                Ok(Event::Eof) | Err(_) => return Ok(found),
                Ok(_) => {}
            }
        }
    }
}

struct Relationship {
    id: String,
    sort: String,
    target: String,
}

fn relationships(xml: &str) -> Vec<Relationship> {
    let mut reader = Reader::from_str(xml);
    let mut found = Vec::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag))
                if tag.local_name().as_ref() == "Relationship" =>
            {
                let of = |name| attribute(&tag, name).unwrap_or_default();
                found.push(Relationship {
                    id: of("Id"),
                    sort: of("Type"),
                    target: of("Target"),
                });
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

/// The value of an attribute by its name without a prefix.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let mut attributes = attributes.with_checks(false).flatten();
    let found = attributes.find(|one| one.key.local_name().as_ref() == name)?;
    let value = found.normalized_value(XmlVersion::Implicit1_0);
    Some(value.map_or_else(|_| found.value.to_string(), std::borrow::Cow::into_owned))
}
