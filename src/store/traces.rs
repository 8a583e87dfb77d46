//! What a stored document says of people, whatever its form.
//!
//! Every form holds names, user names, numbers and addresses under its own keys. All
//! strings are looked at, and the keys tell only how much a string means.

use serde_json::Value;

use crate::link::{self, Kind};

/// A string of a document, with what its key makes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trace {
    pub(super) role: Role,
    pub(super) text: String,
}

/// What a string is, as far as its key tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The holder, as the issuer names them.
    Holder,
    /// A user name on Microsoft Learn.
    User,
    /// A name that may be another's: the expected one, a column of a list.
    Name,
    /// The mail address of the person themselves.
    Mail,
    /// The mail address of somebody who looks after them.
    Lead,
    /// The number of a credential, badge or transcript that was asked about.
    Number,
    /// Anything else.
    Text,
}

/// Every string of a document, and what the addresses among them name.
pub(super) fn of(document: &Value) -> Vec<Trace> {
    let mut traces = Vec::new();
    walk(document, "", &mut traces);
    traces
}

fn walk(value: &Value, key: &str, traces: &mut Vec<Trace>) {
    match value {
        Value::String(text) => string(text, key, traces),
        Value::Array(list) => list.iter().for_each(|one| walk(one, key, traces)),
        Value::Object(members) => members
            .iter()
            .for_each(|(key, value)| walk(value, key, traces)),
        _ => {}
    }
}

fn string(text: &str, key: &str, traces: &mut Vec<Trace>) {
    if key == "body"
        && let Ok(answer) = serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}'))
    {
        return walk(&answer, "", traces);
    }
    if text.contains("://") && text.len() < 2048 {
        address(text, traces);
    }
    // Credly's user stands at the end of a path.
    let text = match key {
        "earner_path" => text.rsplit('/').next().unwrap_or(text),
        _ => text,
    };
    traces.push(Trace {
        role: role(key),
        text: text.to_owned(),
    });
}

fn role(key: &str) -> Role {
    match key {
        "holder" | "legalName" | "displayName" | "userDisplayName" | "issued_to" => Role::Holder,
        "userName" | "user" | "earner_path" => Role::User,
        "owner" => Role::Mail,
        "lead" => Role::Lead,
        "name" | "candidate" | "expected_name" => Role::Name,
        "credentialId" | "credential_id" | "transcript_id" | "badge_id" => Role::Number,
        _ => Role::Text,
    }
}

fn address(text: &str, traces: &mut Vec<Trace>) {
    let link = link::judge(text);
    if matches!(link.kind(), Kind::None | Kind::Other) {
        return;
    }
    let mut found = |role, text: Option<&str>| {
        traces.extend(text.map(|text| Trace {
            role,
            text: text.to_owned(),
        }));
    };
    found(Role::User, link.user());
    found(
        Role::Number,
        link.credential_id().map(link::CredentialId::as_str),
    );
    found(Role::Number, link.share_id().map(link::ShareId::as_str));
    found(Role::Number, link.badge_id().map(link::BadgeId::as_str));
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_users_and_numbers_are_found_in_answers_inside_documents() {
        let body = json!({"userName": "JaneDoe-1", "certificationData": {"legalName": "Jane Doe"}});
        let document = json!({
            "link": "https://learn.microsoft.com/en-us/users/jdoe/credentials/ED953C6BB9A4D04",
            "exchanges": [{"body": body.to_string()}],
            "requirement": {"name": "J. Doe"},
        });
        let traces = of(&document);
        for (role, text) in [
            (Role::User, "jdoe"),
            (Role::Number, "ED953C6BB9A4D04"),
            (Role::User, "JaneDoe-1"),
            (Role::Holder, "Jane Doe"),
            (Role::Name, "J. Doe"),
        ] {
            let text = text.to_owned();
            assert!(
                traces.contains(&Trace {
                    role,
                    text: text.clone()
                }),
                "{text}"
            );
        }
    }
}
