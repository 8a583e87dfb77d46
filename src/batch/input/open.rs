//! Opens a list: tells what it is, and reads its headers.

use std::fs::File;
use std::io::{self, Cursor, ErrorKind, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::delimited::Delimited;
use super::error::Fault;
use super::header::Headers;
use super::json::JsonLines;
use super::lines::Lines;
use super::plain::LinkLines;
use super::shape::{self, Extent, Shape};
use super::{InputError, List, Rows, workbook};

/// The largest worksheet file that is taken from a stream, which is kept in a temporary
/// file while it is read: 1 GiB.
const STREAMED: u64 = 1 << 30;

/// How many rows of JSON lines are read before their keys are taken for all headers.
const LOOKED_AHEAD: usize = 100;

/// Where a list comes from.
pub enum Source {
    /// A file.
    File(PathBuf),
    /// Standard input, or any other stream.
    Stream(Box<dyn Read + Send>),
}

impl std::fmt::Debug for Source {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(path) => formatter.debug_tuple("File").field(path).finish(),
            Self::Stream(_) => formatter.write_str("Stream"),
        }
    }
}

/// How a list is to be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// The worksheet to read; otherwise the first one that is not hidden and not empty.
    pub sheet: Option<String>,
}

/// Opens a list and reads its headers.
///
/// It is told by what it holds, never by its name: XLSX, rows of cells behind a header line,
/// JSON lines, or one link a line. The file is not locked, and is expected to stay as it is
/// while it is read.
///
/// # Errors
/// When it cannot be read, holds nothing at all, or is no list.
pub fn open(source: Source, options: &Options) -> Result<List, InputError> {
    let name = match &source {
        Source::File(path) => path.display().to_string(),
        Source::Stream(_) => "standard input".to_owned(),
    };
    let opened = start(source).and_then(|start| start.open(options));
    match opened {
        Ok((headers, rows, ahead)) => {
            let mut list = List::new(name, headers, rows);
            list.look_ahead(ahead);
            Ok(list)
        }
        Err(fault) => Err(InputError::new(&name, fault)),
    }
}

/// Headers, rows, and how many rows to look ahead.
type Opened = (Headers, Box<dyn Rows>, usize);

/// The first bytes of a list, with what is behind them.
struct Start {
    magic: Vec<u8>,
    rest: Rest,
}

enum Rest {
    File(File),
    Stream(Box<dyn Read + Send>),
}

fn start(source: Source) -> Result<Start, Fault> {
    let rest = match source {
        Source::File(path) => file(&path)?,
        Source::Stream(stream) => Rest::Stream(stream),
    };
    let (magic, rest) = match rest {
        Rest::File(mut file) => (magic(&mut file), Rest::File(file)),
        Rest::Stream(mut stream) => (magic(&mut stream), Rest::Stream(stream)),
    };
    Ok(Start {
        magic: magic.map_err(Fault::reading)?,
        rest,
    })
}

/// A file, or a stream where the path names a pipe.
fn file(path: &Path) -> Result<Rest, Fault> {
    let failed = |error: io::Error| match error.kind() {
        ErrorKind::NotFound => Fault::Missing,
        _ if path.is_dir() => Fault::Folder,
        _ => Fault::Open(error),
    };
    let file = File::open(path).map_err(failed)?;
    let about = file.metadata().map_err(failed)?;
    if about.is_dir() {
        return Err(Fault::Folder);
    }
    Ok(if about.is_file() {
        Rest::File(file)
    } else {
        Rest::Stream(Box::new(file))
    })
}

fn magic(stream: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut magic = Vec::new();
    stream.take(8).read_to_end(&mut magic)?;
    Ok(magic)
}

impl Start {
    fn open(self, options: &Options) -> Result<Opened, Fault> {
        match &self.magic[..] {
            [b'P', b'K', 3 | 5, 4 | 6, ..] => {
                let (headers, rows) = workbook::open(self.into_file()?, options.sheet.as_deref())?;
                Ok((headers, Box::new(rows), 0))
            }
            [0xd0, 0xcf, 0x11, 0xe0, ..] => Err(workbook::refuse_old(self.into_file()?)),
            [b'%', b'P', b'D', b'F', ..] => Err(Fault::Format {
                what: "a PDF",
                todo: "save the list as XLSX or CSV; links in a CV are found by `bonafide scan`",
            }),
            [0x1f, 0x8b, ..] => Err(Fault::Format {
                what: "compressed with gzip",
                todo: "unpack it first, such as by `gunzip`",
            }),
            _ => self.into_lines(options),
        }
    }

    fn into_lines(self, options: &Options) -> Result<Opened, Fault> {
        let magic = Cursor::new(self.magic);
        let mut lines = Lines::of(match self.rest {
            Rest::File(file) => Box::new(magic.chain(file)),
            Rest::Stream(stream) => Box::new(magic.chain(stream)),
        });
        let shape = tell(&mut lines)?;
        if options.sheet.is_some() {
            return Err(Fault::NoSheets {
                found: shape.what(),
            });
        }
        Ok(match shape {
            Shape::Delimited {
                delimiter,
                has_sep_line,
            } => {
                if has_sep_line {
                    pass_sep_line(&mut lines).map_err(Fault::reading)?;
                }
                let (rows, headers) = Delimited::open(lines, delimiter)?;
                (headers, Box::new(rows), 0)
            }
            Shape::JsonLines => (
                Headers::default(),
                Box::new(JsonLines::of(lines)),
                LOOKED_AHEAD,
            ),
            Shape::Links => {
                let (rows, headers) = LinkLines::open(lines);
                (headers, Box::new(rows), 0)
            }
        })
    }

    /// A file that can be searched: a stream is put into a temporary one.
    fn into_file(self) -> Result<File, Fault> {
        let mut file = match self.rest {
            Rest::File(file) => file,
            Rest::Stream(stream) => spool(&self.magic, stream)?,
        };
        file.seek(SeekFrom::Start(0)).map_err(Fault::reading)?;
        Ok(file)
    }
}

fn spool(magic: &[u8], stream: Box<dyn Read + Send>) -> Result<File, Fault> {
    let mut file = tempfile::tempfile().map_err(Fault::reading)?;
    let mut bytes = magic.chain(stream).take(STREAMED + 1);
    let copied = io::copy(&mut bytes, &mut file).map_err(Fault::reading)?;
    if copied > STREAMED {
        return Err(Fault::TooLarge { limit: STREAMED });
    }
    Ok(file)
}

fn tell(lines: &mut Lines) -> Result<Shape, Fault> {
    lines.sample().map_err(Fault::reading)?;
    let extent = if lines.is_at_end() {
        Extent::Whole
    } else {
        Extent::Beginning
    };
    shape::tell(lines.sample().map_err(Fault::reading)?, extent)
}

/// Passes over `sep=;`, with the blank lines before it.
fn pass_sep_line(lines: &mut Lines) -> io::Result<()> {
    while let Some(span) = lines.line_at(0)? {
        let is_blank = lines.bytes(span.text.clone()).trim_ascii().is_empty();
        lines.consume(&span, 1)?;
        if !is_blank {
            break;
        }
    }
    Ok(())
}

impl Shape {
    const fn what(self) -> &'static str {
        match self {
            Self::Delimited { .. } => "a text of rows and cells",
            Self::JsonLines => "JSON lines",
            Self::Links => "one link a line",
        }
    }
}
