//! Ctrl-C, and what systems send in its place.

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
