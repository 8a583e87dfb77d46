//! `bonafide batch`: a list in, a sheet out.

mod across;
mod against;
mod bad_input;
mod journal;
mod kills;
mod records;
mod redaction;
mod sheets;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

use crate::harness::{DAY, Ran, bonafide, finish};
use records::{Fate, Records, holder};

/// A folder with lists and outputs, a place for the program's data, and a service.
struct Desk {
    records: Records,
    folder: TempDir,
}

impl Desk {
    fn new(records: Records) -> Self {
        Self {
            records,
            folder: TempDir::new().unwrap(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn data(&self) -> PathBuf {
        self.path("data")
    }

    /// Writes a list.
    fn list(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// `bonafide batch` with everything but the list.
    fn command(&self) -> Command {
        let mut command = bonafide();
        command
            .args(["batch", "--as-of", DAY, "--rate", "none", "--learn-url"])
            .arg(self.records.url())
            .arg("--data-dir")
            .arg(self.data())
            .current_dir(self.folder.path());
        command
    }

    fn batch(&self, arguments: &[&str]) -> Ran {
        finish(self.command().args(arguments))
    }

    /// The journals that are left.
    fn journals(&self) -> Vec<PathBuf> {
        let Ok(entries) = std::fs::read_dir(self.data().join("journals")) else {
            return Vec::new();
        };
        let paths = entries.map(|entry| entry.unwrap().path());
        paths
            .filter(|path| path.extension().is_some_and(|end| end == "jsonl"))
            .collect()
    }
}

/// Sixteen digits, different for each row.
fn number(row: usize) -> String {
    format!("{:016}", 7_919 * row + 1)
}

fn link(number: &str) -> String {
    format!(
        "https://learn.microsoft.com/api/credentials/share/en-us/user/{number}?sharingId=C72B4F60A795D7E4"
    )
}

/// A list of so many candidates, each with their own credential.
fn candidates(rows: usize) -> String {
    let mut text = "name,link\n".to_owned();
    for row in 1..=rows {
        let number = number(row);
        writeln!(text, "{},{}", holder(&number), link(&number)).unwrap();
    }
    text
}

/// A sheet in CSV: its rows by header.
fn csv(text: &str) -> Vec<std::collections::HashMap<String, String>> {
    csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .map(|row| row.unwrap())
        .collect()
}

fn exists(path: &Path) -> bool {
    path.exists()
}
