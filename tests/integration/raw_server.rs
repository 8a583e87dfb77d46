//! A server that misbehaves in ways that a proper one cannot: it sends bytes as told.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up should fail"
)]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;

/// What is done on a connection once a request has come in. After the last step it is closed.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// Sends these bytes.
    Send(Vec<u8>),
    /// Waits.
    Wait(Duration),
    /// Sends this again and again until the other side has had enough, a thousand times a
    /// second at the most: a network is no faster, and a busy machine can keep up.
    Flood(Vec<u8>),
    /// Breaks the connection off with a reset instead of closing it.
    Reset,
    /// Keeps the connection open and waits for the next request on it.
    Next,
}

/// Sends `text`.
pub(crate) fn send(text: &str) -> Step {
    Step::Send(text.as_bytes().to_vec())
}

/// A request as it came in.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// How many connections were made before this one.
    pub(crate) connection: usize,
    /// The head, from the request line to the empty line.
    pub(crate) head: String,
}

impl Asked {
    /// The path and query.
    pub(crate) fn path(&self) -> &str {
        self.head.split(' ').nth(1).unwrap_or_default()
    }
}

/// What begins a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cue {
    /// A whole head.
    Head,
    /// Any bytes at all, such as those of a handshake.
    Bytes,
}

type Scripts = Arc<dyn Fn(&Asked) -> Vec<Step> + Send + Sync>;

/// A server on loopback that plays scripts.
#[derive(Debug)]
pub(crate) struct RawServer {
    address: std::net::SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
    accepting: tokio::task::JoinHandle<()>,
}

impl Drop for RawServer {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl RawServer {
    /// Answers the n-th connection by the n-th script, and all further ones by the last.
    pub(crate) async fn start(scripts: Vec<Vec<Step>>) -> Self {
        Self::serve(by_connection(scripts), None, Cue::Head).await
    }

    /// The same behind TLS.
    pub(crate) async fn start_tls(scripts: Vec<Vec<Step>>, tls: ServerConfig) -> Self {
        let tls = TlsAcceptor::from(Arc::new(tls));
        Self::serve(by_connection(scripts), Some(tls), Cue::Head).await
    }

    /// Answers the first bytes of any connection, whatever they are.
    pub(crate) async fn start_blind(script: Vec<Step>) -> Self {
        Self::serve(by_connection(vec![script]), None, Cue::Bytes).await
    }

    /// Answers each request as `answer` says.
    pub(crate) async fn answering(
        answer: impl Fn(&Asked) -> Vec<Step> + Send + Sync + 'static,
    ) -> Self {
        Self::serve(Arc::new(answer), None, Cue::Head).await
    }

    async fn serve(scripts: Scripts, tls: Option<TlsAcceptor>, cue: Cue) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        let accepting = tokio::spawn(async move {
            let mut connection = 0;
            while let Ok((stream, _)) = listener.accept().await {
                let player = Player {
                    connection,
                    scripts: Arc::clone(&scripts),
                    seen: Arc::clone(&seen),
                    cue,
                };
                connection += 1;
                tokio::spawn(player.serve(stream, tls.clone()));
            }
        });
        Self {
            address,
            requests,
            accepting,
        }
    }

    pub(crate) fn uri(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn tls_uri(&self) -> String {
        format!("https://{}", self.address)
    }

    pub(crate) fn host(&self) -> String {
        self.address.to_string()
    }

    /// The heads of the requests so far.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

fn by_connection(scripts: Vec<Vec<Step>>) -> Scripts {
    Arc::new(move |asked| scripts[asked.connection.min(scripts.len() - 1)].clone())
}

/// One connection.
struct Player {
    connection: usize,
    scripts: Scripts,
    seen: Arc<Mutex<Vec<String>>>,
    cue: Cue,
}

impl Player {
    async fn serve(self, stream: TcpStream, tls: Option<TlsAcceptor>) {
        match tls {
            None => {
                let (mut stream, ended) = self.play(stream).await;
                match ended {
                    Ended::Reset => stream.set_zero_linger().unwrap(),
                    Ended::Closed => close(&mut stream).await,
                }
            }
            Some(tls) => {
                if let Ok(stream) = tls.accept(stream).await {
                    let (mut stream, _) = self.play(stream).await;
                    close(&mut stream).await;
                }
            }
        }
    }

    async fn play<S: AsyncRead + AsyncWrite + Unpin>(&self, mut stream: S) -> (S, Ended) {
        while let Some(head) = self.head(&mut stream).await {
            let asked = Asked {
                connection: self.connection,
                head,
            };
            self.seen.lock().unwrap().push(asked.head.clone());
            if let Some(ended) = steps(&mut stream, (self.scripts)(&asked)).await {
                return (stream, ended);
            }
        }
        (stream, Ended::Closed)
    }

    async fn head(&self, stream: &mut (impl AsyncRead + Unpin)) -> Option<String> {
        let mut head = Vec::new();
        let mut buffer = [0; 4096];
        loop {
            match stream.read(&mut buffer).await {
                Ok(read) if read > 0 => head.extend_from_slice(&buffer[..read]),
                _ => return None,
            }
            if self.cue == Cue::Bytes || head.windows(4).any(|four| four == b"\r\n\r\n") {
                return Some(String::from_utf8_lossy(&head).into_owned());
            }
        }
    }
}

/// Closes a connection, and waits for the other side to do so as well: where bytes are left
/// unread, closing is a reset, and a reset takes with it what was sent and not yet read.
async fn close(stream: &mut (impl AsyncRead + AsyncWrite + Unpin)) {
    let _ = stream.shutdown().await;
    let mut rest = tokio::io::sink();
    let reading = tokio::io::copy(stream, &mut rest);
    let _ = tokio::time::timeout(Duration::from_secs(5), reading).await;
}

/// How a connection ended.
enum Ended {
    Closed,
    Reset,
}

/// Plays one script; `None` where the connection waits for another request.
async fn steps(stream: &mut (impl AsyncWrite + Unpin), script: Vec<Step>) -> Option<Ended> {
    for step in script {
        let sent = match step {
            Step::Send(bytes) => stream.write_all(&bytes).await,
            Step::Wait(time) => {
                tokio::time::sleep(time).await;
                Ok(())
            }
            Step::Flood(bytes) => loop {
                if let Err(error) = stream.write_all(&bytes).await {
                    break Err(error);
                }
                tokio::time::sleep(Duration::from_millis(1)).await;
            },
            Step::Reset => return Some(Ended::Reset),
            Step::Next => return None,
        };
        if sent.and(stream.flush().await).is_err() {
            return Some(Ended::Closed);
        }
    }
    Some(Ended::Closed)
}
