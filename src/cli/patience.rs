//! A word to whoever sits and waits.

use std::io::{IsTerminal, stderr};
use std::time::Duration;

use super::say;
use super::settings::Settings;

/// How long people wait without wondering.
const QUIET: Duration = Duration::from_secs(2);

/// Waits for `work`, and says so on a terminal when it takes longer than a moment.
pub(super) async fn with_a_word<T>(settings: &Settings, work: impl Future<Output = T>) -> T {
    if settings.is_quiet() || !stderr().is_terminal() {
        return work.await;
    }
    let mut work = std::pin::pin!(work);
    if let Ok(done) = tokio::time::timeout(QUIET, &mut work).await {
        return done;
    }
    say("Asking, and waiting for the answer ...");
    work.await
}
