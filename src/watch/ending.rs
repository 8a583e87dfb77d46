//! How a run is asked to end before its time.

use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, Shared};

/// Two wishes: that nothing more is begun, and that what is under way is not waited for.
///
/// Whatever ends in between stays claimed in the list, so that the next run goes on there.
#[derive(Debug, Clone)]
pub struct Ending {
    stop: Wish,
    leave: Wish,
}

type Wish = Shared<LocalBoxFuture<'static, ()>>;

impl Ending {
    /// A run that begins nothing more once `stop` came, and leaves what is under way once
    /// `leave` came.
    pub fn new(
        stop: impl Future<Output = ()> + 'static,
        leave: impl Future<Output = ()> + 'static,
    ) -> Self {
        Self {
            stop: stop.boxed_local().shared(),
            leave: leave.boxed_local().shared(),
        }
    }

    /// A run that ends when it is done.
    pub fn never() -> Self {
        Self::new(std::future::pending(), std::future::pending())
    }

    /// Whether nothing more is to be begun.
    pub(super) async fn is_asked_for(&self) -> bool {
        // A signal is heard only while the run lets others run.
        tokio::task::yield_now().await;
        self.stop().now_or_never().is_some() || self.leave().now_or_never().is_some()
    }

    /// Waits until nothing more is to be begun.
    pub(super) fn stop(&self) -> impl Future<Output = ()> + use<> {
        self.stop.clone()
    }

    /// Waits until what is under way is not to be waited for.
    pub(super) fn leave(&self) -> impl Future<Output = ()> + use<> {
        self.leave.clone()
    }
}
