//! The place in a document that badges are put into: between `<!-- bonafide:NAME -->` and
//! `<!-- /bonafide:NAME -->`. Nothing else of it is touched.

mod place;
#[cfg(test)]
mod tests;

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser};

use super::snippet::Markup;
use place::place;

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
