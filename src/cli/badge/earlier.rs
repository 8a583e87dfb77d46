//! What earlier runs left in files: what of it may be replaced, and what may not stay.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::Made;
use super::plan::{DARK, Form, Plan};
use crate::cli::{output, say};
use crate::publish::badge::{Drawn, Theme};

/// The largest file that is read to see whether it is a badge.
const LARGEST: u64 = 256 * 1024;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// A badge of this program's in a file, if there is one.
pub(super) fn drawn(file: &Path) -> Option<Drawn> {
    let text = String::from_utf8(beginning(file).ok()?).ok()?;
    Drawn::read(&text)
}

fn beginning(file: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(file)?;
    opened.take(LARGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The badges in a folder, by name.
pub(super) fn badges(folder: &Path) -> anyhow::Result<Vec<(PathBuf, Drawn)>> {
    let entries = folder.read_dir();
    let entries = entries.with_context(|| format!("cannot read {}", folder.display()))?;
    let mut badges: Vec<_> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|end| end == "svg"))
        .filter_map(|path| drawn(&path).map(|old| (path, old)))
        .collect();
    badges.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(badges)
}

/// Refuses to write over a file that no run of this program can have written.
pub(super) fn may_replace(file: &Path, form: &Form) -> anyhow::Result<()> {
    if !file.is_file() {
        return Ok(());
    }
    let bytes = match beginning(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        read => read.with_context(|| format!("cannot read {}", file.display()))?,
    };
    let (is_ours, what) = match form {
        Form::Png(_) => (bytes.starts_with(PNG), "a PNG"),
        Form::Shields => (is_endpoint(&bytes), "a file for shields.io"),
        _ => (
            str::from_utf8(&bytes).is_ok_and(|text| Drawn::read(text).is_some()),
            "a badge of an earlier run",
        ),
    };
    if !is_ours && !bytes.is_empty() {
        bail!(
            "expected {what} or nothing at {}, found another file, which is not written over; \
             give another name, or remove it",
            file.display()
        );
    }
    Ok(())
}

fn is_endpoint(bytes: &[u8]) -> bool {
    let document = serde_json::from_slice::<serde_json::Value>(bytes);
    document.is_ok_and(|document| document.get("schemaVersion").is_some())
}

/// The name that the picture for dark pages has beside this one.
pub(super) fn twin(file: &Path) -> PathBuf {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let extension = file.extension().unwrap_or_default().to_string_lossy();
    file.with_file_name(format!("{stem}{DARK}.{extension}"))
}

/// Greys what earlier runs drew of the same transcripts and this one did not.
pub(super) fn take_back(
    made: &Made<'_>,
    plan: &Plan,
    folder: &Path,
    written: &HashSet<PathBuf>,
) -> anyhow::Result<()> {
    let of_transcripts: Vec<_> = made.shown.iter().filter(|one| one.of_transcript).collect();
    if of_transcripts.is_empty() {
        return Ok(());
    }
    for (path, old) in badges(folder)? {
        if written.contains(&path) {
            continue;
        }
        let Some(now) = of_transcripts.iter().find(|one| one.key == old.key) else {
            continue;
        };
        let stays =
            plan.keep_on_error && now.is_for_want_of_an_answer() && old.may_stay(now, made.today);
        if old.tone.is_valid() && !stays {
            let lost = now.lost(old.title());
            let is_dark = path.to_string_lossy().ends_with(&format!("{DARK}.svg"));
            let theme = if is_dark {
                Theme::Dark
            } else {
                plan.themes()[0]
            };
            output::write(Some(&path), plan.draw(&lost, theme).as_bytes())?;
            say(&format!(
                "{}: {}: {}",
                path.display(),
                lost.title,
                lost.message()
            ));
        }
    }
    Ok(())
}

/// Removes pictures that stood between the markers and that the document no longer shows: at
/// their address they would stay as they are for ever. What a transcript no longer lists is
/// grey already, and stays.
pub(super) fn remove_unlisted(
    made: &Made<'_>,
    folder: &Path,
    between: &str,
    document: &str,
) -> anyhow::Result<()> {
    let (before, now) = (names(between), names(document));
    for name in before.difference(&now) {
        let path = folder.join(OsStr::new(name));
        let is_plain = path.symlink_metadata().is_ok_and(|it| it.is_file());
        let Some(old) = drawn(&path).filter(|_| is_plain) else {
            continue;
        };
        let is_taken_back = |one: &&crate::publish::Shown| one.of_transcript && one.key == old.key;
        if made.shown.iter().any(|one| is_taken_back(&one)) {
            continue;
        }
        std::fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
        say(&format!(
            "{}: removed, since it is no longer listed",
            path.display()
        ));
    }
    Ok(())
}

/// The names of pictures in a text. Ours hold nothing that an address would escape.
fn names(text: &str) -> HashSet<String> {
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    let words = text.split(|c| !is_of_name(c));
    let is_picture = |word: &&str| {
        let stem = word.strip_suffix(".svg");
        stem.is_some_and(|stem| !stem.is_empty())
    };
    words.filter(is_picture).map(str::to_owned).collect()
}
