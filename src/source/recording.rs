//! Remembers what was asked and what came of it, for saving.

use std::sync::{Mutex, PoisonError};

use super::{EvidenceKind, Exchange, Request, Source};

/// One thing that was asked, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The kind of answer that was asked for.
    pub kind: EvidenceKind,
    /// The address, without the sharingId.
    pub url: String,
    /// The answer, or why there is none.
    pub exchange: Exchange,
}

/// A source that passes everything through and remembers it.
///
/// Put one around the source of a single verification, and hand what it remembers to
/// [`save`](super::save).
///
/// ```
/// # async fn example(live: bonafide::source::Live, request: bonafide::source::Request)
/// # -> std::io::Result<()> {
/// use bonafide::source::{Recording, Source as _, save};
///
/// let recording = Recording::new(&live);
/// let exchange = recording.fetch(&request).await;
/// let link = "https://learn.microsoft.com/api/credentials/20170DBC5AC04E38";
/// save("evidence".as_ref(), Some(link), &recording.into_asked(), chrono::Utc::now())?;
/// # Ok(()) }
/// ```
#[derive(Debug)]
pub struct Recording<'a, S> {
    source: &'a S,
    asked: Mutex<Vec<Asked>>,
}

impl<'a, S: Source> Recording<'a, S> {
    /// Wraps `source`.
    pub fn new(source: &'a S) -> Self {
        Self {
            source,
            asked: Mutex::new(Vec::new()),
        }
    }

    /// Everything that was asked, in the order in which it was answered.
    pub fn into_asked(self) -> Vec<Asked> {
        self.asked
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S: Source> Source for Recording<'_, S> {
    async fn fetch(&self, request: &Request) -> Exchange {
        let exchange = self.source.fetch(request).await;
        let asked = Asked {
            kind: request.kind(),
            url: self.address(request),
            exchange: exchange.clone(),
        };
        self.asked
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(asked);
        exchange
    }

    fn address(&self, request: &Request) -> String {
        self.source.address(request)
    }
}
