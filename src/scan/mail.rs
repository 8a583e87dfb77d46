//! Mails: their bodies in every encoding of the trade, and what is attached to them.

use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::text::Text;
use super::{Format, ScanError, Unread, format, html, part, plain};

/// How deep mails may be attached to mails.
const DEEPEST: usize = 4;

/// The most parts of a mail.
const MOST_PARTS: usize = 500;

/// A document taken apart: a mail has several parts, any other document one.
#[derive(Debug, Default)]
pub(super) struct Letter {
    pub(super) parts: Vec<LetterPart>,
    /// The name of the sender, where the mail is their own and not passed on.
    pub(super) sender: Option<String>,
    pub(super) unread: Vec<Unread>,
}

/// One part of a letter.
#[derive(Debug)]
pub(super) struct LetterPart {
    pub(super) text: Text,
    pub(super) role: Role,
    /// What it is called, where it has a name.
    pub(super) name: Option<String>,
}

/// What a part is to its letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A document of its own.
    Document,
    /// The words of a mail.
    Body,
}

impl Letter {
    pub(super) fn single(text: Text) -> Self {
        Self {
            parts: vec![LetterPart {
                text,
                role: Role::Document,
                name: None,
            }],
            ..Self::default()
        }
    }
}

pub(super) fn read(bytes: &[u8]) -> Result<Letter, ScanError> {
    let mut letter = Letter::default();
    let message = MessageParser::default()
        .parse(bytes)
        .ok_or_else(|| ScanError::damaged("a mail", "it has no readable headers"))?;
    letter.sender = own_sender(&message);
    read_message(&message, None, DEEPEST, &mut letter);
    if letter.parts.iter().all(|part| part.text.lines.is_empty()) && letter.unread.is_empty() {
        return Err(ScanError::Empty);
    }
    Ok(letter)
}

/// The sender's name, unless the mail passes on what others wrote.
fn own_sender(message: &Message<'_>) -> Option<String> {
    const PASSED_ON: [&str; 9] = [
        "fwd:", "fw:", "wg:", "tr:", "rv:", "enc:", "re:", "aw:", "doorst:",
    ];
    let subject = message.subject().unwrap_or_default().trim().to_lowercase();
    let passed_on = PASSED_ON.iter().any(|mark| subject.starts_with(mark))
        || message.attachments().any(MessagePart::is_message);
    let from = message.from()?;
    let mut senders = from.iter();
    let sender = senders.next()?.name()?.to_owned();
    (!passed_on && senders.next().is_none()).then_some(sender)
}

fn read_message(message: &Message<'_>, within: Option<&str>, deeper: usize, letter: &mut Letter) {
    for (at, part) in message.parts.iter().enumerate().take(MOST_PARTS) {
        let name = part.attachment_name().map(str::to_owned);
        match &part.body {
            PartType::Text(text) if name.is_none() => {
                add_body(plain::read(text.as_bytes()), within, letter);
            }
            PartType::Html(text) if name.is_none() => {
                add_body(html::read(text.as_bytes()), within, letter);
            }
            PartType::Text(text) | PartType::Html(text) => {
                add_attached(name, text.as_bytes(), within, deeper, letter);
            }
            PartType::Binary(bytes) | PartType::InlineBinary(bytes) => {
                let name = name.or_else(|| Some(format!("part {at}")));
                add_attached(name, bytes, within, deeper, letter);
            }
            PartType::Message(inner) if deeper > 0 => {
                let called = path(within, name.as_deref().unwrap_or("attached mail"));
                read_message(inner, Some(&called), deeper - 1, letter);
            }
            PartType::Message(_) => letter.unread.push(Unread {
                part: path(within, "attached mail"),
                reason: ScanError::Bomb("mails within mails"),
            }),
            PartType::Multipart(_) => {}
        }
    }
}

fn path(within: Option<&str>, name: &str) -> String {
    match within {
        Some(within) => format!("{within} / {name}"),
        None => name.to_owned(),
    }
}

fn add_body(text: Result<Text, ScanError>, within: Option<&str>, letter: &mut Letter) {
    let name = within.map(str::to_owned);
    match text {
        Ok(text) => add(text, Role::Body, name, letter),
        Err(reason) => letter.unread.push(Unread {
            part: name.unwrap_or_else(|| "body".to_owned()),
            reason,
        }),
    }
}

fn add_attached(
    name: Option<String>,
    bytes: &[u8],
    within: Option<&str>,
    deeper: usize,
    letter: &mut Letter,
) {
    let name = name.unwrap_or_else(|| "attachment".to_owned());
    let called = path(within, &name);
    let read = match format::tell(&name, bytes) {
        Ok(Format::Mail) if deeper > 0 => {
            if let Some(inner) = MessageParser::default().parse(bytes) {
                read_message(&inner, Some(&called), deeper - 1, letter);
            }
            return;
        }
        Ok(format) => part::read(format, bytes),
        Err(error) => Err(error),
    };
    match read {
        Ok(text) => add(text, Role::Document, Some(called), letter),
        // Logos, calendars and keys are attached to most mails.
        Err(reason) if reason.is_no_document() || reason == ScanError::Empty => {}
        Err(reason) => letter.unread.push(Unread {
            part: called,
            reason,
        }),
    }
}

fn add(mut text: Text, role: Role, name: Option<String>, letter: &mut Letter) {
    if let Some(name) = &name {
        for line in &mut text.lines {
            let inner = line.place.part.take();
            line.place.part = Some(match inner {
                Some(inner) => format!("{name}, {inner}"),
                None => name.clone(),
            });
        }
    }
    letter.parts.push(LetterPart { text, role, name });
}
