//! `[![said](address)](link)`.

use super::Picture;

pub(super) fn write(picture: &Picture) -> String {
    let image = format!("![{}]({})", text(&picture.said), target(&picture.address));
    match &picture.link {
        Some(link) => format!("[{image}]({})", target(link)),
        None => image,
    }
}

/// Text in which nothing is markup. A date keeps its hyphens, so that it can be read.
fn text(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        let is_address = match c {
            ':' => letters.peek() == Some(&'/'),
            '.' => shown.ends_with("www"),
            _ => false,
        };
        let is_plain = !c.is_ascii_punctuation() || matches!(c, '-' | ',' | ':' | '.' | '\'');
        if is_address || !is_plain {
            shown.push('\\');
        }
        shown.push(c);
    }
    shown
}

/// An address between brackets must not close them.
fn target(address: &str) -> String {
    address
        .replace('(', "%28")
        .replace(')', "%29")
        .replace('\\', "%5C")
        .replace(' ', "%20")
        .replace('<', "%3C")
        .replace('>', "%3E")
}
