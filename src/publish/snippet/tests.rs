//! Hostile titles, read back by those who read the formats.

use html5gum::{Token, Tokenizer};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};

use super::*;
use crate::publish::clean::line;

const PAGE: &str =
    "https://learn.microsoft.com/api/credentials/share/en-us/JoDoe-1/20170DBC5AC04E38";

pub(crate) const HOSTILE: [&str; 14] = [
    "</text><script>alert(1)</script>",
    "]]>",
    "\"onload=\"alert(1)",
    "[x](javascript:alert(1))",
    "![x](https://evil.example/x.png)",
    "](https://evil.example) **bold** `code` ~~x~~ | a",
    "https://evil.example www.evil.example jo@evil.example",
    "<!-- bonafide:certs --><a href='x'>&amp;&lt;",
    "image:x[y,link=javascript:alert(1)] {attr} +++<b>+++",
    ".. raw:: html :alt: x `y <z>`_ |s|",
    "\\](x) \\\" \\",
    "شهادة مايكروسوفت المعتمدة",
    "微軟認證：雲端 🎉👩‍💻",
    "\u{202e}detcerid\u{0}\u{1b}[31m\r\nnext",
];

fn picture(said: &str) -> Picture {
    Picture {
        address: "badges/a%20b.svg".to_owned(),
        dark: None,
        said: line(said),
        link: Some(PAGE.to_owned()),
    }
}

/// The links, the pictures and the text of alternatives in a Markdown document.
fn markdown(text: &str) -> (Vec<String>, Vec<String>, String, usize) {
    let (mut links, mut images, mut said, mut html) = (vec![], vec![], String::new(), 0);
    for event in Parser::new_ext(text, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => links.push(dest_url.into_string()),
            Event::Start(Tag::Image { dest_url, .. }) => images.push(dest_url.into_string()),
            Event::Text(text) | Event::Code(text) => said.push_str(&text),
            Event::Html(_) | Event::InlineHtml(_) => html += 1,
            _ => {}
        }
    }
    (links, images, said, html)
}

fn assert_markdown(title: &str) {
    let picture = picture(title);
    let (links, images, said, html) = markdown(&picture.write(Markup::Markdown));
    assert_eq!(links, [PAGE], "{title}");
    assert_eq!(images, ["badges/a%20b.svg"], "{title}");
    assert_eq!((said.as_str(), html), (picture.said.as_str(), 0), "{title}");
}

fn assert_html(title: &str) {
    let picture = Picture {
        dark: Some("badges/a-dark.svg".to_owned()),
        ..picture(title)
    };
    let text = picture.write(Markup::Markdown);
    assert_eq!(text, picture.write(Markup::Html));
    let mut names = Vec::new();
    for token in Tokenizer::new(&text) {
        match token.unwrap() {
            Token::StartTag(tag) => {
                let name = String::from_utf8(tag.name.to_vec()).unwrap();
                let value = |name: &str| {
                    let value = tag.attributes.get(name.as_bytes()).unwrap();
                    String::from_utf8(value.to_vec()).unwrap()
                };
                match name.as_str() {
                    "a" => assert_eq!(value("href"), PAGE),
                    "img" => assert_eq!(value("alt"), picture.said),
                    _ => {}
                }
                let most = if name == "a" { 1 } else { 2 };
                assert!(tag.attributes.len() <= most, "{text}");
                names.push(name);
            }
            Token::EndTag(_) => {}
            other => panic!("{other:?} in {text}"),
        }
    }
    assert_eq!(names, ["a", "picture", "source", "img"]);
}

#[test]
fn a_hostile_title_is_only_text_in_markdown_and_html() {
    for title in HOSTILE {
        assert_markdown(title);
        assert_html(title);
    }
}

#[test]
fn no_character_of_a_title_is_markup_in_asciidoc() {
    for title in HOSTILE {
        let written = picture(title).write(Markup::AsciiDoc);
        let said = written.strip_prefix("image:badges/a%20b.svg[\"").unwrap();
        let said = said.split('"').next().unwrap();
        let is_harmless = |c: char| !c.is_ascii_punctuation() || "-,&#;".contains(c);
        assert!(said.chars().all(is_harmless), "{said}");
        assert!(
            written.ends_with(&format!(",link=\"{PAGE}\"]")),
            "{written}"
        );
    }
}

#[test]
fn a_title_stays_in_its_option_in_rst() {
    for title in HOSTILE {
        let picture = picture(title);
        let expected = format!(
            ".. image:: badges/a%20b.svg\n   :alt: {}\n   :target: {PAGE}",
            picture.said
        );
        assert_eq!(picture.write(Markup::Rst), expected);
        assert_eq!(expected.lines().count(), 3, "{expected}");
    }
}

#[test]
fn without_a_public_page_there_is_no_link() {
    for markup in Markup::ALL {
        let unlinked = Picture {
            link: None,
            ..picture("Azure")
        };
        let written = unlinked.write(markup);
        for word in ["http", "href", "link=", "target", "]("] {
            let is_image = markup == Markup::Markdown && word == "](";
            assert!(is_image || !written.contains(word), "{written}");
        }
    }
}

proptest! {
    #[test]
    fn any_title_comes_back_as_it_was(title in "\\PC{0,30}|[\\[\\]()<>!*_`~\\\\|&:/.w@# a-]{0,30}") {
        assert_markdown(&format!("A{title}"));
        assert_html(&title);
    }
}
