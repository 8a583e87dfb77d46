//! A card: the same, with room for dates, a line through the validity year and a QR code.

use askama::Template;
use chrono::{Months, NaiveDate};

use super::colour::{Colour, Palette, Theme};
use super::metrics::{Fitted, Font, fit, lines, px, width};
use super::qr;
use super::{Said, rendered};
use crate::lifecycle::{RenewalState, Status};
use crate::publish::words::fill;
use crate::publish::{Shown, Tone};

const MARGIN: f64 = 24.0;
/// The width of everything beside the code.
const TEXT: f64 = 400.0;
/// The side of the code.
const CODE: f64 = 144.0;

const TITLE: Font = plain(16.0);
const BODY: Font = plain(13.0);
const SMALL: Font = plain(11.0);

const fn plain(size: f64) -> Font {
    Font { size, spacing: 0.0 }
}

/// Text in its place.
struct Text {
    x: String,
    y: String,
    size: f64,
    anchor: &'static str,
    ink: Colour,
    length: String,
    direction: Option<&'static str>,
    words: String,
}

/// A rounded box.
struct Block {
    x: String,
    y: String,
    width: String,
    height: String,
    radius: String,
    fill: Colour,
}

struct Code {
    x: String,
    y: String,
    scale: String,
    side: usize,
    path: String,
}

#[derive(Template)]
#[template(
    path = "publish/badge/card.svg",
    config = "src/publish/badge/askama.toml"
)]
struct Card {
    said: Said,
    width: String,
    height: String,
    inner: [String; 2],
    palette: &'static Palette,
    tone: Colour,
    strip: [String; 2],
    blocks: Vec<Block>,
    texts: Vec<Text>,
    code: Option<Code>,
}

/// Draws a card.
///
/// # Panics
/// Never: writing into a string does not fail.
pub fn card(shown: &Shown, theme: Theme) -> String {
    let palette = theme.palette();
    let code = shown.link.as_deref().and_then(qr::encode);
    let mut page = Page::new(palette);
    page.title(shown);
    page.message(shown);
    page.facts(shown);
    page.year(shown);
    page.foot(shown);
    let least = if code.is_some() {
        CODE + 2.0 * MARGIN
    } else {
        0.0
    };
    let height = (page.y + MARGIN).max(least).ceil();
    let beside = if code.is_some() { CODE + MARGIN } else { 0.0 };
    let width = 2.0 * MARGIN + TEXT + beside;
    rendered(&Card {
        said: Said::of(shown),
        width: px(width),
        height: px(height),
        inner: [px(width - 1.0), px(height - 1.0)],
        palette,
        tone: palette.tone(shown.tone()).0,
        strip: [px(height - 8.0), px(height - 0.5)],
        blocks: page.blocks,
        texts: page.texts,
        code: code.map(|code| placed(code, width, height)),
    })
}

fn placed(code: qr::Code, width: f64, height: f64) -> Code {
    let side = u16::try_from(code.side).map_or(f64::from(u16::MAX), f64::from);
    Code {
        x: px(width - MARGIN - CODE),
        y: px((height - CODE) / 2.0),
        scale: format!("{:.4}", CODE / side),
        side: code.side,
        path: code.path,
    }
}

/// Filled from top to bottom.
struct Page {
    palette: &'static Palette,
    /// Where the last line ended.
    y: f64,
    blocks: Vec<Block>,
    texts: Vec<Text>,
}

impl Page {
    fn new(palette: &'static Palette) -> Self {
        Self {
            palette,
            y: MARGIN - 4.0,
            blocks: Vec::new(),
            texts: Vec::new(),
        }
    }

    fn title(&mut self, shown: &Shown) {
        for line in lines(&shown.title, TITLE, TEXT, 2) {
            self.line(line, TITLE, self.palette.ink());
        }
        if let Some(holder) = &shown.holder {
            self.y += 4.0;
            self.line(fit(holder, BODY, TEXT), BODY, self.palette.ink());
        }
    }

    /// What is said, on the ground of its tone.
    fn message(&mut self, shown: &Shown) {
        const HIGH: f64 = 24.0;
        let (ground, ink) = self.palette.tone(shown.tone());
        let text = fit(shown.message(), BODY, TEXT - 20.0);
        self.y += 12.0;
        self.block(0.0, text.width + 20.0, HIGH, ground);
        self.text(text, BODY, ("start", 10.0, 16.5), ink);
        self.y += HIGH;
        if let Some(reason) = shown.reason() {
            self.y += 4.0;
            for line in lines(reason, SMALL, TEXT, 2) {
                self.line(line, SMALL, self.palette.quiet());
            }
        }
    }

    fn facts(&mut self, shown: &Shown) {
        let labels = shown.words().labels();
        let earned = shown
            .earned_on
            .filter(|_| shown.tone() != Tone::Unverified)
            .map(|day| format!("{} {day}", labels.earned));
        let exam = shown
            .exam()
            .filter(|_| shown.tone() != Tone::Unverified)
            .map(|exam| format!("{} {exam}", labels.exam));
        let facts: Vec<_> = [earned, exam].into_iter().flatten().collect();
        if !facts.is_empty() {
            self.y += 8.0;
            let text = fit(&facts.join("  ·  "), SMALL, TEXT);
            self.line(text, SMALL, self.palette.quiet());
        }
    }

