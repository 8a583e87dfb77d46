//! A short run of what is fuzzed, on any toolchain: the fixtures as they are, and each
//! changed at random, the same way in every run.

mod entries;
mod mutate;

use std::path::Path;

use crate::harness::Ran;
use entries::{ENTRIES, Entry, seeds};
use mutate::Mutator;

/// Changed inputs of each entry.
const CHANGED: usize = 150;

/// Those of the entries that take long over one.
const CHANGED_CVS: usize = 30;

/// Changed configuration files, each of which starts the program once.
const SETTINGS: usize = 60;

/// The most bytes that are changed at random: larger seeds are run as they are.
const LARGEST: usize = 64 * 1024;

#[test]
fn no_input_breaks_a_promise() {
    std::thread::scope(|scope| {
        for chunk in ENTRIES.chunks(ENTRIES.len().div_ceil(4)) {
            scope.spawn(move || chunk.iter().for_each(run));
        }
    });
}

fn run((name, entry, seeds): &Entry) {
    let seeds = [seeds(), seeds::kept(name)].concat();
    assert!(!seeds.is_empty(), "{name} has something to begin with");
    for seed in &seeds {
        tried(name, *entry, seed);
    }
    let small: Vec<_> = seeds
        .into_iter()
        .filter(|seed| seed.len() <= LARGEST)
        .collect();
    let mut mutator = Mutator::new(name);
    let count = match *name {
        "pdf" | "docx" | "pages_and_mail" => CHANGED_CVS,
        _ => CHANGED,
    };
    for _ in 0..count {
        tried(name, *entry, &mutator.changed(&small));
    }
}

/// Runs an entry, and keeps an input that breaks a promise where it can be looked at.
fn tried(name: &str, entry: fn(&[u8]), input: &[u8]) {
    let run = std::panic::AssertUnwindSafe(|| entry(input));
    if let Err(panic) = std::panic::catch_unwind(run) {
        let file = std::env::temp_dir().join(format!("bonafide-{name}.input"));
        std::fs::write(&file, input).unwrap();
        let said = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied());
        panic!(
            "{name}: {}; the input is in {}",
            said.unwrap_or_default(),
            file.display()
        );
    }
}

/// The program's own configuration is read by the command line alone, so through it.
#[test]
fn no_configuration_file_makes_the_program_stumble() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.toml");
    let seeds = seeds::settings();
    let mut mutator = Mutator::new("settings");
    for _ in 0..SETTINGS {
        let text = mutator.changed(&seeds);
        std::fs::write(&file, &text).unwrap();
        let ran = run_with(&file);
        let shown = String::from_utf8_lossy(&text);
        assert!(
            [0, 2].contains(&ran.code),
            "{}: {}\n{shown}",
            ran.code,
            ran.stderr
        );
        assert!(!ran.stderr.contains("panicked"), "{}\n{shown}", ran.stderr);
        let steers = |c: char| c.is_control() && c != '\n';
        assert!(!ran.stderr.contains(steers), "{:?}", ran.stderr);
    }
}

fn run_with(configuration: &Path) -> Ran {
    let link = "https://learn.microsoft.com/api/credentials/20170DBC5AC04E38";
    let file = configuration.to_str().unwrap();
    crate::harness::run(&["--config", file, "inspect", link])
}
