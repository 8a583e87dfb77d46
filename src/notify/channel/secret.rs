//! Secrets: where they come from, and that they go nowhere else.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use secrecy::SecretString;
use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use tokio::io::AsyncReadExt as _;
use tokio::sync::OnceCell;

use crate::source::private::read_bounded;

/// The most octets of a secret.
const LONGEST: u64 = 64 * 1024;

/// The time that a command has to say a secret: somebody may have to type a passphrase.
const COMMAND_TIME: Duration = Duration::from_mins(1);

/// Where a secret is kept. Never the secret itself: one that stands in the configuration is
/// refused.
#[derive(Clone, PartialEq, Eq)]
pub enum SecretSource {
    /// An environment variable.
    Env(String),
    /// A file; the end of its last line does not count.
    File(PathBuf),
    /// A program with its arguments, started without a shell; the first line it prints.
    Command(Vec<String>),
}

/// Why a secret cannot be had. Never holds any of it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SecretError {
    /// The environment variable is not there.
    #[error("the environment variable {0} is not set; set it where this program is started")]
    NoVariable(String),
    /// The file cannot be read.
    #[error("cannot read the secret in {}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The program could not be started, or ended badly.
    #[error("{program}, which is to print the secret, {what}; run it by hand to see why")]
    Program {
        /// Its name.
        program: String,
        /// What became of it.
        what: String,
    },
    /// There is nothing in it, or no text.
    #[error("expected a secret in {0}, found nothing that is text")]
    Empty(String),
}

impl SecretSource {
    /// The environment variable that it is kept in, if it is.
    pub fn variable(&self) -> Option<&str> {
        match self {
            Self::Env(name) => Some(name),
            Self::File(_) | Self::Command(_) => None,
        }
    }

    /// Reads the secret; relative files stand in `folder`.
    ///
    /// # Errors
    /// When it is not there or no text.
    pub async fn read(&self, folder: &Path) -> Result<SecretString, SecretError> {
        let octets = match self {
            Self::Env(name) => std::env::var_os(name)
                .ok_or_else(|| SecretError::NoVariable(name.clone()))?
                .into_encoded_bytes(),
            Self::File(path) => {
                let path = folder.join(path);
                read_bounded(&path, LONGEST)
                    .map_err(|source| SecretError::Unreadable { path, source })?
            }
            Self::Command(arguments) => first_line(arguments).await?,
        };
        let text = String::from_utf8(octets).unwrap_or_default();
        let text = text.trim_end_matches(['\r', '\n']);
        if text.is_empty() {
            return Err(SecretError::Empty(self.to_string()));
        }
        Ok(SecretString::from(text))
    }
}

async fn first_line(arguments: &[String]) -> Result<Vec<u8>, SecretError> {
    let Some((program, arguments)) = arguments.split_first() else {
        return Err(SecretError::Empty("a command".to_owned()));
    };
    let failed = |what: String| SecretError::Program {
        program: program.clone(),
        what,
    };
    let mut child = tokio::process::Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| failed(format!("cannot be started ({error})")))?;
    let mut said = Vec::new();
    let out = child.stdout.take().expect("it was just piped");
    let run = async {
        // A program that says more is stopped by its closed pipe.
        out.take(LONGEST).read_to_end(&mut said).await?;
        child.wait().await
    };
    let ended = tokio::time::timeout(COMMAND_TIME, run).await;
    match ended {
        Ok(Ok(status)) if status.success() => {}
        Ok(Ok(status)) => return Err(failed(format!("ended with {status}"))),
        Ok(Err(error)) => return Err(failed(format!("cannot be read ({error})"))),
        Err(_) => return Err(failed("took longer than a minute".to_owned())),
    }
    said.truncate(memchr::memchr(b'\n', &said).unwrap_or(said.len()));
    Ok(said)
}

/// Names the place, and of a command its program alone.
impl fmt::Display for SecretSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Env(name) => write!(f, "the environment variable {name}"),
            Self::File(path) => write!(f, "the file {}", path.display()),
            Self::Command(arguments) => {
                let program = arguments.first().map_or("", String::as_str);
                write!(f, "what {program} prints")
            }
        }
    }
}

impl fmt::Debug for SecretSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretSource({self})")
    }
}

/// A secret that is read when it is first needed, so that nobody is asked for a passphrase
/// by a run that has nothing to send.
#[derive(Debug)]
pub(super) struct Secret {
    source: SecretSource,
    folder: PathBuf,
    value: OnceCell<SecretString>,
}

impl Secret {
    pub(super) fn new(source: SecretSource, folder: &Path) -> Self {
        Self {
            source,
            folder: folder.to_owned(),
            value: OnceCell::new(),
        }
    }

    pub(super) async fn get(&self) -> Result<&SecretString, SecretError> {
        let read = || self.source.read(&self.folder);
        self.value.get_or_try_init(read).await
    }
}

impl<'de> Deserialize<'de> for SecretSource {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SourceVisitor)
    }
}

const EXPECTED: &str = "expected where the secret is kept, not the secret itself: write \
    { env = \"NAME\" }, { file = \"PATH\" } or { command = [\"PROGRAM\", \"ARGUMENT\"] }";

struct SourceVisitor;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "lowercase")]
enum Place {
    Env(String),
    File(PathBuf),
    Command(Vec<String>),
}

impl<'de> Visitor<'de> for SourceVisitor {
    type Value = SecretSource;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(EXPECTED)
    }

    // Every plain value is refused without being repeated.
    fn visit_str<E: de::Error>(self, _: &str) -> Result<Self::Value, E> {
        Err(E::custom(EXPECTED))
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<Self::Value, E> {
        Err(E::custom(EXPECTED))
    }

    fn visit_i64<E: de::Error>(self, _: i64) -> Result<Self::Value, E> {
        Err(E::custom(EXPECTED))
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<Self::Value, E> {
        Err(E::custom(EXPECTED))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let place = Place::deserialize(de::value::MapAccessDeserializer::new(map))
            .map_err(|_| de::Error::custom(EXPECTED))?;
        Ok(match place {
            Place::Env(name) => SecretSource::Env(name),
            Place::File(path) => SecretSource::File(path),
            Place::Command(arguments) => SecretSource::Command(arguments),
        })
    }
}
