//! The one policy by which everything is asked for.

use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{BaseUrl, EvidenceKind, Rate, Request};

/// How the services are asked: where, how long, how often, and what is kept.
///
/// The default asks the issuers' own hosts, keeps nothing, and bounds everything.
///
/// ```
/// use std::time::Duration;
/// use bonafide::source::Policy;
///
/// let policy = Policy::default().with_timeout(Duration::from_secs(5)).with_retries(1);
/// assert_eq!(policy.timeout(), Duration::from_secs(5));
/// ```
#[derive(Debug, Clone)]
pub struct Policy {
    learn: BaseUrl,
    credly: BaseUrl,
    open_badge: BaseUrl,
    timeout: Duration,
    connect_timeout: Duration,
    retries: u32,
    backoff: Duration,
    concurrency: NonZeroU32,
    rate: Option<Rate>,
    patience: Duration,
    max_age: Duration,
    cache: Option<PathBuf>,
    ca_file: Option<PathBuf>,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            learn: BaseUrl::official(EvidenceKind::LearnCredential),
            credly: BaseUrl::official(EvidenceKind::CredlyBadge),
            open_badge: BaseUrl::official(EvidenceKind::OpenBadge),
            timeout: Duration::from_secs(20),
            connect_timeout: Duration::from_secs(5),
            retries: 3,
            backoff: Duration::from_millis(250),
            concurrency: NonZeroU32::new(4).expect("four is not zero"),
            rate: Some(Rate::default()),
            patience: Duration::ZERO,
            max_age: Duration::ZERO,
            cache: None,
            ca_file: None,
        }
    }
}

impl Policy {
    /// Asks Microsoft Learn's questions at `base`.
    #[must_use]
    pub fn with_learn_base(mut self, base: BaseUrl) -> Self {
        self.learn = base;
        self
    }

    /// Asks for Credly badges at `base`.
    #[must_use]
    pub fn with_credly_base(mut self, base: BaseUrl) -> Self {
        self.credly = base;
        self
    }

    /// Asks for Open Badges assertions at `base`.
    #[must_use]
    pub fn with_open_badge_base(mut self, base: BaseUrl) -> Self {
        self.open_badge = base;
        self
    }

    /// Gives one request this long, with all its retries, waits and redirects. The wait
    /// for a turn among other requests does not count. Default 20 s.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Gives one connection, TLS included, this long. Default 5 s, and never longer than
    /// the timeout.
    #[must_use]
    pub fn with_connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Tries again so many times after a passing failure. Default 3.
    #[must_use]
    pub fn with_retries(mut self, retries: u32) -> Self {
        self.retries = retries;
        self
    }

    /// Waits about this long before the first retry, and doubles it for each further one.
    /// Default 250 ms.
    #[must_use]
    pub fn with_backoff(mut self, first: Duration) -> Self {
        self.backoff = first;
        self
    }

    /// Has at most so many requests under way at once. Default 4.
    #[must_use]
    pub fn with_concurrency(mut self, concurrency: NonZeroU32) -> Self {
        self.concurrency = concurrency;
        self
    }

    /// Sends each service at most so many requests per time, retries and redirects included; `None`
    /// lifts the limit. Default 5/s.
    #[must_use]
    pub fn with_rate(mut self, rate: Option<Rate>) -> Self {
        self.rate = rate;
        self
    }

    /// Waits so long in all, beyond the timeout, where the service asks to wait (429): a
    /// list has the time that one request has not. Default zero.
    #[must_use]
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Takes a kept answer younger than this without asking. Default zero: always ask
    /// whether it still holds. A share page is asked for in any case, since whether it is
    /// shown may depend on the sharingId.
    #[must_use]
    pub fn with_max_age(mut self, max_age: Duration) -> Self {
        self.max_age = max_age;
        self
    }

    /// Keeps answers in `directory`; `None`, the default, keeps nothing.
    #[must_use]
    pub fn with_cache(mut self, directory: Option<PathBuf>) -> Self {
        self.cache = directory;
        self
    }

    /// Trusts the PEM certificates in `file` beside the platform's own.
    #[must_use]
    pub fn with_ca_file(mut self, file: Option<PathBuf>) -> Self {
        self.ca_file = file;
        self
    }

    /// Where answers of `kind` are asked for.
    pub fn base(&self, kind: EvidenceKind) -> &BaseUrl {
        match kind {
            EvidenceKind::LearnCredential
            | EvidenceKind::LearnPage
            | EvidenceKind::LearnTranscript => &self.learn,
            EvidenceKind::CredlyBadge => &self.credly,
            EvidenceKind::OpenBadge => &self.open_badge,
        }
    }

    /// The time for one request.
    pub fn timeout(&self) -> Duration {
        self.timeout
    }

    /// The time for one connection.
    pub fn connect_timeout(&self) -> Duration {
        self.connect_timeout.min(self.timeout)
    }

    /// How many times a passing failure is tried again.
    pub fn retries(&self) -> u32 {
        self.retries
    }

    /// The wait before the first retry.
    pub fn backoff(&self) -> Duration {
        self.backoff
    }

    /// How many requests may be under way at once.
    pub fn concurrency(&self) -> NonZeroU32 {
        self.concurrency
    }

    /// How many requests may be sent per time.
    pub fn rate(&self) -> Option<Rate> {
        self.rate
    }

    /// How long to wait in all where the service asks to.
    pub fn patience(&self) -> Duration {
        self.patience
    }

    /// Up to which age a kept answer is taken without asking.
    pub fn max_age(&self) -> Duration {
        self.max_age
    }

    /// Where answers are kept.
    pub fn cache(&self) -> Option<&Path> {
        self.cache.as_deref()
    }

    /// The file of further trusted certificates.
    pub fn ca_file(&self) -> Option<&Path> {
        self.ca_file.as_deref()
    }

    /// Whether a redirect of an answer of `kind` may lead to `url`: only to the same
    /// service, by scheme, host and port.
    pub(super) fn follows(&self, kind: EvidenceKind, url: &url::Url) -> bool {
        match kind {
            EvidenceKind::CredlyBadge | EvidenceKind::OpenBadge => {
                self.credly.covers(url) || self.open_badge.covers(url)
            }
            _ => self.base(kind).covers(url),
        }
    }

    /// The address of `request`, without the sharingId.
    pub fn address(&self, request: &Request) -> String {
        let base = self.base(request.kind());
        format!("{base}{}", request.path())
    }
}
