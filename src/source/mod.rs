//! Fetch evidence for a link: the second station, and the only one that reaches outside.
//!
//! The trait [`Source`] stands exactly where the real world begins. What the service
//! answered is [`Evidence`], whatever its status: a 404 is an answer too, and judged by
//! the next station. What could not be had at all is a [`Failure`].

mod evidence;
mod request;

pub use evidence::{Answerer, Evidence, EvidenceKind, Exchange, Failure, Origin};
pub use request::Request;

/// Somewhere that answers requests: the live services, saved evidence or the demo.
pub trait Source {
    /// Asks for one thing. Everything that can go wrong is in the [`Exchange`].
    fn fetch(&self, request: &Request) -> impl Future<Output = Exchange>;
}
