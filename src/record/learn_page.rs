//! The page behind a share link: it confirms a title and no more (sure).

use html5gum::{Token, Tokenizer};

use super::learn_credential::TEXT_LIMIT;
use super::{Authority, CredentialKind, Reading, Record};
use crate::finding::{Code, Finding};

/// What Learn appends to titles in a page's head.
const SUFFIXES: [&str; 3] = [" | Microsoft Learn", " - Microsoft Learn", " - Credentials"];

pub(super) fn read(body: &[u8]) -> Reading {
    match title(body) {
        Some(title) => {
            let mut record = Record::blank(CredentialKind::Unknown, Authority::TitleOnly);
            record.title = Some(title);
            Reading::one(record)
        }
        None => Reading::nothing(
            Finding::new(
                Code::UnexpectedContent,
                "The page behind the link names no credential.",
            )
            .with_detail("no-title"),
        ),
    }
}

/// Reads tokens up to the body, and builds no tree: the time is that of one pass, whatever
/// the page holds.
fn title(body: &[u8]) -> Option<String> {
    let page = String::from_utf8_lossy(body);
    let tokens = Tokenizer::new(&*page).map_while(Result::ok);
    let head = tokens.take_while(|token| match token {
        Token::StartTag(tag) => *tag.name != b"body",
        Token::EndTag(tag) => *tag.name != b"head",
        _ => true,
    });
    let content = head.into_iter().find_map(|token| match token {
        Token::StartTag(tag) if *tag.name == b"meta" => {
            let of = |name: &[u8]| tag.attributes.get(name).map(|value| value.to_vec());
            of(b"content").filter(|_| of(b"property").as_deref() == Some(b"og:title"))
        }
        _ => None,
    })?;
    let content = String::from_utf8_lossy(&content).into_owned();
    let mut title = content.trim();
    while let Some(shorter) = SUFFIXES
        .iter()
        .find_map(|suffix| title.strip_suffix(suffix))
    {
        title = shorter.trim_end();
    }
    (!title.is_empty()).then(|| title.chars().take(TEXT_LIMIT).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titled(html: &str) -> Option<String> {
        read(html.as_bytes())
            .records
            .pop()
            .and_then(|record| record.title)
    }

    #[test]
    fn the_title_is_taken_from_the_head() {
        let html = r#"<html><head><title>x</title>
            <meta property="og:title" content="Microsoft Certified: Azure &amp; AI - Credentials | Microsoft Learn">
            </head><body>Signed, <meta property="og:title" content="later"></body>"#;
        assert_eq!(
            titled(html).as_deref(),
            Some("Microsoft Certified: Azure & AI")
        );
    }

    #[test]
    fn a_deep_page_is_read_in_one_pass() {
        let deep = "<div>".repeat(400_000) + "</div><b></p>";
        assert_eq!(titled(&deep), None);
    }

    #[test]
    fn a_page_without_a_title_names_nothing() {
        for html in [
            "",
            "<html></html>",
            r#"<meta property="og:title">"#,
            "\u{0}\u{0}",
            "{}",
        ] {
            assert_eq!(titled(html), None, "{html}");
            assert_eq!(
                read(html.as_bytes()).findings[0].code(),
                Code::UnexpectedContent
            );
        }
    }
}
