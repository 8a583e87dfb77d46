//! What says whether credentials are good: verify, batch, receipt, inspect, scan, request.

use std::fmt::Write as _;

use serde_json::json;

use super::Place;
use super::text::{data, document, exact, file, file_name, name, screen};
use crate::outlets::payloads::PAYLOADS;
use crate::outlets::read;
use crate::outlets::world::{World, files, link, links, numbers, odd_link, paths, typed};

/// Every payload stands at least once in such a document.
const ALL: usize = 90;

/// So many of them are headers as well: all but the last, which are long.
const HEADERS: usize = 90;

pub(super) const PLACES: &[Place] = &[
    Place {
        name: "verify --format human",
        make: |world| verify(world, "human"),
        read: read::report,
        shown: screen,
        least: ALL,
    },
    Place {
        name: "verify --format json",
        make: |world| verify(world, "json"),
        read: read::json,
        shown: exact,
        least: ALL,
    },
    Place {
        name: "batch --format csv",
        make: |world| batch(world, "csv"),
        read: read::csv,
        shown: data,
        least: ALL,
    },
    Place {
        name: "batch --format json",
        make: |world| batch(world, "json"),
        read: read::json,
        shown: exact,
        least: ALL,
    },
    Place {
        name: "batch --format jsonl",
        make: |world| batch(world, "jsonl"),
        read: read::json_lines,
        shown: exact,
        least: ALL,
    },
    Place {
        name: "batch --format xlsx",
        make: |world| batch(world, "xlsx"),
        read: read::workbook,
        shown: document,
        least: ALL,
    },
    Place {
        name: "batch --format html",
        make: |world| batch(world, "html"),
        read: read::html,
        shown: document,
        least: ALL,
    },
    Place {
        name: "batch --format markdown",
        make: |world| batch(world, "markdown"),
        read: read::markdown,
        shown: document,
        least: ALL,
    },
    Place {
        name: "batch --format junit",
        make: |world| batch(world, "junit"),
        read: read::xml,
        shown: document,
        least: ALL,
    },
    Place {
        name: "batch --format human",
        make: |world| batch(world, "human"),
        read: read::lines,
        shown: screen,
        least: ALL,
    },
    Place {
        name: "verify, odd records --format human",
        make: |world| odd(world, "human"),
        read: read::report,
        shown: screen,
        least: ALL,
    },
    Place {
        name: "verify, odd records --format json",
        make: |world| odd(world, "json"),
        read: read::json,
        shown: exact,
        least: ALL,
    },
    Place {
        name: "verify --receipt",
        make: |world| kept(world, "--receipt"),
        read: read::json,
        shown: exact,
        least: ALL,
    },
    Place {
        name: "verify --save-evidence",
        make: |world| kept(world, "--save-evidence"),
        read: read::evidence,
        shown: exact,
        least: ALL,
    },
    Place {
        name: "receipt check --format human",
        make: |world| receipts(world, "human"),
        read: read::report,
        shown: screen,
        least: ALL,
    },
    Place {
        name: "receipt check --format json",
        make: |world| receipts(world, "json"),
        read: read::json,
        shown: exact,
        least: ALL,
    },
    Place {
        name: "scan, names of files --format human",
        make: |world| named(world, &["--format", "human"]),
        read: read::report,
        shown: name,
        least: ALL,
    },
    Place {
        name: "scan, names of files --format json",
        make: |world| named(world, &["--format", "json"]),
        read: read::json,
        shown: file,
        least: ALL,
    },
    Place {
        name: "scan --format human",
        make: |world| written(world, &["--format", "human"]),
        read: read::harmless_lines,
        shown: screen,
        least: 0,
    },
    Place {
        name: "scan --format json",
        make: |world| written(world, &["--format", "json"]),
        read: read::harmless_json,
        shown: exact,
        least: 0,
    },
    Place {
        name: "scan --verify --format human",
        make: |world| written(world, &["--verify", "--format", "human"]),
        read: read::harmless_lines,
        shown: screen,
        least: 0,
    },
    Place {
        name: "scan --verify --format json",
        make: |world| written(world, &["--verify", "--format", "json"]),
        read: read::harmless_json,
        shown: exact,
        least: 0,
    },
    Place {
        name: "inspect --format human",
        make: |world| inspect(world, "human"),
        read: read::harmless_lines,
        shown: screen,
        least: 0,
    },
    Place {
        name: "inspect --format json",
        make: |world| inspect(world, "json"),
        read: read::harmless_json,
        shown: exact,
        least: 0,
    },
    Place {
        name: "request --format human",
        make: |world| request(world, "human"),
        read: read::paragraphs,
        shown: screen,
        least: 20,
    },
    Place {
        name: "request --format json",
        make: |world| request(world, "json"),
        read: read::json,
        shown: screen,
        least: 20,
    },
];

