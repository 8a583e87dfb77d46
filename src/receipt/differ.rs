//! What differs between a recorded judgement and one made of the same evidence now.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::format::ResultEntry;

/// Something that is not as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Difference {
    /// Which result, counted from 1; null for something about them all.
    pub result: Option<usize>,
    /// The key that differs.
    pub what: String,
    /// What the receipt says.
    pub recorded: Value,
    /// What comes out now.
    pub now: Value,
}

/// Compares results one by one; the words of messages may change and are not compared.
pub(super) fn differences(recorded: &[ResultEntry], now: &[ResultEntry]) -> Vec<Difference> {
    let mut found = Vec::new();
    if recorded.len() != now.len() {
        found.push(Difference {
            result: None,
            what: "results".to_owned(),
            recorded: recorded.len().into(),
            now: now.len().into(),
        });
    }
    for (at, (before, after)) in recorded.iter().zip(now).enumerate() {
        let (before, mut after) = (keys(before), keys(after));
        for (what, recorded) in before {
            let now = after.remove(&what).unwrap_or_default();
            if recorded != now {
                found.push(Difference {
                    result: Some(at + 1),
                    what,
                    recorded,
                    now,
                });
            }
        }
    }
    found
}

/// The members of a result, with its findings as their codes in order.
fn keys(result: &ResultEntry) -> Map<String, Value> {
    let mut codes: Vec<_> = result
        .findings
        .iter()
        .map(|one| one.code.as_str())
        .collect();
    codes.sort_unstable();
    let codes = Value::from(codes);
    let Ok(Value::Object(mut keys)) = serde_json::to_value(result) else {
        return Map::new();
    };
    keys.insert("findings".to_owned(), codes);
    keys
}
