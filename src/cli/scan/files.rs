//! Reads the files, several at once.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use anyhow::Context;

use super::super::say;
use super::super::settings::Settings;
use crate::catalog::Catalog;
use crate::report::scan::{ScannedFile, UnreadFile};
use crate::scan::{self, Document, Format, LARGEST_FILE};

/// How deep folders are followed.
const DEEPEST: usize = 32;

/// The most files that are read at once: each may need some hundred million bytes.
const AT_ONCE: usize = 4;

/// Formats inside each other are read by recursion, more than Windows gives room for.
const STACK: usize = 16 * 1024 * 1024;

/// What was read and what was not.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) files: Vec<ScannedFile>,
    pub(super) unread: Vec<UnreadFile>,
}

/// A file to read.
#[derive(Debug)]
struct Source {
    path: PathBuf,
    found: Found,
}

/// How a file came to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    Named,
    InFolder,
}

/// What came of a file.
enum Came {
    Read(Document),
    Skipped(String),
    Unread(String),
}

/// Reads files, and the files of folders. What cannot be read is said and remembered, and
/// the others are read all the same.
pub(super) fn read(
    given: &[PathBuf],
    settings: &Settings,
    catalog: &Catalog,
) -> anyhow::Result<Read> {
    let mut read = Read::default();
    let mut sources = Vec::new();
    for path in given {
        if path.is_dir() {
            let before = (sources.len(), read.unread.len());
            folder(path, DEEPEST, &mut sources, &mut read.unread);
            if (sources.len(), read.unread.len()) == before {
                read.unread.push(unread(path, "the folder holds no file"));
            }
        } else {
            let path = path.clone();
            sources.push(Source {
                path,
                found: Found::Named,
            });
        }
    }
    let mut came = all(&sources, catalog)?;
    came.sort_by_key(|(at, _)| *at);
    for (at, came) in came {
        let name = shown(&sources[at].path);
        match came {
            Came::Read(document) => read.files.push(ScannedFile { name, document }),
            Came::Unread(reason) => read.unread.push(UnreadFile { name, reason }),
            Came::Skipped(reason) if !settings.is_quiet() => {
                say(&format!("skipped {name}: {reason}"));
            }
            Came::Skipped(_) => {}
        }
    }
    for one in &read.unread {
        say(&format!("error: {}: {}", one.name, one.reason));
    }
    Ok(read)
}

fn unread(path: &Path, reason: impl std::fmt::Display) -> UnreadFile {
    UnreadFile {
        name: shown(path),
        reason: reason.to_string(),
    }
}

fn shown(path: &Path) -> String {
    if path == Path::new("-") {
        "standard input".to_owned()
    } else {
        path.display().to_string()
    }
}

/// The files below a folder in the order of their names; hidden ones, and the locks of
/// open documents, are left out, and links to folders not followed.
fn folder(path: &Path, deeper: usize, sources: &mut Vec<Source>, failed: &mut Vec<UnreadFile>) {
    let entries = fs::read_dir(path).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(error) => return failed.push(unread(path, error)),
    };
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with('.') || name.starts_with("~$") {
            continue;
        }
        let path = entry.path();
        match entry.file_type() {
            Ok(sort) if sort.is_dir() && deeper == 0 => {
                failed.push(unread(&path, "it lies too deep in folders"));
            }
            Ok(sort) if sort.is_dir() => folder(&path, deeper - 1, sources, failed),
            Ok(_) if path.is_file() => sources.push(Source {
                path,
                found: Found::InFolder,
            }),
            Ok(_) => {}
            Err(error) => failed.push(unread(&path, error)),
        }
    }
}

/// Reads every file; the answers come in any order, with the number of their file.
fn all(sources: &[Source], catalog: &Catalog) -> anyhow::Result<Vec<(usize, Came)>> {
    let next = AtomicUsize::new(0);
    let at_once = thread::available_parallelism().map_or(1, |it| it.get().min(AT_ONCE));
    let (sender, came) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..at_once.min(sources.len()) {
            let (sender, next) = (sender.clone(), &next);
            let work = move || {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(source) = sources.get(at) else { break };
                    // Nobody listens any more only when the program ends.
                    let _ = sender.send((at, one(source, catalog)));
                }
            };
            thread::Builder::new()
                .stack_size(STACK)
                .spawn_scoped(scope, work)
                .context("cannot start to read")?;
        }
        drop(sender);
        Ok(came.iter().collect())
    })
}

fn one(source: &Source, catalog: &Catalog) -> Came {
    let bytes = match content(&source.path) {
        Ok(bytes) => bytes,
        Err(error) => return Came::Unread(error.to_string()),
    };
    let name = source
        .path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy();
    let in_folder = source.found == Found::InFolder;
    match scan::read(&name, &bytes, catalog) {
        Ok(document) if in_folder && !is_text_of_people(&name, document.format()) => {
            Came::Skipped("it is not a document by its name".to_owned())
        }
        Ok(document) => Came::Read(document),
        Err(error) if in_folder && error.is_no_document() => Came::Skipped(error.to_string()),
        Err(error) => Came::Unread(error.to_string()),
    }
}

/// In a folder, text counts as a document only by the end of its name: tables, programs
/// and logs are text as well.
fn is_text_of_people(name: &str, format: Format) -> bool {
    let end = name
        .rsplit_once('.')
        .map(|(_, end)| end.to_ascii_lowercase());
    let known = [
        "txt", "text", "md", "markdown", "html", "htm", "xhtml", "eml",
    ];
    !matches!(format, Format::Text | Format::Markdown)
        || end.is_none_or(|end| known.contains(&end.as_str()))
}

/// Up to one byte more than is read, so that what is larger is known to be.
fn content(path: &Path) -> io::Result<Vec<u8>> {
    let limit = LARGEST_FILE as u64 + 1;
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)?;
    } else {
        File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}
