//! Certificates that prove nothing, and secure connections that never come about.

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use tokio_rustls::rustls::ServerConfig;

use super::table::{Behaviour, active, broken, headed, hold, row, truncated, undetermined};
use crate::raw_server::{Step, send};
use crate::wire::showing;

#[test]
fn a_connection_that_cannot_be_trusted_carries_no_answer() {
    hold(certificates());
}

#[test]
fn a_secure_connection_that_does_not_come_about_is_told() {
    hold(handshakes());
}

type Authority = CertifiedIssuer<'static, KeyPair>;

fn authority(name: &str) -> Authority {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params
        .distinguished_name
        .push(rcgen::DnType::CommonName, name);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

fn params(name: &str) -> CertificateParams {
    CertificateParams::new([name.to_owned()]).unwrap()
}

/// A server's certificate by these parameters.
fn signed(params: &CertificateParams, authority: &Authority) -> ServerConfig {
    let key = KeyPair::generate().unwrap();
    let leaf = params.signed_by(&key, authority).unwrap();
    showing(leaf.der().clone(), &key)
}

fn certificates() -> Vec<Behaviour> {
    let trusted = authority("Trusted");
    let stranger = authority("Stranger");
    let pem = trusted.pem();
    let untrusted = || undetermined(&["unreachable/tls"]);
    let served = |name: &str, config, expected| {
        row(name, headed(""), expected).behind_tls(config, pem.clone())
    };
    let mut expired = params("127.0.0.1");
    expired.not_before = date_time_ymd(2019, 1, 1);
    expired.not_after = date_time_ymd(2020, 1, 1);
    let mut early = params("127.0.0.1");
    early.not_before = date_time_ymd(3000, 1, 1);
    let mut no_names = params("127.0.0.1");
    no_names.subject_alt_names.clear();
    let alone = {
        let key = KeyPair::generate().unwrap();
        let leaf = params("127.0.0.1").self_signed(&key).unwrap();
        showing(leaf.der().clone(), &key)
    };
    vec![
        served("good", signed(&params("127.0.0.1"), &trusted), active()),
        served(
            "of Microsoft's name",
            signed(&params("learn.microsoft.com"), &trusted),
            untrusted(),
        ),
        served(
            "of another address",
            signed(&params("127.0.0.2"), &trusted),
            untrusted(),
        ),
        served("of no name", signed(&no_names, &trusted), untrusted()),
        served("expired", signed(&expired, &trusted), untrusted()),
        served("not valid yet", signed(&early, &trusted), untrusted()),
        served(
            "of an authority that nobody knows",
            signed(&params("127.0.0.1"), &stranger),
            untrusted(),
        ),
        served("self-signed", alone, untrusted()),
        served(
            "of HTTP/2, and speaks HTTP/1",
            {
                let mut config = signed(&params("127.0.0.1"), &trusted);
                config.alpn_protocols = vec![b"h2".to_vec()];
                config
            },
            broken(),
        ),
    ]
    .into_iter()
    .chain([row(
        "cut inside the body",
        vec![send("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{")],
        truncated(),
    )
    .behind_tls(signed(&params("127.0.0.1"), &trusted), pem.clone())])
    .collect()
}

fn handshakes() -> Vec<Behaviour> {
    let untrusted = || undetermined(&["unreachable/tls"]);
    // The record's head and the beginning of a server's hello.
    let hello = b"\x16\x03\x03\x00\x7a\x02\x00\x00\x76\x03\x03".to_vec();
    let alert = b"\x15\x03\x03\x00\x02\x02\x28".to_vec();
    let long = std::time::Duration::from_mins(5);
    let blind = |name: &str, script, expected| row(name, script, expected).instead_of_tls();
    vec![
        blind("plain HTTP", headed(""), untrusted()),
        blind(
            "plain HTTP that goes on",
            [headed(""), vec![Step::Wait(long)]].concat(),
            untrusted(),
        ),
        blind("an alert", vec![Step::Send(alert)], untrusted()),
        blind("noise", vec![Step::Send(vec![0; 4096])], untrusted()),
        blind(
            "noise without end",
            vec![Step::Flood(vec![0x55; 65536])],
            untrusted(),
        ),
        blind("closed at once", vec![], broken()),
        blind("reset at once", vec![Step::Reset], broken()),
        blind(
            "closed inside the handshake",
            vec![Step::Send(hello.clone())],
            broken(),
        ),
        // A connection has five seconds, so that two of them fit into the time-out.
        blind(
            "stops inside the handshake",
            vec![Step::Send(hello), Step::Wait(long)],
            broken(),
        ),
        blind("never begins it", vec![Step::Wait(long)], broken()),
    ]
}
