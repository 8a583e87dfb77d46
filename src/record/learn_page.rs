//! The page behind a share link: it confirms a title and no more (sure).

use scraper::{Html, Selector};

use super::learn_credential::TEXT_LIMIT;
use super::{Authority, CredentialKind, Reading, Record};
use crate::finding::{Code, Finding};

/// What Learn appends to titles in a page's head.
const SUFFIXES: [&str; 3] = [" | Microsoft Learn", " - Microsoft Learn", " - Credentials"];

pub(super) fn read(body: &[u8]) -> Reading {
    let page = Html::parse_document(&String::from_utf8_lossy(body));
    match title(&page) {
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

fn title(page: &Html) -> Option<String> {
    let selector = Selector::parse(r#"meta[property="og:title"]"#)
        .expect("a constant selector that the tests use");
    let content = page.select(&selector).next()?.value().attr("content")?;
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
