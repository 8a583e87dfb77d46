//! What is known and kept: catalog, exam, data, doctor, schedule, and what is said of errors.

use std::fmt::Write as _;

use bonafide::schedule::{Every, Job, Kind, Places};
use serde_json::json;

use super::Place;
use super::text::{data, exact, line, name, screen};
use crate::outlets::made::Made;
use crate::outlets::payloads::PAYLOADS;
use crate::outlets::read;
use crate::outlets::world::{World, link, links, numbers, sound, typed};

/// Payloads that a row of one's own may hold: short, and without a control character.
const SOME: usize = 55;

const ALL: usize = 90;

pub(super) const PLACES: &[Place] = &[
    Place {
        name: "catalog list --format human",
        make: |world| catalog(world, &["list", "--format", "human"]),
        read: read::flow,
        shown: screen,
        least: SOME,
    },
    Place {
        name: "catalog list --format json",
        make: |world| catalog(world, &["list", "--format", "json"]),
        read: read::json,
        shown: exact,
        least: SOME,
    },
    Place {
        name: "catalog list --format csv",
        make: |world| catalog(world, &["list", "--format", "csv"]),
        read: read::csv,
        shown: data,
        least: SOME,
    },
    Place {
        name: "catalog show --format human",
        make: |world| catalog(world, &["show", "quolm-009"]),
        read: read::report,
        shown: line,
        least: 1,
    },
    Place {
        name: "catalog show --format json",
        make: |world| catalog(world, &["show", "quolm-009", "--format", "json"]),
        read: read::json,
        shown: exact,
        least: 1,
    },
    Place {
        name: "catalog tree",
        make: |world| catalog(world, &["tree"]),
        read: read::flow,
        shown: screen,
        least: SOME,
    },
    Place {
        name: "catalog check --format human",
        make: |world| catalog(world, &["check"]),
        read: read::log,
        shown: screen,
        least: 0,
    },
    Place {
        name: "catalog check --format json",
        make: |world| catalog(world, &["check", "--format", "json"]),
        read: read::json,
        shown: exact,
        least: 0,
    },
    Place {
        name: "catalog update --format human",
        make: |world| listing(world, &[]),
        read: read::flow,
        shown: line,
        least: SOME,
    },
    Place {
        name: "catalog update --format json",
        make: |world| listing(world, &["--format", "json"]),
        read: read::json,
        shown: exact,
        least: SOME,
    },
    Place {
        name: "exam skills --format human",
        make: |world| skills(world, "human"),
        read: read::report,
        shown: line,
        least: SOME,
    },
    Place {
        name: "exam skills --format json",
        make: |world| skills(world, "json"),
        read: read::json,
        shown: exact,
        least: SOME,
    },
    Place {
        name: "exam plan --format human",
        make: |world| plan(world, "human"),
        read: read::report,
        shown: line,
        least: ALL,
    },
    Place {
        name: "exam plan --format json",
        make: |world| plan(world, "json"),
        read: read::json,
        shown: exact,
        least: ALL,
    },
    Place {
        name: "data show --format human",
        make: |world| stored(world, "show human"),
        read: read::harmless_lines,
        shown: line,
        least: 0,
    },
    Place {
        name: "data show --format json",
        make: |world| stored(world, "show json"),
        read: read::harmless_json,
        shown: exact,
        least: 0,
    },
    Place {
        name: "data export",
        make: |world| stored(world, "export"),
        read: read::harmless_json,
        shown: exact,
        least: 0,
    },
    Place {
        name: "data purge --format human",
        make: |world| stored(world, "purge human"),
        read: read::harmless_lines,
        shown: line,
        least: 0,
    },
    Place {
        name: "data purge --format json",
        make: |world| stored(world, "purge json"),
        read: read::harmless_json,
        shown: exact,
        least: 0,
    },
    Place {
        name: "doctor --format human",
        make: |world| doctor(world, "human"),
        read: read::lines,
        shown: screen,
        least: ALL,
    },
    Place {
        name: "doctor --format json",
        make: |world| doctor(world, "json"),
        read: read::cut_json,
        shown: screen,
        least: ALL,
    },
    Place {
        name: "schedule --kind systemd-user",
        make: |world| scheduled(world, Kind::SystemdUser),
        read: read::units,
        shown: typed_text,
        least: SOME,
    },
    Place {
        name: "schedule --kind systemd-system",
        make: |world| scheduled(world, Kind::SystemdSystem),
        read: read::units,
        shown: typed_text,
        least: SOME,
    },
    Place {
        name: "schedule --kind cron",
        make: |world| scheduled(world, Kind::Cron),
        read: read::crontab,
        shown: typed_text,
        least: SOME,
    },
    Place {
        name: "schedule --kind launchd",
        make: |world| scheduled(world, Kind::Launchd),
        read: read::xml,
        shown: typed_text,
        least: SOME,
    },
    Place {
        name: "schedule --kind windows-task",
        make: |world| scheduled(world, Kind::WindowsTask),
        read: read::task,
        shown: typed_text,
        least: SOME,
    },
    Place {
        name: "schedule --kind github",
        make: |world| scheduled(world, Kind::Github),
        read: read::units,
        shown: typed_text,
        least: 0,
    },
    Place {
        name: "errors of files",
        make: unread,
        read: read::log,
        shown: name,
        least: ALL,
    },
    Place {
        name: "errors of the configuration",
        make: misconfigured,
        read: read::log,
        shown: |text| line(&text.replace("user:pw@", "redacted@")),
        least: 30,
    },
];

