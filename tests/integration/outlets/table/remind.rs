//! What people are told of what is tracked: track, remind with each kind of channel, calendar.

use std::fmt::Write as _;

use serde_json::json;

use super::Place;
use super::text::{complaint, data, exact, line, plain, screen};
use crate::outlets::made::Made;
use crate::outlets::post::Post;
use crate::outlets::read;
use crate::outlets::world::{World, link, numbers};

const ALL: usize = 90;

const SOME: usize = 15;

pub(super) const PLACES: &[Place] = &[
    Place {
        name: "track list --format human",
        make: |world| told(world, "list human"),
        read: read::lines,
        shown: line,
        least: ALL,
    },
    Place {
        name: "track list --format json",
        make: |world| told(world, "list json"),
        read: read::json,
        shown: exact,
        least: ALL,
    },
    Place {
        name: "track export",
        make: |world| told(world, "export"),
        read: read::csv,
        shown: data,
        least: ALL,
    },
    Place {
        name: "track add --format human",
        make: |world| added(world, "human"),
        read: read::report,
        shown: screen,
        least: SOME,
    },
    Place {
        name: "track add --format json",
        make: |world| added(world, "json"),
        read: read::json,
        shown: exact,
        least: SOME,
    },
    Place {
        name: "calendar",
        make: |world| told(world, "calendar"),
        read: read::calendar,
        shown: screen,
        least: ALL,
    },
    Place {
        name: "remind smtp",
        make: |world| told(world, "smtp"),
        read: read::mail,
        shown: screen,
        least: ALL,
    },
    Place {
        name: "remind teams",
        make: |world| told(world, "teams"),
        read: read::teams,
        shown: screen,
        least: ALL,
    },
    Place {
        name: "remind slack",
        make: |world| told(world, "slack"),
        read: read::slack,
        shown: screen,
        least: ALL,
    },
    Place {
        name: "remind ntfy",
        make: |world| told(world, "ntfy"),
        read: read::ntfy,
        shown: screen,
        least: ALL,
    },
    Place {
        name: "remind webhook",
        make: |world| told(world, "webhook"),
        read: read::wrapped_json_lines,
        shown: plain,
        least: ALL,
    },
    Place {
        name: "remind command",
        make: |world| told(world, "command"),
        read: read::wrapped_json_lines,
        shown: plain,
        least: ALL,
    },
    Place {
        name: "remind stdout",
        make: |world| told(world, "stdout"),
        read: read::paragraphs,
        shown: screen,
        least: ALL,
    },
    Place {
        name: "remind --dry-run",
        make: |world| told(world, "dry run"),
        read: read::paragraphs,
        shown: screen,
        least: ALL,
    },
    Place {
        name: "remind --metrics",
        make: |world| told(world, "metrics"),
        read: read::metrics,
        shown: exact,
        least: 0,
    },
    Place {
        name: "remind -vvv",
        make: logged,
        read: read::log,
        shown: complaint,
        least: ALL,
    },
];

/// Channels of every kind but for mail.
const CHANNELS: &str = r#"
[channel.teams]
kind = "teams"
url = { env = "TEAMS" }
[channel.slack]
kind = "slack"
url = { env = "SLACK" }
[channel.ntfy]
kind = "ntfy"
server = "SERVER"
topic = { env = "TOPIC" }
[channel.webhook]
kind = "webhook"
url = { env = "HOOK" }
[channel.command]
kind = "command"
command = ["/bin/sh", "-c", 'cat >> told.jsonl; echo >> told.jsonl']
[channel.stdout]
kind = "stdout"
[channel.smtp]
kind = "smtp"
host = "127.0.0.1"
port = PORT
tls = "none"
from = "a@example.com"
[remind]
channels = ["teams", "slack", "ntfy", "webhook", "command", "stdout", "smtp"]
"#;

/// What one run told through every channel, and what else is said of what is tracked.
fn told(world: &World, name: &str) -> Vec<Vec<u8>> {
    static MADE: Made = Made::new();
    MADE.documents(world, name, |world, made| {
        let post = Post::open();
        let config = CHANNELS
            .replace("SERVER", &world.service.url())
            .replace("PORT", &post.port().to_string());
        world.write("config.toml", config);
        track(world, |_| String::new());
        let mut made = |name: &str, documents| drop(made.insert(name.to_owned(), documents));
        made("dry run", vec![remind(world, &["--dry-run"]).0]);
        let (out, said) = remind(world, &["--metrics", "out.prom"]);
        made("stdout", vec![out]);
        made("smtp", post.taken());
        for (name, path) in [
            ("teams", "/teams"),
            ("slack", "/slack"),
            ("ntfy", "/"),
            ("webhook", "/webhook"),
        ] {
            let posts = world
                .service
                .posted()
                .into_iter()
                .filter(|post| post.url.path() == path);
            let bodies: Vec<_> = posts.map(|post| post.body).collect();
            assert!(!bodies.is_empty(), "{}", String::from_utf8_lossy(&said));
            made(name, bodies);
        }
        made("command", vec![world.read("told.jsonl")]);
        made("metrics", vec![world.read("out.prom")]);
        for format in ["human", "json"] {
            let mut list = world.program(&["track", "list", "--format", format]);
            made(&format!("list {format}"), vec![World::out(&mut list)]);
        }
        made(
            "export",
            vec![World::out(&mut world.program(&["track", "export"]))],
        );
        made(
            "calendar",
            vec![World::out(&mut world.program(&["calendar"]))],
        );
    })
}

/// Tracks a credential for each text, with a name and a note that are texts too. Every other
/// one is told of to its holder, the rest to their lead.
fn track(world: &World, channels: fn(usize) -> String) {
    let mut list = String::new();
    for number in numbers() {
        let whom = ["email", "lead"][number % 2];
        let row = json!({"link": link(number), "name": world.text(number), "note": world.text(number),
            whom: format!("p{number:03}@example.com"), "channels": channels(number)});
        writeln!(list, "{row}").unwrap();
    }
    world.write("list.jsonl", list);
    let mut import = world.program(&["track", "import", "list.jsonl"]);
    World::out(import.args(["--config", "config.toml"]));
}

/// Looks once, and tells what is due as the configuration says.
fn remind(world: &World, more: &[&str]) -> (Vec<u8>, Vec<u8>) {
    let mut command = world.asking(&["remind", "--config", "config.toml"]);
    for name in ["TEAMS", "SLACK", "HOOK"] {
        let path = name.to_lowercase().replace("hook", "webhook");
        command.env(name, format!("{}/{path}", world.service.url()));
    }
    World::ran(command.env("TOPIC", "certs").args(more))
}

fn added(world: &World, format: &str) -> Vec<Vec<u8>> {
    let add = |number| {
        let mut command = world.asking(&["track", "add", "--format", format]);
        World::out(command.arg(link(number)))
    };
    // A run for each takes its time, and what it shows is shown as by `verify`.
    numbers().step_by(6).map(add).collect()
}

/// Each channel fails, for a reason that is a text.
fn logged(world: &World) -> Vec<Vec<u8>> {
    let mut config = String::new();
    std::fs::create_dir(world.path("why")).unwrap();
    for number in numbers() {
        world.write(&format!("why/{number:03}"), world.text(number));
        let script = format!("cat why/{number:03} >&2; exit 1");
        writeln!(config, "[channel.c{number:03}]\nkind = \"command\"\ncommand = [\"/bin/sh\", \"-c\", \"{script}\"]").unwrap();
    }
    world.write("config.toml", config);
    track(world, |number| format!("c{number:03}"));
    vec![remind(world, &["-vvv", "--concurrency", "1"]).1]
}
