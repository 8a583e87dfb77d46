//! What of an answer is kept: all that a later judgement needs, and no more.
//!
//! Of a transcript the mail address, the MCID and the lists of training are dropped, of a
//! record the mail address and the MCID, of everything the sharingId. All else stays byte
//! for byte, so that a kept answer is judged like the one that was received.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::{EvidenceKind, scrub};

/// What may be kept of an answer's body; `None` where it cannot be told what it holds.
///
/// A text that starts like JSON must be one object without a key twice where members are
/// dropped: readers differ in which of two equal keys they take. Any other text, such as
/// an error page, loses its sharingIds alone.
pub(super) fn reduced(kind: EvidenceKind, body: &[u8]) -> Option<Vec<u8>> {
    let kept = without_members(kind, body)?;
    (!names_personal_data(&kept)).then_some(kept)
}

/// Whether a mail address or MCID is still named somewhere that is not reduced: inside
/// another member, or in data that a page carries.
fn names_personal_data(text: &[u8]) -> bool {
    let named = |name: &str| {
        let places = text.windows(name.len()).enumerate();
        let mut found = places.filter(|(_, it)| it.eq_ignore_ascii_case(name.as_bytes()));
        // A member's name stands behind a quote, which in a page may read `&quot;`.
        found.any(|(at, _)| at > 0 && matches!(text[at - 1], b'"' | b'\'' | b';'))
    };
    named("contactEmail") || named("mcid")
}

fn without_members(kind: EvidenceKind, body: &[u8]) -> Option<Vec<u8>> {
    let (mark, text) = split_mark(body);
    match text.trim_ascii_start().first() {
        Some(b'{') => {
            let json = object(kind, std::str::from_utf8(text).ok()?)?;
            let kept = scrub::named(json.as_bytes());
            is_json(&kept).then(|| [mark, &kept].concat())
        }
        Some(b'[') => None,
        _ => Some(scrub::named(body)),
    }
}

/// Whether the body is what `kind` is served as: one JSON object, or a page.
pub(super) fn is_expected(kind: EvidenceKind, content_type: Option<&str>, body: &[u8]) -> bool {
    if kind == EvidenceKind::LearnPage {
        content_type.is_some_and(|it| it.to_ascii_lowercase().starts_with("text/html"))
    } else {
        split_mark(body).1.trim_ascii_start().starts_with(b"{")
    }
}

/// A byte order mark, where the text starts with one, and the rest.
pub(super) fn split_mark(body: &[u8]) -> (&[u8], &[u8]) {
    let length = if body.starts_with(b"\xEF\xBB\xBF") {
        3
    } else {
        0
    };
    body.split_at(length)
}

pub(super) fn is_json(text: &[u8]) -> bool {
    serde_json::from_slice::<&RawValue>(text).is_ok()
}

fn object(kind: EvidenceKind, text: &str) -> Option<Cow<'_, str>> {
    match kind {
        EvidenceKind::LearnTranscript => {
            let mut members = Members::parse(text)?;
            members.drop_all(&["contactEmail"]);
            members.empty_lists(&["modulesCompleted", "learningPathsCompleted"]);
            members.replace("certificationData", certification_data)?;
            Some(members.to_text())
        }
        EvidenceKind::LearnCredential | EvidenceKind::LearnPage => {
            let mut members = Members::parse(text)?;
            members.drop_all(&["contactEmail", "mcid", "email"]);
            Some(members.to_text())
        }
        EvidenceKind::CredlyBadge | EvidenceKind::OpenBadge => {
            is_json(text.as_bytes()).then_some(Cow::Borrowed(text))
        }
    }
}

fn certification_data(text: &str) -> Option<Cow<'_, str>> {
    if text == "null" {
        return Some(Cow::Borrowed(text));
    }
    let mut members = Members::parse(text)?;
    members.drop_all(&["mcid"]);
    Some(members.to_text())
}

/// The members of one JSON object in their order, each value as it was written.
pub(crate) struct Members<'a> {
    text: &'a str,
    pairs: Vec<(String, Cow<'a, str>)>,
    changed: bool,
}

