//! Where markers are added to a document.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::{BOM, comments_in};
use crate::publish::snippet::Markup;

/// Behind the first heading, or before everything but what must come first in a file; in
/// other languages than Markdown at the end.
pub(super) fn place(document: &str, markup: Markup) -> usize {
    if markup != Markup::Markdown {
        return document.len();
    }
    let start = body(document);
    let mut depth = 0_usize;
    let mut is_heading = false;
    for (event, range) in Parser::new_ext(&document[start..], Options::empty()).into_offset_iter() {
        match event {
            Event::Start(tag) => {
                is_heading |= depth == 0 && matches!(tag, Tag::Heading { .. });
                depth += 1;
            }
            Event::End(end) => {
                depth -= 1;
                let block = &document[start + range.start..start + range.end];
                is_heading |= end == TagEnd::HtmlBlock && depth == 0 && ends_heading(block);
                if depth == 0 && is_heading {
                    return start + range.end;
                }
            }
            _ => {}
        }
    }
    start
}

/// Whether a heading of HTML ends in this block, and not in a comment.
fn ends_heading(html: &str) -> bool {
    let mut code = String::new();
    let mut at = 0;
    for comment in comments_in(html, 0..html.len()) {
        code.push_str(&html[at..comment.start]);
        at = comment.end;
    }
    code.push_str(&html[at..]);
    let code = code.to_ascii_lowercase();
    ('1'..='6').any(|level| code.contains(&format!("</h{level}>")))
}

/// Where the document begins for a reader: behind a byte order mark and front matter.
fn body(document: &str) -> usize {
    let start = if document.starts_with(BOM) {
        BOM.len()
    } else {
        0
    };
    let options = Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let first = Parser::new_ext(&document[start..], options).into_offset_iter();
    let front = first.take(1).find_map(|(event, range)| {
        let is_front = matches!(event, Event::Start(Tag::MetadataBlock(_))) && range.start == 0;
        is_front.then_some(range.end)
    });
    let Some(front) = front else {
        return start;
    };
    // The line of its second fence ends with it.
    let rest = &document[start + front..];
    let line = rest.strip_prefix('\r').unwrap_or(rest);
    let line = line.strip_prefix('\n').unwrap_or(line);
    start + front + rest.len() - line.len()
}
