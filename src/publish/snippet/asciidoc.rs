//! `image:address["said",link="link"]`.

use std::fmt::Write;

use super::Picture;

pub(super) fn write(picture: &Picture) -> String {
    let link = picture.link.as_ref();
    let link = link.map(|link| format!(",link=\"{}\"", target(link)));
    format!(
        "image:{}[\"{}\"{}]",
        target(&picture.address),
        text(&picture.said),
        link.unwrap_or_default()
    )
}

/// Numbered characters come through every substitution that Asciidoctor makes. Two colons
/// would make a list of the line before the name is read at all.
fn text(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_punctuation() && !matches!(c, '-' | ',') {
            let _ = write!(shown, "&#{};", u32::from(c));
        } else {
            shown.push(c);
        }
    }
    shown
}

/// An address that neither ends the macro nor is read as an attribute or as emphasis.
fn target(address: &str) -> String {
    let mut shown = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            '[' | ']' | '{' | '}' | '"' | ' ' | '`' | '*' | '^' | '|' | '<' | '>' | '\\' => {
                let _ = write!(shown, "%{:02X}", u32::from(c));
            }
            _ => shown.push(c),
        }
    }
    shown
}
