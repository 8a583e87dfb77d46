//! JSON that keeps every member, also one that is given twice.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// What is done to a member: the object that holds it, and its place there.
type ToMember<'a> = &'a mut dyn FnMut(&mut Vec<(String, Json)>, usize);

/// A value. Numbers are kept as their text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Json {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }

    pub(super) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// The values of a member, as often as it is given; of anything but an object, none.
    pub(super) fn all<'a>(&'a self, name: &str) -> Vec<&'a Self> {
        let Self::Object(members) = self else {
            return Vec::new();
        };
        let named = members.iter().filter(|(key, _)| key == name);
        named.map(|(_, value)| value).collect()
    }

    /// How many members there are in it, at any depth.
    pub(super) fn count(&self) -> usize {
        match self {
            Self::Object(members) => members.iter().map(|(_, value)| 1 + value.count()).sum(),
            Self::List(values) => values.iter().map(Self::count).sum(),
            _ => 0,
        }
    }

    /// Calls `change` with the object that holds the n-th member, and its place there.
    pub(super) fn at_member(&mut self, n: usize, change: ToMember<'_>) {
        let mut left = n;
        self.visit(&mut left, change);
    }

    fn visit(&mut self, left: &mut usize, change: ToMember<'_>) -> bool {
        match self {
            Self::Object(members) => {
                for place in 0..members.len() {
                    if *left == 0 {
                        change(members, place);
                        return true;
                    }
                    *left -= 1;
                    if members[place].1.visit(left, change) {
                        return true;
                    }
                }
                false
            }
            Self::List(values) => values.iter_mut().any(|value| value.visit(left, change)),
            _ => false,
        }
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Number(text) => f.write_str(text),
            Self::Text(text) => f.write_str(&quoted(text)),
            Self::List(values) => {
                let values: Vec<_> = values.iter().map(Self::to_string).collect();
                write!(f, "[{}]", values.join(","))
            }
            Self::Object(members) => {
                let members: Vec<_> = members
                    .iter()
                    .map(|(name, value)| format!("{}:{value}", quoted(name)))
                    .collect();
                write!(f, "{{{}}}", members.join(","))
            }
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Number(value.to_string()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(value.to_string()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Number(value.to_string()))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Json, E> {
        Ok(Json::text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element()? {
            values.push(value);
        }
        Ok(Json::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Json::Object(members))
    }
}
