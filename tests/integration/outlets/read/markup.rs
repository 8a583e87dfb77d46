//! HTML, SVG and other XML.

use atom_syndication::Feed;
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};
use quick_xml::events::Event;
use resvg::usvg::roxmltree::{Document, Node};

use super::{Reading, harmless, json};

/// Attributes that lead somewhere.
const LEADING: [&str; 8] = [
    "href",
    "src",
    "action",
    "srcset",
    "style",
    "content",
    "http-equiv",
    "poster",
];

/// Attributes of measures, which follow from how long a text is.
const MEASURES: [&str; 12] = [
    "width",
    "height",
    "x",
    "y",
    "viewBox",
    "d",
    "textLength",
    "transform",
    "points",
    "cx",
    "cy",
    "font-size",
];

/// What stands on a line of text in a picture.
const LINE: [&str; 14] = [
    "lengthAdjust",
    "font-family",
    "x",
    "y",
    "dx",
    "dy",
    "fill",
    "class",
    "textLength",
    "direction",
    "text-anchor",
    "font-size",
    "font-weight",
    "transform",
];

/// HTML as a browser splits it: the same elements with the same attributes, addresses and
/// comments.
pub(crate) fn html(document: &[u8]) -> Reading {
    let text = harmless(document);
    let mut reading = Reading::loose();
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut script = None;
    for token in Tokenizer::new_with_emitter(text, emitter) {
        match token.unwrap() {
            Token::StartTag(tag) => {
                let name = utf8(&tag.name);
                reading.frame(format!("<{name}"));
                let attribute = |name: &str| {
                    let value = tag.attributes.get(name.as_bytes())?;
                    Some(utf8(value))
                };
                script = (name == "script").then(|| attribute("type").unwrap_or_default());
                for (name, value) in &tag.attributes {
                    reading.attribute(&utf8(name), &utf8(value));
                }
            }
            Token::EndTag(tag) => {
                script = None;
                reading.frame(format!("</{}", utf8(&tag.name)));
            }
            Token::String(text) => match script.as_deref() {
                Some("application/ld+json") => reading.add(json(&text)),
                Some(_) => reading.frame(utf8(&text)),
                None => reading.say(utf8(&text)),
            },
            Token::Comment(text) => reading.frame(format!("<!--{}", utf8(&text))),
            Token::Doctype(_) => reading.frame("<!doctype"),
            Token::Error(error) => panic!("{error:?}"),
        }
    }
    reading
}

fn utf8(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

impl Reading {
    fn attribute(&mut self, name: &str, value: &str) {
        if LEADING.contains(&name) {
            self.frame(format!("{name}={value}"));
        } else if MEASURES.contains(&name) {
            self.frame(name);
        } else {
            self.frame(name);
            self.say(value);
        }
    }
}

/// A picture: no element that runs or loads, and all text is text. A long text is broken into
/// lines, so that texts that follow on each other are read as one.
pub(crate) fn svg(document: &[u8]) -> Reading {
    let mut reading = Reading::loose();
    let parsed = Document::parse(harmless(document)).unwrap();
    let mut text = String::new();
    element(parsed.root_element(), &mut reading, &mut text);
    reading.say(text);
    reading
}

fn element(node: Node<'_, '_>, reading: &mut Reading, text: &mut String) {
    let name = node.tag_name().name();
    if matches!(name, "text" | "tspan") {
        for attribute in node.attributes() {
            let name = attribute.name();
            assert!(LINE.contains(&name), "{name} stands on a text");
        }
    } else {
        reading.say(std::mem::take(text));
        reading.frame(format!("<{name}"));
        for attribute in node.attributes() {
            reading.attribute(attribute.name(), attribute.value());
        }
    }
    for child in node.children() {
        if child.is_element() {
            element(child, reading, text);
        } else if let Some(said) = child.text() {
            assert!(child.is_text(), "a comment or an instruction: {said}");
            *text += said;
        }
    }
}

/// XML such as a test report: elements, attributes, texts.
pub(crate) fn xml(document: &[u8]) -> Reading {
    let text = harmless(document);
    let legal = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    assert!(text.chars().all(legal), "a character that no XML may hold");
    let mut reading = Reading::loose();
    let mut reader = quick_xml::Reader::from_str(text);
    let mut said = String::new();
    loop {
        let event = reader.read_event().unwrap();
        if !matches!(
            event,
            Event::Text(_) | Event::GeneralRef(_) | Event::CData(_)
        ) {
            reading.frame("text");
            reading.say(std::mem::take(&mut said));
        }
        match event {
            Event::Start(tag) | Event::Empty(tag) => {
                reading.frame(format!("<{}", tag.name().as_ref()));
                for attribute in tag.attributes() {
                    let attribute = attribute.unwrap();
                    reading.frame(attribute.key.as_ref().to_owned());
                    reading.say(
                        attribute
                            .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                            .unwrap(),
                    );
                }
            }
            Event::End(tag) => reading.frame(format!("</{}", tag.name().as_ref())),
            Event::Text(text) => said += &text,
            Event::CData(text) => said += &text,
            Event::GeneralRef(name) => said += &referred(&name),
            Event::Eof => return reading,
            other => reading.frame(format!("{other:?}")),
        }
    }
}

fn referred(name: &str) -> String {
    if let Some(hex) = name.strip_prefix("#x") {
        return char::from_u32(u32::from_str_radix(hex, 16).unwrap())
            .unwrap()
            .to_string();
    }
    if let Some(digits) = name.strip_prefix('#') {
        return char::from_u32(digits.parse().unwrap()).unwrap().to_string();
    }
    quick_xml::escape::resolve_predefined_entity(name)
        .unwrap()
        .to_owned()
}

/// A feed, as a reader of feeds has it.
pub(crate) fn feed(document: &[u8]) -> Reading {
    let feed: Feed = harmless(document).parse().unwrap();
    let mut reading = xml(document);
    let mut said = |text: &str| reading.say(text);
    said(&feed.title().value);
    for author in feed.authors() {
        said(author.name());
    }
    for entry in feed.entries() {
        said(&entry.title().value);
        said(entry.summary().map_or("", |text| &text.value));
    }
    let links = feed.links().iter().chain(
        feed.entries()
            .iter()
            .flat_map(atom_syndication::Entry::links),
    );
    for link in links {
        reading.frame(link.href());
    }
    reading
}
