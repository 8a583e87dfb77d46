//! The `bonafide` program.

use std::process::ExitCode;

/// A list's answers come on one thread and go on another, which costs systems' own
/// allocators dear.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    bonafide::cli::run()
}
