//! Every place where a link stands: what is shown there, and where it leads.

use std::collections::HashMap;
use std::ops::Range;

use super::ScanError;
use super::address::{self, MOST_LINES};
use super::text::{Anchor, Flow, Line, MOST_ANCHORS};
use crate::finding::Code;
use crate::link::{self, Kind, Link};

/// A link at one place.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    /// The line it begins on, and where in it.
    pub(super) line: usize,
    pub(super) range: Range<usize>,
    /// The line it ends on, and where in it, if that is another one.
    pub(super) last: Option<(usize, usize)>,
    pub(super) link: Link,
    /// What is shown for it, where that is not the address itself.
    pub(super) visible: Option<String>,
    pub(super) shape: Shape,
}

/// What can be seen of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// An address.
    Address,
    /// Words, or a picture.
    Words,
}

impl Spot {
    /// Where it stands on a line, if it does.
    pub(super) fn on(&self, line: usize, length: usize) -> Option<Range<usize>> {
        match self.last {
            Some((last, end)) if line == last => Some(0..end),
            Some((last, _)) if (self.line + 1..last).contains(&line) => Some(0..length),
            Some(_) if line == self.line => Some(self.range.start..length),
            None if line == self.line => Some(self.range.clone()),
            _ => None,
        }
    }
}

/// Every link of a text, in order.
pub(super) fn all(lines: &[Line]) -> Result<Vec<Spot>, ScanError> {
    let mut finder = Finder {
        lines,
        used: HashMap::new(),
        spots: Vec::new(),
    };
    for at in 0..lines.len() {
        finder.line(at);
        if finder.spots.len() > MOST_ANCHORS {
            return Err(ScanError::Bomb("more than 100,000 links"));
        }
    }
    Ok(finder.spots)
}

struct Finder<'a> {
    lines: &'a [Line],
    /// How much of a line's beginning belongs to an address of the line before.
    used: HashMap<usize, usize>,
    spots: Vec<Spot>,
}

impl<'a> Finder<'a> {
    fn line(&mut self, at: usize) {
        let line = &self.lines[at];
        let first = self.spots.len();
        for anchor in &line.anchors {
            if self.begins_before(at, anchor) {
                continue;
            }
            let spot = self.anchored(at, anchor);
            self.spots.push(spot);
        }
        let mut anchors = line.anchors.iter().peekable();
        for (range, word) in address::words(&line.text) {
            let used = self.used.get(&at).copied().unwrap_or(0);
            while anchors
                .next_if(|anchor| anchor.range.end <= range.start)
                .is_some()
            {}
            let overlaps = anchors
                .peek()
                .is_some_and(|anchor| anchor.range.start < range.end);
            if range.start < used || overlaps {
                continue;
            }
            let spot = self.written(at, range, word);
            self.spots.push(spot);
        }
        self.spots[first..].sort_by_key(|spot| spot.range.start);
    }

    /// Whether a link goes on from the line before.
    fn begins_before(&self, at: usize, anchor: &Anchor) -> bool {
        let Some(before) = at.checked_sub(1) else {
            return false;
        };
        let text = &self.lines[at].text[anchor.range.clone()];
        let starts_line =
            !text.trim().is_empty() && self.lines[at].text[..anchor.range.start].trim().is_empty();
        let line = &self.lines[before];
        let ends_line = |other: &Anchor| line.text[other.range.end..].trim().is_empty();
        let same = |other: &Anchor| other.target == anchor.target && ends_line(other);
        let near = self.lines[at].block.abs_diff(line.block) <= 1;
        // A picture shows nothing that could go on.
        starts_line && near && line.anchors.iter().any(same)
    }

    /// A link with a text of its own, over as many lines as it goes on.
    fn anchored(&mut self, at: usize, anchor: &Anchor) -> Spot {
        let mut visible = self.lines[at].text[anchor.range.clone()].to_owned();
        let mut last = None;
        for next in at + 1..self.lines.len().min(at + 1 + MOST_LINES) {
            let more = self.lines[next].anchors.iter();
            let Some(more) = more
                .clone()
                .find(|more| more.target == anchor.target && self.begins_before(next, more))
            else {
                break;
            };
            visible.push('\n');
            visible.push_str(&self.lines[next].text[more.range.clone()]);
            last = Some((next, more.range.end));
        }
        let mut target = anchor.target.clone();
        let mut link = link::judge(&target);
        let seen = link::judge(&visible);
        let shape = if seen.kind() == Kind::None {
            Shape::Words
        } else {
            Shape::Address
        };
        // Programs that make links of addresses by themselves stop at the end of the line.
        let cut = shape == Shape::Address
            && last.is_none()
            && visible.trim().ends_with(target.trim_end_matches('/'));
        if cut && !address::wholeness(&link).1 {
            let (joined, end) = self.joined(at, anchor.range.end, &target);
            if let Some(end) = end {
                target = joined.text;
                link = joined.link;
                visible.clone_from(&target);
                last = Some(end);
            }
        }
        if shape == Shape::Address {
            link = link::judge_shown(&visible, &target);
        }
        let differs = link
            .findings()
            .iter()
            .any(|found| found.code() == Code::TextTargetMismatch);
        let telling = shape == Shape::Words || differs;
        let shown = visible.split_whitespace().collect::<Vec<_>>().join(" ");
        Spot {
            line: at,
            range: anchor.range.clone(),
            last,
            link,
            visible: (telling && !shown.is_empty()).then_some(shown),
            shape,
        }
    }

    /// An address in the text.
    fn written(&mut self, at: usize, range: Range<usize>, word: &str) -> Spot {
        let (joined, last) = self.joined(at, range.end, word);
        Spot {
            line: at,
            range,
            last,
            link: joined.link,
            visible: None,
            shape: Shape::Address,
        }
    }

    /// An address together with what of it stands on the next lines, and where it ends.
    fn joined(
        &mut self,
        at: usize,
        end: usize,
        first: &str,
    ) -> (address::Joined, Option<(usize, usize)>) {
        let further = self.further(at, end);
        let words: Vec<&str> = further.iter().map(|(_, word)| *word).collect();
        let joined = address::join(first, &words);
        let mut last = None;
        for (next, word) in further.iter().take(joined.used) {
            let text = &self.lines[*next].text;
            let indent = text.len() - text.trim_start().len();
            self.used.insert(*next, indent + word.len());
            last = Some((*next, indent + word.len()));
        }
        (joined, last)
    }

    /// The words at the beginnings of the next lines with which an address may go on.
    fn further(&self, at: usize, end: usize) -> Vec<(usize, &'a str)> {
        let mut further = Vec::new();
        if !self.lines[at].text[end..].trim().is_empty() {
            return further;
        }
        for next in at + 1..self.lines.len().min(at + 1 + MOST_LINES) {
            let lines: &'a [Line] = self.lines;
            let (before, line) = (&lines[next - 1], &lines[next]);
            let goes_on = before.flow == Flow::MayGoOn
                && before.place.part == line.place.part
                && line.block.abs_diff(before.block) <= 1;
            let Some(word) = line.text.split_whitespace().next() else {
                break;
            };
            if !goes_on || !address::may_continue(word) {
                break;
            }
            further.push((next, word));
            if line.text.trim() != word {
                break;
            }
        }
        further
    }
}
