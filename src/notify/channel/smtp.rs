//! Mail over SMTP, with TLS unless the server is on this machine.

use std::path::{Path, PathBuf};
use std::time::Duration;

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use secrecy::{ExposeSecret as _, SecretString};

use super::SecretSource;
use super::scrubbed::scrubbed;
use super::secret::Secret;
use super::settings;
use crate::notify::form::{html, text};
use crate::notify::message::Message;
use crate::notify::words::Words;
use crate::notify::{Channel, Digest, Receipt, SendError, Sending};
use crate::publish::calendar;
use crate::report::neutral;

const TIME: Duration = Duration::from_mins(1);

/// The time for signing in where nothing is sent.
const LOOK_TIME: Duration = Duration::from_secs(15);

/// The largest file of certificates that is read.
const CA_FILE_LIMIT: u64 = 8 * 1024 * 1024;

/// A mail server and whom mail is from.
#[derive(Debug)]
pub(super) struct Smtp {
    name: String,
    host: String,
    port: u16,
    tls: settings::Tls,
    user: Option<(String, Secret)>,
    from: Mailbox,
    reply_to: Option<Mailbox>,
    ca_file: Option<PathBuf>,
    timeout: Duration,
}

impl Smtp {
    pub(super) fn new(
        name: String,
        settings: &settings::Smtp,
        ca_file: Option<PathBuf>,
        secret: impl Fn(&SecretSource) -> Secret,
    ) -> Result<Self, String> {
        let user = match (&settings.username, &settings.password) {
            (Some(user), Some(password)) => Some((user.clone(), secret(password))),
            (None, None) => None,
            (Some(_), None) => return Err("expected a password beside username".to_owned()),
            (None, Some(_)) => return Err("expected a username beside password".to_owned()),
        };
        let is_local = matches!(&*settings.host, "localhost" | "127.0.0.1" | "::1");
        if settings.tls == settings::Tls::None && !is_local {
            return Err(
                "expected tls = \"implicit\" or \"starttls\": mail would go in the clear to \
                 another machine"
                    .to_owned(),
            );
        }
        Ok(Self {
            name,
            host: settings.host.clone(),
            port: settings.port.unwrap_or(match settings.tls {
                settings::Tls::Implicit => 465,
                settings::Tls::Starttls => 587,
                settings::Tls::None => 25,
            }),
            tls: settings.tls,
            user,
            from: mailbox(&settings.from, "from")?,
            reply_to: settings
                .reply_to
                .as_deref()
                .map(|address| mailbox(address, "reply-to"))
                .transpose()?,
            ca_file,
            timeout: settings.timeout.unwrap_or(TIME),
        })
    }

    async fn tell(&self, digest: &Digest) -> Result<Receipt, SendError> {
        let mail = self.mail(digest)?;
        let password = match &self.user {
            Some((_, password)) => Some(password.get().await?),
            None => None,
        };
        let transport = self.transport(password)?;
        let sent = tokio::time::timeout(self.timeout, transport.send(mail)).await;
        let sent = sent.map_err(|_| {
            let time = humantime::format_duration(self.timeout);
            SendError::passing(format!("{} did not take the mail within {time}", self.host))
        })?;
        let answer = sent.map_err(|error| self.failed(&error, password))?;
        let said: Vec<_> = answer.message().collect();
        Ok(Receipt {
            answer: self.harmless(&said.join(" "), password),
        })
    }

    /// Signs in, and sends nothing.
    async fn greet(&self) -> Result<Receipt, SendError> {
        let password = match &self.user {
            Some((_, password)) => Some(password.get().await?),
            None => None,
        };
        let transport = self.transport(password)?;
        let time = self.timeout.min(LOOK_TIME);
        let host = &self.host;
        match tokio::time::timeout(time, transport.test_connection()).await {
            Ok(Ok(true)) => {
                let how = match &self.user {
                    Some(_) => "lets this user in",
                    None => "answers",
                };
                let answer = format!("{host} {how}");
                Ok(Receipt { answer })
            }
            Ok(Ok(false)) => Err(SendError::passing(format!("{host} hung up"))),
            Ok(Err(error)) => Err(self.failed(&error, password)),
            Err(_) => {
                let time = humantime::format_duration(time);
                Err(SendError::passing(format!(
                    "{host} did not answer within {time}"
                )))
            }
        }
    }

    fn transport(
        &self,
        password: Option<&SecretString>,
    ) -> Result<AsyncSmtpTransport<Tokio1Executor>, SendError> {
        let tls = match self.tls {
            settings::Tls::Implicit => Tls::Wrapper(self.parameters()?),
            settings::Tls::Starttls => Tls::Required(self.parameters()?),
            settings::Tls::None => Tls::None,
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&self.host)
            .port(self.port)
            .tls(tls)
            .timeout(Some(self.timeout));
        if let (Some((user, _)), Some(password)) = (&self.user, password) {
            let password = password.expose_secret().to_owned();
            builder = builder.credentials(Credentials::new(user.clone(), password));
        }
        Ok(builder.build())
    }

