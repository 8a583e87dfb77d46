//! The plan of the house: pure rooms stay pure, and data goes one way.

use std::path::{Path, PathBuf};

/// The stations in the order of the trip. A file of one names none that comes later.
const STATIONS: [&str; 18] = [
    "link",
    "source",
    "record",
    "catalog",
    "lifecycle",
    "check",
    "scan",
    "verify",
    "exam",
    "report",
    "publish",
    "receipt",
    "batch",
    "notify",
    "schedule",
    "watch",
    "store",
    "cli",
];

/// Rooms without clock, files, network or waiting.
const PURE: [&str; 32] = [
    "link",
    "record",
    "catalog",
    "lifecycle",
    "check",
    "scan",
    "exam",
    "report",
    "publish",
    "receipt/check",
    "receipt/compose",
    "receipt/differ",
    "receipt/digest",
    "receipt/document",
    "receipt/format",
    "receipt/human",
    "receipt/key",
    "receipt/pattern",
    "receipt/read",
    "receipt/signature",
    "receipt/signers",
    "notify/digest",
    "notify/form",
    "notify/message",
    "notify/words",
    "schedule",
    "watch/digest",
    "watch/due",
    "watch/entry",
    "watch/facts",
    "watch/history",
    "watch/hours",
];

/// What a pure room never names.
const REACHING_OUT: [&str; 8] = [
    "tokio",
    "reqwest",
    "std::fs",
    "std::net",
    "Utc::now",
    "Local::now",
    "SystemTime",
    "Instant::now",
];

/// `catalog` stands beside the trip: `record` and `lifecycle` both meet it.
fn comes_later(station: &str, other: &str) -> bool {
    let place = |name| {
        STATIONS
            .iter()
            .position(|station| *station == name)
            .unwrap()
    };
    place(other) > place(station)
}

fn files(room: &str) -> Vec<PathBuf> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    collect(&src.join(room), &mut found);
    let file = src.join(format!("{room}.rs"));
    if file.exists() {
        found.push(file);
    }
    assert!(!found.is_empty(), "{room} is a room of the house");
    found
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

/// The code of a file: without comments, documentation and tests.
fn code(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    let text = text
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap()
        .to_owned();
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    text.lines().filter(is_code).collect::<Vec<_>>().join("\n")
}

#[test]
fn pure_rooms_reach_for_nothing() {
    for room in PURE {
        for file in files(room) {
            for name in REACHING_OUT {
                assert!(
                    !code(&file).contains(name),
                    "{} names {name}",
                    file.display()
                );
            }
        }
    }
}

#[test]
fn no_station_names_a_later_one() {
    for station in STATIONS {
        for file in files(station) {
            let code = code(&file);
            for other in STATIONS
                .into_iter()
                .filter(|other| comes_later(station, other))
            {
                let names = code.contains(&format!("crate::{other}::"))
                    || code.contains(&format!("crate::{other};"))
                    || code.contains(&format!("crate::{{{other}"));
                assert!(!names, "{} names {other}", file.display());
            }
        }
    }
}

#[test]
fn no_file_is_longer_than_400_lines() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    collect(&root.join("src"), &mut found);
    collect(&root.join("tests"), &mut found);
    for file in found {
        let lines = std::fs::read_to_string(&file).unwrap().lines().count();
        assert!(lines <= 400, "{} has {lines} lines", file.display());
    }
}
