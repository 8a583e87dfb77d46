//! What is shown in public: badge and page.

use super::Place;
use super::text::public;
use crate::outlets::made::Made;
use crate::outlets::read;
use crate::outlets::world::{World, files};

const ALL: usize = 90;

pub(super) const PLACES: &[Place] = &[
    Place {
        name: "badge --format svg",
        make: |world| badge(world, &["--style", "plastic"]),
        read: read::svg,
        shown: public,
        least: ALL,
    },
    Place {
        name: "badge --card",
        make: |world| badge(world, &["--card", "--show-holder"]),
        read: read::svg,
        shown: public,
        least: ALL,
    },
    Place {
        name: "badge --format shields",
        make: |world| badge(world, &["--format", "shields"]),
        read: read::json,
        shown: public,
        least: ALL,
    },
    Place {
        name: "badge --format markdown",
        make: |world| snippet(world, &["--format", "markdown"]),
        read: read::markdown,
        shown: public,
        least: ALL,
    },
    Place {
        name: "badge --format html",
        make: |world| snippet(world, &["--format", "html"]),
        read: read::html,
        shown: public,
        least: ALL,
    },
    Place {
        name: "badge --format asciidoc",
        make: |world| snippet(world, &["--format", "asciidoc"]),
        read: read::asciidoc,
        shown: public,
        least: ALL,
    },
    Place {
        name: "badge --format rst",
        make: |world| snippet(world, &["--format", "rst"]),
        read: read::restructured,
        shown: public,
        least: ALL,
    },
    Place {
        name: "badge --update",
        make: |world| readme(world, "README.md", &[]),
        read: read::markdown,
        shown: public,
        least: ALL,
    },
    Place {
        name: "badge --update --theme auto",
        make: |world| readme(world, "README.md", &["--theme", "auto"]),
        read: read::html,
        shown: public,
        least: ALL,
    },
    Place {
        name: "badge --linkedin",
        make: |world| snippet(world, &["--linkedin"]),
        read: read::addresses,
        shown: public,
        least: ALL,
    },
    Place {
        name: "badge --json-resume",
        make: |world| snippet(world, &["--json-resume"]),
        read: read::json,
        shown: public,
        least: ALL,
    },
    Place {
        name: "badge --json-ld",
        make: |world| snippet(world, &["--json-ld"]),
        read: read::json,
        shown: public,
        least: ALL,
    },
    Place {
        name: "page index.html",
        make: |world| page(world, "index.html"),
        read: read::html,
        shown: public,
        least: ALL,
    },
    Place {
        name: "page feed.xml",
        make: |world| page(world, "feed.xml"),
        read: read::feed,
        shown: public,
        least: ALL,
    },
    Place {
        name: "page credentials.json",
        make: |world| page(world, "credentials.json"),
        read: read::json,
        shown: public,
        least: ALL,
    },
    Place {
        name: "page badges",
        make: |world| page(world, "badges"),
        read: read::svg,
        shown: public,
        least: ALL,
    },
];

/// A document for each credential.
fn badge(world: &World, look: &[&str]) -> Vec<Vec<u8>> {
    let mut command = world.program(&["badge", "-o", "out"]);
    command
        .args(look)
        .arg("--evidence")
        .args(world.evidence(None));
    World::out(&mut command);
    files(world, "out")
}

/// One document for all.
fn snippet(world: &World, form: &[&str]) -> Vec<Vec<u8>> {
    let mut command = world.program(&["badge"]);
    command
        .args(form)
        .arg("--evidence")
        .args(world.evidence(None));
    vec![World::out(&mut command)]
}

/// A README that is written twice, the second time over what the first wrote.
fn readme(world: &World, name: &str, more: &[&str]) -> Vec<Vec<u8>> {
    world.write(name, "# A\n\nText.\n");
    let evidence = world.evidence(None);
    for _ in 0..2 {
        let mut command = world.program(&["badge", "--update", name, "--add-marker"]);
        command.args(more).arg("--evidence").args(&evidence);
        World::out(&mut command);
    }
    vec![world.read(name)]
}

/// A file of a page, or its badges. A second run reads what the first left.
fn page(world: &World, name: &str) -> Vec<Vec<u8>> {
    static MADE: Made = Made::new();
    MADE.documents(world, name, |world, made| {
        let owner = "name = \"Jane Doe\"\nbase_url = \"https://jane.example/\"\n";
        world.write("page.toml", owner);
        let evidence = world.evidence(Some("Jane Doe"));
        for _ in 0..2 {
            let mut command = world.program(&["page", "page.toml", "-o", "site"]);
            World::out(command.arg("--evidence").args(&evidence));
        }
        for name in ["index.html", "feed.xml", "credentials.json"] {
            made.insert(name.to_owned(), vec![world.read(&format!("site/{name}"))]);
        }
        made.insert("badges".to_owned(), files(world, "site/badges"));
    })
}
