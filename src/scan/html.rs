//! Web pages: text by block, with the targets of `<a href>`.

use encoding_rs::{Encoding, WINDOWS_1252};
use html5gum::{StartTag, Token, Tokenizer};

use super::ScanError;
use super::draft::Draft;
use super::text::{LineSort, Text};

/// How much of a page is looked at for its encoding.
const HEAD: usize = 1024;

pub(super) fn read(bytes: &[u8]) -> Result<Text, ScanError> {
    let page = decode(bytes);
    let mut draft = Draft::new();
    let mut hidden: Option<Vec<u8>> = None;
    for token in Tokenizer::new(&*page).map_while(Result::ok) {
        match token {
            Token::EndTag(tag) if hidden.as_deref() == Some(&**tag.name) => hidden = None,
            _ if hidden.is_some() => {}
            Token::StartTag(tag) if is_hidden(&tag) => hidden = Some(tag.name.to_vec()),
            Token::StartTag(tag) => start(&mut draft, &tag),
            Token::EndTag(tag) => end(&mut draft, &tag.name),
            Token::String(text) => draft.push_collapsed(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    draft.finish()
}

/// What stands in a page and is not shown.
fn is_hidden(tag: &StartTag<()>) -> bool {
    !tag.self_closing && matches!(&**tag.name, b"script" | b"style" | b"title" | b"template")
}

/// A page says its encoding itself, where it is not UTF-8.
fn decode(bytes: &[u8]) -> String {
    if Encoding::for_bom(bytes).is_none() && std::str::from_utf8(bytes).is_err() {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
        let label = head.split_once("charset=").map(|(_, rest)| {
            let rest = rest.trim_start_matches(['"', '\'']);
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_'));
            rest[..end.unwrap_or(rest.len())].to_owned()
        });
        let named = label.and_then(|label| Encoding::for_label(label.as_bytes()));
        return named.unwrap_or(WINDOWS_1252).decode(bytes).0.into_owned();
    }
    super::plain::decode(bytes).into_owned()
}

fn attribute(tag: &StartTag<()>, name: &[u8]) -> Option<String> {
    let value = tag.attributes.get(name)?;
    Some(String::from_utf8_lossy(value).into_owned())
}

pub(super) fn start(draft: &mut Draft, tag: &StartTag<()>) {
    match &**tag.name {
        b"a" => match attribute(tag, b"href") {
            Some(target) => draft.open_link(target.trim()),
            None => draft.close_link(),
        },
        b"area" => {
            if let Some(target) = attribute(tag, b"href") {
                draft.bare_link(target.trim());
            }
        }
        b"br" => draft.end_line(),
        b"img" => {
            if let Some(text) = attribute(tag, b"alt") {
                draft.push_collapsed(&text);
            }
        }
        b"td" | b"th" => draft.push(" "),
        b"tr" => draft.begin_row(),
        b"li" | b"dt" => {
            draft.end_paragraph();
            draft.set_sort(LineSort::Item);
        }
        name if is_heading(name) => {
            draft.end_paragraph();
            draft.set_sort(LineSort::Heading);
        }
        name if is_block(name) => draft.end_paragraph(),
        _ => {}
    }
}

pub(super) fn end(draft: &mut Draft, name: &[u8]) {
    match name {
        b"a" => draft.close_link(),
        b"tr" => draft.end_row(),
        b"li" | b"dt" => draft.end_paragraph(),
        name if is_heading(name) || is_block(name) => draft.end_paragraph(),
        _ => {}
    }
}

fn is_heading(name: &[u8]) -> bool {
    matches!(name, [b'h', b'1'..=b'6'])
}

fn is_block(name: &[u8]) -> bool {
    const BLOCKS: [&[u8]; 20] = [
        b"p",
        b"div",
        b"section",
        b"article",
        b"header",
        b"footer",
        b"main",
        b"aside",
        b"ul",
        b"ol",
        b"dl",
        b"dd",
        b"table",
        b"blockquote",
        b"pre",
        b"hr",
        b"body",
        b"address",
        b"figure",
        b"nav",
    ];
    BLOCKS.contains(&name)
}
