//! Trust: a certificate that no one vouches for is refused, a known authority's is taken.

use std::io::Write as _;

use bonafide::source::{Answerer, Failure, LiveError, Source as _};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::*;
use crate::raw_server::{RawServer, Step, send};
use crate::wire::showing;

/// A server that answers with the record, and the PEM of the authority behind it.
async fn trusted_server(name: &str) -> (RawServer, String) {
    let mut authority = CertificateParams::default();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let leaf = CertificateParams::new([name.to_owned()]).unwrap();
    let leaf = leaf.signed_by(&key, &authority).unwrap();
    let tls = showing(leaf.der().clone(), &key);
    (
        RawServer::start_tls(vec![answer()], tls).await,
        authority.pem(),
    )
}

fn answer() -> Vec<Step> {
    let length = RECORD.len();
    vec![send(&format!(
        "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{RECORD}"
    ))]
}

fn ca_file(pem: &str) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(pem.as_bytes()).unwrap();
    file
}

fn with_ca(uri: &str, file: &tempfile::NamedTempFile) -> Result<Live, LiveError> {
    Live::new(policy(uri).with_ca_file(Some(file.path().to_owned())))
}

#[tokio::test]
async fn a_certificate_without_a_known_authority_is_refused_at_once() {
    let (server, _) = trusted_server("127.0.0.1").await;
    let failure = live(&server.tls_uri()).fetch(&record()).await.unwrap_err();
    let Failure::Tls { host, reason } = failure else {
        panic!("{failure:?}")
    };
    assert_eq!(host, server.host());
    assert!(reason.contains("UnknownIssuer"), "{reason}");
}

#[tokio::test]
async fn a_certificate_of_a_given_authority_is_taken() {
    let (server, pem) = trusted_server("127.0.0.1").await;
    let file = ca_file(&pem);
    let evidence = with_ca(&server.tls_uri(), &file)
        .unwrap()
        .fetch(&record())
        .await
        .unwrap();
    assert_eq!(evidence.body, RECORD.as_bytes());
    assert_eq!(evidence.answerer, Answerer::Other(server.host()));
}

#[tokio::test]
async fn a_certificate_for_another_name_is_refused() {
    let (server, pem) = trusted_server("learn.microsoft.com").await;
    let file = ca_file(&pem);
    let failure = with_ca(&server.tls_uri(), &file)
        .unwrap()
        .fetch(&record())
        .await;
    assert!(matches!(failure, Err(Failure::Tls { .. })), "{failure:?}");
}

#[tokio::test]
async fn a_server_that_speaks_no_tls_is_refused() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let uri = format!("https://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut hello = [0; 64];
        stream.read_exact(&mut hello).await.unwrap();
        let answer = b"HTTP/1.1 400 Bad Request\r\n\r\n";
        stream.write_all(answer).await.unwrap();
        tokio::time::sleep(Duration::from_secs(30)).await;
    });
    let exchange = live(&uri).fetch(&record()).await;
    assert!(matches!(exchange, Err(Failure::Tls { .. })), "{exchange:?}");
}

#[test]
fn a_file_without_certificates_is_refused_before_anything_is_asked() {
    let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    for pem in ["", "not a certificate", broken] {
        let error = with_ca("https://127.0.0.1:1", &ca_file(pem)).unwrap_err();
        assert!(
            matches!(error, LiveError::CaFileInvalid { .. }),
            "{pem}: {error}"
        );
    }
    let missing = Policy::default().with_ca_file(Some("/no/such/file".into()));
    let error = Live::new(missing).unwrap_err();
    assert!(
        matches!(error, LiveError::CaFileUnreadable { .. }),
        "{error}"
    );
}
