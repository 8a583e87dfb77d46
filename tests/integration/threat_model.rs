//! The tables of docs/security.md are held to the code: every row names tests that run, and
//! places that are there.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// One row: what is done, where the guard is, and what shows it.
struct Row {
    threat: String,
    places: Vec<String>,
    tests: Vec<String>,
}

#[test]
fn every_guard_of_the_threat_model_has_its_place_and_a_test_that_runs() {
    let rows = rows();
    assert!(rows.len() >= 30, "only {} rows were read", rows.len());
    let known = tests();
    for row in rows {
        assert!(!row.places.is_empty(), "no place: {}", row.threat);
        for place in &row.places {
            assert!(
                root().join("src").join(place).exists(),
                "no such place: {place}"
            );
        }
        assert!(!row.tests.is_empty(), "no test: {}", row.threat);
        for test in &row.tests {
            assert!(known.contains(test), "no such test: {test}");
        }
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rows() -> Vec<Row> {
    let document = fs::read_to_string(root().join("docs/security.md")).unwrap();
    document
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"))
        .map(|line| line.split(" | ").collect::<Vec<_>>())
        .filter(|cells| cells.last() != Some(&"shown by"))
        .map(|cells| {
            let [threat, _, places, tests] = cells[..] else {
                panic!("not four cells: {cells:?}");
            };
            Row {
                threat: threat.to_owned(),
                places: quoted(places),
                tests: quoted(tests),
            }
        })
        .collect()
}

/// What stands between backticks.
fn quoted(cell: &str) -> Vec<String> {
    let parts = cell.split('`').skip(1).step_by(2);
    parts.map(str::to_owned).collect()
}

/// Every test that `cargo test` runs, by the name that it prints.
fn tests() -> BTreeSet<String> {
    let mut tests = BTreeSet::new();
    for (folder, start) in [("src", "lib.rs"), ("tests/integration", "main.rs")] {
        let folder = root().join(folder);
        read_folder(&folder, &folder, start, &mut tests);
    }
    tests
}

fn read_folder(folder: &Path, base: &Path, start: &str, tests: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_folder(&path, base, start, tests);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let module = module(&path, base, start);
            read_file(&fs::read_to_string(&path).unwrap(), module, tests);
        }
    }
}

/// The modules that a file stands for.
fn module(path: &Path, base: &Path, start: &str) -> Vec<String> {
    let path: PathBuf = path.strip_prefix(base).unwrap().with_extension("");
    let names = path.iter().map(|name| name.to_str().unwrap().to_owned());
    let mut names: Vec<String> = names.collect();
    let last = names.last().map(String::as_str);
    if last == Some("mod") || last == start.strip_suffix(".rs") {
        names.pop();
    }
    names
}

/// The formatter gives a module's end the indentation of its beginning.
fn read_file(text: &str, mut module: Vec<String>, tests: &mut BTreeSet<String>) {
    let mut open: Vec<&str> = Vec::new();
    let mut marked = Marked::No;
    for line in text.lines() {
        let bare = line.trim_start();
        let indentation = &line[..line.len() - bare.len()];
        if bare.starts_with("#[test]") || bare.starts_with("#[tokio::test") {
            marked = Marked::Test;
        } else if bare.starts_with("#[ignore") {
            marked = Marked::Ignored;
        } else if let Some(name) = function(bare) {
            if marked == Marked::Test {
                tests.insert(format!("{}::{name}", module.join("::")));
            }
            marked = Marked::No;
        } else if let Some(name) = bare
            .strip_prefix("mod ")
            .and_then(|rest| rest.strip_suffix(" {"))
        {
            open.push(indentation);
            module.push(name.to_owned());
        } else if bare == "}" && open.last() == Some(&indentation) {
            open.pop();
            module.pop();
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marked {
    No,
    Test,
    Ignored,
}

fn function(line: &str) -> Option<&str> {
    let line = line.strip_prefix("async ").unwrap_or(line);
    line.strip_prefix("fn ")?.split('(').next()
}
