//! What an ntfy server takes as JSON (<https://docs.ntfy.sh/publish/#publish-as-json>, a
//! stored copy read on 2026-11-22).

use serde_json::{Value, json};

use super::split_evenly;
use crate::notify::message::{Message, Section, Tone};
use crate::notify::words::Words;
use crate::notify::{Digest, Key};

/// The most octets of a message; a longer one would arrive as an attached file.
const LONGEST: usize = 4000;

/// How many items of a digest go into each post: one, since a push message is read at a
/// glance and opens one page.
pub(in crate::notify) fn split(digest: &Digest) -> Vec<usize> {
    split_evenly(digest, 1)
}

/// Writes a message of one credential as a post for a topic; `None` where it tells of more.
pub(in crate::notify) fn write(
    message: &Message,
    words: &Words,
    topic: &str,
    key: &Key,
) -> Option<String> {
    let mut post = match &message.sections[..] {
        [] => post(topic, &message.subject, &message.intro, Tone::Calm, &[]),
        [section] => {
            let title = format!("{}: {}", section.headline, section.title);
            let actions = actions(section);
            post(topic, &title, &body(section, words), section.tone, &actions)
        }
        _ => return None,
    };
    // The same push again takes the place of the first, on servers from 2.16 on.
    post["sequence_id"] = key.as_str().into();
    Some(post.to_string())
}

fn post(topic: &str, title: &str, body: &str, tone: Tone, actions: &[Value]) -> Value {
    let (priority, tag) = match tone {
        Tone::Good => (3, "white_check_mark"),
        Tone::Calm => (3, "calendar"),
        Tone::Soon => (4, "hourglass_flowing_sand"),
        Tone::Grave => (5, "warning"),
    };
    let mut post = json!({
        "topic": topic,
        "title": title,
        "message": cut(body),
        "priority": priority,
        "tags": [tag],
        "markdown": false,
        "actions": actions,
    });
    if let Some(first) = actions.first() {
        post["click"] = first["url"].clone();
    }
    post
}

fn body(section: &Section, words: &Words) -> String {
    let todo = format!("{}: {}", words.what_to_do, section.todo);
    let lines = [
        section.held_by.clone(),
        Some(section.fact.clone()),
        Some(todo),
    ];
    let lines = lines.into_iter().flatten().filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

fn actions(section: &Section) -> Vec<Value> {
    [&section.renew_at, &section.credential]
        .into_iter()
        .flatten()
        .map(|link| json!({ "action": "view", "label": link.label, "url": link.url }))
        .collect()
}

fn cut(text: &str) -> String {
    if text.len() <= LONGEST {
        return text.to_owned();
    }
    let end = (0..=LONGEST).rev().find(|at| text.is_char_boundary(*at));
    format!("{}…", &text[..end.unwrap_or(0)])
}
