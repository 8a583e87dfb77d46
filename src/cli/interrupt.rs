//! Ctrl-C, and what systems send in its place.

use std::time::Duration;

use crate::watch::Ending;

/// How long what is under way is waited for once the run is to end, at most: systems that
/// shut down do not wait for long.
const GRACE: Duration = Duration::from_secs(10);

/// How a run that goes on for long hears that it is to end: at the first wish nothing more is
/// begun, and at the second, or some seconds later, nothing more is waited for. `said` is
/// called at the first.
pub(super) fn ending(said: impl Fn() + 'static) -> Ending {
    let stop = async move {
        asked().await;
        said();
    };
    let leave = async {
        asked().await;
        tokio::select! {
            () = asked() => {}
            () = tokio::time::sleep(GRACE) => {}
        }
    };
    // What is asked now and then must hear of it then.
    Ending::new(
        tokio::task::unconstrained(stop),
        tokio::task::unconstrained(leave),
    )
}

/// Waits until somebody wants the run to end. Each call waits for one more such wish.
#[cfg(unix)]
pub(super) async fn asked() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        return std::future::pending().await;
    };
    tokio::select! {
        pressed = tokio::signal::ctrl_c() => never_on_failure(pressed).await,
        _ = terminate.recv() => {}
    }
}

/// Waits until somebody wants the run to end. Each call waits for one more such wish.
#[cfg(not(unix))]
pub(super) async fn asked() {
    never_on_failure(tokio::signal::ctrl_c().await).await;
}

/// Where the system cannot tell, the run is never asked to end.
async fn never_on_failure(pressed: std::io::Result<()>) {
    if pressed.is_err() {
        std::future::pending::<()>().await;
    }
}
