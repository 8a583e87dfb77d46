//! Adaptive Cards 1.4, in the envelope that a Teams workflow takes.
//!
//! Text that is not all ours stands in text runs: "`RichTextBlock` does not support markdown",
//! unlike text blocks
//! (<https://learn.microsoft.com/en-us/adaptive-cards/create/textfeatures>, a stored copy read
//! on 2026-11-22).

use serde_json::{Value, json};

use super::split_by;
use crate::notify::Digest;
use crate::notify::message::{Link, Message, Section, Tone};
use crate::notify::words::Words;
use crate::report::request::Language;

/// The most octets of one message. Teams takes 28 KB, and counts what it wraps around it.
const LIMIT: usize = 26 * 1024;

/// How many items of a digest go into each post.
pub(in crate::notify) fn split(digest: &Digest) -> Vec<usize> {
    let length = |part: &Digest| write(&Message::of(part, ""), part.language).len();
    split_by(digest, LIMIT, length)
}

/// Writes a message as a post.
pub(in crate::notify) fn write(message: &Message, language: Language) -> String {
    post(message, Words::of(language), language).to_string()
}

fn post(message: &Message, words: &Words, language: Language) -> Value {
    let mut body = vec![
        runs(&[run(&message.subject, "large", "default", true)], true),
        runs(&[plain(&message.intro)], false),
    ];
    let sections = message.sections.iter();
    body.extend(sections.map(|section| container(section, words)));
    body.push(runs(
        &[run(&message.footer, "small", "default", false)],
        false,
    ));
    json!({
        "type": "message",
        "attachments": [{
            "contentType": "application/vnd.microsoft.card.adaptive",
            "contentUrl": null,
            "content": {
                "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                "type": "AdaptiveCard",
                "version": "1.4",
                "lang": language.as_str(),
                "fallbackText": braceless(&message.subject),
                "msteams": { "width": "Full" },
                "body": body,
            }
        }]
    })
}

fn container(section: &Section, words: &Words) -> Value {
    let mut items = vec![
        runs(
            &[run(&section.headline, "small", colour(section.tone), true)],
            false,
        ),
        runs(&[run(&section.title, "medium", "default", true)], false),
    ];
    items.extend(
        section
            .held_by
            .iter()
            .map(|said| runs(&[plain(said)], false)),
    );
    if !section.fact.is_empty() {
        items.push(runs(&[plain(&section.fact)], false));
    }
    let todo = [
        run(
            &format!("{}: ", words.what_to_do),
            "default",
            "default",
            true,
        ),
        plain(&section.todo),
    ];
    items.push(runs(&todo, false));
    let links: Vec<_> = [&section.renew_at, &section.credential]
        .into_iter()
        .flatten()
        .map(open)
        .collect();
    if !links.is_empty() {
        items.push(json!({ "type": "ActionSet", "actions": links }));
    }
    json!({ "type": "Container", "separator": true, "spacing": "Medium", "items": items })
}

const fn colour(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "good",
        Tone::Calm => "accent",
        Tone::Soon => "warning",
        Tone::Grave => "attention",
    }
}

fn runs(inlines: &[Value], is_heading: bool) -> Value {
    let spacing = if is_heading { "Default" } else { "Small" };
    json!({ "type": "RichTextBlock", "spacing": spacing, "inlines": inlines })
}

fn plain(text: &str) -> Value {
    run(text, "default", "default", false)
}

fn run(text: &str, size: &str, colour: &str, is_bold: bool) -> Value {
    let weight = if is_bold { "Bolder" } else { "Default" };
    json!({
        "type": "TextRun",
        "text": braceless(text),
        "size": size,
        "color": colour,
        "weight": weight,
    })
}

fn open(link: &Link) -> Value {
    json!({ "type": "Action.OpenUrl", "title": link.label, "url": link.url })
}

/// Cards fill in `{{DATE(…)}}`, and templates `${…}`, wherever they stand: no brace may follow
/// on another or on a dollar sign, however many there are.
fn braceless(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '{' && shown.ends_with(['{', '$']) {
            shown.push(' ');
        }
        shown.push(c);
    }
    shown
}
