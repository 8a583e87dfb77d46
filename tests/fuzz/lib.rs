//! The entries, once for all fuzz targets.

#[path = "../integration/fuzz/entries/mod.rs"]
mod entries;

use sha2::{Digest as _, Sha256};

/// Runs an entry under a name of [`entries::ENTRIES`].
///
/// # Panics
/// When a promise is broken, or there is no such entry.
pub fn run(name: &str, bytes: &[u8]) {
    find(name).1(bytes);
}

/// Plants what the entry is given to begin with. A panic that the program catches, as it
/// does those of the PDF library, is none here either; any other ends the run.
///
/// # Panics
/// When a fixture is not there, or the corpus cannot be written.
pub fn begin(name: &str) {
    drop(std::panic::take_hook());
    let (_, _, seeds) = find(name);
    let folder = entries::seeds::root().join("tests/fuzz/corpus").join(name);
    std::fs::create_dir_all(&folder).expect("a corpus folder");
    for seed in [seeds(), entries::seeds::kept(name)].concat() {
        let file = format!("seed-{}", hex::encode(&Sha256::digest(&seed)[..8]));
        std::fs::write(folder.join(file), seed).expect("a seed");
    }
}

fn find(name: &str) -> &'static entries::Entry {
    let found = entries::ENTRIES.iter().find(|entry| entry.0 == name);
    found.expect("an entry of this name")
}

/// A fuzz target of one line.
#[macro_export]
macro_rules! target {
    ($entry:literal) => {
        libfuzzer_sys::fuzz_target!(init: $crate::begin($entry), |bytes: &[u8]| $crate::run($entry, bytes));
    };
}
