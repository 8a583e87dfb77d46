//! Looks through a workbook before it is read.
//!
//! What reads a workbook keeps its shared strings, styles and sheet names in memory, and one
//! cell at a time. A few kilobytes of ZIP unpack to as much as their maker likes, and sizes
//! that an archive declares are its maker's too. So every part is unpacked once here, in
//! constant memory, and what would cost too much is refused before it is kept.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::rc::Rc;

use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::result::ZipError;

use super::kind;
use crate::batch::input::error::Fault;
use crate::batch::input::lines::LIMIT;

/// All parts together, unpacked. A million rows of twenty cells are about half of it.
const TOTAL: u64 = 2 << 30;

/// The texts that cells share; they are held while the list is read.
const SHARED: u64 = 256 << 20;

/// Addresses that cells lead to; they are held as well.
const TARGETS: u64 = 64 << 20;

/// Any other part that is held: styles, names of sheets.
const HELD: u64 = 16 << 20;

/// What is no XML, such as pictures: never read, unless a part is misnamed.
const OTHER: u64 = 64 << 20;

/// How many parts a workbook may have.
const PARTS: usize = 10_000;

/// How deep elements may stand in each other.
const DEPTH: usize = 256;

/// What one shared string costs beside its text, so that there may be four million.
const PER_STRING: u64 = 64;

/// Looks through all parts and gives the file back, at its start.
pub(super) fn check(file: File) -> Result<File, Fault> {
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(damaged)?;
    let names: Vec<String> = archive
        .file_names()
        .flatten()
        .map(std::borrow::Cow::into_owned)
        .collect();
    if let Some(fault) = kind::refuse_other(&names, is_ods(&mut archive)) {
        return Err(fault);
    }
    if archive.len() > PARTS {
        return Err(bomb("list", format!("has more than {PARTS} entries")));
    }
    let mut total = 0;
    for part in 0..archive.len() {
        total += check_part(&mut archive, part, TOTAL - total)?;
    }
    let mut file = archive.into_inner().into_inner();
    file.seek(SeekFrom::Start(0)).map_err(Fault::reading)?;
    Ok(file)
}

fn is_ods(archive: &mut ZipArchive<BufReader<File>>) -> bool {
    let mut kind = String::new();
    archive
        .by_name("mimetype")
        .is_ok_and(|part| part.take(100).read_to_string(&mut kind).is_ok())
        && kind.starts_with("application/vnd.oasis.opendocument")
}

fn damaged(error: ZipError) -> Fault {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Fault::Password,
        ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => {
            Fault::Damaged(error.to_string())
        }
        error => Fault::Damaged(error.to_string()),
    }
}

fn bomb(part: &str, what: String) -> Fault {
    Fault::Bomb {
        part: crate::report::neutral::terminal(part),
        what,
    }
}

/// How a part is kept by what reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kept {
    /// Worksheets, piece by piece.
    Cells,
    /// XML that is not read, unless a part is misnamed; then it is read piece by piece.
    Unread,
    Strings,
    Targets,
    Whole,
    Not,
}

impl Kept {
    fn of(name: &str) -> Self {
        let name = name.replace('\\', "/").to_ascii_lowercase();
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", &name));
        let ends = |end: &str| file.ends_with(end);
        match file {
            "sharedstrings.xml" => Self::Strings,
            "styles.xml" | "theme1.xml" | "workbook.xml" | "[content_types].xml" => Self::Whole,
            _ if ends(".rels") && folder.ends_with("worksheets/_rels") => Self::Targets,
            _ if ends(".rels") => Self::Whole,
            _ if ends(".xml") && folder.ends_with("worksheets") => Self::Cells,
            _ if ends(".xml") => Self::Unread,
            _ => Self::Not,
        }
    }

    const fn limit(self) -> u64 {
        match self {
            Self::Cells | Self::Unread => TOTAL,
            Self::Strings => SHARED,
            Self::Targets => TARGETS,
            Self::Whole => HELD,
            Self::Not => OTHER,
        }
    }

