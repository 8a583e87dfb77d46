//! What an ntfy server takes as JSON (<https://docs.ntfy.sh/publish/#publish-as-json>, a
//! stored copy read on 2026-11-22).

use serde_json::{Value, json};

use crate::notify::message::{Message, Section, Tone};
use crate::notify::words::Words;

/// The most octets of a message; a longer one would arrive as an attached file.
const LONGEST: usize = 4000;

/// Writes a message for a topic as one post for each credential, since a push message is
/// read at a glance and opens one page.
pub(in crate::notify) fn write(message: &Message, words: &Words, topic: &str) -> Vec<String> {
    if message.sections.is_empty() {
        return vec![post(topic, &message.subject, &message.intro, Tone::Calm, &[]).to_string()];
    }
    let posts = message.sections.iter().map(|section| {
        let title = format!("{}: {}", section.headline, section.title);
        let actions = actions(section);
        post(topic, &title, &body(section, words), section.tone, &actions).to_string()
    });
    posts.collect()
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
