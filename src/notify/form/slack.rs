//! Slack's blocks.
//!
//! Text stands in `plain_text` objects, which read no mark-up, and is escaped all the same:
//! `<!channel>` would call everybody. Only `&`, `<` and `>` need it
//! (<https://github.com/slackhq/slack-api-docs/blob/master/page_formatting.md>, a stored copy
//! read on 2026-11-22).

use serde_json::{Value, json};

use super::split_evenly;
use crate::notify::Digest;
use crate::notify::message::{Link, Message, Section, Tone};
use crate::notify::words::Words;

/// The most characters of a header (150) and of a text (3000) that Slack takes.
const HEADER: usize = 150;
const TEXT: usize = 3000;

/// Sections of one post: Slack takes 50 blocks, and a section has at most three.
const SECTIONS: usize = 15;

/// How many items of a digest go into each post.
pub(in crate::notify) fn split(digest: &Digest) -> Vec<usize> {
    split_evenly(digest, SECTIONS)
}

/// Writes a message as a post.
pub(in crate::notify) fn write(message: &Message, words: &Words) -> String {
    post(message, words).to_string()
}

fn post(message: &Message, words: &Words) -> Value {
    let mut blocks = vec![
        json!({ "type": "header", "text": plain(&message.subject, HEADER) }),
        json!({ "type": "section", "text": plain(&message.intro, TEXT) }),
    ];
    let sections = message.sections.iter();
    blocks.extend(sections.flat_map(|section| blocks_of(section, words)));
    blocks.push(json!({ "type": "context", "elements": [plain(&message.footer, TEXT)] }));
    json!({
        // Shown in notifications; mark-up is not read in it.
        "text": escaped(&message.subject, TEXT),
        "mrkdwn": false,
        "unfurl_links": false,
        "unfurl_media": false,
        "blocks": blocks,
    })
}

fn blocks_of(section: &Section, words: &Words) -> Vec<Value> {
    let headline = format!(
        "{} {}: {}",
        mark(section.tone),
        section.headline,
        section.title
    );
    let todo = format!("{}: {}", words.what_to_do, section.todo);
    let said = [
        Some(headline),
        section.held_by.clone(),
        Some(section.fact.clone()),
        Some(todo),
    ];
    let said: Vec<_> = said
        .into_iter()
        .flatten()
        .filter(|line| !line.is_empty())
        .collect();
    let mut blocks = vec![
        json!({ "type": "divider" }),
        json!({ "type": "section", "text": plain(&said.join("\n"), TEXT) }),
    ];
    let links: Vec<_> = [&section.renew_at, &section.credential]
        .into_iter()
        .flatten()
        .map(open)
        .collect();
    if !links.is_empty() {
        let text = json!({ "type": "mrkdwn", "text": links.join("  ·  "), "verbatim": true });
        blocks.push(json!({ "type": "section", "text": text }));
    }
    blocks
}

/// A sign beside the words that say the same.
const fn mark(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "✅",
        Tone::Calm => "🔵",
        Tone::Soon => "🟠",
        Tone::Grave => "🔴",
    }
}

fn open(link: &Link) -> String {
    format!("<{}|{}>", escape(&link.url), escape(&link.label))
}

fn plain(text: &str, limit: usize) -> Value {
    json!({ "type": "plain_text", "text": escaped(text, limit), "emoji": false })
}

/// Escapes what is left of a text after it was cut to what Slack takes.
fn escaped(text: &str, limit: usize) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut length = 0;
    for c in text.chars() {
        let piece = escape(c.encode_utf8(&mut [0; 4]));
        length += piece.chars().count();
        // One is kept for the sign that something is missing.
        if length >= limit {
            shown.push('…');
            break;
        }
        shown.push_str(&piece);
    }
    shown
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
