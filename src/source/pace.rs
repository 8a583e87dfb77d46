//! When the next request to one service may be sent: the rate that was asked for, and
//! slower where the service says that it is too fast.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use governor::{DefaultDirectRateLimiter, RateLimiter};
use tokio::time::{Instant, sleep_until};

use super::Policy;

/// The gap between requests after the first word that they come too fast.
const FIRST_GAP: Duration = Duration::from_millis(200);

/// The longest gap: slower than this the service is as good as down.
const LONGEST_GAP: Duration = Duration::from_secs(30);

/// Below this a gap is none.
const SHORTEST_GAP: Duration = Duration::from_millis(5);

/// The turns of one service.
#[derive(Debug)]
pub(super) struct Pace {
    limiter: Option<DefaultDirectRateLimiter>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// Nothing is sent before this.
    open_at: Instant,
    /// The least time between two requests; zero while the service has not complained.
    gap: Duration,
}

impl Pace {
    /// The pace that `policy` asks for.
    pub(super) fn new(policy: &Policy) -> Self {
        let concurrency = policy.concurrency();
        Self {
            limiter: policy
                .rate()
                .map(|rate| RateLimiter::direct(rate.quota(concurrency))),
            state: Mutex::new(State {
                open_at: Instant::now(),
                gap: Duration::ZERO,
            }),
        }
    }

    /// Waits until a request may be sent.
    ///
    /// # Errors
    /// With the time that is left where the service wants a longer wait than `most`.
    pub(super) async fn turn(&self, most: Duration) -> Result<(), Duration> {
        if let Some(limiter) = &self.limiter {
            limiter.until_ready().await;
        }
        let latest = Instant::now() + most;
        // The gate may have moved on while this waited for it.
        while let Some(until) = self.slot() {
            if until > latest {
                return Err(until.saturating_duration_since(Instant::now()));
            }
            sleep_until(until).await;
        }
        Ok(())
    }

    /// Takes the slot that is free now, or says when to ask for one again.
    fn slot(&self) -> Option<Instant> {
        let mut state = self.state();
        let now = Instant::now();
        if state.open_at > now {
            return Some(state.open_at);
        }
        state.open_at = now + state.gap;
        None
    }

    /// The service asked for less: waits as long as it says, and goes on at half the speed.
    pub(super) fn too_fast(&self, retry_after: Option<Duration>) {
        let mut state = self.state();
        let now = Instant::now();
        let is_held = state.open_at > now + state.gap;
        // Several answers of one moment are one word.
        if !is_held {
            state.gap = (state.gap * 2).clamp(FIRST_GAP, LONGEST_GAP);
        }
        let wait = retry_after.unwrap_or(state.gap);
        state.open_at = state.open_at.max(now + wait);
    }

    /// An answer came: a little faster again.
    pub(super) fn well(&self) {
        let mut state = self.state();
        if state.gap.is_zero() {
            return;
        }
        state.gap = state.gap * 9 / 10;
        if state.gap < SHORTEST_GAP {
            state.gap = Duration::ZERO;
        }
    }

    /// How long nothing will be sent from now, where the service asked to wait.
    pub(super) fn held_for(&self) -> Option<Duration> {
        let state = self.state();
        let left = state.open_at.saturating_duration_since(Instant::now());
        (left > state.gap).then_some(left)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_hours(1);

    #[test]
    fn a_wait_that_is_too_long_is_not_begun() {
        on_a_paused_clock(async {
            let pace = unlimited();
            pace.too_fast(Some(2 * HOUR));
            let start = Instant::now();
            assert!(pace.turn(HOUR).await.is_err());
            assert_eq!(start.elapsed(), Duration::ZERO);
        });
    }

    fn unlimited() -> Pace {
        Pace::new(&Policy::default().with_rate(None))
    }

    fn on_a_paused_clock<T>(work: impl Future<Output = T>) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .unwrap();
        runtime.block_on(work)
    }

    #[test]
    fn the_wait_that_the_service_asks_for_holds_everyone() {
        on_a_paused_clock(async {
            let pace = unlimited();
            let start = Instant::now();
            pace.turn(HOUR).await.unwrap();
            assert_eq!(start.elapsed(), Duration::ZERO);
            pace.too_fast(Some(Duration::from_secs(90)));
            assert_eq!(pace.held_for(), Some(Duration::from_secs(90)));
            pace.turn(HOUR).await.unwrap();
            assert!(start.elapsed() >= Duration::from_secs(90));
            let first = Instant::now();
            pace.turn(HOUR).await.unwrap();
            assert!(first.elapsed() >= FIRST_GAP, "and slower after it");
        });
    }

    #[test]
    fn a_shorter_wait_does_not_cut_a_longer_one_short() {
        on_a_paused_clock(async {
            let pace = unlimited();
            let start = Instant::now();
            pace.too_fast(Some(Duration::from_mins(1)));
            pace.too_fast(Some(Duration::from_secs(1)));
            pace.too_fast(None);
            pace.turn(HOUR).await.unwrap();
            assert!(start.elapsed() >= Duration::from_mins(1));
        });
    }

    #[test]
    fn answers_bring_the_speed_back() {
        on_a_paused_clock(async {
            let pace = unlimited();
            pace.too_fast(None);
            for _ in 0..60 {
                pace.well();
            }
            pace.turn(HOUR).await.unwrap();
            let start = Instant::now();
            pace.turn(HOUR).await.unwrap();
            pace.turn(HOUR).await.unwrap();
            assert_eq!(start.elapsed(), Duration::ZERO);
        });
    }

    #[test]
    fn complaints_of_one_moment_are_one() {
        on_a_paused_clock(async {
            let pace = unlimited();
            for _ in 0..50 {
                pace.too_fast(Some(Duration::from_secs(1)));
            }
            assert_eq!(pace.state().gap, FIRST_GAP);
        });
    }
}
