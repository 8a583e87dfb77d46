//! The HTTP clients: made when first needed, since a client with TLS reads the platform's
//! certificates and that is the dearest part of a start.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use reqwest::redirect;
use reqwest::{Certificate, Client, ClientBuilder};

use super::private::read_bounded;
use super::{Policy, fault};

const USER_AGENT: &str = concat!(
    "bonafide/",
    env!("CARGO_PKG_VERSION"),
    " (credential verification)"
);

/// The largest file of certificates that is read.
const CA_FILE_LIMIT: u64 = 8 * 1024 * 1024;

/// Why a policy cannot be carried out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LiveError {
    /// The file of further certificates cannot be read.
    #[error("cannot read the certificates in {}", .path.display())]
    CaFileUnreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file of further certificates holds none that can be used.
    #[error("expected PEM certificates (-----BEGIN CERTIFICATE-----) in {}, found none that can be used", .path.display())]
    CaFileInvalid {
        /// The file.
        path: PathBuf,
    },
}

/// One client for plain loopback, one for everything else.
#[derive(Debug)]
pub(super) struct Clients {
    policy: Policy,
    certificates: Vec<Certificate>,
    plain: OnceLock<Result<Client, String>>,
    secure: OnceLock<Result<Client, String>>,
}

impl Clients {
    /// Reads the further certificates, if any; the clients themselves come later.
    pub(super) fn new(policy: &Policy) -> Result<Self, LiveError> {
        let clients = Self {
            policy: policy.clone(),
            certificates: policy.ca_file().map_or(Ok(Vec::new()), certificates)?,
            plain: OnceLock::new(),
            secure: OnceLock::new(),
        };
        if let Some(path) = policy.ca_file()
            && clients.secure().is_err()
        {
            let path = path.to_owned();
            return Err(LiveError::CaFileInvalid { path });
        }
        Ok(clients)
    }

    /// Plain HTTP on loopback. No certificates and no proxy: a proxy would carry the
    /// request off this machine in the clear.
    pub(super) fn plain(&self) -> Result<&Client, &str> {
        let make = || Self::built(self.builder().no_proxy().tls_certs_only([]));
        self.plain
            .get_or_init(make)
            .as_ref()
            .map_err(String::as_str)
    }

    /// HTTPS by the platform's trust and the further certificates.
    pub(super) fn secure(&self) -> Result<&Client, &str> {
        let make = || {
            let builder = self.builder().https_only(true);
            if self.certificates.is_empty() {
                Self::built(builder)
            } else {
                Self::built(builder.tls_certs_merge(self.certificates.clone()))
            }
        };
        self.secure
            .get_or_init(make)
            .as_ref()
            .map_err(String::as_str)
    }

    fn builder(&self) -> ClientBuilder {
        client_builder()
            .user_agent(USER_AGENT)
            .redirect(redirect::Policy::none())
            .referer(false)
            .connect_timeout(self.policy.connect_timeout())
    }

    fn built(builder: ClientBuilder) -> Result<Client, String> {
        let started = std::time::Instant::now();
        let client = builder.build().map_err(|error| fault::reason(&error));
        tracing::debug!(target: "bonafide", took = ?started.elapsed(), "client");
        client
    }
}

/// Begins a client. TLS needs to be told once in a process whose cryptography it uses:
/// ring's, which is small and needs no more than a C compiler.
pub(crate) fn client_builder() -> ClientBuilder {
    // It is there already: then it is the same one.
    drop(rustls::crypto::ring::default_provider().install_default());
    Client::builder()
}

/// Reads certificates to trust beside the platform's.
pub(crate) fn certificates(path: &Path) -> Result<Vec<Certificate>, LiveError> {
    let pem = read_bounded(path, CA_FILE_LIMIT).map_err(|source| LiveError::CaFileUnreadable {
        path: path.to_owned(),
        source,
    })?;
    match Certificate::from_pem_bundle(&pem) {
        Ok(found) if !found.is_empty() => Ok(found),
        _ => Err(LiveError::CaFileInvalid {
            path: path.to_owned(),
        }),
    }
}