    /// How large a cell or an element may be: as large as the part, unless pieces of it are
    /// let go one by one.
    const fn piece(self) -> u64 {
        match self {
            Self::Cells | Self::Strings => LIMIT as u64,
            Self::Unread => OTHER,
            Self::Targets | Self::Whole | Self::Not => self.limit(),
        }
    }
}

/// Unpacks one part, and gives its size.
fn check_part(
    archive: &mut ZipArchive<BufReader<File>>,
    part: usize,
    left: u64,
) -> Result<u64, Fault> {
    let entry = archive.by_index(part).map_err(damaged)?;
    let name = entry.name().map_err(damaged)?.into_owned();
    let kept = Kept::of(&name);
    let spent = Rc::new(Spent::default());
    let mut metered = Metered {
        bytes: entry,
        limit: kept.limit().min(left),
        piece: kept.piece(),
        spent: Rc::clone(&spent),
    };
    let read = if kept == Kept::Not {
        io::copy(&mut metered, &mut io::sink())
            .map(drop)
            .map_err(|error| error.to_string())
    } else {
        Look::new(&spent).through(BufReader::new(metered))
    };
    match (spent.excess.get(), read) {
        (Some(excess), _) => Err(bomb(&name, excess.sentence())),
        (None, Err(reason)) if !matches!(kept, Kept::Unread | Kept::Not) => Err(Fault::Damaged(
            format!("{}: {reason}", crate::report::neutral::terminal(&name)),
        )),
        // Damage that nobody meets does not keep a list from being read.
        (None, _) => Ok(spent.total.get()),
    }
}

/// What has been unpacked of a part.
#[derive(Debug, Default)]
struct Spent {
    total: Cell<u64>,
    /// Since the last piece that is let go before the next one.
    piece: Cell<u64>,
    excess: Cell<Option<Excess>>,
}

#[derive(Debug, Clone, Copy)]
enum Excess {
    Unpacked(u64),
    Piece(u64),
    Depth,
    Count,
}

impl Excess {
    fn sentence(self) -> String {
        match self {
            Self::Unpacked(limit) => format!("unpacks to more than {} MiB", limit >> 20),
            Self::Piece(limit) => {
                format!("has a cell or an element of more than {} MiB", limit >> 20)
            }
            Self::Depth => format!("has elements more than {DEPTH} deep in each other"),
            Self::Count => "has more pieces than its size allows for".to_owned(),
        }
    }
}

/// Counts what is read, and stops where it is too much.
struct Metered<R> {
    bytes: R,
    limit: u64,
    piece: u64,
    spent: Rc<Spent>,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Spent {
            total,
            piece,
            excess,
        } = &*self.spent;
        if total.get() > self.limit {
            excess.set(Some(Excess::Unpacked(self.limit)));
        } else if piece.get() > self.piece {
            excess.set(Some(Excess::Piece(self.piece)));
        }
        if excess.get().is_some() {
            return Err(io::Error::other("too much"));
        }
        let read = self.bytes.read(buffer)?;
        total.set(total.get() + read as u64);
        piece.set(piece.get() + read as u64);
        Ok(read)
    }
}

/// One pass through the elements of a part.
struct Look<'a> {
    spent: &'a Spent,
    depth: usize,
    in_cell: bool,
    strings: u64,
    held: u64,
}

impl<'a> Look<'a> {
    const fn new(spent: &'a Spent) -> Self {
        Self {
            spent,
            depth: 0,
            in_cell: false,
            strings: 0,
            held: 0,
        }
    }

