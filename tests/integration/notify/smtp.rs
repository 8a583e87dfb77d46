//! Mail, through a real server on loopback.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Stdio};

use bonafide::notify::Lasting;
use mail_parser::{MessageParser, MimeHeaders as _};
use tempfile::TempDir;

use super::{channel, digest, python, secret, wait};
use crate::harness::fixture;

const PASSWORD: &str = "MARKED-SECRET-password";

/// aiosmtpd on loopback, ended with the test.
struct Server {
    child: Child,
    out: BufReader<ChildStdout>,
    port: u16,
}

impl Server {
    /// Starts it, unless it is not installed.
    fn start(mode: &str, folder: &Path) -> Option<Self> {
        let mut command = python("aiosmtpd")?;
        let key = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        let (certificate, private) = (folder.join("cert.pem"), folder.join("key.pem"));
        std::fs::write(&certificate, key.cert.pem()).unwrap();
        std::fs::write(&private, key.signing_key.serialize_pem()).unwrap();
        let mut child = command
            .arg(fixture("notify/smtp_server.py"))
            .arg(mode)
            .args([certificate, private])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let port = line.trim().parse().unwrap();
        Some(Self { child, out, port })
    }

    /// The next mail that it took.
    fn mail(&mut self) -> serde_json::Value {
        let mut line = String::new();
        self.out.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn settings(server: &Server, tls: &str, more: &str) -> String {
    format!(
        "kind = \"smtp\"\nhost = \"localhost\"\nport = {}\ntls = \"{tls}\"\ntimeout = \"10s\"\n\
         from = \"Zertifizierungen <certs@example.com>\"\n{more}",
        server.port
    )
}

#[test]
fn a_mail_arrives_over_starttls_with_everything_in_it() {
    let folder = TempDir::new().unwrap();
    let Some(mut server) = Server::start("starttls", folder.path()) else {
        return;
    };
    let password = secret(folder.path(), "password", PASSWORD);
    let more = format!("username = \"reminder\"\npassword = {password}\nca-file = \"cert.pem\"");
    let mail = channel("mail", &settings(&server, "starttls", &more), folder.path());
    let digest = digest("joerg@example.com");
    let receipt = wait(mail.send(&digest)).unwrap();
    assert!(receipt.answer.contains("taken"), "{receipt:?}");
    let taken = server.mail();
    assert_eq!(taken["tls"], true);
    assert_eq!(taken["user"], "reminder");
    assert_eq!(taken["to"], serde_json::json!(["joerg@example.com"]));
    let raw = taken["data"].as_str().unwrap();
    let parsed = MessageParser::default().parse(raw).unwrap();
    assert_eq!(
        parsed.message_id(),
        Some(format!("{}@example.com", digest.key).as_str())
    );
    assert_eq!(
        parsed.subject(),
        Some("Noch 8 Tage: Microsoft 365 Certified: Administrator Expert")
    );
    let text = parsed.body_text(0).unwrap();
    for part in [
        "Jörg Müller",
        "30. November 2026",
        "https://learn.microsoft.com/credentials/renew/",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    assert!(parsed.body_html(0).unwrap().contains("Was zu tun ist"));
    let calendar = parsed.attachment(0).unwrap();
    assert_eq!(
        calendar.attachment_name(),
        Some("fristen-zertifizierungen.ics")
    );
    let calendar = calendar.text_contents().unwrap();
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\n"), "{calendar}");
    // Sent again, it is the same mail to whoever sorts by Message-ID.
    wait(mail.send(&digest)).unwrap();
    let again = server.mail();
    let again = MessageParser::default()
        .parse(again["data"].as_str().unwrap())
        .unwrap();
    assert_eq!(again.message_id(), parsed.message_id());
}

#[test]
fn a_mail_arrives_over_tls_from_the_first_octet() {
    let folder = TempDir::new().unwrap();
    let Some(mut server) = Server::start("implicit", folder.path()) else {
        return;
    };
    let toml = settings(&server, "implicit", "ca-file = \"cert.pem\"");
    let mail = channel("mail", &toml, folder.path());
    wait(mail.send(&digest("jane@example.com"))).unwrap();
    assert_eq!(server.mail()["tls"], true);
}

#[test]
fn a_server_that_nobody_vouches_for_is_told_nothing() {
    let folder = TempDir::new().unwrap();
    let Some(server) = Server::start("implicit", folder.path()) else {
        return;
    };
    let mail = channel("mail", &settings(&server, "implicit", ""), folder.path());
    let error = wait(mail.send(&digest("jane@example.com"))).unwrap_err();
    assert!(
        error.to_string().contains("cannot send through localhost"),
        "{error}"
    );
}

#[test]
fn starttls_is_not_done_without() {
    let folder = TempDir::new().unwrap();
    let Some(server) = Server::start("plain", folder.path()) else {
        return;
    };
    let mail = channel("mail", &settings(&server, "starttls", ""), folder.path());
    let error = wait(mail.send(&digest("jane@example.com"))).unwrap_err();
    assert_eq!(error.lasting(), Lasting::Permanent, "{error}");
}

#[test]
fn a_wrong_password_is_permanent_and_is_not_shown() {
    let folder = TempDir::new().unwrap();
    let Some(server) = Server::start("starttls", folder.path()) else {
        return;
    };
    let password = secret(folder.path(), "password", "MARKED-SECRET-wrong");
    let more = format!("username = \"reminder\"\npassword = {password}\nca-file = \"cert.pem\"");
    let mail = channel("mail", &settings(&server, "starttls", &more), folder.path());
    let error = wait(mail.send(&digest("jane@example.com"))).unwrap_err();
    assert_eq!(error.lasting(), Lasting::Permanent, "{error}");
    assert!(
        !format!("{error} {error:?} {mail:?}").contains("MARKED"),
        "{error:?}"
    );
}

#[test]
fn each_way_to_fail_is_told_apart() {
    let cases = [
        ("refuse", Lasting::Permanent, "no such user"),
        ("busy", Lasting::Passing, "421"),
        ("drop", Lasting::Passing, "cannot send through localhost"),
    ];
    for (mode, lasting, said) in cases {
        let folder = TempDir::new().unwrap();
        let Some(server) = Server::start(mode, folder.path()) else {
            return;
        };
        let mail = channel("mail", &settings(&server, "none", ""), folder.path());
        let error = wait(mail.send(&digest("jane@example.com"))).unwrap_err();
        assert_eq!(error.lasting(), lasting, "{mode}: {error}");
        assert!(error.to_string().contains(said), "{mode}: {error}");
    }
}

#[test]
fn nobody_at_the_port_is_passing() {
    let folder = TempDir::new().unwrap();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let toml = format!(
        "kind = \"smtp\"\nhost = \"127.0.0.1\"\ntls = \"none\"\nport = {port}\nfrom = \"a@example.com\""
    );
    let error = wait(channel("mail", &toml, folder.path()).send(&digest("b@example.com")));
    assert_eq!(error.unwrap_err().lasting(), Lasting::Passing);
}

#[test]
fn a_wrong_address_is_permanent_and_adds_no_header() {
    let folder = TempDir::new().unwrap();
    let toml =
        "kind = \"smtp\"\nhost = \"127.0.0.1\"\ntls = \"none\"\nport = 9\nfrom = \"a@example.com\"";
    for address in [
        "",
        "jane",
        "jane@example.com\r\nBcc: x@evil.example",
        "a@b@c",
    ] {
        let mail = channel("mail", toml, folder.path());
        let error = wait(mail.send(&digest(address))).unwrap_err();
        assert_eq!(error.lasting(), Lasting::Permanent, "{address}");
        assert!(!error.to_string().contains(['\r', '\n']), "{error}");
    }
}
