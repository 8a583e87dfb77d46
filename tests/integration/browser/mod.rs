//! What is published, in a real browser.
//!
//! Without a browser, or without axe-core (`npm ci` in `tests/browser`), these tests say that
//! they did nothing, and why. `BONAFIDE_TESTS_NEED_BROWSER` makes that a failure.
//! `BONAFIDE_TESTS_PICTURES` names a folder for pictures of everything, to be looked at.

mod badges;
mod chromium;
mod desk;
mod page;

use std::path::{Path, PathBuf};

/// What is there, or a word on why a test does nothing without it.
#[expect(clippy::print_stderr, reason = "why a test did nothing must be said")]
fn needed<T>(found: Option<T>, what: &str, how: &str) -> Option<T> {
    if found.is_none() {
        let is_needed = std::env::var_os("BONAFIDE_TESTS_NEED_BROWSER").is_some();
        assert!(!is_needed, "{what} is needed here and not there ({how})");
        eprintln!("SKIPPED: {what} is not there (Debian: {how})");
    }
    found
}

/// The accessibility checker.
fn axe() -> Option<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/browser/node_modules/axe-core/axe.min.js");
    let found = std::fs::read_to_string(file).ok();
    needed(found, "axe-core", "cd tests/browser && npm ci")
}

/// The address of a file.
fn address(file: &Path) -> String {
    let file: PathBuf = file.canonicalize().unwrap();
    url::Url::from_file_path(file).unwrap().to_string()
}