    fn through(mut self, part: impl io::BufRead) -> Result<(), String> {
        let mut xml = quick_xml::Reader::from_reader(part);
        let config = xml.config_mut();
        config.check_end_names = false;
        config.check_comments = false;
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match xml
                .read_event_into(&mut buffer)
                .map_err(|e| e.to_string())?
            {
                Event::Eof => return Ok(()),
                Event::Start(element) => {
                    self.depth += 1;
                    self.begins(&element);
                }
                Event::Empty(element) => {
                    self.begins(&element);
                    self.ends(element.local_name().as_ref());
                }
                Event::End(element) => {
                    self.depth = self.depth.saturating_sub(1);
                    self.ends(element.local_name().as_ref());
                }
                _ => {}
            }
            if self.depth > DEPTH {
                self.spent.excess.set(Some(Excess::Depth));
            }
            if self.spent.excess.get().is_some() {
                return Err("too much".to_owned());
            }
            if !self.in_cell {
                self.spent.piece.set(0);
            }
        }
    }

    fn begins(&mut self, element: &BytesStart<'_>) {
        match element.local_name().as_ref() {
            "c" | "si" => self.in_cell = true,
            "sst" => self.expect_strings(element),
            "definedName" => {
                self.in_cell = true;
                self.hold(4 * PER_STRING);
            }
            "hyperlink" | "sheet" => self.hold(element.len() as u64 + 4 * PER_STRING),
            _ => {}
        }
    }

    /// Counts what is kept although it stands in a part that is read piece by piece: the
    /// links of a worksheet, or the names of a workbook under another name.
    fn hold(&mut self, size: u64) {
        self.held += size;
        if self.held > TARGETS {
            self.spent.excess.set(Some(Excess::Count));
        }
    }

    fn ends(&mut self, element: &str) {
        match element {
            "c" => self.in_cell = false,
            "definedName" => {
                self.in_cell = false;
                self.hold(self.spent.piece.get());
            }
            "si" => {
                self.in_cell = false;
                self.strings += 1;
                if self.strings * PER_STRING > SHARED {
                    self.spent.excess.set(Some(Excess::Count));
                }
            }
            _ => {}
        }
    }

    /// Room is made for as many strings as are announced.
    fn expect_strings(&self, element: &BytesStart<'_>) {
        let announced = element
            .attributes()
            .flatten()
            .find(|attribute| attribute.key.as_ref() == "uniqueCount")
            .and_then(|attribute| attribute.value.parse::<u64>().ok());
        if announced.is_some_and(|count| count.saturating_mul(PER_STRING) > SHARED) {
            self.spent.excess.set(Some(Excess::Count));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looked(part: &str, look: impl FnOnce(&mut Look<'_>)) -> Option<Excess> {
        let spent = Spent::default();
        let mut started = Look::new(&spent);
        look(&mut started);
        let _ = started.through(part.as_bytes());
        spent.excess.get()
    }

    #[test]
    fn shared_strings_are_counted_whatever_their_text_is() {
        let most = SHARED / PER_STRING;
        assert!(looked("<si/>", |look| look.strings = most - 1).is_none());
        let excess = looked("<si/>", |look| look.strings = most);
        assert!(matches!(excess, Some(Excess::Count)));
    }

    #[test]
    fn what_is_kept_of_a_worksheet_is_counted() {
        for part in [
            "<hyperlink/>",
            "<x:hyperlink/>",
            "<definedName>a</definedName>",
        ] {
            assert!(looked(part, |_| ()).is_none(), "{part}");
            let excess = looked(part, |look| look.held = TARGETS);
            assert!(matches!(excess, Some(Excess::Count)), "{part}");
        }
    }

    #[test]
    fn parts_are_held_against_what_reading_them_costs() {
        for (name, kept) in [
            ("xl/worksheets/sheet1.xml", Kept::Cells),
            ("xl/worksheets/_rels/sheet1.xml.rels", Kept::Targets),
            ("xl/sharedStrings.xml", Kept::Strings),
            ("XL\\SharedStrings.xml", Kept::Strings),
            ("xl/styles.xml", Kept::Whole),
            ("_rels/.rels", Kept::Whole),
            ("xl/calcChain.xml", Kept::Unread),
            ("xl/media/image1.png", Kept::Not),
        ] {
            assert_eq!(Kept::of(name), kept, "{name}");
        }
    }
}
