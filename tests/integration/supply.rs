//! What the program is made of, held against `.ci/deny.toml`, so that a change is seen where
//! cargo-deny is not installed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn read(name: &str) -> toml::Table {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::read_to_string(path).unwrap().parse().unwrap()
}

/// The words under a key of every entry of a list.
fn words(list: &toml::Value, key: Option<&str>) -> BTreeSet<String> {
    let entries = list.as_array().unwrap().iter();
    let word = |entry: &toml::Value| key.map_or(entry.clone(), |key| entry[key].clone());
    entries
        .map(|entry| word(entry).as_str().unwrap().to_owned())
        .collect()
}

/// The packages of `Cargo.lock`, for every system.
fn locked() -> Vec<toml::Table> {
    let lock = read("Cargo.lock");
    let packages = lock["package"].as_array().unwrap().iter();
    packages
        .map(|one| one.as_table().unwrap().clone())
        .collect()
}

fn word<'p>(package: &'p toml::Table, key: &str) -> Option<&'p str> {
    package.get(key).and_then(toml::Value::as_str)
}

#[test]
fn everything_comes_from_the_one_registry_and_nothing_is_banned() {
    let deny = read(".ci/deny.toml");
    let banned = words(&deny["bans"]["deny"], Some("crate"));
    assert!(banned.contains("openssl-sys"));
    for package in locked() {
        let name = word(&package, "name").unwrap();
        assert!(!banned.contains(name), "{name} is banned by .ci/deny.toml");
        let source = word(&package, "source");
        let expected = "registry+https://github.com/rust-lang/crates.io-index";
        let is_this = name == "bonafide" && source.is_none();
        assert!(
            is_this || source == Some(expected),
            "{name} is from {source:?}"
        );
        assert!(
            is_this || package.contains_key("checksum"),
            "{name} has no checksum"
        );
    }
}

/// What cargo says of the program's packages on this system, by their ids.
fn tree() -> (BTreeMap<String, Value>, BTreeSet<String>) {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .args(["--filter-platform", "x86_64-unknown-linux-gnu"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let metadata: Value = serde_json::from_slice(&output.stdout).expect(&said);
    let id = |value: &Value| value["id"].as_str().unwrap().to_owned();
    let packages = metadata["packages"].as_array().unwrap();
    let packages = packages.iter().map(|one| (id(one), one.clone())).collect();
    let nodes = metadata["resolve"]["nodes"].as_array().unwrap();
    let nodes: BTreeMap<_, _> = nodes.iter().map(|one| (id(one), one)).collect();
    let root = metadata["resolve"]["root"].as_str().unwrap().to_owned();
    let (mut reached, mut next) = (BTreeSet::new(), vec![root]);
    while let Some(id) = next.pop() {
        let needed = nodes[&id]["deps"].as_array().unwrap().iter();
        let needed = needed.filter(|dep| {
            let kinds = dep["dep_kinds"].as_array().unwrap();
            kinds.iter().any(|kind| kind["kind"] != "dev")
        });
        let needed = needed.map(|dep| dep["pkg"].as_str().unwrap().to_owned());
        if reached.insert(id) {
            next.extend(needed);
        }
    }
    (packages, reached)
}

#[test]
fn licences_and_versions_that_stand_twice_are_known() {
    let deny = read(".ci/deny.toml");
    let allowed = words(&deny["licenses"]["allow"], None);
    let (packages, reached) = tree();
    let mut versions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for id in &reached {
        let package = &packages[id];
        let name = package["name"].as_str().unwrap();
        let licence = package["license"].as_str().expect(name);
        let licence = spdx::Expression::parse_mode(licence, spdx::ParseMode::LAX).unwrap();
        let is_allowed = |one: &spdx::LicenseReq| allowed.contains(&one.to_string());
        assert!(licence.evaluate(is_allowed), "{name}: {licence}");
        let version = package["version"].as_str().unwrap();
        versions
            .entry(name.to_owned())
            .or_default()
            .push(version.to_owned());
    }
    let skipped = words(&deny["bans"]["skip"], Some("crate"));
    for (name, versions) in versions.iter().filter(|(_, all)| all.len() > 1) {
        let known = versions
            .iter()
            .filter(|one| skipped.contains(&format!("{name}@{one}")));
        let unknown = versions.len() - known.count();
        assert!(
            unknown < 2,
            "{name} stands twice and .ci/deny.toml does not say why: {versions:?}"
        );
    }
    // And the other way round: what no longer stands twice is no longer said.
    let locked = locked();
    for one in skipped {
        let (name, version) = one.split_once('@').unwrap();
        let all = locked
            .iter()
            .filter(|package| word(package, "name") == Some(name));
        let all: Vec<_> = all.filter_map(|package| word(package, "version")).collect();
        assert!(
            all.len() > 1 && all.contains(&version),
            "{one} is skipped for nothing: {all:?}"
        );
    }
}

#[test]
fn no_part_of_the_package_may_hold_unsafe_code() {
    let manifest = read("Cargo.toml");
    // The table is for the library, the program, the tests and the benches alike, and what is
    // forbidden cannot be allowed again.
    assert_eq!(
        manifest["lints"]["rust"]["unsafe_code"].as_str(),
        Some("forbid")
    );
    assert!(
        !manifest.contains_key("workspace"),
        "another member would have a table of its own"
    );
    assert!(
        !Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("build.rs")
            .exists()
    );
}