    /// The last year of a credential that ends, its renewal window, and the day of the check.
    fn year(&mut self, shown: &Shown) {
        const HIGH: f64 = 6.0;
        let Some(year) = Year::of(shown) else { return };
        let (tone, _) = self.palette.tone(shown.tone());
        let along = |day| TEXT * year.part(day);
        self.y += 14.0;
        self.block(0.0, TEXT, HIGH, self.palette.line());
        let gone = match shown.status() {
            Status::Expired => TEXT,
            _ => along(shown.checked_on),
        };
        if gone > 0.0 {
            self.block(0.0, gone.max(HIGH), HIGH, tone);
        }
        self.labels(shown, &year);
        if let Some(opens) = year.opens {
            // The window, drawn below the line so that both are seen.
            let from = along(opens);
            self.y += HIGH + 3.0;
            self.block(from, TEXT - from, 2.0, self.palette.quiet());
            self.y -= HIGH + 3.0;
        }
        self.y += 24.0;
    }

    fn labels(&mut self, shown: &Shown, year: &Year) {
        const BELOW: f64 = 24.0;
        let quiet = self.palette.quiet();
        let day = |day: NaiveDate| fit(&day.to_string(), SMALL, TEXT);
        let (start, end) = (day(year.start), day(year.end));
        let mut free = TEXT - end.width - 10.0;
        self.text(end, SMALL, ("end", TEXT, BELOW), quiet);
        if let Some(opens) = year.opens {
            let words = fill(&shown.words().label.renewal_from, opens);
            let at = TEXT * year.part(opens);
            let wide = width(&words, SMALL);
            let from = at.min(free - wide);
            if from >= 0.0 {
                free = from - 10.0;
                let words = fit(&words, SMALL, TEXT);
                self.text(words, SMALL, ("start", from, BELOW), quiet);
            }
        }
        if start.width <= free {
            self.text(start, SMALL, ("start", 0.0, BELOW), quiet);
        }
    }

    fn foot(&mut self, shown: &Shown) {
        let id = shown.credential_id.as_deref();
        let id = id.map(|id| format!("  ·  {} {id}", shown.words().labels().id));
        self.y += 10.0;
        let text = format!("{}{}", shown.checked(), id.unwrap_or_default());
        self.line(fit(&text, SMALL, TEXT), SMALL, self.palette.quiet());
    }

    /// A line of text below the last.
    fn line(&mut self, text: Fitted, font: Font, ink: Colour) {
        self.y += (font.size * 1.35).round();
        self.text(text, font, ("start", 0.0, 0.0), ink);
    }

    /// Text at an offset from the margin and from the last line.
    fn text(&mut self, text: Fitted, font: Font, place: (&'static str, f64, f64), ink: Colour) {
        let (anchor, x, y) = match place {
            // What "start" means turns round with the direction; the middle stays.
            ("start", x, y) if text.direction.is_some() => ("middle", x + text.width / 2.0, y),
            place => place,
        };
        self.texts.push(Text {
            x: px(MARGIN + x),
            y: px(self.y + y),
            size: font.size,
            anchor,
            ink,
            length: px(text.width),
            direction: text.direction,
            words: text.text,
        });
    }

    fn block(&mut self, x: f64, width: f64, height: f64, fill: Colour) {
        self.blocks.push(Block {
            x: px(MARGIN + x),
            y: px(self.y),
            width: px(width),
            height: px(height),
            radius: px((height / 2.0).min(5.0)),
            fill,
        });
    }
}

/// The last year of a credential.
struct Year {
    start: NaiveDate,
    end: NaiveDate,
    opens: Option<NaiveDate>,
}

impl Year {
    /// `None` where it has no end or none is known. A revoked one has no year any more.
    fn of(shown: &Shown) -> Option<Self> {
        let is_over = shown.status() == Status::Revoked;
        let end = shown
            .valid_until
            .filter(|_| shown.tone() != Tone::Unverified && !is_over)?;
        let year = end.checked_sub_months(Months::new(12))?;
        let earned = shown.earned_on.filter(|earned| *earned < end);
        let can_be_renewed = matches!(
            shown.renewal.state,
            RenewalState::NotOpen | RenewalState::Open
        );
        Some(Self {
            start: earned.map_or(year, |earned| earned.max(year)),
            end,
            opens: shown.renewal.opens_on.filter(|_| can_be_renewed),
        })
    }

    /// Where a day lies, from 0 to 1.
    fn part(&self, day: NaiveDate) -> f64 {
        let days = |from: NaiveDate, to: NaiveDate| {
            i32::try_from((to - from).num_days()).map_or(0.0, f64::from)
        };
        (days(self.start, day) / days(self.start, self.end).max(1.0)).clamp(0.0, 1.0)
    }
}
