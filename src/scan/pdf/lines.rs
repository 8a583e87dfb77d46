//! Puts glyphs together to lines, and links to the glyphs they cover.
//!
//! The order of the page's instructions is kept: programs write column after column, and
//! sorting by height would mix what stands side by side.

use std::ops::Range;

use super::super::text::{Anchor, Flow, Line, LineSort, Place, Text, is_item};
use super::ink::{Area, Glyph};
use super::pages::PageLink;

/// How much larger than the usual text a heading is.
const LARGER: f64 = 1.15;

/// All lines so far.
#[derive(Debug, Default)]
pub(super) struct Lines {
    lines: Vec<Line>,
    block: u32,
}

/// One line in the making, with where its glyphs are in its text.
#[derive(Debug)]
struct Row<'g> {
    text: String,
    glyphs: Vec<(&'g Glyph, Range<usize>)>,
}

impl<'g> Row<'g> {
    fn of(glyph: &'g Glyph) -> Self {
        let mut row = Self {
            text: String::new(),
            glyphs: Vec::new(),
        };
        row.add(glyph);
        row
    }

    fn last(&self) -> &'g Glyph {
        self.glyphs
            .last()
            .map_or_else(|| unreachable!("a row begins with a glyph"), |it| it.0)
    }

    fn first(&self) -> &'g Glyph {
        self.glyphs[0].0
    }

    /// Whether a glyph goes on in this line: at the same height, and not far back.
    fn takes(&self, glyph: &Glyph) -> bool {
        let last = self.last();
        let size = last.size.max(glyph.size).max(1.0);
        let back = last.x + last.width - glyph.x;
        (glyph.y - last.y).abs() < size * 0.5 && back < size * 1.5
    }

    fn add(&mut self, glyph: &'g Glyph) {
        if let Some((last, _)) = self.glyphs.last() {
            let gap = glyph.x - (last.x + last.width);
            let spaced = self.text.ends_with(' ') || glyph.text.starts_with(' ');
            if gap > last.size.max(1.0) * 0.18 && !spaced {
                self.text.push(' ');
            }
        }
        let start = self.text.len();
        self.text.push_str(&glyph.text);
        self.glyphs.push((glyph, start..self.text.len()));
    }
}

impl Lines {
    /// Adds a page.
    pub(super) fn page(&mut self, number: u32, glyphs: &[Glyph], links: &[PageLink]) {
        let rows = rows(glyphs);
        let first = self.lines.len();
        let usual = usual_size(glyphs);
        let mut above: Option<&Row<'_>> = None;
        for (row, line) in rows.iter().zip(1..) {
            if above.is_none_or(|above| parts(above, row)) {
                self.block += 1;
            }
            above = Some(row);
            self.lines.push(Line {
                text: row.text.clone(),
                place: Place {
                    part: None,
                    page: Some(number),
                    line: Some(line),
                },
                block: self.block,
                sort: match row.first().size {
                    size if size > usual * LARGER => LineSort::Heading,
                    _ if is_item(&row.text) => LineSort::Item,
                    _ => LineSort::Plain,
                },
                flow: Flow::MayGoOn,
                anchors: Vec::new(),
            });
        }
        for link in links {
            self.lay(link, number, &rows, first);
        }
        for line in &mut self.lines[first..] {
            line.anchors
                .sort_by_key(|anchor| (anchor.range.start, anchor.range.end));
        }
    }

    /// Puts a link to the glyphs it covers; one over a picture to the line beside it.
    fn lay(&mut self, link: &PageLink, page: u32, rows: &[Row<'_>], first: usize) {
        let mut covered = false;
        for (row, line) in rows.iter().zip(first..) {
            if let Some(range) = under(&link.areas, row) {
                covered = true;
                let anchor = Anchor {
                    range,
                    target: link.target.clone(),
                };
                self.lines[line].anchors.push(anchor);
            }
        }
        if covered {
            return;
        }
        let height = link.areas.first().map(Area::middle);
        let far = |row: &Row<'_>| height.map_or(0.0, |y| (row.first().y - y).abs());
        let nearest = (0..rows.len()).min_by(|a, b| far(&rows[*a]).total_cmp(&far(&rows[*b])));
        let Some(nearest) = nearest else {
            self.block += 1;
            self.lines.push(Line {
                place: Place {
                    part: None,
                    page: Some(page),
                    line: None,
                },
                block: self.block,
                anchors: vec![Anchor {
                    range: 0..0,
                    target: link.target.clone(),
                }],
                ..Line::default()
            });
            return;
        };
        let beside = &mut self.lines[first + nearest];
        let end = beside.text.len();
        beside.anchors.push(Anchor {
            range: end..end,
            target: link.target.clone(),
        });
    }

    pub(super) fn into_text(self) -> Text {
        let is_shown = |line: &Line| !line.is_blank();
        Text {
            lines: self.lines.into_iter().filter(is_shown).collect(),
            described: Vec::new(),
        }
    }
}

/// The size of most of a page's text.
fn usual_size(glyphs: &[Glyph]) -> f64 {
    let mut sizes: Vec<f64> = glyphs.iter().map(|glyph| glyph.size).collect();
    sizes.sort_by(f64::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(0.0)
}

fn rows(glyphs: &[Glyph]) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    let finite =
        |glyph: &&Glyph| glyph.x.is_finite() && glyph.y.is_finite() && !glyph.text.is_empty();
    for glyph in glyphs.iter().filter(finite) {
        match rows.last_mut() {
            Some(row) if row.takes(glyph) => row.add(glyph),
            _ => rows.push(Row::of(glyph)),
        }
    }
    rows
}

/// Whether there is room between two lines, or the second begins elsewhere.
fn parts(above: &Row<'_>, row: &Row<'_>) -> bool {
    let (above, below) = (above.first(), row.first());
    let size = above.size.max(below.size).max(1.0);
    let step = above.y - below.y;
    !(0.0..size * 1.7).contains(&step)
}

/// The text of a row that lies under a link, from its first to its last glyph.
fn under(areas: &[Area], row: &Row<'_>) -> Option<Range<usize>> {
    let covered = |glyph: &Glyph| areas.iter().any(|area| area.covers(glyph));
    let shown = |glyph: &Glyph| !glyph.text.trim().is_empty();
    let mut hit = row
        .glyphs
        .iter()
        .filter(|(glyph, _)| shown(glyph) && covered(glyph));
    let first = hit.next()?.1.clone();
    let last = hit
        .next_back()
        .map_or_else(|| first.clone(), |(_, range)| range.clone());
    Some(first.start..last.end)
}
