//! The place in a document that badges are put into: between `<!-- bonafide:NAME -->` and
//! `<!-- /bonafide:NAME -->`. Nothing else of it is touched.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::snippet::Markup;

/// The name of a place: letters, digits, `-` and `_`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marker(String);

/// Why nothing can be put into a document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MarkerError {
    /// Neither marker is there.
    #[error(
        "expected the lines {} and {} where the badges should stand, found neither; \
         add them, or let --add-marker do it",
        .0.opening(), .0.closing()
    )]
    Missing(Marker),
    /// One of them is there.
    #[error("expected {} and {}, found only {found}; add the other, or remove it", .marker.opening(), .marker.closing())]
    Unbalanced {
        /// Which.
        marker: Marker,
        /// The one that is there.
        found: String,
    },
    /// One of them is there more than once.
    #[error("expected {found} once, found it {times} times; keep one, or use another --marker")]
    Repeated {
        /// The one that is there too often.
        found: String,
        /// How often.
        times: usize,
    },
    /// Another place begins or ends between them.
    #[error(
        "expected only badges between {} and {}, found {found} there, which would be lost; \
         move it outside",
        .marker.opening(), .marker.closing()
    )]
    Holds {
        /// Which.
        marker: Marker,
        /// What is there.
        found: String,
    },
    /// They stand the wrong way round.
    #[error("expected {} before {}, found it after", .0.opening(), .0.closing())]
    Reversed(Marker),
}

impl Marker {
    /// Reads a name.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let is_name = (1..=64).contains(&text.len()) && text.chars().all(fits);
        is_name.then(|| Self(text.to_owned()))
    }

    /// The comment before the badges.
    pub fn opening(&self) -> String {
        format!("<!-- bonafide:{} -->", self.0)
    }

    /// The comment behind them.
    pub fn closing(&self) -> String {
        format!("<!-- /bonafide:{} -->", self.0)
    }

    /// Puts `content` between the markers, on lines of its own, with the document's line
    /// endings.
    ///
    /// # Errors
    /// When each marker is not there exactly once, the opening one first, or another place's
    /// stands between them.
    pub fn replace(
        &self,
        document: &str,
        markup: Markup,
        content: &str,
    ) -> Result<String, MarkerError> {
        let between = self.between(document, markup)?;
        let end = line_ending(document);
        let content = content.replace('\n', end);
        let (before, after) = (&document[..between.start], &document[between.end..]);
        let old = &document[between];
        // Where markers are comments of another language, its sign before them stays.
        let sign = old.rsplit('\n').next().filter(|sign| is_sign(sign));
        let sign = sign.filter(|_| old.contains('\n')).unwrap_or_default();
        Ok(format!("{before}{end}{content}{end}{sign}{after}"))
    }

    /// Adds both markers below a document's first heading, or at its top.
    pub fn add(&self, document: &str, markup: Markup) -> String {
        let end = line_ending(document);
        let sign = match markup {
            Markup::Markdown | Markup::Html => "",
            Markup::AsciiDoc => "// ",
            Markup::Rst => ".. ",
        };
        let gap = if markup == Markup::Rst { end } else { "" };
        let (open, close) = (self.opening(), self.closing());
        let lines = format!("{sign}{open}{end}{gap}{sign}{close}{end}");
        let at = place(document, markup);
        let (before, after) = document.split_at(at);
        let break_before = if before.is_empty() || before.ends_with('\n') || before == BOM {
            ""
        } else {
            end
        };
        let blank_before = if before.is_empty() || before == BOM {
            ""
        } else {
            end
        };
        let blank_after = if after.is_empty() || after.starts_with(['\n', '\r']) {
            ""
        } else {
            end
        };
        format!("{before}{break_before}{blank_before}{lines}{blank_after}{after}")
    }

    /// What stands between the markers, as a range of the document.
    ///
    /// # Errors
    /// Like [`Marker::replace`].
    pub fn between(&self, document: &str, markup: Markup) -> Result<Range<usize>, MarkerError> {
        let between = self.find(document, markup)?;
        let lost = comments(document, markup).into_iter().find(|place| {
            let is_inside = between.start <= place.start && place.end <= between.end;
            is_inside && is_marker(inner(&document[place.clone()]))
        });
        match lost {
            None => Ok(between),
            Some(place) => Err(MarkerError::Holds {
                marker: self.clone(),
                found: document[place].to_owned(),
            }),
        }
    }

    fn find(&self, document: &str, markup: Markup) -> Result<Range<usize>, MarkerError> {
        let comments = comments(document, markup);
        let places = |wanted: &str| -> Vec<Range<usize>> {
            let is_wanted = |place: &&Range<usize>| inner(&document[(*place).clone()]) == wanted;
            comments.iter().filter(is_wanted).cloned().collect()
        };
        let openings = places(&format!("bonafide:{}", self.0));
        let closings = places(&format!("/bonafide:{}", self.0));
        for (found, at) in [(self.opening(), &openings), (self.closing(), &closings)] {
            if at.len() > 1 {
                let times = at.len();
                return Err(MarkerError::Repeated { found, times });
            }
        }
        let unbalanced = |found| MarkerError::Unbalanced {
            marker: self.clone(),
            found,
        };
        match (openings.first(), closings.first()) {
            (None, None) => Err(MarkerError::Missing(self.clone())),
            (Some(_), None) => Err(unbalanced(self.opening())),
            (None, Some(_)) => Err(unbalanced(self.closing())),
            (Some(open), Some(close)) if open.end > close.start => {
                Err(MarkerError::Reversed(self.clone()))
            }
            (Some(open), Some(close)) => Ok(open.end..close.start),
        }
    }
}

