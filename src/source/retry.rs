//! Which failures pass, and how long to wait before asking again.

use std::time::Duration;

use backon::{ExponentialBuilder, Retryable as _};
use chrono::{DateTime, Utc};
use reqwest::StatusCode;
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};
use tokio::time::Instant;

use super::{Failure, Policy};

/// The longest wait that is believed, a year: no run lasts so long, and a service may ask
/// for more than a clock can count.
const LONGEST_WAIT: Duration = Duration::from_hours(8766);

/// Whether another try may help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Again {
    /// It will not.
    Never,
    /// One more, soon.
    Once,
    /// After a growing wait.
    Backoff,
    /// After the wait that the service asked for, in full.
    After(Duration),
}

/// A failure of one try, and what it is worth to try again.
#[derive(Debug)]
pub(super) struct Fault {
    /// What to say when no further try is made.
    pub(super) failure: Failure,
    /// What to do about it.
    pub(super) again: Again,
}

impl Fault {
    /// Pairs a failure with what to do about it.
    pub(super) fn new(failure: Failure, again: Again) -> Self {
        Self { failure, again }
    }

    /// Judges an answer that is none: the service failed or asks to wait. `None` for a
    /// status that is an answer, whether good or bad.
    pub(super) fn of_status(status: StatusCode, headers: &HeaderMap, host: &str) -> Option<Self> {
        let is_answer = status.is_success()
            || status.is_client_error() && !matches!(status.as_u16(), 408 | 429);
        if is_answer {
            return None;
        }
        let asked = retry_after(headers);
        let host = host.to_owned();
        let failure = if status == StatusCode::TOO_MANY_REQUESTS {
            let retry_after = asked;
            Failure::RateLimited { host, retry_after }
        } else {
            let status = status.as_u16();
            Failure::ServiceError { host, status }
        };
        let again = match (status.as_u16(), asked) {
            (408 | 429 | 500 | 502 | 503 | 504, Some(wait)) => Again::After(wait),
            (408 | 429 | 500 | 502 | 503 | 504, None) => Again::Backoff,
            _ => Again::Never,
        };
        Some(Self::new(failure, again))
    }
}

/// Calls `attempt` until it answers, cannot be helped, or has used up its tries or time.
///
/// A wait that would not end before `deadline` is not begun: the failure that is known
/// says more than a time-out would.
pub(super) async fn until<T>(
    policy: &Policy,
    deadline: Instant,
    attempt: impl AsyncFn() -> Result<T, Fault>,
) -> Result<T, Failure> {
    let waits = ExponentialBuilder::new()
        .with_jitter()
        .with_min_delay(policy.backoff())
        .with_max_times(policy.retries() as usize);
    let mut tries = 0_u32;
    let outcome = (|| attempt())
        .retry(waits)
        .sleep(tokio::time::sleep)
        .when(|fault: &Fault| fault.again != Again::Never)
        .adjust(|fault, wait| {
            tries += 1;
            let wait = match fault.again {
                Again::After(asked) => wait.map(|_| asked),
                Again::Once if tries > 1 => None,
                _ => wait,
            };
            let left = deadline.saturating_duration_since(Instant::now());
            wait.filter(|wait| *wait < left)
        })
        .notify(|fault, wait| {
            tracing::debug!(target: "bonafide", failure = %fault.failure, ?wait, "retry");
        })
        .await;
    outcome.map_err(|fault| fault.failure)
}

/// The service's own `Date`, where it is readable.
pub(super) fn service_date(headers: &HeaderMap) -> Option<DateTime<Utc>> {
    let text = headers.get(DATE)?.to_str().ok()?;
    httpdate::parse_http_date(text).ok().map(DateTime::from)
}

/// The wait that the service asks for, at most a year. Zero, a past date and nonsense ask
/// for nothing.
///
/// A date is held against the service's own clock where it sent one, so that a wrong
/// clock on this machine does not shorten the wait.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let wait = if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // Digits that are no number are too many.
        text.parse().map_or(LONGEST_WAIT, Duration::from_secs)
    } else {
        let until = DateTime::<Utc>::from(httpdate::parse_http_date(text).ok()?);
        let now = service_date(headers).unwrap_or_else(Utc::now);
        (until - now).to_std().ok()?
    };
    (!wait.is_zero()).then_some(wait.min(LONGEST_WAIT))
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn asked(retry_after_text: &'static str) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(
            DATE,
            HeaderValue::from_static("Sun, 22 Nov 2026 10:00:00 GMT"),
        );
        headers.insert(RETRY_AFTER, HeaderValue::from_static(retry_after_text));
        retry_after(&headers)
    }

    #[test]
    fn both_forms_of_retry_after_are_read() {
        for (text, seconds) in [
            ("1", Some(1)),
            (" 3600 ", Some(3600)),
            ("Sun, 22 Nov 2026 10:02:00 GMT", Some(120)),
            ("Sunday, 22-Nov-26 10:02:00 GMT", Some(120)),
            ("Sun, 22 Nov 2026 10:00:00 GMT", None),
            ("Sun, 22 Nov 2026 09:00:00 GMT", None),
            ("0", None),
            ("-1", None),
            ("1.5", None),
            ("", None),
            ("soon", None),
            ("31557600", Some(31_557_600)),
            ("31557601", Some(31_557_600)),
            ("18446744073709551615", Some(31_557_600)),
            ("99999999999999999999999", Some(31_557_600)),
            ("Fri, 31 Dec 9999 23:59:59 GMT", Some(31_557_600)),
        ] {
            assert_eq!(asked(text), seconds.map(Duration::from_secs), "{text}");
        }
    }

    #[test]
    fn answers_and_failures_are_told_apart() {
        let judged = |status| {
            let status = StatusCode::from_u16(status).unwrap();
            Fault::of_status(status, &HeaderMap::new(), "h").map(|fault| fault.again)
        };
        for status in [200, 204, 400, 401, 403, 404, 410, 451] {
            assert_eq!(judged(status), None, "{status}");
        }
        for status in [408, 429, 500, 502, 503, 504] {
            assert_eq!(judged(status), Some(Again::Backoff), "{status}");
        }
        for status in [300, 304, 305, 501, 505, 511, 599] {
            assert_eq!(judged(status), Some(Again::Never), "{status}");
        }
    }
}
