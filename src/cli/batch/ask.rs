//! Asking for everything that a list needs, with somebody watching or not.

use std::cell::Cell;
use std::time::Duration;

use anyhow::Context;

use super::super::interrupt;
use super::super::progress::Progress;
use crate::batch::Asker;
use crate::source::Live;

/// How a run came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// Every row was asked about.
    Whole,
    /// Somebody wanted it to end before.
    Stopped,
}

/// Asks on a thread of its own while `work` takes what is answered.
pub(super) fn beside<T>(
    asker: Asker,
    live: &Live,
    progress: &Progress,
    work: impl FnOnce() -> anyhow::Result<T>,
) -> anyhow::Result<(T, Ended)> {
    std::thread::scope(|scope| {
        let asking = scope.spawn(|| all(asker, live, progress));
        let done = work();
        progress.clear();
        let ended = asking.join();
        let ended = ended.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        Ok((done?, ended?))
    })
}

fn all(asker: Asker, live: &Live, progress: &Progress) -> anyhow::Result<Ended> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start the network")?;
    let ended = Cell::new(Ended::Whole);
    let stop = async {
        interrupt::asked().await;
        ended.set(Ended::Stopped);
        progress.say("Finishing what is under way; once more to leave it.");
    };
    runtime.block_on(async {
        tokio::select! {
            () = asker.run(live, live.policy().timeout(), stop) => {}
            () = twice() => {}
            () = watch(live, progress) => {}
        }
    });
    // A name lookup that hangs on must not hold the answer back.
    runtime.shutdown_background();
    Ok(ended.get())
}

/// Waits for the second wish to end.
async fn twice() {
    interrupt::asked().await;
    interrupt::asked().await;
}

/// Looks from time to time whether the service wants a pause. Never ends.
async fn watch(live: &Live, progress: &Progress) {
    loop {
        progress.held(live.held_for());
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}
