//! What rooms of people are sent.

use super::{Json, Reading, harmless};

/// Blocks of Slack. In text that is read for mark-up stand links of ours alone; in all other
/// text nothing is left that Slack would read.
pub(crate) fn slack(document: &[u8]) -> Reading {
    let mut reading = Reading::loose();
    walk(
        &Json::parse(harmless(document)),
        "",
        &mut |path, kind, text| {
            if kind == "mrkdwn" {
                reading.frame(format!("{path} {text}"));
                return;
            }
            let text = text.as_str();
            assert!(!text.contains(['<', '>']), "Slack reads {text:.200}");
            reading.frame(path);
            let plain = text.replace("&lt;", "<").replace("&gt;", ">");
            assert_eq!(
                plain.matches('&').count(),
                plain.matches("&amp;").count(),
                "{text:.200}"
            );
            reading.say(plain.replace("&amp;", "&"));
        },
    );
    reading
}

/// An Adaptive Card: strangers' text in text runs alone, which read no Markdown, and nothing
/// that is filled in.
pub(crate) fn teams(document: &[u8]) -> Reading {
    let mut reading = Reading::loose();
    walk(
        &Json::parse(harmless(document)),
        "",
        &mut |path, kind, text| {
            assert!(
                !text.contains("{{") && !text.contains("${"),
                "Teams fills in {text:.200}"
            );
            let is_address = path.ends_with("/url") || path.ends_with("$schema");
            if is_address || kind != "TextRun" && !path.ends_with("fallbackText") {
                reading.frame(format!("{path} {kind} {text}"));
            } else {
                reading.frame(path);
                reading.say(text);
            }
        },
    );
    reading
}

/// What ntfy is posted: no Markdown, and addresses of ours alone.
pub(crate) fn ntfy(document: &[u8]) -> Reading {
    let mut reading = Reading::loose();
    walk(
        &Json::parse(harmless(document)),
        "",
        &mut |path, _, text| {
            if path == "/title" || path == "/message" {
                reading.frame(path);
                reading.say(text);
            } else {
                reading.frame(format!("{path} {text}"));
            }
        },
    );
    reading
}

/// Goes through every text and scalar with the `type` of what it stands in.
fn walk(json: &Json, path: &str, see: &mut impl FnMut(&str, &str, &String)) {
    match json {
        Json::Scalar(scalar) => see(path, "scalar", &format!("scalar {scalar}")),
        Json::Text(text) => see(path, "", text),
        Json::List(items) => items.iter().for_each(|item| walk(item, path, see)),
        Json::Object(members) => {
            let kind = members.iter().find_map(|(key, value)| match value {
                Json::Text(text) if key == "type" => Some(text.as_str()),
                _ => None,
            });
            for (key, value) in members {
                let path = format!("{path}/{key}");
                match value {
                    Json::Text(text) => see(&path, kind.unwrap_or_default(), text),
                    other => walk(other, &path, see),
                }
            }
        }
    }
}
