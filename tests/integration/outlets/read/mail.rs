//! Mail and calendars.

use icalendar::parser::{Component, read_calendar, unfold};
use mail_parser::{HeaderValue, MessageParser, MimeHeaders as _, PartType};

use super::{Reading, harmless, html, paragraphs};

/// A mail: the same headers and parts, each part read as what it is.
pub(crate) fn mail(document: &[u8]) -> Reading {
    let mut reading = Reading::default();
    let parsed = MessageParser::default().parse(document).unwrap();
    for part in &parsed.parts {
        for header in &part.headers {
            reading.frame(header.name().to_owned());
            match header.value() {
                HeaderValue::Text(text) if header.name() == "Subject" => reading.say(&**text),
                HeaderValue::Address(address) => {
                    for one in address.iter() {
                        reading.frame(format!("{:?}", one.address()));
                        reading.say(one.name().unwrap_or_default());
                    }
                }
                HeaderValue::ContentType(kind) => {
                    reading.frame(format!("{}/{:?}", kind.ctype(), kind.subtype()));
                }
                _ => {}
            }
        }
        match &part.body {
            PartType::Text(text) if part.is_content_type("text", "calendar") => {
                reading.add(calendar(text.as_bytes()));
            }
            PartType::Text(text) => reading.add(paragraphs(text.replace("\r\n", "\n").as_bytes())),
            PartType::Html(text) => reading.add(html(text.as_bytes())),
            PartType::Binary(octets) => reading.add(calendar(octets)),
            PartType::Multipart(parts) => reading.frame(format!("{} parts", parts.len())),
            other => panic!("{other:?}"),
        }
    }
    reading
}

/// A calendar: the same components with the same properties.
pub(crate) fn calendar(document: &[u8]) -> Reading {
    let text = harmless(document);
    for line in text.split("\r\n") {
        assert!(
            line.len() <= 75 && !line.contains(['\r', '\n']),
            "{line:.200?}"
        );
    }
    let unfolded = unfold(text);
    let mut reading = Reading::default();
    component(&read_calendar(&unfolded).unwrap().components, &mut reading);
    reading
}

fn component(components: &[Component<'_>], reading: &mut Reading) {
    for one in components {
        reading.frame(format!("BEGIN:{}", one.name));
        for property in &one.properties {
            reading.frame(format!("{} {:?}", property.name, property.params));
            let value = property.val.as_str();
            match property.name.as_str() {
                "SUMMARY" | "DESCRIPTION" | "CONTACT" | "LOCATION" => reading.say(value),
                "DTSTAMP" | "CREATED" | "LAST-MODIFIED" => {}
                _ => reading.frame(value),
            }
        }
        component(&one.components, reading);
    }
}