impl<'a> Members<'a> {
    /// Reads one object without a key twice; anything else is `None`.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let Pairs(pairs) = serde_json::from_str(text).ok()?;
        let mut keys: Vec<_> = pairs.iter().map(|(key, _)| key).collect();
        keys.sort_unstable();
        let unique = keys.windows(2).all(|two| two[0] != two[1]);
        unique.then(|| Self {
            text,
            pairs: pairs
                .into_iter()
                .map(|(key, value)| (key, Cow::Borrowed(value.get())))
                .collect(),
            changed: false,
        })
    }

    /// The value of `key`, as it was written.
    pub(crate) fn value(&self, key: &str) -> Option<&str> {
        let found = self.pairs.iter().find(|(name, _)| name == key);
        found.map(|(_, value)| value.as_ref())
    }

    /// The text of a string member.
    pub(crate) fn string(&self, key: &str) -> Option<String> {
        serde_json::from_str(self.value(key)?).ok()
    }

    fn drop_all(&mut self, names: &[&str]) {
        let before = self.pairs.len();
        self.pairs
            .retain(|(key, _)| !names.iter().any(|name| key.eq_ignore_ascii_case(name)));
        self.changed |= self.pairs.len() != before;
    }

    fn empty_lists(&mut self, names: &[&str]) {
        for (key, value) in &mut self.pairs {
            if names.contains(&key.as_str()) && value.starts_with('[') {
                *value = Cow::Borrowed("[]");
                self.changed = true;
            }
        }
    }

    /// Replaces a value that is there; `None` when `change` cannot read it.
    fn replace(&mut self, name: &str, change: fn(&str) -> Option<Cow<'_, str>>) -> Option<()> {
        for (_, value) in self.pairs.iter_mut().filter(|(key, _)| key == name) {
            if let Cow::Owned(new) = change(value)? {
                *value = Cow::Owned(new);
                self.changed = true;
            }
        }
        Some(())
    }

    fn to_text(&self) -> Cow<'a, str> {
        if !self.changed {
            return Cow::Borrowed(self.text);
        }
        let members: Vec<String> = self
            .pairs
            .iter()
            .map(|(key, value)| format!("{}:{value}", serde_json::Value::from(key.as_str())))
            .collect();
        Cow::Owned(format!("{{{}}}", members.join(",")))
    }
}

/// Every member of an object, equal keys included.
struct Pairs<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Pairs<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PairsVisitor;

        impl<'de> Visitor<'de> for PairsVisitor {
            type Value = Pairs<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs<'de>, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }

        deserializer.deserialize_map(PairsVisitor)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn kept(kind: EvidenceKind, body: &str) -> Option<String> {
        reduced(kind, body.as_bytes()).map(|kept| String::from_utf8(kept).unwrap())
    }

    #[test]
    fn a_transcript_loses_personal_data_and_training_and_nothing_else() {
        let body = r#"{"totalModulesCompleted": 2, "modulesCompleted":[{"uid":"a"}],
            "learningPathsCompleted":[1,2], "contactEmail":"a@example.com","userName":"u",
            "certificationData":{ "mcid":"99","legalName":"A B","x":1.50, "n":12345678901234567890123 },
            "appliedSkillsData":{ "a" : [ ] } }"#;
        assert_eq!(
            kept(EvidenceKind::LearnTranscript, body).unwrap(),
            r#"{"totalModulesCompleted":2,"modulesCompleted":[],"learningPathsCompleted":[],"userName":"u","certificationData":{"legalName":"A B","x":1.50,"n":12345678901234567890123},"appliedSkillsData":{ "a" : [ ] }}"#
        );
    }

    #[test]
    fn a_record_loses_its_mail_address_and_mcid() {
        let body = r#"{"title":"T","email":"e","MCID":"1","contactEmail":null,"expiresOn":"x"}"#;
        assert_eq!(
            kept(EvidenceKind::LearnCredential, body).unwrap(),
            r#"{"title":"T","expiresOn":"x"}"#
        );
    }

    #[test]
    fn nothing_to_drop_means_byte_for_byte() {
        for (kind, body) in [
            (
                EvidenceKind::LearnCredential,
                "\u{feff} { \"title\" : \"T\\u0041\" }\n",
            ),
            (EvidenceKind::CredlyBadge, "{\"data\": {\"a\":1,\"a\":2}}"),
            (EvidenceKind::LearnCredential, "<!doctype html><p>sign in"),
            (EvidenceKind::LearnCredential, ""),
        ] {
            assert_eq!(kept(kind, body).as_deref(), Some(body));
        }
    }

    #[test]
    fn what_cannot_be_read_is_not_kept() {
        for body in [
            r#"{"title":"a","title":"b"}"#,
            r#"{"title":"a"#,
            r#"{"title":"a"} trailing"#,
            r#"[{"email":"a@example.com"}]"#,
            r#"{"sharingId":123}"#,
        ] {
            assert_eq!(kept(EvidenceKind::LearnCredential, body), None, "{body}");
        }
        for body in [
            r#"{"certificationData":{"mcid":1,"mcid":2}}"#,
            r#"{"certificationData":[{"mcid":1}]}"#,
        ] {
            assert_eq!(kept(EvidenceKind::LearnTranscript, body), None, "{body}");
        }
        assert_eq!(
            reduced(EvidenceKind::LearnCredential, b"{\"a\":\"\xff\"}"),
            None
        );
    }

    proptest! {
        #[test]
        fn reducing_never_panics_and_twice_is_once(
            text in r#"\{("(email|mcid|certificationData|a)":(1|\[2\]|\{"mcid":3\}|"x"),?){0,4}\}?"#
        ) {
            for kind in EvidenceKind::ALL {
                if let Some(once) = reduced(*kind, text.as_bytes()) {
                    prop_assert_eq!(reduced(*kind, &once), Some(once));
                }
            }
        }
    }

    #[test]
    fn a_sharing_id_in_a_record_is_taken_out() {
        let body = r#"{"title":"T","url":"https://x/?sharingId=C72B4F60A795D7E4"}"#;
        assert_eq!(
            kept(EvidenceKind::LearnCredential, body).unwrap(),
            r#"{"title":"T","url":"https://x/?sharingId=redacted"}"#
        );
    }
}
