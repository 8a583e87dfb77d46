//! The live services, asked by one policy.

use std::cell::Cell;
use std::num::NonZeroU32;
use std::time::Duration;

use chrono::Utc;
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout_at};

use super::attempt::{Answer, Attempt, Fresh, Validators, Way};
use super::base::host_of;
use super::cache::{Cache, Kept};
use super::client::{Clients, LiveError};
use super::pace::Pace;
use super::{
    Evidence, EvidenceKind, Exchange, Failure, Origin, Policy, Request, Source, body, reduce,
    retry, scrub,
};

/// The services on the network, behind the cache.
///
/// One value serves a whole run: it holds the connections, the rate and the turns. It is
/// quick to make, since certificates are read when the first `https` request needs them.
///
/// # Examples
/// ```no_run
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// use bonafide::link::CredentialId;
/// use bonafide::source::{Live, Policy, Request, Source as _};
///
/// let live = Live::new(Policy::default())?;
/// let id = CredentialId::parse("20170DBC5AC04E38").expect("16 hex digits");
/// match live.fetch(&Request::Credential(id)).await {
///     Ok(evidence) => assert!(evidence.status < 500),
///     Err(failure) => eprintln!("no answer: {failure}"),
/// }
/// # Ok(()) }
/// ```
#[derive(Debug)]
pub struct Live {
    policy: Policy,
    clients: Clients,
    learn: Pace,
    credly: Pace,
    turns: Semaphore,
    cache: Option<Cache>,
}

impl Live {
    /// Prepares to ask by `policy`. Sends nothing.
    ///
    /// # Errors
    /// When the file of further certificates cannot be read or holds none.
    pub fn new(policy: Policy) -> Result<Self, LiveError> {
        let concurrency = policy.concurrency();
        Ok(Self {
            clients: Clients::new(&policy)?,
            learn: Pace::new(&policy),
            credly: Pace::new(&policy),
            turns: Semaphore::new(as_usize(concurrency)),
            cache: policy
                .cache()
                .map(|directory| Cache::new(directory.to_owned())),
            policy,
        })
    }

    /// The policy it was made with.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    pub(super) fn clients(&self) -> &Clients {
        &self.clients
    }

    /// How long nothing will be asked from now, because a service wants it so.
    pub fn held_for(&self) -> Option<Duration> {
        self.learn.held_for().max(self.credly.held_for())
    }

    /// How requests of a kind travel.
    pub(super) fn way(&self, kind: EvidenceKind) -> Way<'_> {
        Way {
            policy: &self.policy,
            clients: &self.clients,
            pace: self.pace(kind),
            kind,
        }
    }

    fn pace(&self, kind: EvidenceKind) -> &Pace {
        match kind {
            EvidenceKind::CredlyBadge | EvidenceKind::OpenBadge => &self.credly,
            _ => &self.learn,
        }
    }

    /// The kept answer, if the one who would be asked now gave it.
    fn kept(&self, request: &Request, url: &str) -> Option<Kept> {
        let kind = request.kind();
        let kept = self.cache.as_ref()?.find(kind, url)?;
        let same = kept.evidence().answerer == self.policy.base(kind).answerer(kind);
        same.then_some(kept)
    }

    /// Whether `kept` may be taken without asking.
    fn is_young(&self, request: &Request, kept: &Kept) -> bool {
        // Whether a page is shown may depend on the sharingId, which is not kept.
        let by_age = !matches!(request, Request::Page { .. });
        by_age && kept.is_younger_than(self.policy.max_age(), Utc::now())
    }

    /// Asks, and asks again after the waits that the service wants, as far as patience goes.
    async fn ask(&self, request: &Request, kept: Option<&Validators>) -> Result<Answer, Failure> {
        // The wait for a turn is the batch's own and does not count against the service.
        let _turn = self.turns.acquire().await.expect("never closed");
        let mut patience = self.policy.patience();
        loop {
            let answer = self.ask_once(request, kept).await;
            let Err(Failure::RateLimited { retry_after, .. }) = &answer else {
                return answer;
            };
            let wait = retry_after.unwrap_or(self.policy.timeout());
            match patience.checked_sub(wait) {
                Some(left) => patience = left,
                None => return answer,
            }
            self.pace(request.kind()).too_fast(Some(wait));
        }
    }

    async fn ask_once(
        &self,
        request: &Request,
        kept: Option<&Validators>,
    ) -> Result<Answer, Failure> {
        let pace = self.pace(request.kind());
        let most = self.policy.patience().max(self.policy.timeout());
        if let Err(wait) = pace.turn(most).await {
            return Err(Failure::RateLimited {
                host: host_of(self.policy.base(request.kind()).as_url()),
                retry_after: Some(wait),
            });
        }
        let attempt = Attempt {
            way: self.way(request.kind()),
            request,
            kept,
        };
        let paid = Cell::new(true);
        let deadline = Instant::now() + self.policy.timeout();
        let answer = retry::until(&self.policy, deadline, async || {
            attempt.run(paid.take()).await
        });
        timeout_at(deadline, answer).await.unwrap_or_else(|_| {
            Err(Failure::TimedOut {
                host: host_of(self.policy.base(request.kind()).as_url()),
                after: self.policy.timeout(),
            })
        })
    }

    /// Makes evidence of a whole answer and keeps it where that is allowed.
    fn received(&self, request: &Request, fresh: Fresh) -> Evidence {
        let kind = request.kind();
        let sha256 = body::sha256(&fresh.body);
        let evidence = Evidence {
            kind,
            url: self.policy.address(request),
            answerer: self.policy.base(kind).answerer(kind),
            status: fresh.status,
            content_type: fresh.content_type,
            fetched_at: Some(Utc::now()),
            service_date: fresh.service_date,
            sha256,
            received_bytes: Some(fresh.body.len() as u64),
            body: without_sharing_id(request, fresh.body),
            origin: Origin::Network,
        };
        if let Some(cache) = &self.cache {
            let is_of_use = !fresh.validators.is_empty() || !self.policy.max_age().is_zero();
            if fresh.status == 200 && is_of_use && !fresh.no_store {
                cache.keep(&evidence, &fresh.validators);
            } else {
                // What was kept of an earlier answer no longer holds.
                cache.forget(kind, &evidence.url);
            }
        }
        evidence
    }
}

