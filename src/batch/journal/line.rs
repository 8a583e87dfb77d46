//! The lines of a journal, as they are written and as they are read back.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::{Digest, Key, Place};
use crate::source::{Asked, Kept, Origin};

/// An exchange under the key of its question.
#[derive(Serialize)]
pub(super) struct Answer {
    key: String,
    from: &'static str,
    asked: Kept,
}

impl Answer {
    /// Seals an exchange; a failure was seen at `now`.
    pub(super) fn seal(key: &Key, asked: &Asked, now: DateTime<Utc>) -> Self {
        let evidence = asked.exchange.as_ref();
        Self {
            key: hex::encode(key),
            from: evidence.map_or(Origin::Network, |it| it.origin).as_str(),
            asked: Kept::write(asked, now),
        }
    }
}

#[derive(Deserialize)]
struct AnswerIn<'a> {
    from: &'a str,
    #[serde(borrow)]
    asked: &'a RawValue,
}

/// The digests of the next rows.
#[derive(Serialize)]
pub(super) struct Rows {
    rows: String,
}

impl Rows {
    /// Puts digests together.
    pub(super) fn of(digests: &[Digest]) -> Self {
        Self {
            rows: STANDARD.encode(digests.concat()),
        }
    }
}

/// A line, as far as it must be understood to find it again.
#[derive(Deserialize)]
struct Peek {
    #[serde(default)]
    key: Option<String>,
    #[serde(default)]
    asked: Option<AskedPeek>,
    #[serde(default)]
    rows: Option<String>,
}

#[derive(Deserialize)]
struct AskedPeek {
    #[serde(default)]
    failure: Option<serde::de::IgnoredAny>,
    #[serde(default)]
    fetched_at: Option<DateTime<Utc>>,
}

/// An answer older than this may have been overtaken, and is asked for again.
const STALE_AFTER: TimeDelta = TimeDelta::hours(24);

/// One line of an earlier run.
pub(in crate::batch) enum Line {
    /// An answer, and not a failure to get one.
    Answer(Key, Place),
    /// The digests of the next rows.
    Rows(Vec<Digest>),
}

/// The line was not written to its end.
pub(super) struct Torn;

/// Reads a line as far as it takes to find it again; `None` for one that nothing is found in.
pub(super) fn parse(line: &[u8], place: Place, now: DateTime<Utc>) -> Result<Option<Line>, Torn> {
    if line.last() != Some(&b'\n') {
        return Err(Torn);
    }
    let peek: Peek = serde_json::from_slice(line).map_err(|_| Torn)?;
    if let Some(rows) = peek.rows {
        let bytes = STANDARD.decode(rows).map_err(|_| Torn)?;
        let (digests, _) = bytes.as_chunks::<8>();
        return Ok(Some(Line::Rows(digests.to_vec())));
    }
    let (Some(key), Some(asked)) = (peek.key, peek.asked) else {
        return Ok(None);
    };
    let mut bytes = Key::default();
    hex::decode_to_slice(key, &mut bytes).map_err(|_| Torn)?;
    // What had no answer is asked again.
    let is_young = asked.fetched_at.is_some_and(|at| now - at < STALE_AFTER);
    let is_answer = asked.failure.is_none() && is_young;
    Ok(is_answer.then_some(Line::Answer(bytes, place)))
}

/// Reads the exchange in a line.
pub(super) fn asked(line: &[u8]) -> Option<Asked> {
    let line: AnswerIn<'_> = serde_json::from_slice(line).ok()?;
    Kept::read(line.asked.get(), Origin::parse(line.from)?).ok()
}