fn verify(world: &World, format: &str) -> Vec<Vec<u8>> {
    vec![World::out(
        world.asking(&["verify", "--format", format]).args(links()),
    )]
}

/// Records whose status, dates and number are texts.
fn odd(world: &World, format: &str) -> Vec<Vec<u8>> {
    let links = numbers()
        .filter(|number| PAYLOADS[*number].len() < 1_000)
        .map(odd_link);
    vec![World::out(
        world.asking(&["verify", "--format", format]).args(links),
    )]
}

/// What a run leaves in a folder.
fn kept(world: &World, option: &str) -> Vec<Vec<u8>> {
    World::out(world.asking(&["verify", option, "kept"]).args(links()));
    files(world, "kept")
}

fn receipts(world: &World, format: &str) -> Vec<Vec<u8>> {
    kept(world, "--receipt");
    let mut command = world.program(&["receipt", "check", "--format", format]);
    vec![World::out(command.args(paths(world, "kept")))]
}

/// Files whose names are texts, with a link in each.
fn named(world: &World, arguments: &[&str]) -> Vec<Vec<u8>> {
    std::fs::create_dir(world.path("cvs")).unwrap();
    for number in numbers() {
        let name = format!("{number:03} {}", file_name(&world.text(number)));
        let text = format!("Jane Doe\n\nAZ-104: {}\n", link(number));
        world.write(&format!("cvs/{name}.txt"), text);
    }
    vec![World::out(world.program(&["scan", "cvs"]).args(arguments))]
}

/// CVs that say a text beside a link, as its words, and as the person's name.
fn written(world: &World, arguments: &[&str]) -> Vec<Vec<u8>> {
    std::fs::create_dir(world.path("cvs")).unwrap();
    for number in numbers() {
        let text = world.text(number);
        let safe = text.replace('&', "&amp;").replace('<', "&lt;");
        let page = format!(
            "<h1>{safe}</h1><p>{safe} <a href=\"{}\">{safe}</a> AZ-104</p>",
            link(number)
        );
        world.write(&format!("cvs/{number:03}.html"), page);
    }
    vec![World::out(world.asking(&["scan", "cvs"]).args(arguments))]
}

fn inspect(world: &World, format: &str) -> Vec<Vec<u8>> {
    let mut command = world.program(&["inspect", "--format", format]);
    command
        .arg("--")
        .args(typed().map(|number| world.text(number)));
    command.args(typed().map(|number| format!("https://evil.example/{}", world.text(number))));
    vec![World::out(&mut command)]
}

/// Letters that greet somebody by such a name.
fn request(world: &World, format: &str) -> Vec<Vec<u8>> {
    let letter = |number| {
        let name = world.text(number);
        let mut command = world.program(&["request", "--none", "--lang", "en", "--format", format]);
        World::out(command.args([format!("--name={name}"), format!("--from={name}")]))
    };
    typed()
        .filter(|number| PAYLOADS[*number].len() < 100)
        .step_by(3)
        .map(letter)
        .collect()
}

/// A list whose headers and cells are texts, and whose rows lead to titles and holders that are.
fn batch(world: &World, format: &str) -> Vec<Vec<u8>> {
    let mut list = String::new();
    for number in numbers() {
        // What looks like an address is never what a row is called by.
        let is_address = PAYLOADS[number].contains("://");
        let label = if is_address {
            "-".to_owned()
        } else {
            world.text(number)
        };
        let cells = [
            ("link", link(number)),
            ("label", label),
            ("remark", world.text(number)),
        ];
        let cells = cells.map(|(name, cell)| (name.to_owned(), cell));
        // The first row names the columns.
        let more = world
            .texts()
            .into_iter()
            .take(HEADERS)
            .filter(|_| number == 0)
            .map(|name| (name, String::new()));
        let cells = cells.into_iter().chain(more);
        let cells = cells.map(|(name, cell)| format!("{}:{}", json!(name), json!(cell)));
        writeln!(list, "{{{}}}", cells.collect::<Vec<_>>().join(",")).unwrap();
    }
    world.write("list.jsonl", list);
    let mut command = world.asking(&["batch", "list.jsonl", "--format", format]);
    let out = format!("out.{format}");
    command.args(["-o", &out]);
    World::out(&mut command);
    vec![world.read(&out)]
}
