//! The Atom feed of changes (RFC 4287).

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::words::PageWords;
use super::{Change, Config, PageDocument};
use crate::publish::clean;

/// What every feed of ours holds.
pub(super) const MARK: &str = "<generator>bonafide</generator>";

type Xml = Writer<Vec<u8>>;

/// The feed's text.
pub(super) fn text(document: &PageDocument, config: &Config) -> String {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    feed(&mut xml, document, config).expect("memory takes what is written");
    let mut text = String::from_utf8(xml.into_inner()).expect("what went in was text");
    text.push('\n');
    text
}

fn feed(xml: &mut Xml, document: &PageDocument, config: &Config) -> io::Result<()> {
    let name = clean::line(&config.name);
    let words = PageWords::of(config.language);
    let title = words.feed.title.replace("{name}", &name);
    // The newest change's day, so that a run without one leaves the file as it was.
    let updated = document
        .changes
        .first()
        .map_or(&document.as_of, |change| &change.at);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    xml.create_element("feed")
        .with_attribute(("xmlns", "http://www.w3.org/2005/Atom"))
        .with_attribute(("xml:lang", config.language.as_str()))
        .write_inner_content(|xml| {
            element(xml, "id", &document.feed_id)?;
            element(xml, "title", &title)?;
            element(xml, "updated", updated)?;
            element(xml, "generator", "bonafide")?;
            xml.create_element("author")
                .write_inner_content(|xml| element(xml, "name", &name))?;
            if let Some(base) = &config.base_url {
                link(xml, "alternate", base.as_str())?;
                link(xml, "self", &format!("{base}feed.xml"))?;
            }
            document
                .changes
                .iter()
                .try_for_each(|change| entry(xml, change, config))
        })?;
    Ok(())
}

fn entry(xml: &mut Xml, change: &Change, config: &Config) -> io::Result<()> {
    xml.create_element("entry").write_inner_content(|xml| {
        element(xml, "id", &change.id)?;
        element(xml, "title", &clean::line(&change.text))?;
        element(xml, "updated", &change.at)?;
        let page = config.base_url.as_ref().map(ToString::to_string);
        if let Some(address) = page.as_ref().or(change.link.as_ref()) {
            link(xml, "alternate", address)?;
        }
        element(xml, "summary", &clean::line(&change.text))
    })?;
    Ok(())
}

fn element(xml: &mut Xml, name: &str, text: &str) -> io::Result<()> {
    xml.create_element(name)
        .write_text_content(BytesText::new(text))?;
    Ok(())
}

fn link(xml: &mut Xml, relation: &str, address: &str) -> io::Result<()> {
    xml.create_element("link")
        .with_attribute(("rel", relation))
        .with_attribute(("href", address))
        .write_empty()?;
    Ok(())
}
