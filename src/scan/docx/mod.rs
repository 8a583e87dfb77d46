//! Word documents: paragraphs in reading order, with every way in which Word keeps a link.

mod field;
mod package;
mod words;

use package::Package;

use super::ScanError;
use super::draft::Draft;
use super::text::Text;

/// What this format is called in messages.
const WHAT: &str = "a Word document";

/// Parts beside the main one, in the order in which they are read, as people see them.
const BEFORE: [(&str, &str); 1] = [("header", "header")];
const AFTER: [(&str, &str); 3] = [
    ("footnotes", "footnotes"),
    ("endnotes", "endnotes"),
    ("footer", "footer"),
];

pub(super) fn read(bytes: &[u8]) -> Result<Text, ScanError> {
    let mut package = Package::open(bytes)?;
    let main = package.main_part();
    let mut draft = Draft::new();
    for property in package.properties()? {
        draft.described(property);
    }
    read_beside(&mut package, &main, &BEFORE, &mut draft)?;
    read_part(&mut package, &main, None, &mut draft)?;
    read_beside(&mut package, &main, &AFTER, &mut draft)?;
    draft.finish()
}

fn read_beside(
    package: &mut Package<'_>,
    main: &str,
    sorts: &[(&str, &str)],
    draft: &mut Draft,
) -> Result<(), ScanError> {
    for (start, called) in sorts {
        for path in package.beside(main, start) {
            read_part(package, &path, Some(called), draft)?;
        }
    }
    Ok(())
}

fn read_part(
    package: &mut Package<'_>,
    path: &str,
    called: Option<&str>,
    draft: &mut Draft,
) -> Result<(), ScanError> {
    let targets = package.targets_of(path)?;
    let xml = package
        .part(path)?
        .ok_or_else(|| ScanError::damaged(WHAT, format_args!("{path} is missing")))?;
    draft.part(called.map(str::to_owned));
    words::read(&xml, &targets, draft)
}
