//! `batch` beside programs that ask for as many addresses on the same service with as many
//! connections, where they are installed. None of them reads, judges or writes a sheet.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;

use crate::list::{AT_ONCE, batch};
use crate::process::{self, Took};
use crate::table::{Aim, Table, median, ratio};
use crate::{candidates, service};

/// A program and what `batch` is held to beside it: times its rate, parts of its memory.
struct Peer {
    name: &'static str,
    program: &'static str,
    rate: f64,
    memory: Option<f64>,
    command: fn(&Path, SocketAddr) -> Command,
}

const PEERS: [Peer; 3] = [
    Peer {
        name: "curl --parallel",
        program: "curl",
        rate: 1.5,
        memory: None,
        command: curl,
    },
    Peer {
        name: "oha",
        program: "oha",
        rate: 0.5,
        memory: None,
        command: oha,
    },
    Peer {
        name: "lychee",
        program: "lychee",
        rate: 2.0,
        memory: Some(0.25),
        command: lychee,
    },
];

pub(crate) fn measure(table: &mut Table) {
    let folder = tempfile::tempdir().unwrap();
    let service = service::start();
    candidates::write_list(&folder.path().join("list.csv"), candidates::rows());
    write_addresses(folder.path(), service);
    for peer in PEERS {
        if process::is_here(peer.program) {
            beside(&peer, folder.path(), service, table);
        } else {
            table.without(peer.name, "is not installed");
        }
    }
}

fn beside(peer: &Peer, folder: &Path, service: SocketAddr, table: &mut Table) {
    let (mut ours, mut theirs): (Vec<Took>, Vec<Took>) = (Vec::new(), Vec::new());
    for _ in 0..candidates::turns() {
        ours.push(batch(folder, service));
        let mut command = (peer.command)(folder, service);
        theirs.push(process::run(&mut command, |code| code == 0));
    }
    let time = |all: &[Took]| median(all.iter().map(|took| took.time).collect());
    let kib = |all: &[Took]| median(all.iter().map(|took| took.kib).collect()) as f64;
    let rows = candidates::rows();
    let rate =
        |time: std::time::Duration| format!("{:.0} rows/s", f64::from(rows) / time.as_secs_f64());
    table.row(
        (&format!("batch of {rows}"), rate(time(&ours))),
        (peer.name, rate(time(&theirs))),
        ratio(time(&theirs), time(&ours)),
        Aim::AtLeast(peer.rate),
    );
    let mib = |kib: f64| format!("{:.1} MiB", kib / 1024.0);
    table.row(
        ("its memory", mib(kib(&ours))),
        (peer.name, mib(kib(&theirs))),
        kib(&ours) / kib(&theirs),
        peer.memory.map_or(Aim::None, Aim::AtMost),
    );
}

/// The addresses of all rows, once as curl takes them and once one a line.
fn write_addresses(folder: &Path, service: SocketAddr) {
    let (mut curl, mut plain) = (String::new(), String::new());
    for row in 0..candidates::rows() {
        let address = candidates::address(service, row);
        writeln!(curl, "url = \"{address}\"\noutput = /dev/null").unwrap();
        writeln!(plain, "{address}").unwrap();
    }
    std::fs::write(folder.join("curl.txt"), curl).unwrap();
    std::fs::write(folder.join("addresses.txt"), plain).unwrap();
}

fn curl(folder: &Path, _: SocketAddr) -> Command {
    let mut command = Command::new("curl");
    command
        .args(["--silent", "--parallel", "--parallel-max"])
        .arg(AT_ONCE.to_string())
        .arg("--config")
        .arg(folder.join("curl.txt"));
    command
}

/// One address again and again: it takes no list of its own to read.
fn oha(_: &Path, service: SocketAddr) -> Command {
    let mut command = Command::new("oha");
    command
        .args(["--no-tui", "-n", &candidates::rows().to_string()])
        .args(["-c", &AT_ONCE.to_string()])
        .arg(candidates::address(service, 0));
    command
}

/// Its limits for each host are taken off, as ours are.
fn lychee(folder: &Path, _: SocketAddr) -> Command {
    let mut command = Command::new("lychee");
    command
        .args(["--no-progress", "--quiet", "--max-concurrency"])
        .arg(AT_ONCE.to_string())
        .args(["--host-concurrency", &AT_ONCE.to_string()])
        .args(["--host-request-interval", "0ms"])
        .arg(folder.join("addresses.txt"));
    command
}
