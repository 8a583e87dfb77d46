//! What `-v` says on standard error.

use tracing::Level;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::prelude::*;

use super::args::Common;

/// Starts logging: warnings unless quiet, with `-v` each request, with `-vv` all of ours.
///
/// Only this program's own events are taken: those of the libraries below may hold whole
/// addresses, and with them a sharingId.
pub(super) fn start(common: &Common) {
    let level = match common.verbose {
        0 if common.quiet => Level::ERROR,
        0 => Level::WARN,
        1 => Level::DEBUG,
        _ => Level::TRACE,
    };
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .without_time()
        .with_target(false);
    let ours = Targets::new().with_target("bonafide", level);
    // A second start, as in tests, keeps the first.
    let _ = tracing_subscriber::registry()
        .with(lines.with_filter(ours))
        .try_init();
}
