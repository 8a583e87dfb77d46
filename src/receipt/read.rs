//! Reads a receipt back, and tells whether its parts belong together. Pure: bytes in.

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::format::{
    AsOfFrom, AskedAbout, FindingEntry, Requirement, ResultEntry, Service, VERSION,
};
use super::{compose, digest};
use crate::finding::{Code, Finding};
use crate::link::{self, Link};
use crate::source::{Asked, Kept, Members, Origin, belong_together};

/// How far apart clocks and a long run may be.
const SLACK: TimeDelta = TimeDelta::hours(24);

/// What a year may be: nothing is added to an instant so far off that it overflows.
const YEARS: std::ops::RangeInclusive<i32> = 1..=9999;

/// The most questions that one link leads to: the record and its page.
const EXCHANGES: usize = 2;

/// A receipt as it was read: each part has its known form, and all belong together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Contents {
    pub(super) program: String,
    pub(super) made_at: DateTime<Utc>,
    pub(super) service: Service,
    pub(super) notice: Option<String>,
    pub(super) asked_about: AskedAbout,
    pub(super) requirement: Requirement,
    pub(super) asked: Vec<Asked>,
    /// Whether a body had to be left out.
    pub(super) withheld: bool,
    pub(super) results: Vec<ResultEntry>,
}

/// Why a file cannot be checked as a receipt, or is none any more.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The file is no receipt.
    #[error("expected a receipt of bonafide, found {0}")]
    NotAReceipt(String),
    /// The file was written by a later version.
    #[error("expected a receipt of version {VERSION}, found {0}; use a newer bonafide")]
    Newer(String),
    /// The file was changed since it was written.
    #[error("{0}: it was changed since it was written")]
    Altered(String),
}

/// This program and its version.
pub(super) fn program() -> String {
    concat!("bonafide ", env!("CARGO_PKG_VERSION")).to_owned()
}

/// Whether the bytes are a receipt that nothing was changed in, as of `now`.
///
/// # Errors
/// When they are something else.
pub fn is_intact(bytes: &[u8], now: DateTime<Utc>) -> Result<(), ReadError> {
    read(bytes, now).map(drop)
}

#[derive(Deserialize)]
struct Parts<'a> {
    program: String,
    made_at: DateTime<Utc>,
    service: Service,
    notice: Option<String>,
    link: AskedAbout,
    #[serde(borrow)]
    requirement: &'a RawValue,
    #[serde(borrow)]
    exchanges: Vec<&'a RawValue>,
    results: Vec<ResultEntry>,
}

fn members(bytes: &[u8]) -> Result<(Members<'_>, &str), ReadError> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| ReadError::NotAReceipt("bytes that are no UTF-8 text".to_owned()))?;
    let members = Members::parse(text).ok_or_else(|| {
        ReadError::NotAReceipt("no JSON object, or one with a key twice".to_owned())
    })?;
    Ok((members, text))
}

/// Reads a receipt, as of `now`.
pub(super) fn read(bytes: &[u8], now: DateTime<Utc>) -> Result<Contents, ReadError> {
    let (members, text) = members(bytes)?;
    let version = members
        .value("bonafide_receipt")
        .ok_or_else(|| ReadError::NotAReceipt("JSON of another form".to_owned()))?;
    if version.trim() != VERSION.to_string() {
        return Err(ReadError::Newer(version.chars().take(20).collect()));
    }
    if !digest::holds(text) {
        let flaw = "expected the SHA-256 that stands at its end, found another";
        return Err(ReadError::Altered(flaw.to_owned()));
    }
    let unreadable =
        |error: serde_json::Error| ReadError::Altered(format!("expected a receipt, found {error}"));
    let parts: Parts<'_> = serde_json::from_str(text).map_err(unreadable)?;
    // A requirement that is not understood in full must not be judged in part.
    let requirement: Requirement = serde_json::from_str(parts.requirement.get())
        .map_err(|error| ReadError::Newer(format!("a requirement with {error}")))?;
    let mut kept = Contents {
        program: parts.program,
        made_at: parts.made_at,
        service: parts.service,
        notice: parts.notice,
        asked_about: parts.link,
        requirement,
        asked: Vec::new(),
        withheld: false,
        results: parts.results,
    };
    for exchange in parts.exchanges {
        let (asked, withheld) = exchanged(exchange.get()).map_err(ReadError::Altered)?;
        kept.asked.push(asked);
        kept.withheld |= withheld;
    }
    consistent(&kept, now).map_err(ReadError::Altered)?;
    recalled(&kept.asked_about)?;
    Ok(kept)
}

