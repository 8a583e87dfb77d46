//! What one run costs: starting, looking at a link, verifying one, and the program's size.

use std::process::Command;
use std::time::Duration;

use crate::process;
use crate::samples::LINK;
use crate::table::{Aim, Table, in_turns, ratio};
use crate::{candidates, service};

/// Turns of each pair; the medians are compared.
const TURNS: usize = 61;

/// A run that only starts, at the most.
const START: Duration = Duration::from_millis(5);

/// The program's size, at the most.
const SIZE: f64 = 15.0;

pub(crate) fn measure(table: &mut Table) {
    size(table);
    let start =
        |arguments: &'static [&str]| move || process::time(process::bonafide().args(arguments));
    for (what, arguments) in [
        ("--version", &["--version"][..]),
        ("inspect", &["inspect", LINK][..]),
    ] {
        let (ours, _) = in_turns(TURNS, start(arguments), || ());
        let said = format!("{ours:.2?}");
        table.row(
            (what, said),
            ("bound", "5 ms"),
            ratio(ours, START),
            Aim::AtMost(1.0),
        );
    }
    verify(table);
}

fn size(table: &mut Table) {
    let bytes = std::fs::metadata(env!("CARGO_BIN_EXE_bonafide"))
        .unwrap()
        .len();
    let mb = bytes as f64 / 1e6;
    table.row(
        ("the program's size", format!("{mb:.1} MB")),
        ("bound", format!("{SIZE} MB")),
        mb / SIZE,
        Aim::AtMost(1.0),
    );
}

fn verify(table: &mut Table) {
    if !process::is_here("curl") {
        return table.without("curl", "is not installed");
    }
    let service = service::start();
    let folder = tempfile::tempdir().unwrap();
    let address = candidates::address(service, 0);
    let link = address.replace(&format!("http://{service}"), "https://learn.microsoft.com");
    let base = format!("http://{service}");
    let ours = || {
        let mut command = process::bonafide();
        command.args([
            "verify",
            &link,
            "--learn-url",
            &base,
            "--as-of",
            "2026-11-22",
        ]);
        process::time(command.arg("--data-dir").arg(folder.path()))
    };
    let theirs = || process::time(Command::new("curl").args(["--silent", &address]));
    let (ours, theirs) = in_turns(TURNS, ours, theirs);
    table.row(
        ("verify of one link", format!("{ours:.2?}")),
        ("curl of its record", format!("{theirs:.2?}")),
        ratio(ours, theirs),
        Aim::AtMost(1.1),
    );
}
