//! No secret comes out: every command, with every secret that there is, whatever the service
//! does.
//!
//! Each command runs with marked secrets in its arguments, its configuration, its files and its
//! environment. Everything that it says at `-vvv` and everything that it leaves (the list of
//! what is tracked and its logs, the cache, journals, evidence, receipts, pages, badges, metrics,
//! temporary files) is searched for each of them. Only JSON members called `input` and a
//! list's own columns may echo what was given.

mod desk;
mod marks;
mod rows;
mod service;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;

use desk::{Desk, link};
use marks::{found, found_below};
use rows::Row;
use service::{WEATHERS, Weather};

use crate::outlets::leaves;

#[test]
fn every_command_has_a_row() {
    for (name, _) in leaves(&bonafide::cli::command(), "") {
        assert!(
            rows::all().any(|row| row.command == name),
            "no row in the table of leaks for {name}"
        );
    }
}

#[test]
fn no_command_lets_a_secret_out() {
    let leaks = Mutex::new(Vec::new());
    let under = |weather: Weather| {
        let ran = catch_unwind(AssertUnwindSafe(|| all(weather)));
        let found = ran.unwrap_or_else(|_| vec!["the test panicked".to_owned()]);
        let found = found.into_iter().map(|leak| format!("{weather:?}: {leak}"));
        leaks.lock().unwrap().extend(found);
    };
    std::thread::scope(|scope| {
        scope.spawn(|| WEATHERS[..2].iter().for_each(|weather| under(*weather)));
        scope.spawn(|| WEATHERS[2..].iter().for_each(|weather| under(*weather)));
    });
    let leaks = leaks.into_inner().unwrap();
    assert!(
        leaks.is_empty(),
        "{} leaks:\n{}",
        leaks.len(),
        leaks.join("\n")
    );
}

/// Runs every command under one weather, and says what came out.
fn all(weather: Weather) -> Vec<String> {
    let desk = Desk::new(weather);
    let mut leaks = Vec::new();
    for row in rows::all() {
        leaks.extend(run(row, &desk));
    }
    assert!(desk.service.asked() > 10, "nobody was asked");
    leaks.extend(found_below(desk.folder.path(), &desk.given()));
    leaks
}

fn run(row: &Row, desk: &Desk) -> Vec<String> {
    let mut command = desk.program();
    let name = row.command.split(' ').map(str::to_owned);
    let arguments = row.arguments.iter().map(|text| {
        text.replace("LINK", &link(1))
            .replace("SERVICE", &desk.http())
    });
    let typed: Vec<_> = name.chain(arguments).collect();
    let output = command.args(&typed).output().unwrap();
    let code = output.status.code();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        row.codes.contains(&code.unwrap_or(-1)),
        "{typed:?} ended with {code:?}: {said}"
    );
    let out = row.echo.without_given(&output.stdout);
    let leaks = found(&out).into_iter().chain(found(&output.stderr));
    leaks.map(|leak| format!("{typed:?}: {leak}")).collect()
}

#[cfg(unix)]
#[test]
fn a_run_that_is_killed_or_crashes_lets_no_secret_out() {
    for signal in ["KILL", "ABRT", "ILL"] {
        crash(signal);
    }
}

/// A run that ends by a signal while it sends.
#[cfg(unix)]
fn crash(signal: &str) {
    let desk = Desk::new(Weather::Fine);
    let config = desk.given().join("config.toml");
    let killed = std::fs::read_to_string(&config).unwrap().replace(
        "env | sort | tr '\\n' ' ' >&2; exit 1",
        &format!("kill -{signal} $PPID"),
    );
    std::fs::write(&config, killed).unwrap();
    run(&rows::IMPORT, &desk);
    let url = desk.http();
    let mut remind = desk.program();
    remind.args([
        "remind",
        "--config",
        "given/config.toml",
        "--learn-url",
        &url,
    ]);
    let output = remind.output().unwrap();
    assert_eq!(output.status.code(), None, "it was to end by {signal}");
    let wal = desk.folder.path().join("data/watch.sqlite-wal");
    assert!(wal.exists(), "nothing was left to look at");
    let said = [output.stdout, output.stderr].concat();
    let leaks = [found(&said), found_below(desk.folder.path(), &desk.given())];
    assert!(leaks.iter().all(Vec::is_empty), "{signal}: {leaks:?}");
}

#[test]
fn what_is_searched_for_would_be_found() {
    for (name, mark) in marks::MARKS {
        for (form, written) in marks::forms(mark) {
            let text = format!("before {} behind", written.to_uppercase());
            assert!(!found(text.as_bytes()).is_empty(), "{name} {form}");
        }
        let packed = base64::Engine::encode(
            &base64::engine::general_purpose::STANDARD,
            format!("\0jo\0{mark}"),
        );
        assert!(!found(packed.as_bytes()).is_empty(), "{name}");
    }
}