    fn parameters(&self) -> Result<TlsParameters, SendError> {
        let mut builder = TlsParameters::builder(self.host.clone());
        if let Some(path) = &self.ca_file {
            builder = builder.add_root_certificate(certificates(path)?);
        }
        let built = builder.build();
        built.map_err(|error| SendError::permanent(format!("TLS cannot be used: {error}")))
    }

    fn failed(
        &self,
        error: &lettre::transport::smtp::Error,
        password: Option<&SecretString>,
    ) -> SendError {
        let said = self.harmless(&crate::source::reason_of(error), password);
        let host = &self.host;
        match error.status() {
            Some(code) if error.is_permanent() => {
                SendError::permanent(format!("{host} refused with {code}: {said}"))
            }
            Some(code) => SendError::passing(format!("{host} put it off with {code}: {said}")),
            None if error.is_tls() || error.is_client() => {
                SendError::permanent(format!("cannot send through {host}: {said}"))
            }
            None => SendError::passing(format!("cannot send through {host}: {said}")),
        }
    }

    /// What a server said, on one line, short, and without the password, which it was told
    /// together with the user.
    fn harmless(&self, said: &str, password: Option<&SecretString>) -> String {
        let together = self
            .user
            .as_ref()
            .zip(password)
            .map(|((user, _), password)| {
                SecretString::from(format!("\0{user}\0{}", password.expose_secret()))
            });
        let secrets: Vec<_> = password.into_iter().chain(&together).collect();
        neutral::terminal(scrubbed(said, &secrets).trim())
    }

    /// The mail of a digest. It has the same Message-ID however often it is sent.
    fn mail(&self, digest: &Digest) -> Result<lettre::Message, SendError> {
        let message = Message::of(digest, &self.name);
        let key = digest.key.as_str();
        let mut mail = lettre::Message::builder()
            .message_id(Some(format!("<{key}@{}>", self.from.email.domain())))
            .from(self.from.clone())
            .subject(undecoded(&message.subject))
            .date_now()
            .raw_header(header("Auto-Submitted", "auto-generated"))
            .raw_header(header("X-Auto-Response-Suppress", "All"))
            .raw_header(header("X-Bonafide-Key", key));
        if let Some(reply_to) = &self.reply_to {
            mail = mail.reply_to(reply_to.clone());
        }
        if digest.recipient.addresses.is_empty() {
            return Err(SendError::permanent("expected a mail address, found none"));
        }
        for address in &digest.recipient.addresses {
            mail = mail.to(mailbox(address, "the recipient").map_err(SendError::permanent)?);
        }
        let parts = parts(digest, &message)?;
        mail.multipart(parts)
            .map_err(|error| SendError::permanent(format!("the mail cannot be made: {error}")))
    }
}

fn parts(digest: &Digest, message: &Message) -> Result<MultiPart, SendError> {
    let words = Words::of(digest.language);
    let events: Vec<_> = digest
        .items
        .iter()
        .flat_map(|item| item.calendar.iter().cloned())
        .collect();
    let attached = !events.is_empty();
    let page = html::write(message, digest.language, attached)
        .map_err(|error| SendError::permanent(format!("the mail cannot be made: {error}")))?;
    let bodies = MultiPart::alternative()
        .singlepart(SinglePart::plain(text::write(message, words, attached)))
        .singlepart(SinglePart::html(page));
    if !attached {
        return Ok(bodies);
    }
    let kind = ContentType::parse("text/calendar; charset=utf-8; method=PUBLISH")
        .expect("a constant content type parses");
    let calendar = Attachment::new(words.calendar_file.clone())
        .body(calendar::write(&events, digest.language), kind);
    Ok(MultiPart::mixed().multipart(bodies).singlepart(calendar))
}

/// A subject in which a reader of mail finds no encoded word (RFC 2047) but those that are made
/// of it here: what is decoded was never looked at.
fn undecoded(subject: &str) -> String {
    subject.replace("=?", "= ?")
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// An address as it is configured or stored: `a@b.example` or `Name <a@b.example>`.
fn mailbox(text: &str, whose: &str) -> Result<Mailbox, String> {
    let is_one_line = !text.contains(|c: char| c.is_control());
    let parsed = text.trim().parse().ok().filter(|_| is_one_line);
    parsed.ok_or_else(|| {
        let found = neutral::terminal(text);
        format!("expected a mail address as {whose}, such as jane@example.com, found \"{found}\"")
    })
}

fn certificates(path: &Path) -> Result<Certificate, SendError> {
    let wrong = |why: String| {
        let path = path.display();
        SendError::permanent(format!("cannot use the certificates in {path}: {why}"))
    };
    let pem = crate::source::private::read_bounded(path, CA_FILE_LIMIT)
        .map_err(|error| wrong(error.to_string()))?;
    Certificate::from_pem(&pem).map_err(|error| wrong(error.to_string()))
}

impl Channel for Smtp {
    fn name(&self) -> &str {
        &self.name
    }

    fn send<'a>(&'a self, digest: &'a Digest) -> Sending<'a> {
        Box::pin(self.tell(digest))
    }

    fn look(&self) -> Sending<'_> {
        Box::pin(self.greet())
    }
}
