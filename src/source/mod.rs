//! Fetch evidence for a link: the second station, and the only one that reaches outside.
//!
//! The trait [`Source`] stands exactly where the real world begins. What the service
//! answered is [`Evidence`], whatever its status: a 404 is an answer too, and judged by
//! the next station. What could not be had at all is a [`Failure`].
//!
//! [`Live`] asks the services by one [`Policy`]: only their hosts, only over `https`
//! (plain `http` on loopback alone), within one deadline for all retries and redirects,
//! up to a size, and not too often. [`Recording`] remembers what was asked, [`save`]
//! writes it to a file and [`Saved`] reads that file later.
//!
//! The sharingId is sent to the service and goes nowhere else: not into evidence, files,
//! messages or logs. The events here have the target `bonafide`; libraries below log by
//! their own names and may name whole addresses, so a subscriber should take this target
//! alone.

mod archive;
mod attempt;
mod base;
mod body;
mod cache;
mod client;
mod consistency;
mod demo;
mod envelope;
mod evidence;
mod fault;
mod knock;
mod listing;
mod live;
mod pace;
mod policy;
pub(crate) mod private;
mod rate;
mod raw;
mod recording;
mod redirect;
mod reduce;
mod request;
mod retry;
mod save;
mod saved;
mod scrub;

pub(crate) use archive::Entry as Kept;
pub use base::{BaseUrl, BaseUrlError};
pub use client::LiveError;
pub(crate) use client::{certificates, client_builder};
pub(crate) use consistency::check as belong_together;
pub use demo::Demo;
pub use evidence::{Answerer, Evidence, EvidenceKind, Exchange, Failure, Origin};
pub(crate) use fault::reason as reason_of;
pub use knock::{Knock, proxy_for};
pub use listing::{Asking, Streamed};
pub use live::Live;
pub use policy::Policy;
pub use rate::{Rate, RateError};
pub use recording::{Asked, Recording};
pub(crate) use reduce::Members;
pub use request::Request;
pub use save::save;
pub(crate) use save::stem;
pub use saved::{Saved, SavedError};
pub(crate) use scrub::bare as without_this_sharing_id;
pub use scrub::{without_sharing_id, without_userinfo};

/// Somewhere that answers requests: the live services or the demo.
pub trait Source {
    /// Asks for one thing. Everything that can go wrong is in the [`Exchange`].
    fn fetch(&self, request: &Request) -> impl Future<Output = Exchange>;

    /// The address that [`Source::fetch`] asks for `request`, without the sharingId. A
    /// source without addresses of its own names the service's.
    fn address(&self, request: &Request) -> String {
        format!("{}{}", BaseUrl::official(request.kind()), request.path())
    }
}
