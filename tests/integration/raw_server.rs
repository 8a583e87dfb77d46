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

/// What is done on a connection once a request has come in.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// Sends these bytes.
    Send(Vec<u8>),
    /// Waits.
    Wait(Duration),
    /// Sends this again and again until the other side has had enough.
    Flood(Vec<u8>),
    /// Breaks the connection off with a reset instead of closing it.
    Reset,
}

/// Sends `text`.
pub(crate) fn send(text: &str) -> Step {
    Step::Send(text.as_bytes().to_vec())
}

/// A server on loopback that answers the n-th connection by the n-th script, and all
/// further ones by the last.
#[derive(Debug)]
pub(crate) struct RawServer {
    address: std::net::SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
}

impl RawServer {
    pub(crate) async fn start(scripts: Vec<Vec<Step>>) -> Self {
        Self::serve(scripts, None).await
    }

    pub(crate) async fn start_tls(scripts: Vec<Vec<Step>>, tls: ServerConfig) -> Self {
        Self::serve(scripts, Some(TlsAcceptor::from(Arc::new(tls)))).await
    }

    async fn serve(scripts: Vec<Vec<Step>>, tls: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        tokio::spawn(async move {
            let mut next = 0;
            while let Ok((stream, _)) = listener.accept().await {
                let script = scripts[next.min(scripts.len() - 1)].clone();
                next += 1;
                tokio::spawn(connection(stream, tls.clone(), script, Arc::clone(&seen)));
            }
        });
        Self { address, requests }
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

async fn connection(
    stream: TcpStream,
    tls: Option<TlsAcceptor>,
    script: Vec<Step>,
    seen: Arc<Mutex<Vec<String>>>,
) {
    if script.iter().any(|step| matches!(step, Step::Reset)) {
        stream.set_zero_linger().unwrap();
    }
    match tls {
        None => play(stream, script, seen).await,
        Some(tls) => {
            if let Ok(stream) = tls.accept(stream).await {
                play(stream, script, seen).await;
            }
        }
    }
}

async fn play(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    script: Vec<Step>,
    seen: Arc<Mutex<Vec<String>>>,
) {
    let mut head = Vec::new();
    let mut buffer = [0; 4096];
    while !head.windows(4).any(|four| four == b"\r\n\r\n") {
        match stream.read(&mut buffer).await {
            Ok(read) if read > 0 => head.extend_from_slice(&buffer[..read]),
            _ => return,
        }
    }
    seen.lock().unwrap().push(String::from_utf8(head).unwrap());
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
            },
            Step::Reset => return,
        };
        if sent.and(stream.flush().await).is_err() {
            return;
        }
    }
    let _ = stream.shutdown().await;
}