fn exchanged(text: &str) -> Result<(Asked, bool), String> {
    #[derive(Deserialize)]
    struct Around {
        from: Option<String>,
        #[serde(default)]
        withheld: bool,
    }
    let around: Around = serde_json::from_str(text)
        .map_err(|error| format!("expected an exchange, found {error}"))?;
    let word = around.from.as_deref();
    let origin = word.map(|word| {
        Origin::parse(word).ok_or_else(|| format!("expected a known way, found `{word}`"))
    });
    let origin = origin.transpose()?;
    let asked = Kept::read(text, origin.unwrap_or(Origin::Evidence))?;
    if asked.exchange.is_ok() != origin.is_some() {
        return Err("expected the way of every answer, found one without the other".to_owned());
    }
    Ok((asked, around.withheld))
}

/// Whether the parts belong together, in words that end "expected …, found …".
fn consistent(kept: &Contents, now: DateTime<Utc>) -> Result<(), String> {
    let address = kept.asked_about.address.as_deref();
    if kept.asked.len() > EXCHANGES
        || kept.asked.len() == 2 && kept.asked[0].kind == kept.asked[1].kind
    {
        return Err("expected one exchange for each question, found more".to_owned());
    }
    if !kept.asked.is_empty() {
        belong_together(address, &kept.asked, now)?;
    }
    let service = compose::service(&kept.asked);
    same("the service that was asked", &service, &kept.service)?;
    // Its words may be another version's.
    let notice = compose::notice(&kept.asked).is_some();
    same(
        "the notice of where it comes from",
        &notice,
        &kept.notice.is_some(),
    )?;
    let link = address.map_or_else(Link::absent, link::judge);
    if address.is_some() {
        same("the link's address", &link.canonical(), &address)?;
        same(
            "the link's kind",
            &link.kind().as_str(),
            &kept.asked_about.kind.as_str(),
        )?;
    }
    in_time(kept, now)?;
    let is_received = |sha256: &String| {
        let mut received = kept
            .asked
            .iter()
            .filter_map(|one| one.exchange.as_ref().ok());
        received.any(|evidence| evidence.sha256 == *sha256)
    };
    let mut counted = kept
        .results
        .iter()
        .filter_map(|one| one.evidence_sha256.as_ref());
    if kept.results.is_empty() || !counted.all(is_received) {
        return Err("expected results of what was received, found others".to_owned());
    }
    Ok(())
}

fn same<T: PartialEq>(what: &str, expected: &T, found: &T) -> Result<(), String> {
    if expected == found {
        Ok(())
    } else {
        Err(format!(
            "expected {what} to be what the exchanges say, found another"
        ))
    }
}

/// Nothing may be from after the receipt, nor the receipt from the future.
fn in_time(kept: &Contents, now: DateTime<Utc>) -> Result<(), String> {
    let late = |what: &str, at: DateTime<Utc>, limit: DateTime<Utc>| {
        // Subtracting cannot overflow, where adding to a far date could.
        if at.signed_duration_since(limit) > SLACK {
            Err(format!("expected {what} not after {limit}, found {at}"))
        } else {
            Ok(())
        }
    };
    let instants = kept
        .asked
        .iter()
        .filter_map(|one| one.exchange.as_ref().ok());
    let mut instants = instants
        .flat_map(|evidence| [evidence.fetched_at, evidence.service_date])
        .flatten()
        .chain([kept.made_at, kept.requirement.as_of]);
    if let Some(at) = instants.find(|at| !YEARS.contains(&at.year())) {
        return Err(format!("expected a year with four digits, found {at}"));
    }
    late("a receipt", kept.made_at, now)?;
    for one in &kept.asked {
        if let Some(at) = one.exchange.as_ref().ok().and_then(|it| it.fetched_at) {
            late("an answer", at, kept.made_at)?;
        }
    }
    match kept.requirement.as_of_from {
        AsOfFrom::Clock => late("a judgement", kept.requirement.as_of, kept.made_at),
        AsOfFrom::Given => Ok(()),
    }
}

/// The link of the receipt, with what was found of the text that was pasted.
pub(super) fn recalled(about: &AskedAbout) -> Result<Link, ReadError> {
    let seen = about.pasted.iter().map(seen);
    Ok(Link::recalled(
        about.address.as_deref(),
        seen.collect::<Result<_, _>>()?,
    ))
}

/// Only what the text itself can show is taken over; all else is judged again.
fn seen(entry: &FindingEntry) -> Result<Finding, ReadError> {
    match Code::parse(&entry.code) {
        Some(code) if code < Code::NotFound => Ok(Finding::new(code, entry.message.clone())),
        Some(code) => Err(ReadError::Altered(format!(
            "expected what a pasted text can show, found `{code}`"
        ))),
        None => Err(ReadError::Newer(format!(
            "a finding that this version does not know, `{}`",
            entry.code
        ))),
    }
}
