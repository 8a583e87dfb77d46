//! Every figure that the project gives of its speed, in one table: `cargo bench`.
//!
//! Each figure stands beside its floor or a peer that was measured in turns with it in the
//! same run, so that the ratio holds on a noisy machine. `cargo bench -- list peers` takes
//! these parts alone.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::cast_precision_loss,
    reason = "a benchmark that cannot be set up should fail, and prints"
)]

mod candidates;
mod list;
mod peers;
mod process;
mod samples;
mod service;
mod start;
mod stations;
mod table;
mod watch;

use table::Table;

/// The program's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Measures a part into the table.
type Measure = fn(&mut Table);

/// The parts by their names.
const PARTS: [(&str, Measure); 5] = [
    ("stations", stations::measure),
    ("start", start::measure),
    ("list", list::measure),
    ("peers", peers::measure),
    ("watch", watch::measure),
];

fn main() {
    if watch::is_to_fill() {
        return watch::fill();
    }
    if watch::is_to_run() {
        return watch::run();
    }
    let given: Vec<String> = std::env::args().skip(1).collect();
    // What cargo and test runners say for themselves; none of it asks for a measurement.
    if given
        .iter()
        .any(|word| word == "--test" || word == "--list")
    {
        return;
    }
    let wanted: Vec<&String> = given.iter().filter(|word| !word.starts_with('-')).collect();
    let mut table = Table::default();
    for (name, measure) in PARTS {
        if wanted.is_empty() || wanted.iter().any(|word| *word == name) {
            eprintln!("measuring {name} …");
            measure(&mut table);
        }
    }
    table.print();
}