impl Source for Live {
    async fn fetch(&self, request: &Request) -> Exchange {
        let url = self.policy.address(request);
        let cache = self.cache.as_ref();
        let kept = self.kept(request, &url);
        if let Some(kept) = kept.as_ref().filter(|kept| self.is_young(request, kept)) {
            tracing::debug!(target: "bonafide", how = "young enough", "cache");
            return Ok(kept.evidence().clone());
        }
        let validators = kept.as_ref().map(Kept::validators);
        let asked = validators.filter(|validators| !validators.is_empty());
        match (self.ask(request, asked).await?, cache, kept) {
            (Answer::Fresh(fresh), ..) => Ok(self.received(request, fresh)),
            (Answer::NotModified { service_date }, Some(cache), Some(kept)) => {
                tracing::debug!(target: "bonafide", how = "confirmed", "cache");
                Ok(cache.confirm(kept, Utc::now(), service_date))
            }
            (Answer::NotModified { .. }, ..) => Err(Failure::ServiceError {
                host: host_of(self.policy.base(request.kind()).as_url()),
                status: 304,
            }),
        }
    }

    fn address(&self, request: &Request) -> String {
        self.policy.address(request)
    }
}

/// A page may repeat the address it was asked by, and with it the holder's key. Of any other
/// answer as much is taken out as where it is kept, so that it is judged now as it will be then.
fn without_sharing_id(request: &Request, body: Vec<u8>) -> Vec<u8> {
    let scrubbed = scrub::named(&body);
    if let Request::Page { path, sharing_id } = request {
        return match sharing_id {
            Some(id) => scrub::bare(&scrubbed, id, path),
            None => scrubbed,
        };
    }
    // Most hold none, and of one that is no JSON afterwards nothing is kept.
    let is_of_use = scrubbed != body && reduce::is_json(reduce::split_mark(&scrubbed).1);
    if is_of_use { scrubbed } else { body }
}

fn as_usize(count: NonZeroU32) -> usize {
    // A semaphore has fewer permits than that; no one has so many connections either.
    usize::try_from(count.get()).map_or(Semaphore::MAX_PERMITS, |it| it.min(Semaphore::MAX_PERMITS))
}
