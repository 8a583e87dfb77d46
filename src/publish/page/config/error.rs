//! A configuration that cannot be used.

use super::LONGEST;

/// A configuration that cannot be used, with the line of what is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{problem}", place(*line))]
pub struct ConfigError {
    pub(super) line: Option<usize>,
    pub(super) problem: Problem,
}

fn place(line: Option<usize>) -> String {
    line.map_or_else(String::new, |line| format!("line {line}: "))
}

/// What is wrong with a configuration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Problem {
    #[error("{0}")]
    Toml(String),
    #[error("{key} is no key here; {}", suggested(*.meant, .known))]
    UnknownKey {
        key: String,
        meant: Option<&'static str>,
        known: &'static [&'static str],
    },
    #[error("it holds no name; expected whose page it is, such as name = \"Jane Doe\"")]
    NoName,
    #[error("{key} is blank; expected a text")]
    Blank { key: &'static str },
    #[error(
        "name holds no letter, so no holder could be compared with it; expected whose page it is"
    )]
    NoLetter,
    #[error("{key} has {found} characters; expected at most {LONGEST}")]
    TooLong { key: &'static str, found: usize },
    #[error("language: expected en or de, found {0}")]
    Language(String),
    #[error("the link cannot be verified: {0}")]
    NotVerifiable(String),
    #[error(
        "transcript: expected the link of a shared transcript, found one of another kind ({0})"
    )]
    NotATranscript(&'static str),
    #[error("the same credential stands in line {0} already; leave one of them out")]
    Twice(usize),
    #[error(
        "base_url: {0}; expected where the page will be, such as https://jane.example/certificates/"
    )]
    BaseUrl(String),
    #[error("accent: expected a colour such as #0b57a4, found {0}")]
    Accent(String),
}

fn suggested(meant: Option<&str>, known: &[&str]) -> String {
    match meant {
        Some(meant) => format!("did you mean {meant}?"),
        None => format!("expected one of {}", known.join(", ")),
    }
}
