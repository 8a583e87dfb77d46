//! Microsoft's public catalogue: a long answer that is read as it arrives.
//!
//! It goes to a reader on a thread of its own, in pieces, so that it is never held as a
//! whole. Hosts, deadline, pace, retries and redirects are those of every other request.

use std::io::{self, Read};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use reqwest::Response;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use sha2::{Digest as _, Sha256};
use tokio::time::{Instant, timeout_at};

use super::attempt::{redirected, text};
use super::base::host_of;
use super::retry::{Again, Fault};
use super::{Answerer, EvidenceKind, Failure, Live, retry};

/// Where the catalogue is, with everything in it that is read.
const PATH: &str = "/api/catalog/?type=certifications,mergedCertifications,exams&locale=en-us";

/// The most bytes of an answer, unpacked: five times what the whole catalogue has.
const LIMIT: u64 = 64 * 1024 * 1024;

/// Pieces that wait for the reader.
const WAITING: usize = 4;

/// What came of reading an answer.
#[derive(Debug)]
pub struct Streamed<T> {
    /// What the reader made of it.
    pub read: T,
    /// The host that answered, with its port where that is not the usual one.
    pub host: String,
    /// Who that is.
    pub answerer: Answerer,
    /// SHA-256 of the answer, unpacked, in hex; of what was read of it.
    pub sha256: String,
    /// Its length, unpacked.
    pub bytes: u64,
}

/// Why there is nothing to read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Asking {
    /// No answer.
    #[error(transparent)]
    Failed(#[from] Failure),
    /// A refusal.
    #[error(
        "{host} refuses the catalogue with status {status}: it may have been switched off \
         (Microsoft announced its end for June 2026)"
    )]
    Refused {
        /// Who answered.
        host: String,
        /// The HTTP status.
        status: u16,
    },
}

impl Live {
    /// Asks for Microsoft's public catalogue and hands it to `reader` as it arrives, up
    /// to 64 MiB.
    ///
    /// # Errors
    /// When there is no whole answer in time, or the service refuses.
    pub async fn catalogue<T: Send + 'static>(
        &self,
        reader: impl Fn(&mut dyn Read) -> T + Send + Clone + 'static,
    ) -> Result<Streamed<T>, Asking> {
        let kind = EvidenceKind::LearnCredential;
        let policy = self.policy();
        let base = policy.base(kind);
        let host = host_of(base.as_url());
        let deadline = Instant::now() + policy.timeout();
        let answer = retry::until(policy, deadline, async || self.once(reader.clone()).await);
        let ended = timeout_at(deadline, answer).await.unwrap_or_else(|_| {
            Err(Failure::TimedOut {
                host: host.clone(),
                after: policy.timeout(),
            })
        });
        match ended? {
            Ok((read, sha256, bytes)) => Ok(Streamed {
                read,
                answerer: base.answerer(kind),
                host,
                sha256,
                bytes,
            }),
            Err(status) => Err(Asking::Refused { host, status }),
        }
    }

    async fn once<T: Send + 'static>(
        &self,
        reader: impl Fn(&mut dyn Read) -> T + Send + 'static,
    ) -> Result<Result<(T, String, u64), u16>, Fault> {
        let way = self.way(EvidenceKind::LearnCredential);
        let base = way.policy.base(way.kind).as_url();
        let url = base
            .join(PATH)
            .map_err(|_| redirected(base, "an unreadable address".to_owned()))?;
        let (response, host) = way.walk(url, &HeaderMap::new(), false).await?;
        way.weigh(&response, &host)?;
        if response.status() != 200 {
            return Ok(Err(response.status().as_u16()));
        }
        let kind = text(response.headers(), &CONTENT_TYPE);
        tracing::debug!(target: "bonafide", kind, "catalogue");
        let (sender, pieces) = sync_channel(WAITING);
        let reading = thread::Builder::new()
            .name("catalogue".to_owned())
            .spawn(move || reader(&mut Pieces::of(pieces)));
        let reading = reading.map_err(|_| cut(&host))?;
        let (sha256, bytes) = receive(response, &host, sender).await?;
        // The reader has its last piece: it ends at once.
        reading
            .join()
            .map(|read| Ok((read, sha256, bytes)))
            .map_err(|_| cut(&host))
    }
}

async fn receive(
    mut response: Response,
    host: &str,
    sender: SyncSender<Piece>,
) -> Result<(String, u64), Fault> {
    let mut hash = Sha256::new();
    let mut bytes = 0_u64;
    loop {
        let chunk = match response.chunk().await {
            Ok(Some(chunk)) => chunk,
            Ok(None) => break,
            Err(_) => return Err(cut(host)),
        };
        bytes += chunk.len() as u64;
        if bytes > LIMIT {
            let (host, limit) = (host.to_owned(), LIMIT);
            return Err(Fault::new(Failure::TooLarge { host, limit }, Again::Never));
        }
        hash.update(&chunk);
        // A reader that has ended wants no more, and what it made of the beginning counts.
        if sender.send(Piece::Some(chunk.to_vec())).is_err() {
            break;
        }
    }
    let _ = sender.send(Piece::End);
    Ok((hex::encode(hash.finalize()), bytes))
}

fn cut(host: &str) -> Fault {
    let host = host.to_owned();
    Fault::new(Failure::Truncated { host }, Again::Backoff)
}

/// A piece of the answer, or its true end: a sender that is gone has failed.
enum Piece {
    Some(Vec<u8>),
    End,
}

/// The pieces as one thing to read.
struct Pieces {
    from: Receiver<Piece>,
    now: io::Cursor<Vec<u8>>,
    ended: bool,
}

impl Pieces {
    fn of(from: Receiver<Piece>) -> Self {
        Self {
            from,
            now: io::Cursor::default(),
            ended: false,
        }
    }
}

impl Read for Pieces {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.now.read(into)?;
            if read > 0 || into.is_empty() || self.ended {
                return Ok(read);
            }
            match self.from.recv() {
                Ok(Piece::Some(bytes)) => self.now = io::Cursor::new(bytes),
                Ok(Piece::End) => self.ended = true,
                Err(_) => return Err(io::ErrorKind::UnexpectedEof.into()),
            }
        }
    }
}