fn catalog(world: &World, arguments: &[&str]) -> Vec<Vec<u8>> {
    let mut rows = String::new();
    for number in sound() {
        let text = world.text(number).trim().to_owned();
        // Titles that differ in signs alone are one title.
        let (title, former) = (
            quoted(&format!("{number:03} {text}")),
            quoted(&format!("Old {number:03} {text}")),
        );
        let text = quoted(&text);
        writeln!(
            rows,
            "[certification.quolm-{number:03}]\ntitle = {title}\nformer_titles = [{former}]\nnote = {text}\n\
             level = \"associate\"\nstate = \"retired\"\nreplacement = \"azure-administrator\"\nas_of = 2026-11-20\n"
        )
        .unwrap();
    }
    world.write("own.toml", rows);
    let mut command = world.program(&["catalog"]);
    vec![World::out(
        command.args(arguments).args(["--catalog", "own.toml"]),
    )]
}

fn listing(world: &World, arguments: &[&str]) -> Vec<Vec<u8>> {
    let mut command = world.asking(&["catalog", "update", "--yes"]);
    vec![World::out(command.args(arguments))]
}

fn skills(world: &World, format: &str) -> Vec<Vec<u8>> {
    let numbers: Vec<_> = sound().collect();
    let mut file = String::from("[exam.AZ-199]\ntitle = \"An exam\"\nas_of = 2026-04-17\n");
    for number in &numbers {
        let text = quoted(&format!("{number:03} {}", world.text(*number)));
        writeln!(
            file,
            "\n[[exam.AZ-199.area]]\nname = {text}\npercent = [0, 10]"
        )
        .unwrap();
    }
    world.write("skills.toml", file);
    let mut command = world.program(&["exam", "skills", "AZ-199", "--skills-file", "skills.toml"]);
    vec![World::out(command.args(["--format", format]))]
}

fn plan(world: &World, format: &str) -> Vec<Vec<u8>> {
    let mut command = world.asking(&["exam", "plan", "--format", format]);
    vec![World::out(command.args(links()))]
}

/// What a command says of a store in which answers, a list and what people were told are.
fn stored(world: &World, name: &str) -> Vec<Vec<u8>> {
    static MADE: Made = Made::new();
    MADE.documents(world, name, |world, made| {
        let mut verify = world.asking(&[
            "verify",
            "--save-evidence",
            "evidence",
            "--receipt",
            "receipts",
        ]);
        World::out(verify.args(links()));
        let mut list = String::new();
        for number in numbers() {
            let (link, text) = (link(number), world.text(number));
            writeln!(
                list,
                "{}",
                json!({"link": link, "name": text, "note": text})
            )
            .unwrap();
        }
        world.write("list.jsonl", list);
        World::out(&mut world.program(&["track", "import", "list.jsonl"]));
        for format in ["human", "json"] {
            let mut said = |name: String, arguments: &[&str]| {
                let mut command = world.program(&["data"]);
                made.insert(
                    name,
                    vec![World::out(
                        command.args(arguments).args(["--format", format]),
                    )],
                );
            };
            said(format!("show {format}"), &["show"]);
            said(format!("purge {format}"), &["purge", "--dry-run", "--all"]);
        }
        let mut export = world.program(&["data", "export", "--person", "JaneDoe-1"]);
        made.insert("export".to_owned(), vec![World::out(&mut export)]);
    })
}

/// Channels whose names are texts, and that cannot be used.
fn doctor(world: &World, format: &str) -> Vec<Vec<u8>> {
    let mut config = String::new();
    for number in numbers() {
        let name = quoted(&format!("{number:03} {}", world.text(number)));
        writeln!(
            config,
            "[channel.{name}]\nkind = \"command\"\ncommand = [\"/not/there\"]\n"
        )
        .unwrap();
    }
    world.write("config.toml", config);
    let mut command = world.program(&["doctor", "--config", "config.toml", "--format", format]);
    vec![World::out(
        command.arg("--learn-url").arg(world.service.url()),
    )]
}

/// A text as a text or a key of TOML.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text)
        .to_string()
        .replace('\u{7f}', "\\u007f")
}

/// What is said of files of such names, which are not there.
fn unread(world: &World) -> Vec<Vec<u8>> {
    let mut command = world.program(&["scan"]);
    command.args(typed().map(|number| format!("{number:03} {}", world.text(number))));
    vec![World::ran(&mut command).1]
}

/// What is said of a configuration that names a channel that it does not have.
fn misconfigured(world: &World) -> Vec<Vec<u8>> {
    let said = |number| {
        let text = quoted(&world.text(number));
        world.write("config.toml", format!("[remind]\nchannels = [{text}]\n"));
        World::ran(&mut world.program(&["doctor", "--config", "config.toml"])).1
    };
    // A run for each takes its time, and all go through one message.
    numbers().step_by(3).map(said).collect()
}

/// What is scheduled of a program and with a data directory whose names are texts. What a
/// scheduler cannot be told is refused.
fn scheduled(world: &World, kind: Kind) -> Vec<Vec<u8>> {
    let places = Places {
        home: "/home/jo".into(),
        config: "/home/jo/.config".into(),
    };
    let files = |text: &str| {
        let program = format!("/opt/{text}/bonafide");
        let arguments = [
            "--data-dir".to_owned(),
            text.to_owned(),
            "remind".to_owned(),
        ];
        let at = "08:30:00".parse().unwrap();
        let job = Job::new(program, arguments.to_vec(), at, Every::Day).ok()?;
        kind.files(&job, &places).ok()
    };
    let is_taken = |number: &usize| files(&PAYLOADS[*number]).is_some();
    let taken = numbers()
        .filter(is_taken)
        .filter_map(|number| files(&world.text(number)));
    taken.flatten().map(|file| file.text.into_bytes()).collect()
}

/// As it was typed.
fn typed_text(text: &str) -> Vec<String> {
    vec![text.to_owned()]
}