const BOM: &str = "\u{feff}";

fn line_ending(document: &str) -> &'static str {
    match document.find('\n') {
        Some(at) if document[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// The sign of a comment in `AsciiDoc` and reStructuredText.
fn is_sign(text: &str) -> bool {
    matches!(text.trim(), "//" | "..")
}

/// Whether a comment begins or ends a place of any name.
fn is_marker(inner: &str) -> bool {
    let name = inner.strip_prefix('/').unwrap_or(inner);
    let name = name.strip_prefix("bonafide:");
    name.is_some_and(|name| Marker::parse(name).is_some())
}

fn inner(comment: &str) -> &str {
    let inner = comment.strip_prefix("<!--").unwrap_or(comment);
    inner.strip_suffix("-->").unwrap_or(inner).trim()
}

/// Every comment; in Markdown only those that are no part of a code block.
fn comments(document: &str, markup: Markup) -> Vec<Range<usize>> {
    let whole = std::iter::once(0..document.len());
    if markup != Markup::Markdown {
        return whole
            .flat_map(|range| comments_in(document, range))
            .collect();
    }
    let mut html: Vec<Range<usize>> = Vec::new();
    for (event, range) in Parser::new_ext(document, Options::empty()).into_offset_iter() {
        if matches!(event, Event::Html(_) | Event::InlineHtml(_)) {
            match html.last_mut() {
                // A comment may go on over lines, which are events of their own.
                Some(last) if last.end == range.start => last.end = range.end,
                _ => html.push(range),
            }
        }
    }
    html.into_iter()
        .flat_map(|range| comments_in(document, range))
        .collect()
}

fn comments_in(document: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = range.start;
    while let Some(start) = document[at..range.end].find("<!--").map(|start| at + start) {
        let Some(end) = document[start..range.end].find("-->") else {
            break;
        };
        at = start + end + "-->".len();
        found.push(start..at);
    }
    found
}

/// Behind the first heading, or before everything but what must come first in a file; in
/// other languages than Markdown at the end.
fn place(document: &str, markup: Markup) -> usize {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn certs() -> Marker {
        Marker::parse("certs").unwrap()
    }

    fn replaced(document: &str) -> Result<String, MarkerError> {
        certs().replace(document, Markup::Markdown, "NEW\nTWO")
    }

    #[test]
    fn only_what_stands_between_is_replaced() {
        for (document, expected) in [
            (
                "# A\n\n<!-- bonafide:certs -->\nold\n<!-- /bonafide:certs -->\nrest",
                "# A\n\n<!-- bonafide:certs -->\nNEW\nTWO\n<!-- /bonafide:certs -->\nrest",
            ),
            (
                "\u{feff}# A\r\n\r\n<!-- bonafide:certs -->\r\n<!-- /bonafide:certs -->\r\nrest \r\n",
                "\u{feff}# A\r\n\r\n<!-- bonafide:certs -->\r\nNEW\r\nTWO\r\n<!-- /bonafide:certs -->\r\nrest \r\n",
            ),
            (
                "a <!--bonafide:certs-->x<!--/bonafide:certs--> b",
                "a <!--bonafide:certs-->\nNEW\nTWO\n<!--/bonafide:certs--> b",
            ),
            (
                "<!-- bonafide:other -->\n<!-- /bonafide:other -->\n\n<!-- bonafide:certs --><!-- /bonafide:certs -->",
                "<!-- bonafide:other -->\n<!-- /bonafide:other -->\n\n<!-- bonafide:certs -->\nNEW\nTWO\n<!-- /bonafide:certs -->",
            ),
        ] {
            let once = replaced(document).unwrap();
            assert_eq!(once, expected);
            assert_eq!(replaced(&once).unwrap(), once);
        }
    }

    #[test]
    fn markers_in_code_are_no_markers() {
        let document = "```\n<!-- bonafide:certs -->\n<!-- /bonafide:certs -->\n```\n\n`<!-- bonafide:certs -->`\n\n<!-- bonafide:certs -->\n<!-- /bonafide:certs -->\n";
        let expected = document.replacen(
            "\n\n<!-- bonafide:certs -->\n",
            "\n\n<!-- bonafide:certs -->\nNEW\nTWO\n",
            1,
        );
        assert_eq!(replaced(document).unwrap(), expected);
    }

    #[test]
    fn a_document_with_other_markers_is_refused() {
        let (open, close) = (certs().opening(), certs().closing());
        for (document, says) in [
            (String::new(), "found neither"),
            (format!("{open}\n"), "found only <!-- bonafide:certs -->"),
            (format!("{close}\n"), "found only <!-- /bonafide:certs -->"),
            (format!("{close}\n\n{open}\n"), "found it after"),
            (
                format!("{open}\n<!-- bonafide:other -->\n{close}\n<!-- /bonafide:other -->\n"),
                "found <!-- bonafide:other --> there",
            ),
            (
                format!("<!-- bonafide:other -->\n{open}\n<!--/bonafide:other-->\n{close}\n"),
                "found <!--/bonafide:other--> there",
            ),
            (format!("{open}\n{open}\n{close}\n"), "found it 2 times"),
            (format!("{open}\n{close}\n{close}\n"), "found it 2 times"),
        ] {
            let error = replaced(&document).unwrap_err().to_string();
            assert!(error.contains(says), "{document}: {error}");
        }
    }

    #[test]
    fn the_sign_of_a_comment_stays() {
        for (markup, sign) in [(Markup::AsciiDoc, "// "), (Markup::Rst, ".. ")] {
            let with = certs().add("Title\n", markup);
            let once = certs().replace(&with, markup, "NEW").unwrap();
            let expected = format!(
                "{sign}{}\nNEW\n{sign}{}\n",
                certs().opening(),
                certs().closing()
            );
            assert!(once.ends_with(&expected), "{once}");
            assert_eq!(certs().replace(&once, markup, "NEW").unwrap(), once);
        }
    }

    #[test]
    fn markers_are_added_below_the_first_heading() {
        let lines = format!("{}\n{}\n", certs().opening(), certs().closing());
        for (document, expected) in [
            ("", lines.clone()),
            ("# A\ntext\n", format!("# A\n\n{lines}\ntext\n")),
            ("# A\n\ntext\n", format!("# A\n\n{lines}\ntext\n")),
            ("A\n===\n\ntext\n", format!("A\n===\n\n{lines}\ntext\n")),
            ("# A", format!("# A\n\n{lines}")),
            ("text\n\n# A\n", format!("text\n\n# A\n\n{lines}")),
            ("text\n", format!("{lines}\ntext\n")),
            (
                "---\ntitle: x\n---\n# A\ntext\n",
                format!("---\ntitle: x\n---\n# A\n\n{lines}\ntext\n"),
            ),
            (
                "---\ntitle: x\n---\n\ntext\n",
                format!("---\ntitle: x\n---\n\n{lines}\ntext\n"),
            ),
            (
                "+++\ntitle = 1\n+++\n\n# A\n",
                format!("+++\ntitle = 1\n+++\n\n# A\n\n{lines}"),
            ),
            (
                "\u{feff}---\r\nt: x\r\n---\r\n\r\nA\r\n-\r\n",
                format!("\u{feff}---\r\nt: x\r\n---\r\n\r\nA\r\n-\r\n\n{lines}")
                    .replace("\r\n", "\n")
                    .replace('\n', "\r\n"),
            ),
            (
                "<p><img src=\"logo.svg\"></p>\n\n# A\n\ntext\n",
                format!("<p><img src=\"logo.svg\"></p>\n\n# A\n\n{lines}\ntext\n"),
            ),
            (
                "![logo](l.svg)\n\n<!-- <h1>old</h1> -->\n\n```sh\n# no heading\n```\n\n> # Quoted\n\nA\n===\n",
                format!(
                    "![logo](l.svg)\n\n<!-- <h1>old</h1> -->\n\n```sh\n# no heading\n```\n\n> # Quoted\n\nA\n===\n\n{lines}"
                ),
            ),
            (
                "<div align=\"center\">\n<h1>A</h1>\n</div>\n\n## B\n",
                format!("<div align=\"center\">\n<h1>A</h1>\n</div>\n\n{lines}\n## B\n"),
            ),
            ("\u{feff}# A\n", format!("\u{feff}# A\n\n{lines}")),
        ] {
            assert_eq!(
                certs().add(document, Markup::Markdown),
                expected,
                "{document:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn whatever_stands_around_stays(before in "(\\PC|[\n`<!>-]){0,60}", after in "(\\PC|[\n`<!>-]){0,60}") {
            let (open, close) = (certs().opening(), certs().closing());
            let document = format!("{before}\n\n{open}\nold\n{close}\n\n{after}");
            if let Ok(new) = replaced(&document) {
                let start = format!("{before}\n\n{open}");
                let end = format!("{close}\n\n{after}");
                prop_assert!(new.starts_with(&start) && new.ends_with(&end));
            }
            // A document with strange text is refused or changed, never broken.
            let _ = certs().add(&document, Markup::Markdown);
        }

        #[test]
        fn what_is_added_can_be_replaced(document in "(\\PC|[\n\r#=`]){0,60}") {
            let with = certs().add(&document, Markup::Markdown);
            let text: String = document.chars().filter(|c| !c.is_whitespace()).collect();
            let kept: String = with.replace(&certs().opening(), "").replace(&certs().closing(), "");
            let kept: String = kept.chars().filter(|c| !c.is_whitespace()).collect();
            prop_assert_eq!(kept, text);
        }
    }
}
